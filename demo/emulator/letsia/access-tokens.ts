/**
 * Bearer tokens: opaque, without a documented end, and tied for ever to the account's mode at log-in ("live or sandbox is
 * tied to the token at login time").
 */
import type { Random } from '../random.ts';
import type { Mode } from './account.ts';

export interface AccessTokens {
  readonly issue: (mode: Mode) => string;
  readonly modeOf: (token: string) => Mode | undefined;
  readonly clear: () => void;
}

export function createAccessTokens(random: Random): AccessTokens {
  const modes = new Map<string, Mode>();
  return {
    issue(mode) {
      const token = `${modes.size + 1}|${Buffer.from(random(30)).toString('base64url')}`;
      modes.set(token, mode);
      return token;
    },
    modeOf: token => modes.get(token),
    clear() {
      modes.clear();
    },
  };
}
