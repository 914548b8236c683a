/** Child processes die with the test process, however it ends: a failed test must not leave servers behind. */
import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export function leaveNothing(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
}
