import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complaints } from './complaints.ts';
import { read, sources } from './sources.ts';

/** Titles as the source has them, with a star for every `${…}`. */
function titlesOf(path: string): readonly string[] {
  const found = read(path).matchAll(/\b(?:it|test)\(\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`)/g);
  return [...found].map(([, quoted, template]) => (quoted ?? template ?? '').replace(/\$\{[^}]*\}/g, '*'));
}

const answers = complaints.flatMap(row => ('tests' in row ? row.tests.map(test => ({ row, test })) : []));

describe('every complaint about other checkouts', () => {
  it('from 1 to 53 has its row, with the two traps of LetPay', () => {
    const wanted = Array.from({ length: 53 }, (_, at) => String(at + 1)).flatMap(id =>
      id === '46' ? ['46', '46b', '46c'] : [id],
    );
    assert.deepEqual(
      complaints.map(({ id }) => id),
      [...wanted, 'a', 'b'],
    );
  });

  it('has tests, or a reason why not', () => {
    const empty = complaints.filter(row =>
      'tests' in row ? row.tests.length === 0 : row.reason.length < 20,
    );
    assert.deepEqual(empty, []);
  });

  it('is answered by tests that are there under that title', () => {
    const files = new Set(sources('test/**/*.test.ts').map(({ path }) => path));
    const missing = answers.filter(
      ({ test: [path, title] }) => !files.has(path) || !titlesOf(path).includes(title),
    );
    assert.deepEqual(
      missing.map(({ row, test }) => `${row.id}: ${test.join(' › ')}`),
      [],
    );
  });

  it('is found by its thread in the title of one of them', () => {
    const unnamed = complaints.filter(
      row => 'tests' in row && !row.tests.some(([, title]) => title.includes(row.thread)),
    );
    assert.deepEqual(
      unnamed.map(({ id, thread }) => `${id}: ${thread}`),
      [],
    );
  });
});
