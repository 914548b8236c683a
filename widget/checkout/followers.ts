import type { StateName } from './state.ts';

/** Where a Checkout alone can put us: after a reload the same screen comes back. */
export const restored = ['choosing', 'verifying', 'waiting', 'pending', 'paid', 'declined', 'ended'] as const;

/** Which states may follow which, without `idle` and `loading`: a token can be taken away or changed at any time. */
export const followers: Readonly<Record<StateName, readonly StateName[]>> = {
  idle: [],
  loading: [...restored, 'error'],
  choosing: ['submitting', ...restored, 'error'],
  submitting: restored,
  verifying: restored,
  waiting: ['renewing', ...restored],
  pending: restored,
  paid: ['ended'],
  declined: ['renewing', ...restored],
  ended: ['renewing', ...restored],
  renewing: ['submitting', ...restored],
  error: [],
};
