import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Import, importsOf } from './import-graph.ts';
import { read, sources } from './sources.ts';

interface Arrow {
  readonly rule: string;
  readonly from: readonly string[];
  readonly except?: (path: string) => boolean;
  readonly may: (wanted: Import) => boolean;
}

const below = (folder: string) => (path: string) => path.startsWith(folder);
const packageOf = (specifier: string) => specifier.split('/')[0] ?? '';
const widgetPackages = ['lit', 'card-validator', 'uqr'];
/** What the tag loads of the contract, so that proxy and tag cannot differ. */
const sharedRules = ['server/contract/currency.ts', 'server/contract/card-number.ts'];
const isBuild = below('widget/build/');

const arrows: readonly Arrow[] = [
  {
    rule: 'server/contract imports zod only',
    from: ['server/contract/**/*.ts'],
    may: ({ target, isOurs }) => (isOurs ? target.startsWith('server/contract/') : target === 'zod'),
  },
  {
    rule: 'the widget imports lit, card-validator, uqr, itself, the shared rules, and only types of server/contract',
    from: ['widget/**/*.ts'],
    except: isBuild,
    may: ({ target, isOurs, isType }) => {
      if (!isOurs) return widgetPackages.includes(packageOf(target));
      return (
        (target.startsWith('widget/') && !isBuild(target)) ||
        (isType && target.startsWith('server/contract/')) ||
        sharedRules.includes(target)
      );
    },
  },
  {
    rule: 'the shared rules import nothing, because the tag loads them',
    from: sharedRules,
    may: () => false,
  },
  {
    rule: 'the server imports nothing of widget, demo or test',
    from: ['server/**/*.ts'],
    may: ({ target, isOurs }) => !isOurs || target.startsWith('server/'),
  },
  {
    rule: 'the emulator imports nothing of ours',
    from: ['demo/emulator/**/*.ts'],
    may: ({ target, isOurs }) => !isOurs || target.startsWith('demo/emulator/'),
  },
  {
    rule: 'the demo shop knows the proxy by its calls and the widget by its tag',
    from: ['demo/shop/**/*.ts'],
    may: ({ target, isOurs }) => !isOurs || target.startsWith('demo/shop/'),
  },
  {
    rule: 'server/checkout knows gateways by gateway.ts and stores by store.ts',
    from: ['server/checkout/**/*.ts'],
    may: ({ target }) => {
      if (target.startsWith('server/gateways/')) return target === 'server/gateways/gateway.ts';
      if (target.startsWith('server/store/')) return target === 'server/store/store.ts';
      return true;
    },
  },
  {
    rule: 'server/checkout and server/store know no HTTP: neither routes, middleware nor hono',
    from: ['server/checkout/**/*.ts', 'server/store/**/*.ts'],
    may: ({ target }) => !/^(server\/(routes|middleware)\/|hono|@hono\/)/.test(target),
  },
  {
    rule: 'a gateway knows nothing of routes, middleware or stores',
    from: ['server/gateways/**/*.ts'],
    may: ({ target }) => !/^server\/(routes|middleware|store)\//.test(target),
  },
];

it('every way to import is seen, with what it does at run time', () => {
  const text = `
    import { a } from './a.ts';
    import type { B } from '../b.ts';
    import { type C, type D } from './c.ts';
    import './e.ts';
    export * from './f.ts';
    export { g } from 'g';
    const h = import('./h.ts');
    type I = import('./i.ts').I;`;
  assert.deepEqual(
    importsOf({ path: 'widget/views/x.ts', text }).map(
      ({ target, isType, isLazy }) => `${target}${isType ? ' type' : ''}${isLazy ? ' lazy' : ''}`,
    ),
    [
      'widget/views/a.ts',
      'widget/b.ts type',
      'widget/views/c.ts type',
      'widget/views/e.ts',
      'widget/views/f.ts',
      'g',
      'widget/views/h.ts lazy',
      'widget/views/i.ts type',
    ],
  );
});

describe('the arrows of the architecture', () => {
  for (const { rule, from, except, may } of arrows) {
    it(rule, () => {
      const files = sources(...from).filter(({ path }) => !except?.(path));
      assert.ok(files.length > 0, `no file matches ${from.join(', ')}`);
      const wrong = files.flatMap(file =>
        importsOf(file)
          .filter(wanted => !may(wanted))
          .map(({ target, isType }) => `${file.path} imports ${isType ? 'types of ' : ''}${target}`),
      );
      assert.deepEqual(wrong, []);
    });
  }
});

/** What runs in node and in a browser alike: rules, readers, formats, drawings as text. */
const pure = [
  'widget/checkout/{state,transition,trace}.ts',
  'widget/api/*.ts',
  'widget/drawing/{bars,code-128,interleaved-2-of-5,qr-code}.ts',
  'widget/i18n/{cached-format,date,language,money,rate,texts,time,en,es,pt-br}.ts',
  'widget/fields/caret.ts',
  'widget/methods/card/{brands,card-entry,card-number,expiry,installments,security-code}.ts',
  'widget/methods/saved-card/saved-card.ts',
  'widget/methods/boleto/{banks,boleto-line}.ts',
  'widget/methods/pix/br-code.ts',
  'widget/methods/paycash/{cash-country,reference}.ts',
  'widget/methods/due-date-reminder.ts',
];

/** Every module that runs when this one is imported, packages among them. */
function closureOf(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (path.endsWith('.ts')) {
    for (const { target, isType } of importsOf({ path, text: read(path) })) {
      if (!isType) closureOf(target, seen);
    }
  }
  return seen;
}

describe('the rules of the widget', () => {
  it('are reached by the patterns of this test', () => {
    assert.deepEqual(
      pure.filter(pattern => sources(pattern).length === 0),
      [],
    );
  });

  it('import lit neither themselves nor through what they import', () => {
    const wrong = sources(...pure).flatMap(({ path }) =>
      [...closureOf(path)].filter(target => packageOf(target) === 'lit').map(() => path),
    );
    assert.deepEqual(wrong, []);
  });

  it('touch neither the document nor the window', () => {
    const browserOnly = /\b(?:document|window|navigator|localStorage|sessionStorage|customElements)\s*[.[]/;
    assert.deepEqual(
      sources(...pure)
        .filter(({ text }) => browserOnly.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
        .map(({ path }) => path),
      [],
    );
  });
});

it('no modules import each other in a circle, not even by their types', () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const { target, isOurs } of importsOf({ path, text: read(path) })) {
      if (isOurs) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of sources('{widget,server,demo}/**/*.ts')) visit(path, []);
  assert.deepEqual(cycles, []);
});
