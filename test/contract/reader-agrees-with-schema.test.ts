/**
 * The widget’s hand-written reader against the schema of the wire: same verdict, same value, except for the words that a
 * newer proxy may know and an older tag does not.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkout as checkoutSchema,
  declineActions,
  declineReasons,
  methods,
  statuses,
} from '../../server/contract/checkout.ts';
import { UnreadableError } from '../../widget/api/errors.ts';
import { readCheckout } from '../../widget/api/read-checkout.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const time = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString());
const date = time.map(text => text.slice(0, 10));
const amount = fc.integer({ min: 0, max: 10_000_000 }).map(cents => cents / 100);
const text = fc.string({ maxLength: 20 });
const someText = fc.string({ minLength: 1, maxLength: 20 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const instrument = fc.oneof(
  fc.record({
    method: fc.constant('PIX'),
    code: someText,
    amount,
    qr_code_png: orNull(text),
    expires_at: orNull(time),
  }),
  fc.record({
    method: fc.constant('BOLETO'),
    code: someText,
    amount,
    due_date: orNull(date),
    html: orNull(text),
  }),
  fc.record({
    method: fc.constant('PAYCASH'),
    barcode: someText,
    amount,
    due_date: orNull(date),
    barcode_png: orNull(text),
    instructions_link: orNull(fc.webUrl({ validSchemes: ['https'] })),
  }),
  fc.record({
    method: fc.constant('REDIRECT'),
    url: fc.webUrl({ validSchemes: ['https', 'http'] }),
    label: text,
  }),
);

const good: fc.Arbitrary<Json> = fc.record({
  payment_token: someText,
  gateway: fc.constantFrom('letpay', 'letsia', 'lesspay'),
  status: fc.constantFrom(...statuses),
  verifying: fc.boolean(),
  attempt: fc.integer({ min: 1, max: 9 }),
  method: orNull(fc.constantFrom(...methods)),
  reference_id: text,
  country: fc.constantFrom('BR', 'MX'),
  currency: fc.constantFrom('BRL', 'MXN'),
  methods: fc.subarray([...methods]),
  installments: fc.array(
    fc.record({ installments: fc.integer({ min: 1, max: 24 }), amount, total: amount }),
    {
      maxLength: 2,
    },
  ),
  totals: orNull(
    fc.record({
      amount,
      asset: text,
      original_amount: amount,
      original_asset: text,
      customer_fees: amount,
      customer_amount: amount,
    }),
  ),
  customer_fees: fc.array(fc.record({ name: text, amount, asset: text }), { maxLength: 2 }),
  instrument: orNull(instrument),
  decline: orNull(
    fc.record({
      reason: fc.constantFrom(...declineReasons),
      action: fc.constantFrom(...declineActions),
      code: orNull(text),
    }),
  ),
  payment: orNull(
    fc.record({
      method: fc.constantFrom(...methods),
      installments: orNull(fc.integer({ min: 1, max: 24 })),
      amount: orNull(amount),
      total: orNull(amount),
      brand: orNull(text),
      last4: orNull(text),
      at: orNull(time),
    }),
  ),
  saved_cards: fc.array(
    fc.record({
      public_card_id: text,
      brand: text,
      last4: text,
      exp_month: fc.integer({ min: 1, max: 12 }),
      exp_year: fc.integer({ min: 2020, max: 2050 }),
    }),
    { maxLength: 2 },
  ),
  can: fc.record(
    { submit: fc.boolean(), renew: fc.boolean(), save_card: fc.boolean() },
    { requiredKeys: ['submit', 'renew'] },
  ),
  merchant_name: orNull(text),
  card_brands: fc.array(text, { maxLength: 3 }),
  return_url: orNull(text),
  expires_at: orNull(time),
  test_mode: fc.boolean(),
  now: time,
});

/** What a broken, hostile or newer proxy could say in the place of any value. */
const junk: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  true,
  0,
  1,
  -1,
  13,
  1.5,
  2 ** 60,
  '',
  'NEW_WORD',
  'PIX',
  '123.45',
  '2026-02-30',
  '2026-11-20',
  '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00.000Z',
  '2026-11-20T12:00:00.000+00:00',
  '2026-13-20T12:00:00.000Z',
  'https://example.com/a',
  ' https://example.com/a ',
  'http://example.com',
  'https:example.com',
  'javascript:alert(1)',
  [],
  ['PIX', 'SPEI'],
  [1],
  {},
  { method: 'PIX' },
  { method: 'SPEI', clabe: '1' },
);

/** Every path to a value inside, the whole not among them. */
function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

/** The value with what stands at `path` replaced, or dropped when there is no replacement. */
function mutate(value: Json, [key, ...rest]: (string | number)[], replacement: Json | undefined): Json {
  const copy = structuredClone(value) as Record<string | number, Json>;
  if (key === undefined) return copy;
  if (rest.length > 0) copy[key] = mutate(copy[key] ?? null, rest, replacement);
  else if (replacement !== undefined) copy[key] = replacement;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

const mutated = fc
  .tuple(good, fc.nat(), fc.option(junk, { nil: undefined }))
  .map(([value, seed, replacement]) => {
    const paths = pathsOf(value);
    return mutate(value, paths[seed % paths.length] ?? [], replacement);
  });

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isUnknownWord = (words: readonly string[], value: Json | undefined) =>
  typeof value === 'string' && !words.includes(value);

/** What the proxy would have said if it knew only our words, and all of them: an older one names no brands. */
function inOurWords(value: Json): Json {
  if (!isObject(value)) return value;
  const result = structuredClone(value);
  if (isUnknownWord(statuses, result['status'])) result['status'] = 'UNKNOWN';
  if (isUnknownWord(methods, result['method'])) result['method'] = null;
  if (Array.isArray(result['methods']))
    result['methods'] = result['methods'].filter(word => !isUnknownWord(methods, word));
  result['merchant_name'] ??= null;
  result['card_brands'] ??= [];
  const { instrument, decline, payment } = result;
  if (isObject(instrument) && isUnknownWord(['PIX', 'BOLETO', 'PAYCASH', 'REDIRECT'], instrument['method'])) {
    result['instrument'] = null;
  }
  if (isObject(payment) && isUnknownWord(methods, payment['method'])) payment['method'] = 'REDIRECT';
  if (isObject(decline)) {
    if (isUnknownWord(declineReasons, decline['reason'])) decline['reason'] = 'unknown';
    if (isUnknownWord(declineActions, decline['action'])) decline['action'] = 'other_card';
  }
  return result;
}

function assertAgree(value: Json): void {
  const expected = checkoutSchema.safeParse(inOurWords(value));
  if (expected.success) assert.deepEqual(readCheckout(value), expected.data);
  else assert.throws(() => readCheckout(value), UnreadableError);
}

test('both take every good Checkout and give the same value', () => {
  fc.assert(
    fc.property(good, value => {
      assert.ok(checkoutSchema.safeParse(value).success);
      assertAgree(value);
    }),
  );
});

test('both give the same verdict when any one value is dropped or replaced', () => {
  fc.assert(fc.property(mutated, assertAgree), { numRuns: 3000 });
});

test('both refuse what is no object', () => {
  for (const value of [null, [], 'x', 1, {}]) assertAgree(value);
});

test('both drop fields that they do not know', () => {
  fc.assert(
    fc.property(good, value => {
      const more = { ...(value as object), refresh_token: 'secret' } as Json;
      assertAgree(more);
      assert.equal('refresh_token' in readCheckout(more), false);
    }),
    { numRuns: 20 },
  );
});
