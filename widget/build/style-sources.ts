/** Reads parts and tokens off the widget’s sources, where `looks.ts` has the words for them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

function widgetSources(): string {
  return globSync('widget/**/*.ts', { cwd: root, exclude: ['widget/build/**'] })
    .sort()
    .map(file => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}

/** Names in `part="…"` that are written out; a name that begins with fixed letters ends with a star. */
export function partsInTemplates(): ReadonlySet<string> {
  const sources = widgetSources();
  const written = [...sources.matchAll(/\bpart="([a-zA-Z -]+)"/g)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const begun = [...sources.matchAll(/\bpart=\$\{`([\w-]+-)\$\{/g)].map(([, start]) => `${start}*`);
  return new Set([...written, ...begun]);
}

/** The text of every `*.styles.ts`, a list of sheets or one. */
export async function styleSheets(): Promise<string> {
  const files = globSync('widget/**/*.styles.ts', { cwd: root }).sort();
  const modules = await Promise.all(
    files.map(async file => (await import(join(root, file))) as Record<string, unknown>),
  );
  return modules.flatMap(exports => Object.values(exports).flat().map(String)).join('\n');
}

/** `--letpay-…` token to its default: the light one, and the dark one where it differs. */
export async function tokenDefaults(): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string[]>();
  for (const [, name = '', value = ''] of (await styleSheets()).matchAll(
    /var\((--letpay-[\w-]+),\s*((?:[^()]|\([^()]*\))+)\)/g,
  )) {
    const seen = values.get(name) ?? [];
    values.set(name, seen.includes(value) ? seen : [...seen, value]);
  }
  return new Map([...values].map(([name, seen]) => [name, seen.join(' / ')]));
}
