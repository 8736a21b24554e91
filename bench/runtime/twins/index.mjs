import { compressing, hashing } from './computing.mjs';
import { folders, metadata, reading, writing } from './files.mjs';
import { processes } from './processes.mjs';

/**
 * Calls that block, beside their native twins.
 *
 * A group has a `title` and `rows(folder)`, which gives `{ call, fn, args, twins }`: what is called, with what each
 * time, and Node's own asynchronous forms as `{ form, call }`. And, where they are not the same for most: how many
 * calls are made one after another (`alone`) and at once (`atOnce`) in a turn, how many `rounds`, and `told`, what of
 * a result must be the same whichever way it came.
 */
export const groups = { reading, writing, metadata, folders, compressing, hashing, processes };
