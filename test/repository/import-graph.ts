/** Who imports whom, read off the syntax tree of the sources. */
import { posix } from 'node:path';
import { type ESTree, parseSync, Visitor } from 'vite';
import type { Source } from './sources.ts';

export interface Import {
  /** Path from the root for a file of ours; otherwise as written: a package or `node:…`. */
  readonly target: string;
  readonly isOurs: boolean;
  /** Gone at run time. */
  readonly isType: boolean;
  /** Runs later: `import(…)`. */
  readonly isLazy: boolean;
}

function importOf(from: string, specifier: string, isType: boolean, isLazy: boolean): Import {
  const isOurs = specifier.startsWith('.');
  const target = isOurs ? posix.join(posix.dirname(from), specifier) : specifier;
  return { target, isOurs, isType, isLazy };
}

export function importsOf({ path, text }: Source): readonly Import[] {
  const found: Import[] = [];
  const take = (source: string, isType: boolean, isLazy = false) =>
    void found.push(importOf(path, source, isType, isLazy));
  new Visitor({
    ImportDeclaration({ source, importKind, specifiers }) {
      const onlyTypes =
        specifiers.length > 0 &&
        specifiers.every(part => part.type === 'ImportSpecifier' && part.importKind === 'type');
      take(source.value, importKind === 'type' || onlyTypes);
    },
    ExportNamedDeclaration({ source, exportKind }) {
      if (source) take(source.value, exportKind === 'type');
    },
    ExportAllDeclaration({ source, exportKind }) {
      take(source.value, exportKind === 'type');
    },
    ImportExpression({ source }: ESTree.ImportExpression) {
      if (source.type === 'Literal' && typeof source.value === 'string') take(source.value, false, true);
    },
    TSImportType({ source }: ESTree.TSImportType) {
      take(source.value, true);
    },
  }).visit(parseSync(path, text).program);
  return found;
}
