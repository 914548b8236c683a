/** Removes old events from the outbox: at a proxy that delivers, and at one that has nowhere to deliver to. */
import type { Outbox } from '../store/outbox.ts';

const day = 24 * 60 * 60_000;
const deliveredKeptMs = 7 * day;
const failedKeptMs = 30 * day;
/**
 * What nobody has taken for so long is taken by nobody: a proxy that delivers gives an event up after a day. Kept a while
 * all the same, for a proxy that lacks the address by mistake.
 */
const untakenKeptMs = 3 * day;
const forgottenAtOnce = 1_000;
export const forgetEveryMs = 10 * 60_000;

/** `delivers`: what waits will be delivered, and stays. */
export async function forgetOld(
  outbox: Outbox,
  now: number,
  { delivers, isStopped }: { readonly delivers: boolean; readonly isStopped: () => boolean },
): Promise<void> {
  const before = {
    delivered: now - deliveredKeptMs,
    failed: now - failedKeptMs,
    untaken: delivers ? null : now - untakenKeptMs,
  };
  while (!isStopped() && (await outbox.forget(before, forgottenAtOnce)) === forgottenAtOnce);
}

export interface ForgetterDeps {
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** For a proxy that delivers nothing: the events that it writes are for others, and must not grow for ever. */
export function createForgetter({ outbox, now, onFailure }: ForgetterDeps) {
  let timer: NodeJS.Timeout | null = null;
  let forgetting: Promise<void> = Promise.resolve();
  let stopped = false;
  const forget = () => {
    forgetting = forgetOld(outbox, now(), { delivers: false, isStopped: () => stopped }).catch(onFailure);
  };
  return {
    start(): void {
      forget();
      timer = setInterval(forget, forgetEveryMs).unref();
    },
    async stop(): Promise<void> {
      stopped = true;
      if (timer) clearInterval(timer);
      await forgetting;
    },
  };
}
