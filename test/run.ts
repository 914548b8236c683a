/**
 * `npm test`: everything, in the order in which a failure is cheapest to hear of. Every stage runs, so that one run tells
 * all; at its end stands once more what failed, and the last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { findChromium } from './environment/chromium.ts';
import { firefoxIfAny } from './environment/firefox.ts';
import { findOldChromium, oldChromiums } from './environment/old-chromium.ts';
import { type Failure, readBrowserFailures, readNodeFailures, tellFailures } from './failures.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** What prints the output; a stage whose runner counts nothing is one check. */
  readonly runner?: Runner;
}

/** Reads what a runner printed. */
interface Runner {
  readonly count: (output: string) => Tally | null;
  readonly failures: (output: string) => Failure[];
}

/** Of what failed in a stage, so many lines are said again at the end. */
const linesPerStage = 60;

const nodeTests = (...patterns: string[]) => ['node', '--test', '--test-reporter=spec', ...patterns];

/** node:test’s closing lines: `ℹ pass 12`, `ℹ fail 0`, `ℹ cancelled 0`. */
function countNodeTests(output: string): Tally | null {
  const read = (word: string) =>
    Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN);
  const passed = read('pass');
  const failed = read('fail') + read('cancelled');
  return Number.isNaN(passed + failed) ? null : { passed, failed };
}

/** web-test-runner’s last progress line: `… | 12 passed, 0 failed`. */
function countBrowserTests(output: string): Tally | null {
  const last = [...output.matchAll(/\| (\d+) passed, (\d+) failed/g)].at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : null;
}

const nodeRunner: Runner = { count: countNodeTests, failures: readNodeFailures };
const browserRunner: Runner = { count: countBrowserTests, failures: readBrowserFailures };

const stages: readonly Stage[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'build', command: ['node', 'widget/build/build.ts'] },
  {
    name: 'repository: imports, size, texts, exports, docs',
    command: nodeTests('test/repository/**/*.test.ts'),
    runner: nodeRunner,
  },
  {
    name: 'rules, contract, emulator, shop',
    command: nodeTests(
      'test/rules/**/*.test.ts',
      'test/contract/**/*.test.ts',
      'test/emulator/**/*.test.ts',
      'test/shop/**/*.test.ts',
      'test/gallery/**/*.test.ts',
    ),
    runner: nodeRunner,
  },
  {
    name: 'proxy, recipes',
    command: nodeTests('test/server/**/*.test.ts', 'test/recipes/**/*.test.ts'),
    runner: nodeRunner,
  },
  { name: 'faults, short form', command: nodeTests('test/faults/**/*.test.ts'), runner: nodeRunner },
  { name: 'widget in Chromium', command: ['web-test-runner'], runner: browserRunner },
  {
    name: 'codes that scanners read',
    command: nodeTests('test/scanner/**/*.test.ts'),
    runner: nodeRunner,
  },
  { name: 'journeys', command: nodeTests('test/journeys/**/*.test.ts'), runner: nodeRunner },
];

/** Where there is a Firefox, or one can be had. */
const firefoxStages: readonly Stage[] = [
  {
    name: 'widget in Firefox',
    command: ['web-test-runner', '--config', 'web-test-runner.firefox.config.mjs'],
    runner: browserRunner,
  },
  {
    name: 'journeys in Firefox',
    command: nodeTests('test/firefox/**/*.test.ts'),
    runner: nodeRunner,
  },
];

/** Where one of the old Chromiums can be had. */
const oldEngines: Stage = {
  name: 'journeys in old Chromiums',
  command: nodeTests('test/old-engines/**/*.test.ts'),
  runner: nodeRunner,
};

/** Environment variables that name the old Chromiums; why one is left out is told. */
async function findOldPrograms(tell: (line: string) => void): Promise<NodeJS.ProcessEnv> {
  const found: NodeJS.ProcessEnv = {};
  for (const major of oldChromiums) {
    const program = await findOldChromium(major);
    if ('path' in program) found[`CHROMIUM_${major}_PATH`] = program.path;
    else tell(`Chromium ${major} is left out: ${program.missing}.`);
  }
  return found;
}

/** Runs a stage with its output shown as it comes; escape sequences are taken out before counting. */
function run(command: readonly string[], env: NodeJS.ProcessEnv): Promise<{ ok: boolean; output: string }> {
  return new Promise(resolve => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', error => resolve({ ok: false, output: `${output}\n${error.message}` }));
    child.on('close', code => resolve({ ok: code === 0, output: stripVTControlCharacters(output) }));
  });
}

async function main(): Promise<void> {
  const firefox = firefoxIfAny();
  if (!firefox) process.stdout.write('No Firefox here: its stages are left out (FIREFOX_PATH names one).\n');
  const leftOut: string[] = [];
  const old = await findOldPrograms(line => leftOut.push(line));
  process.stdout.write(leftOut.map(line => `${line}\n`).join(''));
  const env = {
    ...process.env,
    ...old,
    CHROME_PATH: await findChromium(),
    ...(firefox && { FIREFOX_PATH: firefox }),
  };
  const only = process.argv.slice(2);
  const all = [
    ...stages,
    ...(Object.keys(old).length > 0 ? [oldEngines] : []),
    ...(firefox ? firefoxStages : []),
  ];
  const wanted = all.filter(stage => only.length === 0 || only.some(word => stage.name.includes(word)));
  const total = { passed: 0, failed: 0 };
  const lines: string[] = [];
  const told: string[] = [];
  for (const { name, command, runner } of wanted) {
    process.stdout.write(`\n── ${name} ──\n`);
    const started = Date.now();
    const { ok, output } = await run(command, env);
    const counted = runner?.count(output) ?? null;
    const tally = counted ?? { passed: ok && !runner ? 1 : 0, failed: ok && !runner ? 0 : 1 };
    // A runner can fail without a failed test: a file that does not load, or no test at all.
    const unexplained =
      (!ok && tally.failed === 0) || (runner !== undefined && tally.passed + tally.failed === 0);
    total.passed += tally.passed;
    total.failed += tally.failed + (unexplained ? 1 : 0);
    const failed = tally.failed + (unexplained ? 1 : 0);
    if (failed > 0) {
      const failures = runner?.failures(output) ?? [];
      told.push(`── failed: ${name} ──`, ...tellFailures(failures, output, linesPerStage), '');
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    lines.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${tally.passed} passed, ${failed} failed, ${seconds} s`,
    );
  }
  process.stdout.write(
    `\n${[...told, ...lines, ...leftOut].join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`,
  );
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main();
