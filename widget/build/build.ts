/**
 * `npm run build`: the tag into `dist/widget`, the proxy into `dist/server`. Another folder than `dist` may be named.
 * Everything is made before anything is replaced, so that a build that fails leaves the last good one.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeBundles } from './bundles.ts';
import { contentsOf, type EmbedFile, embedFile } from './embed-files.ts';
import { writeManifest } from './manifest.ts';
import { thirdPartyLicenses } from './third-party.ts';
import { makeTypeDeclarations, tsc } from './type-declarations.ts';

const root = join(import.meta.dirname, '../..');

function write(folder: string, files: Iterable<readonly [string, Uint8Array | string]>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

async function buildWidget(folder: string): Promise<readonly EmbedFile[]> {
  const [bundles, types] = await Promise.all([makeBundles(), makeTypeDeclarations()]);
  const files = bundles.map(embedFile);
  write(folder, contentsOf(files));
  write(join(folder, 'types'), types);
  write(folder, [
    ['third-party-licenses.txt', thirdPartyLicenses(bundles.flatMap(({ modules }) => modules))],
  ]);
  writeManifest(folder);
  return files;
}

function buildServer(folder: string): void {
  const project = join(root, 'server/tsconfig.build.json');
  execFileSync(process.execPath, [tsc(), '-p', project, '--outDir', folder], { stdio: 'inherit' });
}

function table(files: readonly EmbedFile[]): string {
  const rows = files.map(({ name, plain, gzip, brotli }) => [
    name,
    ...[plain, gzip, brotli].map(({ length }) => String(length)),
  ]);
  const all = [['file', 'bytes', 'gzip', 'brotli'], ...rows];
  const widthOf = (column: number) => Math.max(...all.map(row => row[column]?.length ?? 0));
  return all
    .map(row =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widthOf(at)) : cell.padStart(widthOf(at) + 2))).join(''),
    )
    .join('\n');
}

const target = resolve(root, process.argv[2] ?? 'dist');
const fresh = join(target, `.fresh-${process.pid}`);
try {
  const files = await buildWidget(join(fresh, 'widget'));
  buildServer(join(fresh, 'server'));
  for (const part of ['widget', 'server']) {
    rmSync(join(target, part), { recursive: true, force: true });
    renameSync(join(fresh, part), join(target, part));
  }
  console.log(table(files));
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
