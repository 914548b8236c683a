/** The recipes that are programs: how each is started, and which of them this machine can run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const recipeFolder = join(import.meta.dirname, '../../demo/recipes');

export interface Program {
  readonly language: string;
  readonly file: string;
  readonly command: string;
  /** Arguments to serve at this port of this machine; PORT says it too. */
  serve(port: number): readonly string[];
  /** Arguments to give `amount` of a payment back. */
  refund(token: string, amount: string): readonly string[];
}

export const programs: readonly Program[] = [
  {
    language: 'Node',
    file: 'shop.mjs',
    command: process.execPath,
    serve: () => ['shop.mjs'],
    refund: (token, amount) => ['shop.mjs', 'refund', token, amount],
  },
  {
    language: 'PHP',
    file: 'shop.php',
    command: 'php',
    serve: port => ['-S', `127.0.0.1:${port}`, 'shop.php'],
    refund: (token, amount) => ['shop.php', 'refund', token, amount],
  },
  {
    language: 'Python',
    file: 'shop.py',
    command: 'python3',
    serve: () => ['shop.py'],
    refund: (token, amount) => ['shop.py', 'refund', token, amount],
  },
];

/** PHP 8 and Python 3.9 have what the recipes use. */
const oldest: Readonly<Record<string, readonly [number, number]>> = { PHP: [8, 0], Python: [3, 9] };

/** Its interpreter is here, and is new enough. */
export function isRunnable({ language, command }: Program): boolean {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const wanted = oldest[language];
  if (status !== 0 || !wanted) return status === 0;
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > wanted[0] || (Number(major) === wanted[0] && Number(minor) >= wanted[1]);
}
