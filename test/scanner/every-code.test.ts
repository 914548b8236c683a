/** Five hundred codes of each kind, as a shopper’s screen and a printer show them: an independent scanner reads each. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Sample, samples } from './codes.ts';
import { type Scannable, scan, scanQrAgain } from './scan.ts';
import { bundle, launch, openScreen, type Screen } from './screen.ts';
import type { ShowCodes, ShowSlips } from './sheet.ts';

const count = 500;

/** So many codes fit into one picture at print density. */
const batch = 25;

/** Dots per CSS pixel on paper: 300 to the inch, where CSS counts 96. */
const printDensity = 300 / 96;

type Sheet = { readonly showCodes: ShowCodes; readonly showSlips: ShowSlips };

let browser: Browser;
let script: string;
before(async () => {
  browser = await launch();
  script = await bundle('sheet.ts');
});
after(() => browser.close());

/** What of the samples is not read, or read as something else. */
async function unread(
  screen: Screen,
  method: Scannable,
  show: (batch: readonly Sample[]) => ReturnType<ShowCodes>,
): Promise<string[]> {
  const wrong: string[] = [];
  const all = samples(method, count);
  for (let at = 0; at < all.length; at += batch) {
    const some = all.slice(at, at + batch);
    const places = await show(some);
    assert.equal(places.length, some.length);
    for (const [i, picture] of (await screen.photograph(places)).entries()) {
      const { reads } = some[i]!;
      if ((await scan(method, picture)) !== reads) wrong.push(reads);
      if (method === 'PIX' && i === 0 && scanQrAgain(picture) !== reads)
        wrong.push(`second opinion: ${reads}`);
    }
  }
  return wrong;
}

const onSheet =
  ({ page }: Screen, width: number) =>
  (some: readonly Sample[]) =>
    page.evaluate(
      ([instruments, across]) => (globalThis as unknown as Sheet).showCodes(instruments, across),
      [some.map(({ instrument }) => instrument), width] as const,
    );

const onSlips =
  ({ page }: Screen) =>
  (some: readonly Sample[]) =>
    page.evaluate(
      instruments => (globalThis as unknown as Sheet).showSlips(instruments),
      some.map(({ instrument }) => instrument),
    );

describe(`${count} codes of a kind`, () => {
  for (const density of [1, 2]) {
    // The tile of a QR code is as wide in both.
    it(`Pix codes at ${density}x are read`, async () => {
      const screen = await openScreen(browser, script, density);
      assert.deepEqual(await unread(screen, 'PIX', onSheet(screen, 360)), []);
      await screen.page.context().close();
    });

    for (const width of [360, 1024]) {
      it(`cash references at ${density}x in ${width} px are read`, async () => {
        const screen = await openScreen(browser, script, density);
        assert.deepEqual(await unread(screen, 'PAYCASH', onSheet(screen, width)), []);
        await screen.page.context().close();
      });
    }
  }

  // At 1x in 360 px a bar of the 425 modules would be thinner than a dot: see the test of the whole element.
  for (const [density, width] of [
    [1, 480],
    [1, 1024],
    [2, 360],
    [2, 1024],
  ] as const) {
    it(`boletos at ${density}x in ${width} px are read`, async () => {
      const screen = await openScreen(browser, script, density);
      assert.deepEqual(await unread(screen, 'BOLETO', onSheet(screen, width)), []);
      await screen.page.context().close();
    });
  }

  it('boletos on the printed slip are read', async () => {
    const screen = await openScreen(browser, script, printDensity, 'print');
    assert.deepEqual(await unread(screen, 'BOLETO', onSlips(screen)), []);
    await screen.page.context().close();
  });

  for (const method of ['PIX', 'PAYCASH'] as const) {
    it(`${method === 'PIX' ? 'Pix codes' : 'cash references'} on a printed page are read`, async () => {
      const screen = await openScreen(browser, script, printDensity, 'print');
      assert.deepEqual(await unread(screen, method, onSheet(screen, 360)), []);
      await screen.page.context().close();
    });
  }
});
