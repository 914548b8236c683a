/**
 * Lets the parts that load later use the entry whatever its name is.
 *
 * A bundler makes such a part import what it shares with the entry (Lit, formats) from the entry by name. But the same
 * entry is served under a moving name and an immutable one; a page that took the immutable one would then fetch and run
 * a second copy under the other name, past the page’s `integrity`. A small entry that only points to the real one would
 * avoid that for one more round trip before the first field. So the entry leaves what its parts need under a symbol that
 * only parts of the same build know, and the parts take it from there.
 */
import { createHash } from 'node:crypto';
import type { ESTree, Plugin } from 'vite';
import { replaceSpans, type Span } from './replace-spans.ts';

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** `import { a as b } from './entry.js'` becomes `const { a: b } = globalThis[symbol]`. */
function takeFromSymbol(body: ESTree.Program['body'], entry: string, symbol: string): Span[] {
  return body.flatMap(statement => {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== `./${entry}`) return [];
    const pairs = statement.specifiers.map(specifier => {
      if (specifier.type !== 'ImportSpecifier') {
        throw new Error(`A part has an ${specifier.type} of the entry; only single names can be linked.`);
      }
      return `${nameOf(specifier.imported)}: ${specifier.local.name}`;
    });
    const text = pairs.length > 0 ? `const { ${pairs.join(', ')} } = globalThis[${symbol}];` : '';
    return [{ start: statement.start, end: statement.end, text }];
  });
}

interface Names {
  /** Stays in the entry’s export. */
  readonly isPublic: (name: string) => boolean;
  /** A part takes it: what the bundler exported for the parts alone, and what of the public names they use. */
  readonly isTaken: (name: string) => boolean;
}

function leaveUnderSymbol(body: ESTree.Program['body'], { isPublic, isTaken }: Names, symbol: string) {
  return body.flatMap((statement): Span[] => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const names = statement.specifiers.map(({ local, exported }) => ({
      local: nameOf(local),
      exported: nameOf(exported),
    }));
    const shared = names.filter(({ exported }) => isTaken(exported));
    const exported = names.filter(({ exported }) => isPublic(exported));
    const text = [
      `globalThis[${symbol}] ??= { ${shared.map(name => `${name.exported}: ${name.local}`).join(', ')} };`,
      `export { ${exported.map(name => `${name.local} as ${name.exported}`).join(', ')} };`,
    ].join('\n');
    return [{ start: statement.start, end: statement.end, text }];
  });
}

/** `entry`: the file name of the entry. `surface`: path of the module whose exports are the public ones. */
export function entryLink(entry: string, surface: string): Plugin {
  let symbol = '';
  let publicNames: readonly string[] = [];
  return {
    name: 'letpay-entry-link',
    buildEnd() {
      const sources = createHash('sha256');
      const ids = [...this.getModuleIds()].filter(id => !id.startsWith('\0')).sort();
      for (const id of ids) sources.update(this.getModuleInfo(id)?.code ?? '');
      // Two versions of the tag on one page must not meet.
      symbol = `Symbol.for("letpay-checkout ${sources.digest('hex').slice(0, 12)}")`;
      publicNames = this.getModuleInfo(surface)?.exports ?? [];
    },
    renderChunk(code, chunk) {
      const { body } = this.parse(code);
      const isPublic = (name: string) => publicNames.includes(name);
      const inParts = [...this.getModuleIds()]
        .filter(id => !chunk.moduleIds.includes(id))
        .map(id => this.getModuleInfo(id)?.code ?? '')
        .join('\n');
      const isTaken = (name: string) => !isPublic(name) || new RegExp(`\\b${name}\\b`).test(inParts);
      const spans = chunk.isEntry
        ? leaveUnderSymbol(body, { isPublic, isTaken }, symbol)
        : takeFromSymbol(body, entry, symbol);
      return spans.length > 0 ? { code: replaceSpans(code, spans), map: null } : null;
    },
  };
}
