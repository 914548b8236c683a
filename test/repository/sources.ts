/** The repository’s own files, as the tests about the repository read them. */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const cache = new Map<string, string>();

export function read(path: string): string {
  const text = cache.get(path) ?? readFileSync(join(root, path), 'utf8');
  cache.set(path, text);
  return text;
}

/** Files that match any of the patterns, in the order of their names; what was built or installed is left out. */
export function sources(...patterns: readonly string[]): readonly Source[] {
  return globSync(patterns, { cwd: root, exclude: ['node_modules/**', 'dist/**', 'coverage/**'] })
    .map(path => path.split(sep).join('/'))
    .sort()
    .map(path => ({ path, text: read(path) }));
}

/** `path:line` of every match, so that a failure can be clicked. `pattern` must be global. */
export function placesOf(pattern: RegExp, { path, text }: Source): readonly string[] {
  return [...text.matchAll(pattern)].map(
    match => `${path}:${text.slice(0, match.index).split('\n').length}: ${match[0].trim()}`,
  );
}
