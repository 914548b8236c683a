import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../demo/emulator/main.ts', import.meta.url));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`prints its address and credentials in one line, and stops cleanly on ${signal}`, async () => {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, EMULATOR_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    assert.match(line, /demo\/demo/);
    assert.equal((await fetch(`${url}/_emulator/stats`)).status, 200);
    child.kill(signal);
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });
}
