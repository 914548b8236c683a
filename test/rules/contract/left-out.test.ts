/** `null` and an empty text mean “left out”, for every field of every body that the proxy takes. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { z } from 'zod';
import { captureRequest } from '../../../server/contract/capture.ts';
import { withoutLeftOut } from '../../../server/contract/left-out.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { personRequest, quoteRequest, tokenPaymentRequest } from '../../../server/contract/person.ts';
import { refundRequest } from '../../../server/contract/refund.ts';
import { submissionSchema } from '../../../server/contract/submission.ts';
import { invalidFields } from '../../../server/problem.ts';

const payer = {
  person_firstname: 'Alice',
  person_surname: 'Sonnentag',
  person_taxid: '39784045087',
  person_email: 'alice@example.com',
};
const cardData = {
  card_number: '4539620659922097',
  card_holder: 'Alice Sonnentag',
  card_cvv: '123',
  card_month: 12,
  card_year: 2030,
};
const authentication = { cavv: 'c', xid: 'x', eci: '05', version: '2.2.0', dstrans_id: 'd' };

/** A good body with its required fields alone, for each kind of request. */
const bodies: readonly [name: string, schemaFor: (body: unknown) => z.ZodType, body: object][] = [
  ['order', () => orderRequest, { amount: 1, asset: 'BRL', reference_id: 'R', ...payer }],
  ['new card', submissionSchema, { method: 'CREDITCARD', ...cardData }],
  ['debit card', submissionSchema, { method: 'DEBITCARD', ...cardData, authentication }],
  ['saved card', submissionSchema, { method: 'CREDITCARD', public_card_id: 'CAR-1' }],
  ['Pix', submissionSchema, { method: 'PIX' }],
  ['refund', () => refundRequest, {}],
  ['capture', () => captureRequest, {}],
  ['person', () => personRequest, { ...payer, ...cardData }],
  ['quote', () => quoteRequest, { amount: 1, asset: 'BRL', public_person_id: 'PER-1' }],
  [
    'token payment',
    () => tokenPaymentRequest,
    { amount: 1, asset: 'BRL', reference_id: 'R', public_person_id: 'PER-1', public_card_id: 'CAR-1' },
  ],
];

const nothings = [null, ''];

function read(schemaFor: (body: unknown) => z.ZodType, sent: object) {
  const schema = schemaFor(sent);
  const body = withoutLeftOut(schema, sent);
  return { result: schema.safeParse(body), body };
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  assert.ok(schema instanceof z.ZodObject);
  return schema.shape as Record<string, z.ZodType>;
}

for (const [name, schemaFor, body] of bodies) {
  const shape = shapeOf(schemaFor(body));
  const bare = read(schemaFor, body).result;

  test(`${name}: an optional field that is null or empty is the same as none`, () => {
    assert.ok(bare.success);
    for (const field of Object.keys(shape).filter(field => !(field in body))) {
      for (const nothing of nothings) {
        const { result } = read(schemaFor, { ...body, [field]: nothing });
        assert.deepEqual(result.data, bare.data, field);
      }
    }
  });

  test(`${name}: a required field that is null or empty is missing`, () => {
    for (const field of Object.keys(body).filter(field => field !== 'public_card_id')) {
      for (const nothing of nothings) {
        const { result, body: cleaned } = read(schemaFor, { ...body, [field]: nothing });
        assert.ok(result.error, field);
        const [error, ...others] = invalidFields(result.error, cleaned).errors ?? [];
        assert.deepEqual([error?.pointer, error?.code], [`/${field}`, 'required']);
        assert.deepEqual(others, []);
      }
    }
  });
}

test('a part of a field that is null or empty is missing in that part', () => {
  const body = { method: 'CREDITCARD', ...cardData, authentication: { ...authentication, xid: null } };
  const { result, body: cleaned } = read(submissionSchema, body);
  assert.ok(result.error);
  assert.deepEqual(
    invalidFields(result.error, cleaned).errors?.map(({ pointer, code }) => [pointer, code]),
    [['/authentication/xid', 'required']],
  );
});

test('a new card with an empty saved card beside it is a new card, and the other way round', () => {
  for (const nothing of nothings) {
    const fresh = read(submissionSchema, { method: 'CREDITCARD', ...cardData, public_card_id: nothing });
    assert.ok(fresh.result.success && 'card_number' in (fresh.result.data as object));
    const saved = { method: 'CREDITCARD', public_card_id: 'CAR-1', card_number: nothing };
    assert.ok(read(submissionSchema, saved).result.success);
  }
});

test('what the merchant keeps in extra_data stays as it is, empty or not', () => {
  const extra_data = { note: '', answer: null, deep: { empty: '' } };
  const { result } = read(() => orderRequest, { ...bodies[0]?.[2], extra_data });
  assert.deepEqual((result.data as { extra_data: unknown }).extra_data, extra_data);
});

test('a field that nobody knows is not excused by its emptiness where no other may be', () => {
  assert.ok(read(() => refundRequest, { amuont: null }).result.error);
  assert.ok(read(() => captureRequest, { amuont: '' }).result.error);
});
