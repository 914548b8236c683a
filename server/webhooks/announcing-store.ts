/** A store that writes, with every change of a checkout, the events that tell the merchant of it. */
import type { Store } from '../store/store.ts';
import { announce } from './announcement.ts';

/** `onEvents`: some were written and can be delivered. */
export function announcingStore(store: Store, now: () => number, onEvents: () => void): Store {
  return {
    ...store,
    async create(record) {
      const announcement = announce(record, now());
      await store.create(announcement.record, announcement.events);
      if (announcement.events.length > 0) onEvents();
    },
    async advance(next) {
      const announcement = announce(next, now());
      const moved = await store.advance(announcement.record, announcement.events);
      if (moved !== null && announcement.events.length > 0) onEvents();
      return moved;
    },
  };
}
