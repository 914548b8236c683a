import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPartLoader } from '../../widget/part-loader.ts';

/** An engine that keeps a failed import for ever, as Firefox until 154 and Safari do. `cut`: how many requests die. */
function engineThatRemembers(cut: Record<string, number>) {
  const asked: string[] = [];
  const kept = new Map<string, Promise<object>>();
  const load = (address: string) => {
    const fetched = async () => {
      asked.push(address);
      const file = address.replace(/\?.*/, '');
      const left = cut[file] ?? 0;
      cut[file] = left - 1;
      if (left > 0) throw new TypeError('error loading dynamically imported module');
      return { file };
    };
    const module = kept.get(address) ?? fetched();
    kept.set(address, module);
    return module;
  };
  return { asked, load };
}

const notPinned = () => false;

test('a file that failed is asked for again under another address, each time', async () => {
  const { asked, load } = engineThatRemembers({ './a.js': 2 });
  const parts: Record<string, object> = {};
  const loadParts = createPartLoader(parts, load, notPinned);
  await assert.rejects(loadParts(['./a.js']), TypeError);
  await assert.rejects(loadParts(['./a.js']), TypeError);
  assert.deepEqual(await loadParts(['./a.js']), { file: './a.js' });
  assert.deepEqual(asked, ['./a.js', './a.js?again=1', './a.js?again=2']);
  assert.deepEqual(parts, { './a.js': { file: './a.js' } });
});

test('what a file needs is there before it runs, and a failure of it alone is repeated', async () => {
  const { asked, load } = engineThatRemembers({ './needed.js': 1 });
  const loadParts = createPartLoader({}, load, notPinned);
  await assert.rejects(loadParts(['./needed.js', './a.js']), TypeError);
  assert.deepEqual(await loadParts(['./needed.js', './a.js']), { file: './a.js' });
  assert.deepEqual(asked, ['./needed.js', './needed.js?again=1', './a.js']);
});

test('a file is asked for once, however often it is wanted', async () => {
  const { asked, load } = engineThatRemembers({});
  const loadParts = createPartLoader({}, load, notPinned);
  await Promise.all([loadParts(['./a.js']), loadParts(['./a.js'])]);
  await loadParts(['./a.js', './b.js']);
  assert.deepEqual(asked, ['./a.js', './b.js']);
});

test('a file that the page has pinned is asked for under no other address', async () => {
  const { asked, load } = engineThatRemembers({ './a.js': 1 });
  const loadParts = createPartLoader({}, load, address => address === './a.js');
  await assert.rejects(loadParts(['./a.js']), TypeError);
  await assert.rejects(loadParts(['./a.js']), TypeError);
  assert.deepEqual(asked, ['./a.js']);
});
