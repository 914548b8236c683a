import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parts, tokens } from '../../widget/build/looks.ts';
import { readTag, tableNames, withTables } from '../../widget/build/readme-tables.ts';
import { partsInTemplates, tokenDefaults } from '../../widget/build/style-sources.ts';
import { read, sources } from './sources.ts';

const readme = read('README.md');
const tag = readTag();

function tableIn(text: string, name: string): string | undefined {
  return text.split(`<!-- table:${name} -->`)[1]?.split('<!-- /table -->')[0];
}

describe('the README', () => {
  it('has the tables that `node widget/build/readme-tables.ts --write` makes', () => {
    const fresh = withTables(readme, tag);
    const stale = tableNames.filter(name => tableIn(readme, name) !== tableIn(fresh, name));
    assert.deepEqual(stale, [], 'run: node widget/build/readme-tables.ts --write');
  });

  it('is refused when markers are missing', () => {
    assert.throws(() => withTables('# No tables\n', tag), new RegExp(tableNames.join(', ')));
  });

  it('names every variable that the proxy reads', () => {
    const config = read('server/config.ts');
    const schema = /const environment = z\.object\(\{([\s\S]*?)^\}\);/m.exec(config)?.[1] ?? '';
    const variables = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name);
    assert.ok(variables.length > 10, 'the schema of the environment was not found');
    assert.deepEqual(
      variables.filter(name => !readme.includes(`\`${name}\``)),
      [],
    );
  });

  it('links to files that are there', () => {
    const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) => path);
    const pictures = linked.filter(path => path.endsWith('.png'));
    const files = linked.filter(path => !pictures.includes(path));
    assert.deepEqual(
      files.filter(path => sources(path).length === 0),
      [],
    );
  });
});

describe('the public interface in custom-elements.json', () => {
  it('has the attributes that product and code agree on', () => {
    assert.deepEqual(tag.attributes.map(({ name }) => name).toSorted(), [
      'locale',
      'methods',
      'nonce',
      'payment-token',
      'proxy-url',
      'theme',
    ]);
  });

  it('has every event that is in the map of the page’s events, with words', () => {
    const declared = [...read('widget/events.ts').matchAll(/^ {2}'(letpay-[a-z-]+)':/gm)].map(
      ([, name]) => name,
    );
    assert.ok(declared.length > 0);
    assert.deepEqual(tag.events.map(({ name }) => name).toSorted(), declared.toSorted());
    assert.deepEqual(
      tag.events.filter(({ description }) => description === '').map(({ name }) => name),
      [],
    );
  });

  it('has the methods that a page may call, with words', () => {
    const methods = tag.members.filter(({ kind }) => kind === 'method');
    assert.deepEqual(methods.map(({ name }) => name).toSorted(), [
      'diagnostics',
      'focus',
      'refresh',
      'renew',
      'submit',
    ]);
  });

  it('has every slot of the templates', () => {
    const used = sources('widget/**/*.ts').flatMap(({ text }) =>
      [...text.matchAll(/<slot name="([\w-]+)"/g)].map(([, name]) => name),
    );
    assert.deepEqual(tag.slots.map(({ name }) => name).toSorted(), [...new Set(used)].toSorted());
  });

  it('has words for each part of the templates, and no part more (adyen-web #1840)', () => {
    const written = partsInTemplates();
    assert.deepEqual(
      [...written].filter(name => !(name in parts)),
      [],
      'parts without words',
    );
    // A part whose name is handed to a template stands in quotes where it is handed over.
    const quoted = sources('widget/**/*.ts')
      .filter(({ path }) => !path.startsWith('widget/build/'))
      .map(({ text }) => text)
      .join('\n');
    assert.deepEqual(
      Object.keys(parts).filter(name => !written.has(name) && !quoted.includes(`'${name}'`)),
      [],
      'words without a part',
    );
    assert.ok(Object.keys(parts).length >= 25);
  });

  it('has words for each token of the style sheets, and no token more', async () => {
    assert.deepEqual(Object.keys(tokens).toSorted(), [...(await tokenDefaults()).keys()].toSorted());
  });
});
