/** The three bundles of the tag. Each is made in memory, so that a build is written whole or not at all. */
import { join } from 'node:path';
import { build, type InlineConfig, mergeConfig, type Rolldown } from 'vite';

import { cardValidatorModules } from './card-validator-modules.ts';
import { compactTemplates } from './compact-templates.ts';
import { entryLink } from './entry-link.ts';
import { inlineParts } from './inline-parts.ts';
import { litPolicy } from './lit-policy.ts';

const root = join(import.meta.dirname, '../..');

export interface BundleFile {
  readonly name: string;
  readonly code: string;
  /** The file that a page names; false for a part that it loads. */
  readonly isEntry: boolean;
  /** Files that are loaded before this one runs. */
  readonly imports: readonly string[];
  /** Paths of what it was made of. */
  readonly modules: readonly string[];
}

/** The bundler’s helper for `import()` of a file that is packed with the others: it meets inherited names too. */
const exportHelper = /for\(var (\w+) in (\w+)\)(?=\w+\(\w+,\1,\{get:\2\[\1\])/;

/** Members that a page has put on `Object.prototype` are no exports of ours. */
function withOwnNames(code: string): string {
  return code.replace(exportHelper, 'for(var $1 of Object.keys($2))');
}

async function bundle(config: InlineConfig): Promise<BundleFile[]> {
  const shared: InlineConfig = {
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    plugins: [cardValidatorModules(), litPolicy(), compactTemplates()],
    build: { write: false },
  };
  const built = await build(mergeConfig(shared, config));
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) =>
    output.map(file => {
      if (file.type !== 'chunk')
        throw new Error(`The tag is script alone, but the bundle has ${file.fileName}`);
      const { fileName: name, code, isEntry, imports, moduleIds: modules } = file;
      return { name, code: withOwnNames(code), isEntry, imports, modules };
    }),
  );
}

/** `letpay-checkout.js`: what the first screen needs, and parts that load when they are needed. */
function moduleBundle(): Promise<BundleFile[]> {
  const name = 'letpay-checkout.js';
  return bundle({
    plugins: [entryLink(name, join(root, 'widget/index.ts'))],
    build: {
      lib: { entry: join(root, 'widget/build/split-entry.ts'), formats: ['es'], fileName: () => name },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: {
          chunkFileNames: 'letpay-[name]-[hash:12].js',
          hashCharacters: 'hex',
          codeSplitting: {
            // Lit would move there too, and every part and the entry would have to wait for it.
            includeDependenciesRecursively: false,
            groups: [
              // What a loaded file needs of another must be loaded before: none of these may need the screens back.
              {
                name: 'instrument',
                test: /widget[\\/](views[\\/](code-block|facts)|drawing[\\/]outcome-icons|has-own|methods[\\/]saved-card[\\/]saved-card)\.ts$/,
              },
            ],
          },
        },
      },
    },
  });
}

/** `letpay-checkout.one.js`: the same in one file, which one `integrity` covers wholly. */
function oneFileBundle(): Promise<BundleFile[]> {
  return bundle({
    plugins: [inlineParts()],
    build: {
      lib: {
        entry: join(root, 'widget/build/module-entry.ts'),
        formats: ['es'],
        fileName: () => 'letpay-checkout.one.js',
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}

/** A plain script is read in the encoding of its page, whatever that is; a module is always UTF-8. */
function inAscii(file: BundleFile): BundleFile {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return { ...file, code: file.code.replace(/[\u0080-\uffff]/g, escaped) };
}

/** `letpay-checkout.classic.js`: for a plain `<script src>`; leaves nothing behind but the registered tag. */
async function classicBundle(): Promise<BundleFile[]> {
  const files = await bundle({
    // A plain script knows no address of its own; `widget/script-origin.ts` then asks the document.
    plugins: [inlineParts()],
    define: { 'import.meta.url': 'undefined' },
    build: {
      lib: {
        entry: join(root, 'widget/define.ts'),
        formats: ['iife'],
        name: 'letpayCheckout',
        fileName: () => 'letpay-checkout.classic.js',
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  return files.map(inAscii);
}

export async function makeBundles(): Promise<readonly BundleFile[]> {
  return (await Promise.all([moduleBundle(), oneFileBundle(), classicBundle()])).flat();
}
