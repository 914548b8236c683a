/** LetPay as one of the emulator's PSPs: its state, its routes, and the handles that the controls need. */
import type { Hono } from 'hono';
import type { Callback } from '../callbacks.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Stats } from '../stats.ts';
import { createAccessTokens } from './access-token.ts';
import { credentials } from './account.ts';
import { dialects, type Era } from './dialect.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createRefunds, type Refunds } from './refunds.ts';
import { letpayRoutes } from './routes.ts';
import { createSavedCards } from './saved-cards.ts';

export interface LetPay {
  readonly routes: Hono;
  /** Counts a call that reached LetPay. */
  readonly arrived: (method: string, path: string) => void;
  /** LetPay's own wording of an HTTP error that a fault asks for. */
  readonly errorAnswer: (path: string, status: number) => Response;
  readonly reset: () => void;
  readonly controls: {
    readonly ledger: Ledger;
    readonly lifecycle: Lifecycle;
    readonly refunds: Refunds;
    readonly setEra: (era: Era) => void;
  };
}

export interface LetPayParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly notify: (callback: Callback) => void;
  readonly stats: Stats;
  readonly outcomeDelayMs: number;
  readonly debitCards: boolean;
}

/** The documents' paths, as the statistics name them. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^\/refund\/payment\/[^/]+$/, '/refund/payment/{token}'],
  [/^\/refund\/[^/]+$/, '/refund/{refund_id}'],
  [/^\/token\/(person|card)\/[^/]+$/, '/token/$1/{id}'],
  [/^\/token\/[^/]+\/(capture|cancel)$/, '/token/{token}/$1'],
  [/^\/token\/$/, '/token'],
  [/^\/payment\/reference\/[^/]+$/, '/payment/reference/{reference_id}'],
  [/^\/payment\/[^/]+(\/(?:sendPayment|capture|cancel))?$/, '/payment/{token}$1'],
];

export function createLetPay(parts: LetPayParts): LetPay {
  const { clock, random, notify, stats, outcomeDelayMs, debitCards } = parts;
  const tokens = createAccessTokens(clock.now, random(64));
  const ledger = createLedger();
  const lifecycle = createLifecycle({ clock, ledger, random, notify, outcomeDelayMs });
  const refunds = createRefunds({ clock, ledger, lifecycle, delayMs: outcomeDelayMs });
  const savedCards = createSavedCards(random);
  let era: Era = 'current';
  const dialect = () => dialects[era];

  const routes = letpayRoutes({
    clock,
    random,
    tokens,
    ledger,
    lifecycle,
    refunds,
    savedCards,
    dialect,
    debitCards,
    loggedIn: stats.loggedIn,
  });

  return {
    routes,
    arrived(method, path) {
      const pattern = patterns.find(([shape]) => shape.test(path));
      stats.called(`${method} ${pattern ? path.replace(...pattern) : path}`);
      const [, token] = /^\/payment\/([^/]+)\/sendPayment$/.exec(path) ?? [];
      if (method === 'POST' && token !== undefined) {
        ledger.update(token, ({ sendReceived }) => ({ sendReceived: sendReceived + 1 }));
      }
    },
    errorAnswer(path, status) {
      const { body } = dialect().refusal({ kind: 'simulated', status }, path, clock.now());
      const refresh = status === 401 ? {} : { refresh_token: tokens.issue(credentials.name) };
      return Response.json({ ...body, ...refresh }, { status });
    },
    reset() {
      ledger.clear();
      refunds.clear();
      savedCards.clear();
      era = 'current';
    },
    controls: {
      ledger,
      lifecycle,
      refunds,
      setEra(next) {
        era = next;
      },
    },
  };
}
