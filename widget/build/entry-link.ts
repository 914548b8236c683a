/**
 * Lets the files of the split build find each other whatever the entry’s name is, and load again after a failure.
 *
 * A bundler makes a part import what it shares with the entry (Lit, formats) from the entry by name. But the same entry is
 * served under a moving name and an immutable one; a page that took the immutable one would then fetch and run a second
 * copy under the other name, past the page’s `integrity`. A small entry that only points to the real one would avoid that
 * for one more round trip before the first field. So the entry leaves what its parts need under a symbol that only parts of
 * the same build know, and the parts take it from there. What a part needs of another part it takes from the same place,
 * where `widget/part-loader.ts` puts it: under a name of its own an `import` could not be tried again.
 */
import { createHash } from 'node:crypto';
import { type ESTree, type Plugin, Visitor } from 'vite';
import { replaceSpans, type Span } from './replace-spans.ts';

/** What the entry leaves for its parts. */
interface Link {
  /** Its file name. */
  readonly entry: string;
  /** Text that gives the object under the symbol. */
  readonly place: string;
  /** A part’s file name to the parts that must be there before it runs, in their order, and itself. */
  readonly withNeeds: (part: string) => readonly string[];
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** What that object is called in every file. */
const link = 'letpayLink';

/** `import { a as b } from './file.js'` becomes `const { a: b } = …`. */
function takeFromPlace(body: ESTree.Program['body'], { entry }: Link): Span[] {
  return body.flatMap(statement => {
    if (statement.type !== 'ImportDeclaration') return [];
    const { specifiers, source, start, end } = statement;
    const pairs = specifiers.map(specifier => {
      if (specifier.type !== 'ImportSpecifier') {
        throw new Error(`A part has an ${specifier.type} of another file; only single names can be linked.`);
      }
      return `${nameOf(specifier.imported)}: ${specifier.local.name}`;
    });
    const holder = source.value === `./${entry}` ? link : `${link}.parts[${JSON.stringify(source.value)}]`;
    return [{ start, end, text: pairs.length > 0 ? `const { ${pairs.join(', ')} } = ${holder};` : '' }];
  });
}

/** `import('./file.js')` becomes a call of the loader. */
function loadByLoader(program: ESTree.Program, { withNeeds }: Link): Span[] {
  const spans: Span[] = [];
  const take = ({ source, start, end }: ESTree.ImportExpression) => {
    if (source.type !== 'Literal' || typeof source.value !== 'string') {
      throw new Error('An import() of the tag names its file as a text.');
    }
    const addresses = withNeeds(source.value.slice('./'.length)).map(name => `./${name}`);
    spans.push({ start, end, text: `${link}.load(${JSON.stringify(addresses)})` });
  };
  new Visitor({ ImportExpression: take }).visit(program);
  return spans;
}

interface Names {
  /** Stays in the entry’s export. */
  readonly isPublic: (name: string) => boolean;
  /** A part takes it: what the bundler exported for the parts alone, and what of the public names they use. */
  readonly isTaken: (name: string) => boolean;
}

function leaveAtPlace(body: ESTree.Program['body'], { isPublic, isTaken }: Names, { place }: Link): Span[] {
  return body.flatMap((statement): Span[] => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const names = statement.specifiers.map(({ local, exported }) => ({
      local: nameOf(local),
      exported: nameOf(exported),
    }));
    const loader = names.find(({ exported }) => exported === 'createPartLoader');
    if (!loader) throw new Error('The entry does not export createPartLoader.');
    const shared = names.filter(({ exported }) => isTaken(exported) && exported !== 'createPartLoader');
    const exported = names.filter(({ exported }) => isPublic(exported));
    const text = [
      `const ${link} = ${place} ??= { ${shared.map(name => `${name.exported}: ${name.local}`).join(', ')} };`,
      `${link}.load ??= ${loader.local}(${link}.parts = {}, address => import(address));`,
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
    renderChunk(code, chunk, _options, { chunks }) {
      const needsOf = (part: string, path: readonly string[] = []): string[] => {
        if (path.includes(part)) throw new Error(`Parts need each other: ${[...path, part].join(' → ')}`);
        const needs = (chunks[part]?.imports ?? []).filter(name => name !== entry);
        return [...needs.flatMap(need => needsOf(need, [...path, part])), part];
      };
      const withNeeds = (part: string) => [...new Set(needsOf(part))].filter(name => name !== chunk.fileName);
      const linked: Link = { entry, place: `globalThis[${symbol}]`, withNeeds };
      const program = this.parse(code);
      const isPublic = (name: string) => publicNames.includes(name);
      const inParts = [...this.getModuleIds()]
        .filter(id => !chunk.moduleIds.includes(id))
        .map(id => this.getModuleInfo(id)?.code ?? '')
        .join('\n');
      const isTaken = (name: string) => !isPublic(name) || new RegExp(`\\b${name}\\b`).test(inParts);
      const spans = [
        ...loadByLoader(program, linked),
        ...(chunk.isEntry
          ? leaveAtPlace(program.body, { isPublic, isTaken }, linked)
          : takeFromPlace(program.body, linked)),
      ];
      if (spans.length === 0) return null;
      const beginning = chunk.isEntry ? '' : `const ${link} = ${linked.place};\n`;
      return { code: beginning + replaceSpans(code, spans), map: null };
    },
  };
}
