/** What may be told of a failure: its name and its place. Never its message, which could quote what was sent. */

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** File and line of our own code where it happened; “-” where the stack names none. */
export function placeOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack?.split('\n').slice(1).join('\n') ?? '') : '';
  return /\(?([\w./-]+\.[tj]s:\d+)/.exec(frames)?.[1]?.split('/').slice(-2).join('/') ?? '-';
}
