/**
 * The Idempotency-Key of a submission or a renewal: made before its first byte leaves, the same one again after a lost
 * answer or a reload, and forgotten only when the outcome is definite. That is what makes a repeat harmless.
 *
 * The store holds the payment token, the attempt and the key; nothing of what is sent.
 */
import type { Environment } from './environment.ts';

type Purpose = 'submit' | 'renew';

export interface IdempotencyKeys {
  readonly keyFor: (purpose: Purpose, attempt: number) => string;
  readonly forget: (purpose: Purpose) => void;
}

export function createIdempotencyKeys(
  token: string,
  { storage, randomId }: Pick<Environment, 'storage' | 'randomId'>,
): IdempotencyKeys {
  // Pages in sandboxed frames may not touch sessionStorage, and a full one takes nothing: then a key lives as long as the page.
  const memory = new Map<string, string>();
  const nameOf = (purpose: Purpose) => `letpay:${purpose}:${token}`;

  function recall(name: string): string | null {
    const kept = memory.get(name);
    if (kept !== undefined) return kept;
    try {
      return storage.getItem(name);
    } catch {
      return null;
    }
  }

  function remember(name: string, value: string): void {
    memory.set(name, value);
    try {
      storage.setItem(name, value);
    } catch {
      // The copy in memory has to do.
    }
  }

  return {
    keyFor(purpose, attempt) {
      const prefix = `${attempt}:`;
      const kept = recall(nameOf(purpose));
      if (kept?.startsWith(prefix)) return kept.slice(prefix.length);
      const key = randomId();
      remember(nameOf(purpose), prefix + key);
      return key;
    },
    forget(purpose) {
      memory.delete(nameOf(purpose));
      try {
        storage.removeItem(nameOf(purpose));
      } catch {
        // It was never stored there.
      }
    },
  };
}
