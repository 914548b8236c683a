/** What `diagnostics()` tells a merchant’s developer: the last changes of state. No card data, no personal data, no token. */
import type { StateName } from './state.ts';

export interface TraceEntry {
  /** ISO 8601, by the page’s clock. */
  readonly at: string;
  readonly from: StateName;
  readonly to: StateName;
  readonly reason: string;
  /** Of a failure; null otherwise. */
  readonly code: string | null;
  readonly requestId: string | null;
}

/** Enough for a whole checkout with several attempts. */
const longest = 50;

export function appendTrace(trace: readonly TraceEntry[], entry: TraceEntry): readonly TraceEntry[] {
  return [...trace, entry].slice(-longest);
}
