import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { browserModules } from './test/environment/browser-modules.ts';
import { findFirefox, firefoxPreferences } from './test/environment/firefox.ts';

/** The launcher is named for Chrome, and drives whatever puppeteer drives: Firefox by WebDriver BiDi. */
export default {
  // Forced colours and reduced motion are emulated through Chromium’s own protocol.
  files: ['test/widget/**/*.test.ts', '!test/widget/accessibility.test.ts'],
  nodeResolve: true,
  concurrency: 1,
  concurrentBrowsers: 1,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  plugins: browserModules,
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: {
        browser: 'firefox',
        executablePath: findFirefox(),
        extraPrefsFirefox: firefoxPreferences,
      },
    }),
  ],
};
