/**
 * The built tag, held in memory as it goes out: plain, gzip and brotli, with its type and cache rule. What may be served
 * is what the build listed in `integrity.json`, so no path from outside ever reaches the disk.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** `integrity.json` of the build: file name to its hash, and for the moving names the immutable twin. */
const integrityFile = z.record(
  z.string(),
  z.object({ integrity: z.string().startsWith('sha384-'), versioned: z.string().optional() }),
);

export interface WidgetFile {
  readonly type: string;
  /** The name changes with the content: may be kept for a year. */
  readonly immutable: boolean;
  readonly etag: string;
  readonly bodies: { readonly identity: Uint8Array; readonly gzip?: Uint8Array; readonly br?: Uint8Array };
}

export interface WidgetFiles {
  find(name: string): WidgetFile | null;
  /** How a page should embed the module: its immutable name and hash. Null before the first build. */
  readonly entry: { readonly name: string; readonly integrity: string } | null;
  /** The file with the words of a language (`pt-BR`, `es`, `en`), for a page that knows which it will need. */
  words(language: string): string | null;
}

const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  map: 'application/json',
  json: 'application/json',
};

export function loadWidgetFiles(folder: string): WidgetFiles {
  const index = join(folder, 'integrity.json');
  if (!existsSync(index)) return { find: () => null, entry: null, words: () => null };
  const listed = integrityFile.parse(JSON.parse(readFileSync(index, 'utf8')));
  const files = new Map<string, WidgetFile>();
  const read = (path: string) => (existsSync(path) ? readFileSync(path) : undefined);
  for (const [name, { integrity, versioned }] of Object.entries(listed)) {
    const identity = readFileSync(join(folder, name));
    const gzip = read(join(folder, `${name}.gz`));
    const br = read(join(folder, `${name}.br`));
    const bodies = { identity, ...(gzip && { gzip }), ...(br && { br }) };
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const file = { type, etag: `"${integrity}"`, bodies };
    files.set(name, { ...file, immutable: versioned === undefined });
    if (versioned !== undefined) files.set(versioned, { ...file, immutable: true });
  }
  const main = listed['letpay-checkout.js'];
  return {
    find: name => files.get(name) ?? null,
    entry: main ? { name: main.versioned ?? 'letpay-checkout.js', integrity: main.integrity } : null,
    words(language) {
      const start = `letpay-${language.toLowerCase()}-`;
      return Object.keys(listed).find(name => name.startsWith(start) && name.endsWith('.js')) ?? null;
    },
  };
}
