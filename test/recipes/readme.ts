/**
 * The parts of the README that are made from the recipes and from the proxy’s description of itself.
 *
 *     node test/recipes/readme.ts --write
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProblemCode, problemStatuses } from '../../server/contract/problem.ts';
import { operations } from '../../server/openapi/document.ts';
import type { Caller, Operation } from '../../server/openapi/operation.ts';
import { problemNotes } from '../../server/openapi/problem-notes.ts';
import { markdownTable } from '../../widget/build/markdown-table.ts';
import { recipeFolder } from './programs.ts';

const languages: Readonly<Record<string, string>> = { mjs: 'js', php: 'php', py: 'python', http: 'http' };

function recipe(file: string): string {
  const text = readFileSync(join(recipeFolder, file), 'utf8').trimEnd();
  return `\`\`\`${languages[file.split('.').at(-1) ?? '']}\n${text}\n\`\`\``;
}

const callers: Readonly<Record<Caller, string>> = {
  backend: 'backend',
  page: 'page',
  psp: 'provider',
  operator: 'operator',
  reader: 'browser',
};

const call = ({ method, path, query = [], idempotencyKey, summary, caller }: Operation): string[] => {
  const asked = query.filter(({ required }) => required).map(({ name }) => `${name}=`);
  const key = idempotencyKey ? { required: 'required', optional: 'honoured' }[idempotencyKey] : null;
  return [
    `\`${method.toUpperCase()} ${path}${asked.length > 0 ? `?${asked.join('&')}` : ''}\``,
    callers[caller],
    summary,
    key ?? '–',
  ];
};

const blocks: Readonly<Record<string, () => string>> = {
  'recipe:shop.mjs': () => recipe('shop.mjs'),
  'recipe:shop.php': () => recipe('shop.php'),
  'recipe:shop.py': () => recipe('shop.py'),
  'recipe:calls.http': () => recipe('calls.http'),
  calls: () => markdownTable(['call', 'who', 'does', '`Idempotency-Key`'], operations.map(call)),
  codes: () =>
    markdownTable(
      ['code', 'status', 'when'],
      Object.entries(problemNotes).map(([code, { when }]) => [
        `\`${code}\``,
        String(problemStatuses[code as ProblemCode]),
        when,
      ]),
    ),
};

export const blockNames: readonly string[] = Object.keys(blocks);

/** The text with each part between its markers. Throws an Error that names the markers that are missing. */
export function withBlocks(readme: string): string {
  const missing = blockNames.filter(name => !readme.includes(`<!-- made:${name} -->`));
  if (missing.length > 0) throw new Error(`The README has no markers for: ${missing.join(', ')}`);
  return Object.entries(blocks).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- made:${name} -->\n)[\\s\\S]*?(<!-- /made -->)`),
        (_, start: string, end: string) => `${start}\n${make()}\n\n${end}`,
      ),
    readme,
  );
}

export const readmePath = join(import.meta.dirname, '../../README.md');

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  writeFileSync(readmePath, withBlocks(readFileSync(readmePath, 'utf8')));
}
