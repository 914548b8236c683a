/** A proxy, a clock and a store in the test’s hand, and an element that uses them. Everything is local to one test. */

import type { Checkout } from '../../server/contract/checkout.ts';
import { waitUntil } from './wait-until.ts';
import '../../widget/define.ts';
import type { Environment } from '../../widget/checkout/environment.ts';
import type { StateName } from '../../widget/checkout/state.ts';
import type { LetpayCheckout } from '../../widget/letpay-checkout.ts';
import { createCheckout, token } from './checkouts.ts';

export interface Call {
  readonly name: 'read' | 'sendPayment' | 'renew' | 'removeCard';
  readonly url: string;
  readonly body: Record<string, unknown> | null;
  readonly key: string | null;
}

type Answer = Checkout | Response | Error | Promise<Checkout | Response | Error>;

export function problem(
  status: number,
  code: string,
  errors: readonly { pointer: string; code: string }[] = [],
): Response {
  return Response.json({ status, code, errors, request_id: 'req-1' }, { status });
}

/** An answer that comes when the test says so. */
export function later(): {
  readonly answer: Promise<Checkout | Response | Error>;
  readonly give: (answer: Checkout | Response | Error) => void;
} {
  let give: (answer: Checkout | Response | Error) => void = () => {};
  const answer = new Promise<Checkout | Response | Error>(resolve => {
    give = resolve;
  });
  return { answer, give };
}

export class FakeProxy {
  readonly calls: Call[] = [];
  /** What reads answer, and submissions and renewals that have no answer of their own. */
  checkout: Answer;
  sendPayment: Answer | null = null;
  renew: Answer | null = null;
  removeCard: Answer | null = null;
  /** Pushes to every open feed. */
  readonly feeds = new Set<(checkout: Checkout) => void>();

  constructor(checkout: Answer = createCheckout()) {
    this.checkout = checkout;
  }

  callsOf(name: Call['name']): readonly Call[] {
    return this.calls.filter(call => call.name === name);
  }

  push(checkout: Checkout): void {
    for (const feed of this.feeds) feed(checkout);
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    const last = url.split('/').at(-1);
    const name =
      init?.method === 'DELETE' ? 'removeCard' : last === 'sendPayment' || last === 'renew' ? last : 'read';
    const headers = new Headers(init?.headers);
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : null;
    this.calls.push({ name, url, body, key: headers.get('idempotency-key') });
    const answer = await (name === 'read' ? this.checkout : (this[name] ?? this.checkout));
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  };

  readonly openEvents = (): Pick<EventSource, 'addEventListener' | 'close'> => {
    const target = new EventTarget();
    const feed = (checkout: Checkout) =>
      target.dispatchEvent(new MessageEvent('checkout', { data: JSON.stringify(checkout) }));
    this.feeds.add(feed);
    return {
      addEventListener: target.addEventListener.bind(target) as EventSource['addEventListener'],
      close: () => this.feeds.delete(feed),
    };
  };
}

/** Stands still until it is told to go on. */
export class FakeClock {
  #now = Date.parse('2026-11-20T12:00:00.000Z');
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  readonly clock: Environment['clock'] = {
    now: () => this.#now,
    setTimeout: (run, ms) => {
      const timer = { at: this.#now + ms, run };
      this.#timers.push(timer);
      return timer;
    },
    clearTimeout: timer => {
      this.#timers = this.#timers.filter(other => other !== timer);
    },
  };

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(timer => !due.includes(timer));
    for (const { run } of due) run();
  }
}

export function memoryStorage(): Environment['storage'] & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: name => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: name => void entries.delete(name),
  };
}

export interface Mounted {
  readonly element: LetpayCheckout;
  readonly proxy: FakeProxy;
  readonly clock: FakeClock;
  readonly storage: ReturnType<typeof memoryStorage>;
  /** The pages of PSPs that the tag went to. */
  readonly left: readonly string[];
  /** Every event that left the element, in order. */
  readonly events: Event[];
  /** The first element with a part name, or null. */
  readonly part: <E extends Element = HTMLElement>(name: string) => E | null;
  readonly input: (name: string) => HTMLInputElement;
  readonly until: (state: StateName) => Promise<void>;
  /** Until a part is on screen. */
  readonly shows: <E extends Element = HTMLElement>(name: string) => Promise<E>;
  readonly eventsOf: <T extends keyof HTMLElementEventMap>(type: T) => HTMLElementEventMap[T][];
}

const eventNames = [
  'ready',
  'method-change',
  'submit',
  'state-change',
  'instrument',
  'paid',
  'pending',
  'declined',
  'copy',
  'warning',
  'total-change',
  'error',
];

export interface MountOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly environment?: Partial<Environment>;
  readonly storage?: ReturnType<typeof memoryStorage>;
  readonly parent?: ParentNode;
}

const mounted = new Set<Element>();

/** To be called after each test. */
export function unmountAll(): void {
  for (const element of mounted) element.remove();
  mounted.clear();
}

/** An element in the page, before its first answer. */
export function mountEarly(
  proxy: FakeProxy,
  { attributes = {}, environment = {}, storage = memoryStorage(), parent = document.body }: MountOptions = {},
): Mounted {
  const element = document.createElement('letpay-checkout');
  const clock = new FakeClock();
  let ids = 0;
  const left: string[] = [];
  element.environment = {
    fetch: proxy.fetch,
    openEvents: proxy.openEvents,
    clock: clock.clock,
    storage,
    randomId: () => `key-${++ids}`,
    jitter: () => 0,
    isOnline: () => true,
    tabs: null,
    leave: url => left.push(url),
    ...environment,
  };
  const all = {
    'payment-token': token,
    'proxy-url': 'https://pay.shop.example',
    locale: 'pt-BR',
    ...attributes,
  };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  const events: Event[] = [];
  for (const name of eventNames) element.addEventListener(`letpay-${name}`, event => events.push(event));
  parent.append(element);
  mounted.add(element);

  const part = <E extends Element = HTMLElement>(name: string) =>
    element.shadowRoot?.querySelector<E>(`[part~="${name}"]`) ?? null;
  return {
    element,
    proxy,
    clock,
    storage,
    events,
    left,
    part,
    input(name) {
      const input = element.shadowRoot?.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (!input) throw new Error(`there is no ${name}`);
      return input;
    },
    async until(state) {
      await waitUntil(() => element.state === state, `the state is ${element.state}, not ${state}`);
      await element.updateComplete;
    },
    async shows<E extends Element = HTMLElement>(name: string) {
      await waitUntil(() => part(name), `there is no ${name} in state ${element.state}`);
      return part<E>(name)!;
    },
    eventsOf<T extends keyof HTMLElementEventMap>(type: T) {
      return events.filter(event => event.type === type) as HTMLElementEventMap[T][];
    },
  };
}

/** An element that shows the proxy’s first answer. */
export async function mount(proxy: FakeProxy, options: MountOptions = {}): Promise<Mounted> {
  const page = mountEarly(proxy, options);
  await waitUntil(() => page.element.state !== 'loading', 'the first answer never came');
  await waitUntil(() => !page.part('skeleton'), 'the first screen never came');
  // What decorates it comes a moment later.
  await waitUntil(
    () => !page.part('method-list') || page.element.shadowRoot?.querySelector('.row svg.icon'),
    'the pictures of the methods never came',
  );
  return page;
}

/** As a shopper types: character by character, each with its events, at the caret. */
export function type(input: HTMLInputElement, text: string): void {
  input.focus();
  for (const character of text) {
    input.dispatchEvent(
      new InputEvent('beforeinput', { data: character, inputType: 'insertText', bubbles: true }),
    );
    const at = input.selectionStart ?? input.value.length;
    input.setRangeText(character, at, input.selectionEnd ?? at, 'end');
    input.dispatchEvent(new InputEvent('input', { data: character, inputType: 'insertText', bubbles: true }));
  }
}

/** The published test card of LetPay’s documentation that is approved. */
export const testCard = '4012001037141112';

export async function fillCard(
  page: Mounted,
  { number = testCard, expiry = '1229', cvv = '123', holder = 'MARINA AZEVEDO' } = {},
): Promise<void> {
  await chooseCard(page);
  type(page.input('card_number'), number);
  type(page.input('card_expiry'), expiry);
  type(page.input('card_cvv'), cvv);
  type(page.input('card_holder'), holder);
  await page.element.updateComplete;
}

/** Opens the card form and waits for its rules. */
export async function chooseCard(page: Mounted): Promise<void> {
  page.part('method-CREDITCARD')?.click();
  const input = await waitForInput(page, 'card_number');
  // The brand of the first digits is known only once the rules are there.
  type(input, '51');
  await waitUntil(() => page.part('card-brand'), 'the card rules never came');
  input.value = '';
  input.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward' }));
  await page.element.updateComplete;
}

/** A field that comes with a file that loads later. */
export async function waitForInput(page: Mounted, name: string): Promise<HTMLInputElement> {
  await waitUntil(() => page.element.shadowRoot?.querySelector(`[name="${name}"]`), `there is no ${name}`);
  return page.input(name);
}

export function text(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}
