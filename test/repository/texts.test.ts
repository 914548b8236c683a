import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ESTree, parseSync, Visitor } from 'vite';
import { texts as en } from '../../widget/i18n/en.ts';
import { texts as es, mexican as esMx } from '../../widget/i18n/es.ts';
import { texts as ptBr } from '../../widget/i18n/pt-br.ts';
import { type Source, sources } from './sources.ts';

const languages = { 'pt-BR': ptBr, es, 'es-MX': esMx, en };

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

/** In place of a value of the template: not a letter, so that it counts neither as a word nor as part of one. */
const hole = '\u0000';

/** Attributes whose value a person reads or hears. */
const spoken =
  /\s(?:aria-label|aria-description|aria-roledescription|alt|title|placeholder|label|value)="([^"]*)"/g;

/** Words that stand in the markup of a template instead of in the texts. */
export function wordsInMarkup(markup: string): readonly string[] {
  const withoutTags = markup.replace(/<!--[\s\S]*?-->/g, hole).replace(/<[^<>]*>/g, hole);
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
    assert.deepEqual(wordsInMarkup(`<dl class="facts">${hole} · ${hole}</dl>`), []);
  });

  /** What is shown when no language could be loaded, in all three. */
  const withoutTexts = [
    'widget/views/wordless-failure.ts: Não foi possível carregar · No se pudo cargar · Could not load',
    'widget/views/wordless-failure.ts: Tentar de novo · Reintentar · Try again',
  ];

  it('hold no word of any language, but for the failure to load one', () => {
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
