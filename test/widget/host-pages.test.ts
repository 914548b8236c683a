/**
 * The tag looks the same on every page: what a page says about everything, about inputs or about itself reaches neither the
 * boxes nor the letters inside. Measured element by element against the same tag on a bare page.
 */
import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { Checkout } from '../../server/contract/checkout.ts';
import { checkouts, createCheckout, instruments } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  later,
  type Mounted,
  mount,
  mountEarly,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

const widthPx = 620;

/** What the eye sees of an element, beside its box. The family of the letters is the page’s own and stays out. */
const looks = [
  'color',
  'background-color',
  'border-top-color',
  'border-top-width',
  'border-top-left-radius',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant-caps',
  'line-height',
  'letter-spacing',
  'word-spacing',
  'text-transform',
  'text-align',
  'text-indent',
  'text-shadow',
  'text-decoration-line',
  'white-space',
  'direction',
  'visibility',
  'cursor',
  'opacity',
  'list-style-type',
] as const;

/** A page’s style sheet by the ways that page authors have. */
const sheets: Readonly<Record<string, string>> = {
  'Bootstrap 5': '@import "/node_modules/bootstrap/dist/css/bootstrap.css";',
  'Tailwind’s preflight': '@import "/node_modules/tailwindcss/preflight.css";',
  'a shop theme that marks everything important': `
    * { font-family: Georgia, serif; letter-spacing: .08em !important; line-height: 2 !important }
    input[type=text], input, select { height: 20px !important; width: 40px !important; border: 3px dotted red !important; font-size: 11px !important }
    button, .button { text-transform: uppercase !important; border-radius: 0 !important; background: black !important; padding: 2px !important }
    label { display: inline !important; font-weight: 900 !important } fieldset { border: 4px solid red !important; padding: 30px !important }
    legend { float: left } p { margin: 3em !important } svg { max-width: 100%; width: 100%; fill: red !important }
    .row { margin: -15px } .field { float: left; width: 50% } .error { display: none } .hidden { display: none !important }`,
  'a reset that reverts everything': '* { all: revert }',
  'a reset of all boxes':
    '* { margin: 0; padding: 0; box-sizing: content-box; border: 0; outline: 0; vertical-align: baseline }',
  'a root of 62.5 %': 'html { font-size: 62.5% }',
  'a page whose body says everything that is inherited': `
    body { font: italic small-caps 700 10px/1 serif; text-align: center; letter-spacing: 2px; word-spacing: 9px; text-transform: uppercase;
      white-space: nowrap; direction: rtl; text-indent: 40px; text-shadow: 1px 1px red; color: red; cursor: wait; list-style: square inside }`,
  'a page that says it about every element': `
    * { font-size: 10px; font-weight: 300; line-height: 1; color: red; text-align: right; letter-spacing: 3px; text-transform: uppercase;
      white-space: pre; cursor: help; text-indent: 2em }`,
  'a page that says it about custom elements': `
    letpay-checkout { font: 9px/3 monospace; color: lime; text-align: right; display: inline }`,
};

interface Seen {
  readonly name: string;
  readonly box: readonly number[];
  readonly looks: readonly string[];
}

function nameOf(element: Element): string {
  return `${element.localName}.${element.getAttribute('class') ?? ''}`;
}

/** Every element inside that can be seen, by its place in the frame. */
function see({ element, part }: Mounted): readonly Seen[] {
  const frame = part('container')!.getBoundingClientRect();
  return [...element.shadowRoot!.querySelectorAll('*')]
    .filter(inner => !inner.matches('option, path, rect, slot, .hidden, .hidden *'))
    .filter(inner => inner.getClientRects().length > 0)
    .map(inner => {
      const { left, top, width, height } = inner.getBoundingClientRect();
      const style = getComputedStyle(inner);
      return {
        name: nameOf(inner),
        box: [left - frame.left, top - frame.top, width, height],
        looks: looks.map(property => `${property}: ${style.getPropertyValue(property)}`),
      };
    });
}

/** In words: what is another colour, size or place. Empty when a page changed nothing that can be seen. */
function differences(bare: readonly Seen[], hosted: readonly Seen[]): readonly string[] {
  const found = bare.flatMap(({ name, box, looks: wanted }, at) => {
    const other = hosted[at];
    if (other?.name !== name) return [`${name} became ${other?.name}`];
    const moved = box.some((side, index) => Math.abs(side - (other.box[index] ?? 0)) > 1);
    return [
      ...(moved ? [`${name} is at ${other.box.map(Math.round)}, not ${box.map(Math.round)}`] : []),
      ...wanted.flatMap((look, index) =>
        look === other.looks[index] ? [] : [`${name} ${other.looks[index]}, not ${look}`],
      ),
    ];
  });
  return hosted.length === bare.length ? found : [...found, `${hosted.length} elements, not ${bare.length}`];
}

const cleanUps: (() => void)[] = [];

afterEach(async () => {
  unmountAll();
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  location.hash = '';
  await setViewport({ width: 800, height: 600 });
});

function place(markup: string): HTMLElement {
  const holder = document.createElement('div');
  const template = document.createElement('template');
  template.innerHTML = markup;
  holder.append(template.content);
  document.body.append(holder);
  cleanUps.push(() => holder.remove());
  return holder;
}

async function addSheet(css: string): Promise<void> {
  const style = document.createElement('style');
  style.textContent = css;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  style.onload = resolve;
  style.onerror = reject;
  document.head.append(style);
  cleanUps.push(() => style.remove());
  await promise;
}

/** In a column of the page, with the same letters on all pages, so that boxes can be compared. */
async function mountAt(
  checkout: Checkout,
  parent: ParentNode,
  attributes: Readonly<Record<string, string>> = {},
): Promise<Mounted> {
  const column = document.createElement('div');
  column.style.width = `${widthPx}px`;
  parent.append(column);
  cleanUps.push(() => column.remove());
  const page = await mount(new FakeProxy(checkout), { attributes, parent: column });
  page.element.style.setProperty('--letpay-font-family', 'sans-serif');
  if (checkout.methods[0] === 'CREDITCARD') await chooseCard(page);
  if (checkout.instrument) await page.shows('instrument');
  return page;
}

const cardFirst = createCheckout({ methods: ['CREDITCARD', 'PIX', 'BOLETO'] });
const screens: Readonly<Record<string, Checkout>> = {
  'card form': cardFirst,
  'Pix code': checkouts.waiting,
  boleto: { ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO },
  'declined card': checkouts.declined,
};

async function wrongFields(page: Mounted): Promise<void> {
  page.part('pay-button')?.click();
  await page.shows('error-summary');
  // Without the ring: whether one is drawn depends on how the focus came.
  (page.element.shadowRoot!.activeElement as HTMLElement).blur();
  await page.element.updateComplete;
}

async function look(checkout: Checkout, parent: ParentNode): Promise<readonly Seen[]> {
  const page = await mountAt(checkout, parent);
  if (checkout === cardFirst) await wrongFields(page);
  const seen = see(page);
  page.element.remove();
  return seen;
}

describe('the tag looks as on a bare page on', () => {
  for (const [name, css] of Object.entries(sheets)) {
    it(name, async () => {
      const bare: (readonly Seen[])[] = [];
      for (const checkout of Object.values(screens)) bare.push(await look(checkout, document.body));
      await addSheet(css);
      for (const [at, [screen, checkout]] of Object.entries(screens).entries()) {
        const changed = differences(bare[at]!, await look(checkout, document.body));
        expect(changed, screen).to.deep.equal([]);
      }
    });
  }
});

describe('the figures hold on every page:', () => {
  for (const [name, css] of Object.entries(sheets)) {
    it(`${name}: no text below 14 px, inputs of 48, buttons of 52, targets of 44`, async () => {
      await addSheet(css);
      const page = await mountAt(cardFirst, document.body);
      await wrongFields(page);
      // A brand’s mark is a drawing.
      const all = [...page.element.shadowRoot!.querySelectorAll<HTMLElement>(':not(svg *)')];
      const small = all.filter(element => Number.parseFloat(getComputedStyle(element).fontSize) < 14);
      expect(small.map(nameOf)).to.deep.equal([]);
      const heights = (selector: string) => [
        ...new Set(all.filter(element => element.matches(selector)).map(element => element.offsetHeight)),
      ];
      expect(heights('.control input, select')).to.deep.equal([48]);
      expect(heights('button')).to.deep.equal([52]);
      expect(Math.min(...heights('label.row'))).to.be.at.least(56);
    });
  }
});

describe('the tag takes its place', () => {
  const places: Readonly<Record<string, string>> = {
    'in a block': '<div style="width:600px"><i class="here"></i></div>',
    'in a cell of a table': '<table><tr><td class="here"></td><td>beside</td></tr></table>',
    'as an item of a flex row': '<div style="display:flex" class="here"></div>',
    'as an item of a flex row that may shrink':
      '<div style="display:flex;width:600px"><div class="here" style="flex:1;min-width:0"></div></div>',
    'in the middle of a flex column':
      '<div style="display:flex;flex-direction:column;align-items:center" class="here"></div>',
    'in the middle of a grid': '<div style="display:grid;place-items:center" class="here"></div>',
    'in a grid column': '<div style="display:grid;grid-template-columns:1fr 200px" class="here"></div>',
    'in a float': '<div style="float:left" class="here"></div>',
    'in a dialog': '<dialog class="here"></dialog>',
    'in a parent that is turned and scaled':
      '<div style="transform:scale(1.2) rotate(2deg)" class="here"></div>',
    'at twice the page’s zoom': '<div style="zoom:2;width:400px" class="here"></div>',
  };
  for (const [name, markup] of Object.entries(places)) {
    it(name, async () => {
      const holder = place(markup);
      const parent = holder.querySelector('.here')!;
      if (parent instanceof HTMLDialogElement) parent.showModal();
      const page = await mount(new FakeProxy(cardFirst), { parent });
      await chooseCard(page);
      const container = page.part('container')!;
      expect(container.offsetWidth, 'width').to.be.at.least(280);
      const { scrollWidth, clientWidth } = container;
      expect(scrollWidth, 'nothing sticks out').to.be.at.most(clientWidth);
      expect(page.input('card_number').offsetWidth).to.be.at.least(220);
      expect(page.part('pay-button')!.offsetHeight).to.equal(52);
    });
  }

  it('on a phone of 320 px, in whatever a page puts it, without a sideways scroll', async () => {
    await setViewport({ width: 320, height: 640 });
    for (const markup of Object.values(places).slice(0, 8)) {
      const holder = place(
        markup.replaceAll('600px', 'auto').replace('200px', '0').replace('<td>beside</td>', ''),
      );
      const page = await mount(new FakeProxy(cardFirst), { parent: holder.querySelector('.here')! });
      await chooseCard(page);
      expect(document.documentElement.scrollWidth, markup).to.be.at.most(320);
      unmountAll();
      holder.remove();
    }
  });

  it('in a parent that is shown later', async () => {
    const [parent] = place('<div style="display:none;width:620px"></div>').children;
    const page = await mountAt(cardFirst, parent!);
    expect(page.part('container')!.offsetWidth).to.equal(0);
    (parent as HTMLElement).style.display = 'block';
    expect(page.part('container')!.offsetWidth).to.equal(widthPx);
    expect(page.part('pay-button')!.offsetHeight).to.equal(52);
  });

  it('in a parent that hides it without taking it away', async () => {
    const [parent] = place('<div style="visibility:hidden"></div>').children;
    const page = await mountAt(cardFirst, parent!);
    expect(getComputedStyle(page.part('pay-button')!).visibility).to.equal('hidden');
  });

  it('in the shadow root of another element, with focus and styles of its own', async () => {
    const [outer] = place('<section></section>').children;
    const root = outer!.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = '* { all: revert } input { display: none !important }';
    root.append(style);
    const bare = await look(cardFirst, document.body);
    expect(differences(bare, await look(cardFirst, root))).to.deep.equal([]);
    const page = await mountAt(cardFirst, root);
    await wrongFields(page);
    page.element.focus();
    expect(page.element.shadowRoot!.activeElement?.id).to.equal('card_number');
  });

  it('beside a tag of another language, each with its own', async () => {
    const [first, second] = await Promise.all([
      mountAt(cardFirst, document.body, { locale: 'pt-BR' }),
      mountAt(cardFirst, document.body, { locale: 'es-MX', theme: 'dark' }),
    ]);
    const words = [first, second].map(page => text(page.part('pay-button')));
    expect(words[0]).to.match(/^Pagar R\$.?123,45$/);
    expect(words[1]).to.match(/^Pagar R\$.?123\.45$/);
    expect(text(first!.part('title'))).not.to.equal(text(second!.part('title')));
    const surface = (page: Mounted) => getComputedStyle(page.part('container')!).backgroundColor;
    expect([first, second].map(surface)).to.deep.equal(['rgb(255, 255, 255)', 'rgb(21, 24, 30)']);
  });
});

describe('what the shopper does inside stays inside:', () => {
  it('Enter in a field does not submit the form around the tag', async () => {
    const [form] = place('<form><input name="coupon"></form>').children as unknown as [HTMLFormElement];
    let submissions = 0;
    form.addEventListener('submit', event => {
      event.preventDefault();
      submissions += 1;
    });
    const page = await mountAt(cardFirst, form);
    page.input('card_number').focus();
    await sendKeys({ press: 'Enter' });
    await page.shows('error-summary');
    expect(submissions).to.equal(0);
    expect([...new FormData(form).keys()]).to.deep.equal(['coupon']);
  });

  it('a click on a method, a field or the button does not follow the link around the tag', async () => {
    const [link] = place('<a href="#gone"></a>').children;
    const page = await mountAt(cardFirst, link!);
    page.part('method-PIX')!.click();
    await page.element.updateComplete;
    expect(page.element.shadowRoot!.querySelector<HTMLInputElement>('input:checked')!.value).to.equal('PIX');
    page.part('pay-button')!.click();
    expect(page.element.state).to.equal('submitting');
    expect(location.hash).to.equal('');
  });
});

describe('the frame before the first answer', () => {
  for (const width of [360, 1024]) {
    it(`has the height of what comes, ${width} px wide`, async () => {
      await setViewport({ width: 1100, height: 900 });
      const { answer, give } = later();
      const page = mountEarly(new FakeProxy(answer), { attributes: { style: `width: ${width}px` } });
      await page.element.updateComplete;
      const before = page.part('container')!.offsetHeight;
      give(createCheckout());
      await page.shows('pay-button');
      const after = page.part('container')!.offsetHeight;
      expect(Math.abs(after - before), `${before} px, then ${after}`).to.be.at.most(8);
    });
  }
});

describe('a page that moves the tag fifty times', () => {
  it('keeps one feed, no timer too many and nothing of the screens before', async () => {
    const proxy = new FakeProxy(checkouts.waiting);
    const page = await mount(proxy);
    await waitUntil(() => proxy.feeds.size === 1, 'no feed was opened');
    const size = () => page.element.shadowRoot!.querySelectorAll('*').length;
    const [before, sheetsBefore] = [size(), page.element.shadowRoot!.adoptedStyleSheets.length];
    const [left, right] = place('<div></div><div></div>').children;
    for (let time = 0; time < 50; time += 1) (time % 2 ? left : right)!.append(page.element);
    await waitUntil(
      () => page.element.state === 'waiting' && page.part('instrument') && proxy.feeds.size === 1,
      'it is not where it was',
    );
    expect(proxy.callsOf('read').length, 'a move reads nothing again').to.equal(1);
    for (let time = 0; time < 50; time += 1) {
      page.element.remove();
      await waitUntil(() => proxy.feeds.size === 0, 'the feed stays open');
      document.body.append(page.element);
      await waitUntil(() => proxy.feeds.size === 1, 'no new feed');
    }
    await page.shows('instrument');
    expect(size()).to.equal(before);
    expect(page.element.shadowRoot!.adoptedStyleSheets.length).to.equal(sheetsBefore);
  }).timeout(30_000);
});
