/**
 * Finds a Firefox for the tests that run in one, and installs Debian’s as root.
 *
 * Order: FIREFOX_PATH, a program on the PATH, the usual places, apt. A stock Firefox will do: it is driven by WebDriver
 * BiDi, which every release since 129 speaks by itself.
 */
import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['firefox', 'firefox-esr'];

const wellKnown = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** Preferences of a browser that asks nobody’s servers for anything and may use the clipboard without a prompt. */
export const firefoxPreferences: Readonly<Record<string, string | boolean>> = {
  'intl.accept_languages': 'pt-BR',
  // Reading is asked for in a menu that no test can press; writing needs a press, as in a page.
  'dom.events.testing.asyncClipboard': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap(folder => names.map(name => join(folder, name)));
  return [...onPath, ...wellKnown].find(isRunnable);
}

/** Whether `findFirefox` may add one to this machine. */
const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function install(): void {
  process.stderr.write('No Firefox found: installing Debian’s firefox-esr …\n');
  const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 };
  try {
    execFileSync('apt-get', ['-qq', 'update'], options);
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'firefox-esr'], options);
  } catch {
    // Said by the caller, in words that tell what to do.
  }
}

/** The path of a Firefox, or null where none is and none can be had. Throws when FIREFOX_PATH names no program. */
export function firefoxIfAny(): string | null {
  const given = process.env['FIREFOX_PATH'];
  if (given) {
    if (isRunnable(given)) return given;
    throw new Error(`FIREFOX_PATH names ${given}, which is not a program that can be run`);
  }
  if (!installed() && canInstall()) install();
  return installed() ?? null;
}

/** The path of a Firefox. Throws an error that says what to do where none can be had. */
export function findFirefox(): string {
  const found = firefoxIfAny();
  if (found) return found;
  throw new Error(
    'These tests need Firefox and none could be found or installed. Install it (Debian: apt-get install firefox-esr) ' +
      'or set FIREFOX_PATH to the path of a Firefox.',
  );
}
