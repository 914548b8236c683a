/** Vectors: the worked example of the documents (facts section 7.1), the rest computed from the rule as it is described. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { rawFields } from '../../../../server/gateways/lesspay/raw-fields.ts';
import { isSignedWith, signatureOf } from '../../../../server/gateways/lesspay/signature.ts';

const secret = 'Wy31kFZf4jkE+Y2XZhmFuQ';
const documented = '{"target_currency":"USDT","target_amount":100,"transaction_type":"PAY_IN"}';
const documentedSignature = 'CA7807E87BCE0AE490E7ADBD4E600E5112347C818AC06E07352F28CB2FDD70DF';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').toUpperCase();

test('the example of the documents has the signature that its string gives', () => {
  assert.equal(signatureOf(documented, secret), documentedSignature);
});

const signed: readonly (readonly [why: string, body: string, text: string])[] = [
  ['fields are sorted by ASCII', '{"b":"2","a":"1","B":"3","_":"4"}', 'B=3&_=4&a=1&b=2&key=s'],
  ['null and "" are left out', '{"a":null,"b":"","c":"x"}', 'c=x&key=s'],
  ['zero and false are values', '{"a":0,"b":false}', 'a=0&b=false&key=s'],
  ['a number keeps its digits', '{"a":100.00}', 'a=100.00&key=s'],
  [
    'a nested value stays as it is spaced',
    '{"a":{"z": 1, "y":[2 ]},"b":[]}',
    'a={"z": 1, "y":[2 ]}&b=[]&key=s',
  ],
  ['space between fields is no part of them', ' { "a" : "1" ,\n"b" : 2 } ', 'a=1&b=2&key=s'],
  [
    'a text is taken without its quotes and escapes',
    '{"a":"say \\"hi\\", ç \\u00e9"}',
    'a=say "hi", ç é&key=s',
  ],
  ['brackets and commas in a text are text', '{"a":"{[,:\\\\","b":1}', 'a={[,:\\&b=1&key=s'],
  ['a name may hold anything', '{"a\\":{":1}', 'a":{=1&key=s'],
  ['nothing to sign is the secret alone', '{}', 'key=s'],
];

for (const [why, body, text] of signed) {
  test(`signature: ${why}`, () => assert.equal(signatureOf(body, 's'), hashOf(text)));
}

for (const body of ['', 'null', '[]', '"a"', '{', '{"a":1', 'SUCCESS', '{"a":1}x']) {
  test(`${JSON.stringify(body)} is no object and has no signature`, () => {
    assert.equal(signatureOf(body, 's'), null);
    assert.equal(isSignedWith(body, 's', hashOf('key=s')), false);
  });
}

test('a signature is good for one body and one secret', () => {
  assert.equal(isSignedWith(documented, secret, documentedSignature), true);
  assert.equal(isSignedWith(documented, secret, documentedSignature.toLowerCase()), true);
  assert.equal(isSignedWith(documented.replace('100', '101'), secret, documentedSignature), false);
  assert.equal(isSignedWith(documented, `${secret}x`, documentedSignature), false);
});

for (const given of [
  undefined,
  '',
  ' ',
  'CA7807E8',
  `${documentedSignature}00`,
  'é'.repeat(32),
  'Z'.repeat(64),
]) {
  test(`${given === undefined ? 'no signature' : `“${given.slice(0, 12)}” (${given.length})`} is not a good one`, () => {
    assert.equal(isSignedWith(documented, secret, given), false);
  });
}

test('every field of an object is found, with what stands between its colon and the next comma', () => {
  const text = '{"a":{"b":{"c":[1,{"d":","}]}},"e":"\\\\","f":[ ],"g":true}';
  assert.deepEqual(
    [...(rawFields(text) ?? [])],
    [
      ['a', '{"b":{"c":[1,{"d":","}]}}'],
      ['e', '"\\\\"'],
      ['f', '[ ]'],
      ['g', 'true'],
    ],
  );
});
