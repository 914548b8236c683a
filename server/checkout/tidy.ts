/**
 * Once in the life of a store: takes out of every checkout what nobody needs any more, also of those that nothing will change
 * again. A page at a time, with a pause, beside the work of the proxy.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { nameOf } from '../failure.ts';
import type { Store } from '../store/store.ts';
import type { CheckoutRecord } from './checkout-record.ts';

export interface TidyDeps {
  readonly store: Store;
  readonly erased: (record: CheckoutRecord) => CheckoutRecord;
  /** All checkouts were seen, and so many were changed. Not told of a store that was gone through before. */
  readonly onDone: (seen: number, changed: number) => void;
  readonly onFailure: (cause: string) => void;
}

/** Another name begins anew: change it when the erasure learns of more. */
const round = '2026-11';
const pauseMs = 20;
const againAfterMs = 60_000;

/** Resolves when all was seen, or soon after `signal` is aborted. */
export async function tidyStore(deps: TidyDeps, signal: AbortSignal): Promise<void> {
  let seen = 0;
  let changed = 0;
  while (!signal.aborted) {
    const page = await deps.store.tidy(round, deps.erased).catch(error => {
      deps.onFailure(nameOf(error));
      return null;
    });
    seen += page?.seen ?? 0;
    changed += page?.changed ?? 0;
    if (page?.isDone) {
      if (seen > 0) deps.onDone(seen, changed);
      return;
    }
    await wait(page === null ? againAfterMs : pauseMs, undefined, { signal, ref: false }).catch(
      () => undefined,
    );
  }
}
