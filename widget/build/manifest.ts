/** `custom-elements.json`: what the analyzer reads off the sources, as `custom-elements-manifest.config.mjs` says. */
import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const analyzer = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');

/** The analyzer takes its folder relative to the project only. */
export function writeManifest(folder: string): void {
  const args = [analyzer, 'analyze', '--quiet', '--outdir', relative(root, folder)];
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
