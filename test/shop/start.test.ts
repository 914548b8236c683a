import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

/** Long enough for a machine that has to build the widget first. */
const startWithin = { timeout: 120_000 };
const script = join(import.meta.dirname, '../../demo/start.ts');

let demo: ChildProcess;
let output = '';
const squatter = createServer();

before(async () => {
  squatter.listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  demo = spawn(process.execPath, [script], {
    env: { ...process.env, SHOP_PORT: String(takenPort()), PORT: '0', EMULATOR_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  demo.stderr?.pipe(process.stderr);
  await new Promise<void>((resolve, reject) => {
    demo.once('exit', code => reject(new Error(`The demo ended with ${code}.\n${output}`)));
    demo.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl+C')) resolve();
    });
  });
}, startWithin);

after(async () => {
  squatter.close();
  if (demo.exitCode !== null) return;
  const ended = once(demo, 'exit');
  // Never SIGKILL: the demo has to end its own proxy.
  demo.kill('SIGTERM');
  await ended;
});

function takenPort(): number {
  return (squatter.address() as AddressInfo).port;
}

function addressOf(name: string): string {
  const address = new RegExp(`${name}\\s+(http://127\\.0\\.0\\.1:\\d+)`).exec(output)?.[1];
  assert.ok(address, output);
  return address;
}

test('a taken port is said, and another one used', () => {
  assert.match(output, new RegExp(`Port ${takenPort()} is taken`));
  assert.notEqual(addressOf('Demo shop'), `http://127.0.0.1:${takenPort()}`);
});

test('shop, proxy and emulator answer at the printed addresses', async () => {
  const answers = await Promise.all([
    fetch(`${addressOf('Demo shop')}/`),
    fetch(`${addressOf('Proxy')}/readyz`),
    fetch(`${addressOf('Emulator')}/_emulator/stats`),
  ]);
  assert.deepEqual(
    answers.map(answer => answer.status),
    [200, 200, 200],
  );
});

test('the end is clean: exit code 0 within two seconds, and nobody listens any more', async () => {
  const asked = performance.now();
  demo.removeAllListeners('exit');
  const ended = once(demo, 'exit');
  demo.kill('SIGTERM');
  const [exitCode] = await ended;
  assert.equal(exitCode, 0);
  assert.ok(performance.now() - asked < 2_000);
  for (const name of ['Demo shop', 'Proxy', 'Emulator']) await assert.rejects(fetch(addressOf(name)));
});
