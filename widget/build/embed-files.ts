/**
 * The script files as they are served and self-hosted: under their moving and their immutable name, each also compressed,
 * and `integrity.json`, by which the proxy (`server/widget-files.ts`) and pages know them.
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BundleFile } from './bundles.ts';

export interface EmbedFile {
  readonly name: string;
  /** The same content under a name that changes with it; null for a part, whose own name does. */
  readonly versioned: string | null;
  /** For the `integrity` attribute. */
  readonly integrity: string;
  readonly plain: Uint8Array;
  readonly gzip: Uint8Array;
  readonly brotli: Uint8Array;
}

function versionedName(name: string, content: Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return name.replace(/\.js$/, `-${hash}.js`);
}

export function embedFile({ name, code, isEntry }: BundleFile): EmbedFile {
  const plain = Buffer.from(code);
  return {
    name,
    versioned: isEntry ? versionedName(name, plain) : null,
    integrity: `sha384-${createHash('sha384').update(plain).digest('base64')}`,
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
  };
}

/** File name to content, for all names that may be asked for. */
export function contentsOf(files: readonly EmbedFile[]): ReadonlyMap<string, Uint8Array | string> {
  const contents = new Map<string, Uint8Array | string>();
  for (const { name, versioned, plain, gzip, brotli } of files) {
    for (const path of versioned === null ? [name] : [name, versioned]) {
      contents.set(path, plain).set(`${path}.gz`, gzip).set(`${path}.br`, brotli);
    }
  }
  return contents.set('integrity.json', integrityList(files));
}

function integrityList(files: readonly EmbedFile[]): string {
  const list = Object.fromEntries(
    files.map(({ name, integrity, versioned }) => [name, { integrity, ...(versioned && { versioned }) }]),
  );
  return `${JSON.stringify(list, null, 2)}\n`;
}
