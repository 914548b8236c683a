import { expect } from '@open-wc/testing';
import { checkouts, createCheckout, instruments } from './checkouts.ts';
import { FakeProxy, type Mounted, mount, text, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

/** A lock as the browser gives it. */
class FakeLock extends EventTarget {
  released = false;
  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    this.dispatchEvent(new Event('release'));
  }
}

/** The browser’s side: what it gave, whether it gives, whether the page is seen. */
class FakeDevice {
  readonly locks: FakeLock[] = [];
  refuses = false;
  readonly wakeLock = {
    request: async (type: string) => {
      expect(type).to.equal('screen');
      if (this.refuses) throw new DOMException('battery', 'NotAllowedError');
      const lock = new FakeLock();
      this.locks.push(lock);
      return lock;
    },
  };

  /** As the browser does it: what is hidden loses its lock. */
  async show(visibility: DocumentVisibilityState): Promise<void> {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    if (visibility === 'hidden') for (const lock of this.locks) await lock.release();
    document.dispatchEvent(new Event('visibilitychange'));
  }

  get held(): number {
    return this.locks.filter(lock => !lock.released).length;
  }
}

let device: FakeDevice;

beforeEach(() => {
  device = new FakeDevice();
  Object.defineProperty(navigator, 'wakeLock', { value: device.wakeLock, configurable: true });
});

afterEach(() => {
  unmountAll();
  Reflect.deleteProperty(navigator, 'wakeLock');
  Reflect.deleteProperty(document, 'visibilityState');
});

const checkout = { ...checkouts.waiting, method: 'PAYCASH', instrument: instruments.PAYCASH } as const;

async function mountReference(): Promise<Mounted> {
  const page = await mount(new FakeProxy(checkout));
  await page.shows('paycash-reference');
  return page;
}

function pressed(page: Mounted): string | null {
  return page.part('awake-button')!.getAttribute('aria-pressed');
}

async function switchOn(page: Mounted): Promise<void> {
  page.part('awake-button')!.click();
  await waitUntil(() => pressed(page) === 'true', 'the button was never pressed');
}

describe('the screen at the till', () => {
  it('is kept on when the shopper wants it, and let go when not', async () => {
    const page = await mountReference();
    expect(text(page.part('awake-button'))).to.equal('Manter a tela acesa');
    expect([pressed(page), device.held]).to.deep.equal(['false', 0]);
    await switchOn(page);
    expect(device.held).to.equal(1);
    page.part('awake-button')!.click();
    await waitUntil(() => pressed(page) === 'false');
    expect(device.held).to.equal(0);
  });

  it('is kept on again when the shopper comes back', async () => {
    const page = await mountReference();
    await switchOn(page);
    await device.show('hidden');
    expect(device.held).to.equal(0);
    await device.show('visible');
    await waitUntil(() => device.held === 1, 'nobody asked again');
    expect(pressed(page)).to.equal('true');
  });

  it('is not kept on again once the shopper switched it off', async () => {
    const page = await mountReference();
    await switchOn(page);
    page.part('awake-button')!.click();
    await device.show('visible');
    await page.element.updateComplete;
    expect(device.locks).to.have.length(1);
  });

  it('is let go when the screen is left', async () => {
    const page = await mountReference();
    await switchOn(page);
    page.proxy.checkout = createCheckout({ ...checkouts.paid, method: 'PAYCASH' });
    await page.element.refresh();
    await page.until('paid');
    await waitUntil(() => device.held === 0, 'the screen stays on');
    await device.show('visible');
    expect(device.locks).to.have.length(1);
  });

  it('is let go when the element is taken away, also while the browser still thinks', async () => {
    const page = await mountReference();
    await switchOn(page);
    page.element.remove();
    expect(device.held).to.equal(0);
    const hasty = await mountReference();
    hasty.part('awake-button')!.click();
    hasty.element.remove();
    await waitUntil(() => device.locks.length === 2);
    await waitUntil(() => device.held === 0, 'a late lock stays');
  });

  it('is not said to stay on when the device refuses, at once or later', async () => {
    device.refuses = true;
    const page = await mountReference();
    page.part('awake-button')!.click();
    expect(text(await page.shows('awake-note'))).to.contain('Não foi possível manter a tela acesa');
    expect(page.part('awake-note')!.getAttribute('role')).to.equal(null);
    expect(text(page.part('status'))).to.contain('Não foi possível manter a tela acesa');
    expect(pressed(page)).to.equal('false');
    device.refuses = false;
    await switchOn(page);
    expect(page.part('awake-note')).to.equal(null);
    await device.locks[0]!.release();
    await page.shows('awake-note');
    expect(pressed(page)).to.equal('false');
  });

  it('has no button where the browser cannot do it', async () => {
    const wakeLock = Object.getOwnPropertyDescriptor(Navigator.prototype, 'wakeLock');
    Reflect.deleteProperty(navigator, 'wakeLock');
    Reflect.deleteProperty(Navigator.prototype, 'wakeLock');
    try {
      const page = await mountReference();
      expect(page.part('awake-button')).to.equal(null);
    } finally {
      if (wakeLock) Object.defineProperty(Navigator.prototype, 'wakeLock', wakeLock);
    }
  });
});
