/** What stood in the way of linting something. It does not stop the rest. */
export interface Problem {
  readonly kind:
    /** a path that leads nowhere, or to what cannot be linted or read */
    | 'path'
    /** a file that does not parse */
    | 'syntax'
    /** a rule that failed */
    | 'rule';
  /** Absolute path. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

const reasons: Readonly<Record<string, string>> = { ENOENT: 'is gone', EACCES: 'may not be read or written', EPERM: 'may not be read or written', EROFS: 'is on a read-only file system' };

/** An error of the file system in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}
