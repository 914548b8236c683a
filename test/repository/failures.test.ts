import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBrowserFailures, readNodeFailures, tellFailures } from '../failures.ts';

const nodeOutput = `✔ one passes (0.68ms)
✖ two differ (1.4ms)
▶ a suite
  ✖ breaks (0.1ms)
✖ a suite (0.3ms)
Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'nowhere.ts'
    at finalizeResolution (node:internal/modules/esm/resolve:275:11)
✖ b.test.ts (62.2ms)
ℹ pass 1
ℹ fail 4

✖ failing tests:

test at a.test.ts:4:1
✖ two differ (1.4ms)
  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:
  
  1 !== 2
  
      at TestContext.<anonymous> (a.test.ts:4:33)
      at Test.run (node:internal/test_runner/test:1047:25) {
    code: 'ERR_ASSERTION',
    actual: 1
  }

test at a.test.ts:7:3
✖ breaks (0.1ms)
  Error: first line
  second line
      at TestContext.<anonymous> (a.test.ts:7:37)

test at a.test.ts:11:1
✖ hangs (50.7ms)
  'test timed out after 50ms'

test at b.test.ts:1:1
✖ b.test.ts (62.2ms)
  'test failed'
`;

const browserOutput = `Running 2 test files...

test/widget/broken.test.ts:

 🚧 404 network requests:
    - test/widget/nowhere.ts

 ❌ Could not import your test module. 


test/widget/failing.test.ts:

 🚧 Browser logs:
      Lit is in dev mode.

 ❌ a thing > is equal
      AssertionError: expected 'abc' to equal 'abd'
      + expected - actual
      
      -abc
      +abd
      
      at n4.<anonymous> (test/widget/failing.test.ts:6:68)

 ❌ a thing > throws
      Error: line one
        at Ma.<anonymous> (test/widget/failing.test.ts:4:29)

Chromium: |██████| 2/2 test files | 1 passed, 2 failed
`;

const trimmed = (failures: ReturnType<typeof readNodeFailures>) =>
  failures.map(({ title, message }) => [title, ...message.map(line => line.trim())]);

describe('what is said again at the end of npm test', () => {
  it('is of node’s tests each title with its place and its error without the stack', () => {
    assert.deepEqual(trimmed(readNodeFailures(nodeOutput)), [
      [
        'two differ (a.test.ts:4:1)',
        'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:',
        '1 !== 2',
      ],
      ['breaks (a.test.ts:7:3)', 'Error: first line', 'second line'],
      ['hangs (a.test.ts:11:1)', "'test timed out after 50ms'"],
      ['b.test.ts (b.test.ts:1:1)', "Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'nowhere.ts'"],
    ]);
  });

  it('is of the browser’s tests the same, and of a module that does not load what is missing', () => {
    assert.deepEqual(trimmed(readBrowserFailures(browserOutput)), [
      ['Could not import your test module. (test/widget/broken.test.ts)', '- test/widget/nowhere.ts'],
      [
        'a thing > is equal (test/widget/failing.test.ts)',
        "AssertionError: expected 'abc' to equal 'abd'",
        '+ expected - actual',
        '-abc',
        '+abd',
      ],
      ['a thing > throws (test/widget/failing.test.ts)', 'Error: line one'],
    ]);
  });

  it('is nothing where nothing failed', () => {
    assert.deepEqual(readNodeFailures('✔ one passes (0.68ms)\nℹ pass 1\nℹ fail 0\n'), []);
    assert.deepEqual(readBrowserFailures('Chromium: |██| 2/2 test files | 1 passed, 0 failed\n'), []);
  });

  it('keeps within its lines, and drops words of errors before titles', () => {
    const failures = Array.from({ length: 20 }, (_, n) => ({
      title: `t${n}`,
      message: ['a', 'b', 'c', 'd'],
    }));
    const told = (count: number, most: number) => tellFailures(failures.slice(0, count), '', most);
    assert.deepEqual(told(1, 10), ['✖ t0', 'a', 'b', 'c', 'd']);
    assert.deepEqual(told(3, 9), ['✖ t0', 'a', 'b', '✖ t1', 'a', 'b', '✖ t2', 'a', 'b']);
    assert.deepEqual(told(20, 20).at(-1), '✖ t19');
    assert.deepEqual(told(20, 5), ['✖ t0', '✖ t1', '✖ t2', '✖ t3', '… of 20 that failed']);
    assert.ok((tellFailures([{ title: 'x'.repeat(999), message: [] }], '', 5)[0]?.length ?? 0) <= 200);
  });

  it('is the end of the output where that names no failure', () => {
    const output = Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join('\n');
    assert.deepEqual(tellFailures([], output, 60).slice(-2), ['line 98', 'line 99']);
    assert.ok(tellFailures([], output, 60).length <= 60);
  });
});
