/**
 * What a form forgets. `secret`: the security code; `all`: every entry; `other-card`: every entry, and the choice of a
 * stored card with them.
 */
export type Cleared = 'secret' | 'all' | 'other-card';
