/**
 * The PSPs' callbacks. LetPay's: POST `{reference_id, payment_token}`, no status and no signature (classic document,
 * "Callbacks"). A failed one is tried again after 2 seconds, then ever more rarely for up to 6 hours; the documents give the first
 * step and the end, the doubling between them is the emulator's.
 */
import type { Clock } from './clock.ts';

export interface Callback {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What an answer has to say to count as delivered; any 2xx does when left out. */
  readonly receipt?: string;
}

const firstRetryMs = 2_000;
const giveUpAfterMs = 6 * 3_600_000;
const timeoutMs = 5_000;

export interface CallbackSettings {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly log: (line: string) => void;
}

export interface Callbacks {
  /** Queues a callback; it leaves with the next turn of the clock, after the answer that caused it. */
  readonly send: (callback: Callback) => void;
  /** Tries nothing again that has not been delivered. */
  readonly forget: () => void;
}

export function createCallbacks({ clock, fetch, log }: CallbackSettings): Callbacks {
  let generation = 0;

  async function deliver({ url, body, headers, receipt }: Callback): Promise<boolean> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const isReceived = receipt === undefined || (await answer.text()) === receipt;
      if (!answer.bodyUsed) await answer.body?.cancel();
      log(`callback ${answer.status}`);
      return answer.ok && isReceived;
    } catch {
      log('callback not delivered');
      return false;
    }
  }

  return {
    send(callback) {
      const firstSent = clock.now();
      const born = generation;
      const attempt = async (retryMs: number): Promise<void> => {
        if (await deliver(callback)) return;
        const tooLate = clock.now() + retryMs - firstSent > giveUpAfterMs;
        if (tooLate || born !== generation) return;
        clock.after(retryMs, () => attempt(retryMs * 2));
      };
      clock.after(0, () => attempt(firstRetryMs));
    },
    forget() {
      generation += 1;
    },
  };
}
