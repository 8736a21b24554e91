// One part of one measure.
import { measures } from '../measures/index.mjs';
import { tell } from '../fresh-process.mjs';

const [name, part, form] = process.argv.slice(2);
const measure = measures.find((other) => other.name === name);
tell(await measure.run({ ...measure.parts[part], quick: form === 'quick' }));
