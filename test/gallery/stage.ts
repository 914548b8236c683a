/** The page behind the gallery: plays one screen after another, with the proxy, clock and store of the widget’s own tests. */
import type { Checkout } from '../../server/contract/checkout.ts';
import type { LetpayCheckout } from '../../widget/letpay-checkout.ts';
import { FakeProxy, type Mounted, mountEarly, problem, type, unmountAll } from '../widget/harness.ts';
import { faultsOnScreen } from './faults.ts';
import type { Language } from './orders.ts';
import { type Answer, type Screen, type Step, screens } from './screens.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Stage {
  /** Puts a screen up. Rejects when it does not come to what it says of itself. */
  readonly show: (id: string, language: Language) => Promise<void>;
  /** The same screen in another theme. */
  readonly paint: (theme: 'light' | 'dark') => Promise<Box>;
  /** What is wrong with what is on screen, one line each. */
  readonly faults: () => Promise<readonly string[]>;
}

declare global {
  interface Window {
    stage: Stage;
  }
}

const patienceMs = 10_000;
const never = new Promise<Checkout>(() => undefined);

let mounted: Mounted | null = null;

function answerOf(answer: Answer): ConstructorParameters<typeof FakeProxy>[0] {
  if (answer === 'never') return never;
  if (answer === 'lost') return new TypeError('connection reset');
  if ('payment_token' in answer) return answer;
  const refusal = problem(answer.status, answer.code, answer.errors);
  if (answer.retryAfter) refusal.headers.set('retry-after', String(answer.retryAfter));
  return refusal;
}

function proxyOf({ read, sendPayment, renew, removeCard }: Screen, language: Language): FakeProxy {
  const proxy = new FakeProxy(answerOf(read(language) ?? 'never'));
  if (sendPayment) proxy.sendPayment = answerOf(sendPayment(language)) ?? null;
  if (removeCard) proxy.removeCard = answerOf(removeCard(language)) ?? null;
  if (renew) proxy.renew = answerOf(renew(language)) ?? null;
  return proxy;
}

/** Asks again until the answer is there: what is waited for comes with a promise that nobody hands out. */
async function until<T>(find: () => T | null | undefined | false, what: () => string): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(what());
    await new Promise(resolve => setTimeout(resolve, 4));
  }
}

async function settle(element: LetpayCheckout): Promise<void> {
  await element.updateComplete;
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

async function take(step: Step, page: Mounted): Promise<void> {
  const inForm = (name: string) =>
    until(
      () => page.element.shadowRoot?.querySelector<HTMLInputElement>(`[name="${name}"]`),
      () => `there is no field ${name}`,
    );
  if ('press' in step) {
    const target = await until(
      () => page.part<HTMLElement>(step.press),
      () => `there is no ${step.press} in state ${page.element.state}`,
    );
    target.click();
    // A finger leaves no focus ring on a radio; a click by script does.
    const focused = page.element.shadowRoot?.activeElement;
    if (focused instanceof HTMLInputElement && focused.type === 'radio') focused.blur();
  } else if ('type' in step) {
    const input = await inForm(step.into);
    type(input, step.type);
  } else if ('pick' in step) {
    const select = await inForm(step.from);
    await until(
      () => select.querySelector(`option[value="${step.pick}"]`),
      () => `there is no choice ${step.pick}`,
    );
    select.value = step.pick;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  } else if ('leave' in step) {
    (await inForm(step.leave)).blur();
    (document.activeElement as HTMLElement | null)?.blur();
  } else {
    await until(
      () => page.part('instrument'),
      () => 'there is no instrument',
    );
    page.part(step.unfold)?.setAttribute('open', '');
  }
  await page.element.updateComplete;
}

/** What a device lends to a page, or does not. Headless browsers differ in it. */
function replaceDevice(refuses: boolean): void {
  const lend = <T>(loan: T) =>
    refuses ? Promise.reject(new DOMException('refused', 'NotAllowedError')) : Promise.resolve(loan);
  const lock = Object.assign(new EventTarget(), { released: false, release: async () => {} });
  for (const [name, value] of Object.entries({
    clipboard: { writeText: () => lend(undefined) },
    wakeLock: { request: () => lend(lock) },
  })) {
    Object.defineProperty(navigator, name, { value, configurable: true });
  }
}

function bankOf({ bank }: Screen): LetpayCheckout['authenticateCard'] {
  return async () => {
    if (bank === 'asks') await never;
    return bank === 'refuses' ? null : { cavv: 'A', xid: 'B', eci: '05', version: '2.2.0', dstrans_id: 'C' };
  };
}

async function show(id: string, language: Language): Promise<void> {
  const screen = screens.find(candidate => candidate.id === id);
  if (!screen) throw new Error(`there is no screen ${id}`);
  unmountAll();
  getSelection()?.removeAllRanges();
  replaceDevice(screen.device === 'refuses');
  // The page speaks, not the tag: then the order’s country says which Spanish it is.
  document.documentElement.lang = language;
  const parent = document.querySelector('main');
  if (!parent) throw new Error('the page has no main');
  const page = mountEarly(proxyOf(screen, language), {
    parent,
    attributes: {
      locale: '',
      ...(screen.tokens && { style: screen.tokens }),
      ...(screen.read(language) === null && { 'payment-token': '' }),
    },
    environment: { isOnline: () => screen.network !== 'off' },
  });
  page.element.authenticateCard = bankOf(screen);
  mounted = page;
  await until(
    () => page.element.state === 'idle' || screen.state === 'loading' || page.element.state !== 'loading',
    () => 'the first answer never came',
  );
  for (const step of screen.steps ?? []) await take(step, page);
  await until(
    () =>
      page.element.state === screen.state &&
      page.part(screen.shows) &&
      (screen.shows === 'skeleton' || !page.part('skeleton')),
    () => `state ${page.element.state} instead of ${screen.state}, or no ${screen.shows}`,
  );
  await settle(page.element);
}

async function paint(theme: 'light' | 'dark'): Promise<Box> {
  if (!mounted) throw new Error('nothing is on screen');
  document.documentElement.dataset['theme'] = theme;
  mounted.element.theme = theme;
  await settle(mounted.element);
  const { x, y, width, height } = mounted.element.getBoundingClientRect();
  return { x, y, width, height };
}

window.stage = {
  show,
  paint,
  faults: async () => (mounted ? faultsOnScreen(mounted.element) : ['nothing is on screen']),
};
