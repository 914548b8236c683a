/** `third-party-licenses.txt`: the licenses of the packages inside the bundles, which ask to go wherever their code goes. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** `…/node_modules/@lit/reactive-element/css-tag.js` → `…/node_modules/@lit/reactive-element`. */
function packageFolder(module: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module)?.[0];
}

function readPackage(folder: string): Package {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Package;
  const [file] = globSync('{LICENSE,LICENCE,license}*', { cwd: folder });
  if (file === undefined) throw new Error(`${name} comes without its license`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}

/** `modules`: paths of all modules of the bundles. */
export function thirdPartyLicenses(modules: Iterable<string>): string {
  const folders = new Set([...modules].flatMap(module => packageFolder(module) ?? []));
  return [...folders]
    .map(readPackage)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`)
    .join('\n----\n\n');
}
