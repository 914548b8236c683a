/**
 * A gateway whose calls never throw. What a gateway did not foresee becomes the outcome that claims least: a call that may
 * have moved money is `unknown`, a question is `unreadable`.
 */
import { nameOf } from '../failure.ts';
import type { Gateway } from './gateway.ts';

/** `call`: the gateway’s method. */
export type OnGatewayFailure = (call: string, error: unknown) => void;

export function guardedGateway(gateway: Gateway, onFailure: OnGatewayFailure): Gateway {
  function guard<A extends unknown[], T>(
    name: string,
    call: (...args: A) => Promise<T>,
    otherwise: (cause: string) => T,
  ): (...args: A) => Promise<T> {
    return async (...args) => {
      try {
        return await call(...args);
      } catch (error) {
        onFailure(name, error);
        return otherwise(nameOf(error));
      }
    };
  }
  const unknown = (cause: string) => ({ kind: 'unknown', cause }) as const;
  const unreadable = (cause: string) => ({ kind: 'unreadable', cause }) as const;
  const notSent = (cause: string) => ({ kind: 'not_sent', cause }) as const;
  const {
    orderSearch,
    callbacks,
    preAuthorization,
    paidCancellation,
    refunds,
    contracts,
    oneStep,
    storedCards,
  } = gateway;

  return {
    ...gateway,
    // Letsia’s mode is known after the log-in only.
    get testMode() {
      return gateway.testMode;
    },
    createOrder: guard('createOrder', (...args) => gateway.createOrder(...args), unknown),
    send: guard('send', (...args) => gateway.send(...args), unknown),
    readStatus: guard('readStatus', (...args) => gateway.readStatus(...args), unreadable),
    callbacks: {
      ...callbacks,
      read(callback) {
        try {
          return callbacks.read(callback);
        } catch (error) {
          onFailure('callbacks.read', error);
          return { kind: 'unreadable' };
        }
      },
    },
    orderSearch: orderSearch && {
      ...orderSearch,
      find: guard('findOrder', (...args) => orderSearch.find(...args), unreadable),
    },
    preAuthorization: preAuthorization && {
      capture: guard('capture', (...args) => preAuthorization.capture(...args), unknown),
      cancel: guard('cancel', (...args) => preAuthorization.cancel(...args), unknown),
    },
    paidCancellation: paidCancellation && {
      ...paidCancellation,
      cancel: guard('cancelPaid', (...args) => paidCancellation.cancel(...args), unknown),
    },
    refunds: refunds && {
      ...refunds,
      request: guard('refund', (...args) => refunds.request(...args), unknown),
      list: guard('listRefunds', (...args) => refunds.list(...args), unreadable),
    },
    contracts: contracts && {
      list: guard('listContracts', (...args) => contracts.list(...args), unreadable),
    },
    oneStep: oneStep && {
      ...oneStep,
      send: guard('sendOneStep', (...args) => oneStep.send(...args), unknown),
      list: guard('listPayments', (...args) => oneStep.list(...args), unreadable),
    },
    storedCards: storedCards && {
      store: guard('storeCard', (...args) => storedCards.store(...args), unknown),
      statusOf: guard(
        'cardStatus',
        (...args) => storedCards.statusOf(...args),
        () => 'UNKNOWN' as const,
      ),
      deletePerson: guard('deletePerson', (...args) => storedCards.deletePerson(...args), unreadable),
      deleteCard: guard('deleteCard', (...args) => storedCards.deleteCard(...args), unreadable),
      quote: guard('quote', (...args) => storedCards.quote(...args), notSent),
    },
  };
}
