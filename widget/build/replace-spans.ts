/** Edits of source text by position, as a parser reports it. */
export interface Span {
  /** UTF-16 code units from the beginning. */
  readonly start: number;
  readonly end: number;
  /** What stands there afterwards. */
  readonly text: string;
}

/** The spans must not overlap. */
export function replaceSpans(code: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((text, span) => text.slice(0, span.start) + span.text + text.slice(span.end), code);
}
