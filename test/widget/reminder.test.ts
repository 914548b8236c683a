import { expect } from '@open-wc/testing';
import type { Instrument } from '../../server/contract/checkout.ts';
import { checkouts, instruments } from './checkouts.ts';
import { FakeProxy, type Mounted, mount, text, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

interface Saved {
  readonly name: string;
  readonly blob: Blob;
}

const { createObjectURL, revokeObjectURL } = URL;
const { click } = HTMLAnchorElement.prototype;
let saved: Saved[] = [];
let alive = new Map<string, Blob>();

beforeEach(() => {
  saved = [];
  alive = new Map();
  URL.createObjectURL = (blob: Blob) => {
    const address = createObjectURL.call(URL, blob);
    alive.set(address, blob);
    return address;
  };
  URL.revokeObjectURL = address => {
    alive.delete(address);
    revokeObjectURL.call(URL, address);
  };
  // In place of a real download, which would leave a file behind.
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const blob = alive.get(this.href);
    if (blob) saved.push({ name: this.download, blob });
  };
});

afterEach(() => {
  unmountAll();
  URL.createObjectURL = createObjectURL;
  URL.revokeObjectURL = revokeObjectURL;
  HTMLAnchorElement.prototype.click = click;
});

async function mountInstrument(instrument: Instrument, locale = 'pt-BR'): Promise<Mounted> {
  const page = await mount(new FakeProxy({ ...checkouts.waiting, method: instrument.method, instrument }), {
    attributes: { locale },
  });
  await page.shows('instrument');
  return page;
}

async function save(page: Mounted): Promise<{ readonly name: string; readonly lines: readonly string[] }> {
  const before = saved.length;
  page.part('reminder-button')!.click();
  await waitUntil(() => saved.length > before, 'no file was saved');
  const { name, blob } = saved[before]!;
  expect(blob.type).to.equal('text/calendar;charset=utf-8');
  return { name, lines: (await blob.text()).replaceAll('\r\n ', '').split('\r\n') };
}

describe('a reminder of the due date', () => {
  it('is a calendar file with the order, the amount and the line', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    const { name, lines } = await save(page);
    expect(name).to.equal('boleto-ORDER-1.ics');
    expect(lines)
      .to.include('DTSTART;VALUE=DATE:20270312')
      .and.to.include('DTSTAMP:20261120T120000Z')
      .and.to.include('SUMMARY:Pagar boleto · ORDER-1 · R$\u00a01\\,00')
      .and.to.include('DESCRIPTION:00190.50095 40144.816069 06809.350314 8 17480000000100');
  });

  it('is there for a cash reference too', async () => {
    const page = await mountInstrument(instruments.PAYCASH, 'es');
    const { name, lines } = await save(page);
    expect(name).to.equal('paycash-ORDER-1.ics');
    expect(lines).to.include('DTSTART;VALUE=DATE:20261125').and.to.include('DESCRIPTION:1234 5678 9012 3456');
    expect(lines.find(line => line.startsWith('SUMMARY'))).to.contain(
      'Pagar en efectivo (Paycash) · ORDER-1',
    );
  });

  it('leaves no address behind', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    await save(page);
    await save(page);
    expect(alive.size, 'the last one may still be read').to.equal(1);
    page.element.remove();
    expect(alive.size).to.equal(0);
  });

  it('says so when it cannot be made', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    URL.createObjectURL = () => {
      throw new Error('no room');
    };
    page.part('reminder-button')!.click();
    expect(text(await page.shows('reminder-note'))).to.contain('tente de novo');
  });

  it('is not offered when there is no day, or its hour is over', async () => {
    for (const due of [null, '2026-11-20', '2026-11-01']) {
      const page = await mountInstrument({ ...instruments.PAYCASH, due_date: due });
      expect(page.part('reminder-button'), String(due)).to.equal(null);
    }
  });
});
