import { playwrightLauncher } from '@web/test-runner-playwright';
import { browserModules } from './test/environment/browser-modules.ts';
import { chromiumFlags, findChromium } from './test/environment/chromium.ts';

export default {
  files: ['test/widget/**/*.test.ts'],
  nodeResolve: true,
  concurrency: 2,
  concurrentBrowsers: 1,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  plugins: browserModules,
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: await findChromium(), args: chromiumFlags },
      createBrowserContext: ({ browser }) =>
        browser.newContext({ locale: 'pt-BR', permissions: ['clipboard-read', 'clipboard-write'] }),
    }),
  ],
};
