/** What failed in a stage, read from what its runner printed, short enough to be said again at the end. Pure. */

export interface Failure {
  readonly title: string;
  /** The error’s own words, line by line, without its stack. */
  readonly message: readonly string[];
}

const widest = 200;
/** So much of a stage’s end is shown where its output names no failure: a crash, a linter, a compiler. */
const tailLines = 30;

/** node:test’s reporter `spec` lists what failed at its end. */
export function readNodeFailures(output: string): Failure[] {
  const [, list = ''] = /^✖ failing tests:\n([\s\S]*)$/m.exec(output) ?? [];
  const failures = list.split(/^test at /m).flatMap(text => {
    const [place = '', title = '', ...rest] = text.trim().split('\n');
    if (!title.startsWith('✖ ')) return [];
    const stackAt = rest.findIndex(line => /^\s+at /.test(line));
    const message = withoutEmpty(stackAt === -1 ? rest : rest.slice(0, stackAt));
    return [{ title: `${title.slice(2).replace(/ \([\d.]+ms\)$/, '')} (${place})`, message }];
  });
  return failures.map(failure => (isWithoutCause(failure) ? withUncaught(failure, output) : failure));
}

/** A file that does not load is said to have failed and no more; why stands where it was printed. */
function isWithoutCause({ message }: Failure): boolean {
  return message.join().trim() === "'test failed'";
}

function withUncaught({ title }: Failure, output: string): Failure {
  return { title, message: output.match(/^\w*Error\b.*: .*$/gm) ?? [] };
}

/** web-test-runner prints by file: what the browser logged, and each failed test after a cross. */
export function readBrowserFailures(output: string): Failure[] {
  const failures: Failure[] = [];
  let file = '';
  let logged: string[] = [];
  let open: string[] | null = null;
  for (const line of output.split('\n')) {
    const [, nextFile] = /^(\S+\.test\.ts):$/.exec(line) ?? [];
    const [, title] = /^ ❌ (.+)$/.exec(line) ?? [];
    if (nextFile !== undefined) {
      file = nextFile;
      logged = [];
      open = null;
    } else if (title !== undefined) {
      open = title.startsWith('Could not import') ? [...logged] : [];
      failures.push({ title: `${title.trim()} (${file})`, message: open });
    } else if (line.startsWith(' 🚧')) {
      open = logged;
    } else if (!line.startsWith('    ')) {
      open = null;
    } else if (line.trim() !== '' && !/^\s+at /.test(line)) {
      open?.push(line);
    }
  }
  return failures;
}

/** At most `most` lines: every title while they fit, and as much of the messages as there is room for. */
export function tellFailures(failures: readonly Failure[], output: string, most: number): string[] {
  if (failures.length === 0) return withoutEmpty(output.split('\n')).slice(-tailLines).map(cut);
  const room = Math.max(0, Math.floor(most / failures.length) - 1);
  const lines = failures.flatMap(({ title, message }) => [`✖ ${title}`, ...message.slice(0, room)]).map(cut);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `… of ${failures.length} that failed`];
}

function withoutEmpty(lines: readonly string[]): string[] {
  return lines.filter(line => line.trim() !== '');
}

function cut(line: string): string {
  return line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
}
