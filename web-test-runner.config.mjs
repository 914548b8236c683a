import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { build } from 'esbuild';
import { chromiumFlags, findChromium } from './test/environment/chromium.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** card-validator is CommonJS, which no browser reads: each of its files that we import is bundled into a module on the way. */
const commonJsModules = {
  name: 'commonjs-modules',
  async serve({ path }) {
    const file = /\/node_modules\/(card-validator\/dist\/([a-z0-9-]+)\.js)$/.exec(path);
    if (!file) return undefined;
    const name = file[2].replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const result = await build({
      stdin: { contents: `export { ${name} } from '${file[1]}'`, resolveDir: here },
      bundle: true,
      format: 'esm',
      write: false,
    });
    return { body: result.outputFiles[0].text, type: 'js' };
  },
};

/** Node’s Buffer-free equivalent of `tsc` field semantics: the element relies on `declare` fields (see CONTRIBUTING). */
const typescript = esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${here}tsconfig.json` });

export default {
  files: ['test/widget/**/*.test.ts'],
  nodeResolve: true,
  concurrency: 2,
  concurrentBrowsers: 1,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  plugins: [commonJsModules, typescript],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: await findChromium(), args: chromiumFlags },
      createBrowserContext: ({ browser }) =>
        browser.newContext({ locale: 'pt-BR', permissions: ['clipboard-read', 'clipboard-write'] }),
    }),
  ],
};
