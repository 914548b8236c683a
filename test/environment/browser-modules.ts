/** What the test runner’s server does to a file before a browser reads it, whichever browser it is. */
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** card-validator is CommonJS, which no browser reads: each of its files that we import is bundled into a module on the way. */
const commonJsModules = {
  name: 'commonjs-modules',
  async serve({ path }: { readonly path: string }) {
    const file = /\/node_modules\/(card-validator\/dist\/([a-z0-9-]+)\.js)$/.exec(path);
    if (!file?.[2]) return undefined;
    const name = file[2].replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const result = await build({
      stdin: { contents: `export { ${name}, default } from '${file[1]}'`, resolveDir: root },
      bundle: true,
      format: 'esm',
      write: false,
    });
    return { body: result.outputFiles[0]?.text ?? '', type: 'js' };
  },
};

/** Node’s Buffer-free equivalent of `tsc` field semantics: the element relies on `declare` fields (see CONTRIBUTING). */
const typescript = esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') });

export const browserModules = [commonJsModules, typescript];
