/** A store that keeps nothing of a checkout that nobody needs any more. */
import type { Store } from '../store/store.ts';
import type { CheckoutRecord } from './checkout-record.ts';

export function erasingStore(store: Store, erased: (record: CheckoutRecord) => CheckoutRecord): Store {
  return {
    ...store,
    create: (record, events) => store.create(erased(record), events),
    advance: (next, events) => store.advance(erased(next), events),
  };
}
