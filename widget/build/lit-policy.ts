/** Gives Lit our Trusted Types policy: its own throws where its name is taken or not allowed, and nothing would be shown. */
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** `trustedTypes?.createPolicy('lit-html', …)`, as lit-html 3 is published. */
const ownPolicy = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/;

/** Throws when lit-html makes its policy in another way, so that a new version cannot bring its name back unseen. */
export function withOurPolicy(code: string, source: string): string {
  if (!ownPolicy.test(code))
    throw new Error('lit-html makes its Trusted Types policy in a way that is not known.');
  return `import { trustedHtml } from ${JSON.stringify(source)};\n${code.replace(ownPolicy, 'trustedHtml')}`;
}

export function litPolicy(): Plugin {
  return {
    name: 'letpay-lit-policy',
    enforce: 'pre',
    transform: {
      filter: { id: /lit-html[\\/]lit-html\.js$/ },
      handler: code => ({
        code: withOurPolicy(code, join(import.meta.dirname, '../trusted-html.ts')),
        map: null,
      }),
    },
  };
}
