/** Codes as they stand in the whole element, in both themes: a scanner reads them, and they keep their white. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { checkouts } from '../widget/checkouts.ts';
import { samples } from './codes.ts';
import type { ShowElement } from './element.ts';
import type { Picture } from './pixels.ts';
import { scan } from './scan.ts';
import { bundle, launch, openScreen, type Screen } from './screen.ts';

const count = 10;
const white = 255;

let browser: Browser;
let script: string;
before(async () => {
  browser = await launch();
  script = await bundle('element.ts');
});
after(() => browser.close());

const show = ({ page }: Screen, ...[instrument, checkout, look]: Parameters<ShowElement>) =>
  page.evaluate(
    args => (globalThis as unknown as { readonly showElement: ShowElement }).showElement(...args),
    [instrument, checkout, look] as Parameters<ShowElement>,
  );

/** How many columns from the left and from the right are white on the middle row, the border of the tile aside. */
function whiteBeside({ width, height, grey }: Picture, border: number): [left: number, right: number] {
  const row = [...grey.subarray(Math.floor(height / 2) * width, (Math.floor(height / 2) + 1) * width)];
  const inner = row.slice(border, -border);
  const dark = (value: number) => value !== white;
  return [inner.findIndex(dark), inner.length - 1 - inner.findLastIndex(dark)];
}

for (const theme of ['light', 'dark'] as const) {
  describe(`in the ${theme} theme`, () => {
    for (const [method, density, width] of [
      ['PIX', 1, 360],
      ['PIX', 1, 1024],
      ['PIX', 2, 360],
      ['BOLETO', 1, 1024],
      ['BOLETO', 2, 360],
      ['PAYCASH', 1, 360],
      ['PAYCASH', 2, 1024],
    ] as const) {
      it(`${method} at ${density}x in ${width} px is read and has its quiet zone`, async () => {
        const screen = await openScreen(browser, script, density);
        for (const { instrument, reads } of samples(method, count)) {
          const { place } = await show(screen, instrument, checkouts.waiting, { theme, width });
          const [picture] = await screen.photograph([place]);
          assert.ok(picture);
          assert.equal(await scan(method, picture), reads);
          // Four modules of a QR code and ten of bars: four dots and more in each of these.
          for (const columns of whiteBeside(picture, density))
            assert.ok(columns >= 4, `${columns} white columns`);
        }
        await screen.page.context().close();
      });
    }
  });
}

it('where a boleto’s bars are thinner than the dots of the screen, the page says to turn the phone', async () => {
  const screen = await openScreen(browser, script, 1);
  const [sample] = samples('BOLETO', 1);
  assert.ok(sample);
  const narrow = await show(screen, sample.instrument, checkouts.waiting, { theme: 'light', width: 360 });
  const [picture] = await screen.photograph([narrow.place]);
  assert.ok(picture);
  assert.equal(await scan('BOLETO', picture), null);
  assert.equal(narrow.saysToTurn, true);
  // One dot for each module, and the frame around them.
  const wide = await show(screen, sample.instrument, checkouts.waiting, { theme: 'light', width: 480 });
  const [readable] = await screen.photograph([wide.place]);
  assert.ok(readable);
  assert.equal(await scan('BOLETO', readable), sample.reads);
  assert.equal(wide.saysToTurn, false);
  await screen.page.context().close();
});
