/**
 * Takes the author’s layout out of `html`, `svg` and `css` templates. A minifier has to leave it alone, because it cannot
 * know that it means nothing.
 */
import { type ESTree, type Plugin, parseSync, Visitor } from 'vite';
import { replaceSpans, type Span } from './replace-spans.ts';

/** A line break and its indentation look like one blank, so one stays: between inline elements it can be seen. */
export function compactMarkup(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** For style sheets without blanks of meaning inside quotes, as ours are. */
export function compactCss(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replace(/;}/g, '}');
}

const compactors: ReadonlyMap<string, (text: string) => string> = new Map([
  ['html', compactMarkup],
  ['svg', compactMarkup],
  ['css', compactCss],
]);

/** `name` only tells the parser which language it reads. */
export function compactTemplatesOf(code: string, name: string): string {
  const spans: Span[] = [];
  const take = ({ tag, quasi }: ESTree.TaggedTemplateExpression) => {
    const compact = tag.type === 'Identifier' ? compactors.get(tag.name) : undefined;
    if (!compact) return;
    for (const { start, end } of quasi.quasis) {
      spans.push({ start, end, text: compact(code.slice(start, end)) });
    }
  };
  new Visitor({ TaggedTemplateExpression: take }).visit(parseSync(name, code).program);
  return replaceSpans(code, spans);
}

export function compactTemplates(): Plugin {
  return {
    name: 'letpay-compact-templates',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]widget[\\/].*\.ts$/, code: /\b(?:html|svg|css)`/ },
      handler: (code, id) => ({ code: compactTemplatesOf(code, id), map: null }),
    },
  };
}
