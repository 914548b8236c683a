/**
 * For the one-file builds: a part that would load later is simply there.
 *
 * Left to itself the bundler wraps every module in a function, so that an inlined part can still run later. The parts of
 * the tag do nothing when they load, so they may as well run at once: smaller, and nothing is evaluated out of order.
 */
import { type ESTree, type Plugin, parseSync, Visitor } from 'vite';
import { replaceSpans, type Span } from './replace-spans.ts';

export function withPartsInline(code: string, name: string): string {
  const imports: string[] = [];
  const spans: Span[] = [];
  const take = ({ source, start, end }: ESTree.ImportExpression) => {
    const part = `part${imports.length}`;
    imports.push(`import * as ${part} from ${code.slice(source.start, source.end)};`);
    spans.push({ start, end, text: `Promise.resolve(${part})` });
  };
  new Visitor({ ImportExpression: take }).visit(parseSync(name, code).program);
  return [replaceSpans(code, spans), ...imports].join('\n');
}

export function inlineParts(): Plugin {
  return {
    name: 'letpay-inline-parts',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]widget[\\/].*\.ts$/, code: /\bimport\(/ },
      handler: (code, id) => ({ code: withPartsInline(code, id), map: null }),
    },
  };
}
