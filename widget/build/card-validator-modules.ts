/**
 * card-validator and the ranges that it stands on, credit-card-type, as ES modules. They come as CommonJS, which a bundler
 * can only keep whole, wrapped, and with a helper for each import: 0.7 KB of gzip around 2.5.
 *
 * What changes credit-card-type’s list (`addCard` and the like) is left out: the tag never does.
 */
import type { Plugin } from 'vite';

/** From the shapes that TypeScript’s compiler writes, and no others. Throws where something of CommonJS is left. */
export function asModule(code: string, name: string): string {
  const converted = code
    .replace(/^"use strict";$/m, '')
    .replace(/^Object\.defineProperty\(exports, "__esModule".*$/m, '')
    .replace(/^creditCardType\.\w+ = function[\s\S]*?^};$/gm, '')
    .replace(/^var (\w+_1) = require\((".+")\);$/gm, 'import * as $1 from $2;')
    .replace(/^var (\w+) = require\((".+")\);$/gm, 'import $1 from $2;')
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 };')
    .replace(/^module\.exports = (\w+);$/m, 'export default $1;');
  if (/\b(?:require|exports)\b/.test(converted)) throw new Error(`${name} is CommonJS of another shape`);
  return converted;
}

export function cardValidatorModules(): Plugin {
  return {
    name: 'letpay-card-validator-modules',
    transform: {
      filter: { id: /[\\/]node_modules[\\/](?:card-validator|credit-card-type)[\\/]dist[\\/].*\.js$/ },
      handler: (code, id) => ({ code: asModule(code, id), map: null }),
    },
  };
}
