/** `12 s`, and `3 min` from a minute and a half on: the same in every language that the tag speaks. */
export function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return seconds < 90 ? `${seconds}\u00a0s` : `${Math.ceil(seconds / 60)}\u00a0min`;
}
