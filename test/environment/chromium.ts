/**
 * Finds a Chromium for the browser tests, and installs one where it may.
 *
 * Order: CHROME_PATH, a browser on this machine, Playwright's cache, the npm package `@sparticuz/chromium`
 * (a browser inside a registry package: linux x64, works without root), Debian's package as root, Playwright's own
 * download. What is found is remembered for the process only; nothing is written into the project.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const cacheFolder = join(import.meta.dirname, '../../.cache/chromium');

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Flags for a browser that runs as root in a container and must not talk to anybody's servers. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
];

function isRunnable(path: string | undefined): path is string {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
    return true;
  } catch {
    return false;
  }
}

/** Its files are compressed in the package; unpacking and the shared libraries it needs are its own business. */
async function fromRegistryPackage(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(cacheFolder, 'node_modules/@sparticuz/chromium');
  if (!existsSync(home)) {
    mkdirSync(cacheFolder, { recursive: true });
    const args = [
      'install',
      '--prefix',
      cacheFolder,
      '--no-save',
      '--no-package-lock',
      '@sparticuz/chromium@153',
    ];
    if (!run('npm', args)) return undefined;
  }
  const { default: packaged } = (await import(
    createRequire(join(home, 'x.js')).resolve('@sparticuz/chromium')
  )) as {
    default: { executablePath(): Promise<string> };
  };
  return packaged.executablePath();
}

function canStart(path: string): boolean {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium that starts. Throws an error that says what to do where none can be had. */
export async function findChromium(): Promise<string> {
  const given = process.env['CHROME_PATH'];
  if (given) {
    if (isRunnable(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which is not a program that can be run`);
  }
  const installed = [...wellKnown, chromium.executablePath()].find(isRunnable);
  if (installed) return installed;

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('No browser found: installing Debian’s chromium …\n');
    run('apt-get', ['-qq', 'update']);
    if (run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'chromium'])) {
      if (isRunnable('/usr/bin/chromium')) return '/usr/bin/chromium';
    }
  }
  process.stderr.write('No browser found: fetching the npm package @sparticuz/chromium …\n');
  const packaged = await fromRegistryPackage().catch(() => undefined);
  if (isRunnable(packaged) && canStart(packaged)) return packaged;

  process.stderr.write('No browser found: asking Playwright to download one …\n');
  run(process.execPath, [
    createRequire(import.meta.url).resolve('playwright-core/cli.js'),
    'install',
    'chromium',
  ]);
  const downloaded = chromium.executablePath();
  if (isRunnable(downloaded)) return downloaded;

  throw new Error(
    'The browser tests need Chromium and none could be found or installed. Install it (Debian: apt-get install chromium) ' +
      'or set CHROME_PATH to the path of a Chromium or Chrome.',
  );
}
