import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ESTree, parseSync, Visitor } from 'vite';
import { texts as en } from '../../widget/i18n/en.ts';
import { texts as es, mexican as esMx } from '../../widget/i18n/es.ts';
import { languages as tags } from '../../widget/i18n/language.ts';
import { loadTexts } from '../../widget/i18n/languages.ts';
import { texts as ptBr } from '../../widget/i18n/pt-br.ts';
import type { Texts } from '../../widget/i18n/texts.ts';
import { type Source, sources } from './sources.ts';
import { sampleParameters, textKinds } from './text-kinds.ts';

/** All that the tag speaks, so that a new language is held to the same. */
const languages = Object.fromEntries(
  await Promise.all(tags.map(async tag => [tag, await loadTexts(tag)] as const)),
);

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key));
}

describe('the languages of the tag', () => {
  for (const [language, texts] of Object.entries(languages)) {
    it(`${language} has the texts that Portuguese has, steps and messages among them`, () => {
      const paths = (of: unknown) =>
        leavesOf(of)
          .map(({ path }) => path)
          .sort();
      // Steps may be more or fewer in another language; what counts is that there are some.
      const withoutSteps = (list: readonly string[]) => [
        ...new Set(list.map(path => path.replace(/\.\d+$/, ''))),
      ];
      assert.deepEqual(withoutSteps(paths(texts)), withoutSteps(paths(ptBr)));
    });

    it(`${language} has no empty text, and none with blanks at an end`, () => {
      const wrong = leavesOf(texts).filter(
        ({ value }) => typeof value === 'string' && (value === '' || value !== value.trim()),
      );
      assert.deepEqual(
        wrong.map(({ path }) => path),
        [],
      );
    });
  }

  for (const [language, texts] of Object.entries(languages)) {
    it(`${language} takes as many values in each text as Portuguese does`, () => {
      const counts = (of: unknown) =>
        Object.fromEntries(
          leavesOf(of).flatMap(({ path, value }) =>
            typeof value === 'function' ? [[path, value.length]] : [],
          ),
        );
      assert.deepEqual(counts(texts), counts(ptBr));
    });
  }

  it('put every value that they are given into words', () => {
    const unused: string[] = [];
    for (const { path, text } of sources('widget/i18n/{??,??-??}.ts')) {
      const check = ({ params, body }: ESTree.ArrowFunctionExpression) => {
        const words = text.slice(body.start, body.end);
        for (const param of params) {
          const names = text.slice(param.start, param.end).match(/\w+/g) ?? [];
          for (const name of names)
            if (!new RegExp(`\\b${name}\\b`).test(words)) unused.push(`${path}: ${name}`);
        }
      };
      new Visitor({ ArrowFunctionExpression: check }).visit(parseSync(path, text).program);
    }
    assert.deepEqual(unused, []);
  });

  it('are translated: English and Spanish share no whole sentence with Portuguese', () => {
    const sentences = (of: unknown) =>
      new Set(
        leavesOf(of).flatMap(({ value }) =>
          typeof value === 'string' && value.split(' ').length > 3 ? [value] : [],
        ),
      );
    const portuguese = sentences(ptBr);
    for (const other of [es, en]) {
      assert.deepEqual(
        [...sentences(other)].filter(text => portuguese.has(text)),
        [],
      );
    }
  });
});

/** Every text as a person reads it, those with values in each of their variants. */
function wordsOf(texts: Texts): readonly { readonly path: string; readonly words: string }[] {
  return leavesOf(texts).flatMap(({ path, value }) => {
    const [name = ''] = path.split('.');
    const variants =
      typeof value === 'function'
        ? (sampleParameters[name] ?? []).map(parameters => Reflect.apply(value, undefined, parameters))
        : [value];
    assert.ok(variants.length > 0, `text-kinds.ts has no sample for ${path}`);
    // Steps may be a list that is made with a value.
    return variants.flat().map(words => ({ path, words: String(words).trim() }));
  });
}

/** Matches of a pattern in the texts of a language, as “path: match”. */
function found(texts: Texts, pattern: RegExp, except = /^$/): readonly string[] {
  return wordsOf(texts).flatMap(({ path, words }) =>
    (words.replace(except, '').match(pattern) ?? []).map(match => `${path}: ${match}`),
  );
}

const wholeWords = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'giu');

/** Names that are the same everywhere, and English that Brazil made its own. */
const names = /QR Code|internet banking|Pix Copia e Cola|\bapp\b/gi;
const english = wholeWords(
  'the|and|or|your|you|please|card|pay|payment|paid|code|bank|order|shop|try|again|amount|with|for|of|to|check|copy|by|email',
);
const portuguese = wholeWords(
  'cartão|parcelas?|juros|pagamento|você|não|seu|sua|loja|dinheiro|vencimento em|boletos bancários|senha|celular|pedido foi|com|em|até|ou|uma?|obrigado|valor|digite|confira|escolha',
);
const spanish = wholeWords(
  'tarjeta|cuotas?|pago|tienda|tu|tus|usted|con|hasta|el|los|las|una?|y|dinero|efectivo|elige|revisa',
);

function pathIn(texts: Texts, path: string): unknown {
  return leavesOf(texts).find(leaf => leaf.path === path)?.value;
}

describe('the words of the tag', () => {
  for (const [language, texts] of Object.entries(languages)) {
    it(`${language} fits where it stands`, () => {
      const tooLong = wordsOf(texts).flatMap(({ path, words }) => {
        const kind = textKinds.find(({ paths }) => paths.test(path));
        return kind && words.length > kind.limit
          ? [`${path}: ${words.length} of ${kind.limit} for a ${kind.kind}: ${words}`]
          : [];
      });
      assert.deepEqual(tooLong, []);
    });

    it(`${language} keeps a number and what it counts on one line`, () => {
      const units =
        /\d (?:dias|días|business|a\.m\.|mensual|per month|meses|cuotas|instalments|horas|hours|números|digits)/g;
      assert.deepEqual(found(texts, units), []);
    });

    it(`${language} writes names as their owners do`, () => {
      assert.deepEqual(found(texts, /\bPIX\b|\bpix\b|\bpaycash\b|\bPAYCASH\b|\bcvv\b|\bBoletos\b/g), []);
      assert.equal(texts.methodName.PIX, 'Pix');
      assert.equal(texts.methodName.BOLETO, 'Boleto');
      assert.match(texts.methodName.PAYCASH, /\bPaycash\b/);
      for (const { path, words } of wordsOf(texts)) {
        if (/^pix|\.PIX$|^payByPix/.test(path) && /Pix/.test(String(pathIn(ptBr, path))))
          assert.match(words, /Pix/, path);
      }
    });
  }

  it('of one language stay out of the others', () => {
    assert.deepEqual(found(ptBr, english, names), []);
    assert.deepEqual(found(ptBr, spanish, /pago de servicios|QR Code/), []);
    assert.deepEqual(found(ptBr, /[ñ¿¡]/g), []);
    for (const texts of [es, esMx]) {
      assert.deepEqual(found(texts, english, names), []);
      assert.deepEqual(found(texts, portuguese, names), []);
      assert.deepEqual(found(texts, /[ãõçàâêô]/gi), []);
    }
    assert.deepEqual(found(en, portuguese, names), []);
    assert.deepEqual(found(en, spanish, /pago de servicios/), []);
  });

  it('of Mexico count meses, of other countries cuotas', () => {
    assert.deepEqual(found(esMx, /cuota\w*/gi), []);
    assert.deepEqual(found(es, /\bmeses\b/gi), []);
  });

  it('say nothing by half: each kind of text is met, and none lost its sample', () => {
    const paths = leavesOf(ptBr).map(({ path }) => path);
    assert.deepEqual(
      textKinds.filter(kind => !paths.some(path => kind.paths.test(path))).map(({ kind }) => kind),
      [],
    );
    assert.deepEqual(
      Object.keys(sampleParameters).filter(name => !paths.some(path => path.split('.')[0] === name)),
      [],
    );
  });
});

/** In place of a value of the template: not a letter, so that it counts neither as a word nor as part of one. */
const hole = '\u0000';

/** Attributes whose value a person reads or hears. */
const spoken =
  /\s(?:aria-label|aria-description|aria-roledescription|alt|title|placeholder|label|value)="([^"]*)"/g;

/** Words that stand in the markup of a template instead of in the texts. */
export function wordsInMarkup(markup: string): readonly string[] {
  const withoutTags = markup.replace(/<!--[\s\S]*?-->|&\w+;/g, hole).replace(/<[^<>]*>/g, hole);
  const shown = withoutTags.split(hole);
  const heard = [...markup.matchAll(spoken)].flatMap(([, value = '']) => value.split(hole));
  return [...shown, ...heard].map(text => text.trim()).filter(text => /\p{L}/u.test(text));
}

function templatesOf({ path, text }: Source): readonly string[] {
  const found: string[] = [];
  const take = ({ tag, quasi }: ESTree.TaggedTemplateExpression) => {
    if (tag.type !== 'Identifier' || !['html', 'svg'].includes(tag.name)) return;
    found.push(quasi.quasis.map(part => part.value.raw).join(hole));
  };
  new Visitor({ TaggedTemplateExpression: take }).visit(parseSync(path, text).program);
  return found;
}

describe('the templates of the tag', () => {
  it('are read by this test as a browser would: words count, tags and values do not', () => {
    assert.deepEqual(wordsInMarkup(`<p part="title" class=${hole}>Pay ${hole} now</p>`), ['Pay', 'now']);
    assert.deepEqual(wordsInMarkup(`<button aria-label="Copy ${hole}" name="card_cvv">${hole}</button>`), [
      'Copy',
    ]);
    assert.deepEqual(wordsInMarkup(`<dl class="facts">${hole} ·&nbsp;${hole}</dl>`), []);
  });

  /** What is shown when no language could be loaded, in all three. */
  const withoutTexts = [
    'widget/views/wordless-failure.ts: Não foi possível carregar · No se pudo cargar · Could not load',
    'widget/views/wordless-failure.ts: Tentar de novo · Reintentar · Try again',
  ];

  it('hold no word of any language, but for the failure to load one (hyperswitch-web modals)', () => {
    const templates = sources('widget/**/*.ts').flatMap(file =>
      templatesOf(file).map(markup => ({ path: file.path, markup })),
    );
    assert.ok(templates.length > 20, 'the templates were not found');
    const wrong = templates.flatMap(({ path, markup }) =>
      wordsInMarkup(markup).map(words => `${path}: ${words}`),
    );
    assert.deepEqual(wrong, withoutTexts);
  });
});
