/** What every bundle of the tag has in common. `widget/build/bundles.ts` says which bundles there are. */
import { join } from 'node:path';
import { defineConfig } from 'vite';

const outsideBrowser = join(import.meta.dirname, 'widget/build/outside-browser.ts');

export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  build: {
    // Nothing that the source uses has to be rewritten: private fields, methods and static fields are in all browsers of the
    // floor. Vite would rewrite them all for the sake of static blocks (Safari 16.4), which `budgets.ts` keeps out.
    target: 'es2022',
    emptyOutDir: false,
    copyPublicDir: false,
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: {
      transform: {
        // A page that is rendered on a server may import the tag: see that file.
        inject: {
          HTMLElement: [outsideBrowser, 'HTMLElement'],
          CSSStyleSheet: [outsideBrowser, 'CSSStyleSheet'],
          document: [outsideBrowser, 'document'],
        },
      },
      // In library mode Vite keeps white space in ES output unless it is told here.
      output: { minify: true, comments: { legal: false, annotation: false, jsdoc: false } },
    },
  },
});
