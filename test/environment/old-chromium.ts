/**
 * Real Chromiums of the floor that README states, out of the npm package `@sparticuz/chromium`: a browser inside a registry
 * package, for Linux on x64. Each is fetched once and unpacked into `.cache/chromium`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

const cacheFolder = join(import.meta.dirname, '../../.cache/chromium');
const decompress = promisify(brotliDecompress);

/** Chromium’s major version to the package’s version that holds it. */
const packages = { 92: '92.0.0', 109: '109.0.6' } as const;

export type OldChromium = keyof typeof packages;

export const oldChromiums = Object.keys(packages).map(Number) as readonly OldChromium[];

async function unpack(version: string, home: string): Promise<void> {
  const raw = `${home}.part`;
  await rm(raw, { recursive: true, force: true });
  await mkdir(raw, { recursive: true });
  const options = { cwd: raw, stdio: 'ignore', timeout: 300_000 } as const;
  execFileSync('npm', ['pack', '--silent', `@sparticuz/chromium@${version}`], options);
  const [archive = ''] = await readdir(raw);
  execFileSync('tar', ['-xzf', archive, '--strip-components=2', 'package/bin'], options);
  await rm(join(raw, archive));
  for (const file of await readdir(raw)) {
    const content = await decompress(await readFile(join(raw, file)));
    const name = file.replace(/\.br$/, '');
    await writeFile(join(raw, name), content, { mode: 0o755 });
    if (name.endsWith('.tar')) execFileSync('tar', ['-xf', name], options);
    await rm(join(raw, file));
  }
  // Two runs may unpack at the same time: whole or not at all.
  await rm(home, { recursive: true, force: true });
  await rename(raw, home);
}

/** The path of that Chromium, or the reason why there is none here. */
export async function findOldChromium(major: OldChromium): Promise<{ path: string } | { missing: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `there is a packed Chromium ${major} for Linux on x64 only` };
  const version = packages[major];
  const home = join(cacheFolder, version);
  const path = join(home, 'chromium');
  try {
    if (!existsSync(path)) await unpack(version, home);
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 });
    return { path };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return {
      missing: `the npm package @sparticuz/chromium@${version} could not be had or started: ${reason}`,
    };
  }
}
