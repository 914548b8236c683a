import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { merchantCalls } from './merchant-calls.ts';
import { fieldsIn, problemOf, startStack } from './stack.ts';

interface Contract {
  id: string;
  type: string | null;
  active: boolean;
  methods: string[];
}

test('the contracts of the account are listed with their methods', async t => {
  const stack = await startStack(t);
  const { body } = await merchantCalls(stack).contracts();
  const { contracts } = body as { contracts: Contract[] };
  assert.equal(contracts.length, 5);
  const usable = contracts.filter(({ type, active }) => type === 'PAYIN' && active);
  assert.deepEqual(
    usable.map(({ methods }) => methods),
    [['BOLETO', 'PIX', 'CREDITCARD', 'PAYCASH'], ['PIX'], ['CREDITCARD', 'PAYCASH']],
  );
});

test('the classic dialect has one contract and names only its id', async t => {
  const stack = await startStack(t);
  await stack.dialect('classic');
  const { body } = await merchantCalls(stack).contracts();
  assert.deepEqual(body, {
    contracts: [
      { id: '4239d673-b23e-42a1-81bd-87d0984fb173', name: null, type: null, active: true, methods: [] },
    ],
  });
});

test('contracts need the merchant’s key, a known gateway and a PSP that answers', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  problemOf(await stack.call('GET', '/v1/contracts'), 401, 'unauthorized');
  const unknown = problemOf(await merchant.contracts('?gateway=paypal'), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(unknown), [['/gateway', 'not_offered']]);
  for (const kind of ['garbage', 'status', 'truncate']) {
    await stack.fault({ path: '/merchant/contracts/list', kind, times: 2, status: 502 });
    problemOf(await merchant.contracts(), 503, 'psp_unavailable');
    await stack.control('DELETE', '/faults');
  }
});
