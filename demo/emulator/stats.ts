/** How often each call arrived, by the pattern of its path. */

export interface StatsView {
  readonly logins: number;
  readonly calls: Readonly<Record<string, number>>;
}

export interface Stats {
  readonly loggedIn: () => void;
  readonly called: (name: string) => void;
  readonly read: () => StatsView;
  readonly clear: () => void;
}

export function createStats(): Stats {
  let logins = 0;
  const calls = new Map<string, number>();
  return {
    loggedIn() {
      logins += 1;
    },
    called(name) {
      calls.set(name, (calls.get(name) ?? 0) + 1);
    },
    read: () => ({ logins, calls: Object.fromEntries(calls) }),
    clear() {
      logins = 0;
      calls.clear();
    },
  };
}
