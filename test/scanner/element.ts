/** Runs in the browser: the whole element, waiting for one code to be paid. The proxy’s answer is handed in. */
import type { Checkout } from '../../server/contract/checkout.ts';
import '../../widget/define.ts';
import type { Place, ScannedInstrument } from './sheet.ts';

interface Look {
  readonly theme: 'light' | 'dark';
  /** Of the element, in CSS pixels. */
  readonly width: number;
}

export interface Shown {
  /** The white around a code and the code, in CSS pixels from the page’s corner. */
  readonly place: Place;
  /** It says to turn the phone. */
  readonly saysToTurn: boolean;
}

/** The instrument in place of what was there before, once its code is on screen. */
async function showElement(instrument: ScannedInstrument, checkout: Checkout, look: Look): Promise<Shown> {
  const element = document.createElement('letpay-checkout');
  element.environment = {
    fetch: async () => Response.json({ ...checkout, method: instrument.method, instrument }),
    openEvents: () => ({ addEventListener: () => undefined, close: () => undefined }),
  };
  element.setAttribute('payment-token', checkout.payment_token);
  element.setAttribute('proxy-url', 'https://pay.shop.example');
  element.setAttribute('locale', 'pt-BR');
  element.setAttribute('theme', look.theme);
  element.style.width = `${look.width}px`;
  document.body.style.cssText = `margin: 0; background: ${look.theme === 'dark' ? '#000' : '#fff'}`;
  document.body.replaceChildren(element);
  const tile = await new Promise<Element>(resolve => {
    const wait = () => {
      // These codes are not of the order’s amount, and some slips are late: then they are folded away.
      element.shadowRoot?.querySelector('[part=doubted-code]')?.setAttribute('open', '');
      const found = element.shadowRoot?.querySelector('.white-tile, .qr');
      if (found) resolve(found);
      else requestAnimationFrame(wait);
    };
    wait();
  });
  const { x, y, width, height } = tile.getBoundingClientRect();
  return {
    place: { x, y, width, height },
    saysToTurn: element.shadowRoot?.querySelector('.instrument .narrow')?.checkVisibility() ?? false,
  };
}

export type ShowElement = typeof showElement;

Object.assign(globalThis, { showElement });
