import type { Tabs } from '../api/election.ts';

/** Null where the browser lacks one of the two, as every page that came over plain http: there each tab watches by itself. */
export function browserTabs(): Tabs | null {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  if (!locks || typeof BroadcastChannel === 'undefined') return null;
  return {
    request: (name, options, hold) => locks.request(name, options, hold),
    openChannel: name => new BroadcastChannel(name),
  };
}
