/**
 * Requests that are wrong by construction: a request that would be good, with one thing broken, so that any 2xx is a
 * mistake of the proxy. A marker goes wherever input can be placed; it must not come back.
 */
import fc from 'fast-check';
import { cardSubmission } from './cards.ts';
import { order } from './crew.ts';
import type { RawRequest } from './raw-http.ts';

export interface BadRequest extends RawRequest {
  /** What is wrong with it. */
  readonly fault: string;
  /** It breaks HTTP itself: an end of the connection is an answer too. */
  readonly breaksHttp: boolean;
}

interface Good {
  readonly method: string;
  readonly path: string;
  readonly auth: boolean;
  readonly key: boolean;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** In no word of ours, and nothing that a token, key or id may not hold. */
export const marker = 'zqx7marker';

const unknownToken = 'f0000000-0000-4000-8000-000000000000';

const goodRequests = (token: string): readonly Good[] => [
  { method: 'POST', path: '/v1/orders', auth: true, key: true, body: order },
  { method: 'GET', path: `/v1/orders/${token}`, auth: true, key: false, body: null },
  { method: 'GET', path: '/v1/orders?reference_id=CREW-1', auth: true, key: false, body: null },
  { method: 'POST', path: `/v1/orders/${token}/capture`, auth: true, key: true, body: { amount: 1 } },
  { method: 'POST', path: `/v1/orders/${token}/refunds`, auth: true, key: true, body: { amount: 1 } },
  { method: 'POST', path: '/v1/persons', auth: true, key: true, body: { person_firstname: 'Alice' } },
  { method: 'GET', path: `/v1/checkout/${token}`, auth: false, key: false, body: null },
  {
    method: 'POST',
    path: `/v1/checkout/${token}/sendPayment`,
    auth: false,
    key: true,
    body: cardSubmission(1),
  },
  {
    method: 'POST',
    path: `/v1/checkout/${token}/sendPayment`,
    auth: false,
    key: true,
    body: { method: 'PIX' },
  },
  { method: 'POST', path: `/v1/checkout/${token}/renew`, auth: false, key: true, body: null },
  { method: 'GET', path: `/v1/checkout/${token}/events`, auth: false, key: false, body: null },
  { method: 'GET', path: `/pay/${token}`, auth: false, key: false, body: null },
  { method: 'POST', path: '/v1/callbacks/letpay', auth: false, key: false, body: { payment_token: token } },
];

const hasBody = (good: Good) => good.body !== null;
const needsBody = (good: Good) => hasBody(good) && !good.path.startsWith('/v1/callbacks');

function requestFor(good: Good, merchantKey: string): RawRequest {
  const body = Buffer.from(good.body === null ? '' : JSON.stringify(good.body));
  return {
    method: good.method,
    target: good.path,
    headers: [
      ['Host', '127.0.0.1'],
      ...(good.auth ? ([['Authorization', `Bearer ${merchantKey}`]] as const) : []),
      ...(good.key ? ([['Idempotency-Key', 'fuzz-key']] as const) : []),
      ...(hasBody(good) ? ([['Content-Type', 'application/json']] as const) : []),
    ],
    body,
    contentLength: good.method === 'GET' ? null : body.length,
  };
}

const withHeader = (request: RawRequest, name: string, value: string | null): RawRequest => ({
  ...request,
  headers: [
    ...request.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase()),
    ...(value === null ? [] : ([[name, value]] as const)),
  ],
});
const withBody = (request: RawRequest, body: Buffer | string): RawRequest => {
  const bytes = Buffer.from(body);
  return { ...request, body: bytes, contentLength: bytes.length };
};

const visible = fc.string({
  unit: fc.constantFrom(..."abcXYZ019-_.~!$&'()*+,;=:@"),
  minLength: 1,
  maxLength: 40,
});
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '\0',
    '\u202e',
    '\ud800',
    '__proto__',
    'constructor',
    '{{7*7}}',
    "' OR 1=1 --",
    '<script>',
    '%00',
    'NaN',
  ),
);
const marked = nastyText.map(text => `${marker}${text}`);
const pathPart = fc.oneof(
  visible.map(text => `${marker}${text}`),
  fc.constantFrom(
    '%00',
    '%zz',
    '%',
    '%2e%2e%2f',
    '..',
    '%c0%af',
    '%F0%9F%98%80',
    'a'.repeat(4_000),
    '{}',
    '%22',
  ),
);

/** A value that no field of ours may hold. */
const wrongValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, -1, 0, 1e308, 0.1 + 0.2, '', ' ', [[]], { a: 1 }),
  marked,
  fc.array(marked, { maxLength: 3 }),
  fc.dictionary(marked, marked, { maxKeys: 3 }),
);

const deep = (levels: number, open: string, close: string) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

const notJson = fc.oneof(
  marked.map(text => `{"method": ${text}`),
  fc.constantFrom(
    '',
    '{',
    'null null',
    '{"a":1,}',
    "{'a':1}",
    'undefined',
    '\ufeff{}',
    '{"a":NaN}',
    `[${marker}]`,
  ),
  fc.uint8Array({ minLength: 1, maxLength: 400 }).map(bytes => Buffer.concat([Buffer.from([0xff]), bytes])),
);

/** Fields whose wrong value must be refused, by path. */
const strictFields: readonly (readonly [path: RegExp, fields: readonly string[]])[] = [
  [
    /\/orders$/,
    ['amount', 'asset', 'reference_id', 'person_firstname', 'person_taxid', 'person_email', 'methods'],
  ],
  [/\/sendPayment$/, ['method']],
];

function pick(goods: readonly Good[], which: (good: Good) => boolean = () => true): fc.Arbitrary<Good> {
  return fc.constantFrom(...goods.filter(which));
}

export function badRequests(token: string, merchantKey: string): fc.Arbitrary<BadRequest> {
  const goods = goodRequests(token);
  const build = (good: Good) => requestFor(good, merchantKey);
  const bad = (fault: string, request: RawRequest, breaksHttp = false): BadRequest => ({
    ...request,
    fault,
    breaksHttp,
  });

  const unknownPath = fc
    .tuple(pick(goods), fc.array(pathPart, { minLength: 1, maxLength: 3 }))
    .map(([good, parts]) =>
      bad('unknown path', { ...build(good), target: `/v1/${marker}/${parts.join('/')}` }),
    );
  const wrongMethod = fc
    .tuple(
      pick(goods),
      fc.constantFrom('PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE', 'QUERY', 'SEARCH', 'LINK'),
    )
    .map(([good, method]) => bad('wrong method', { ...build(good), method }));
  const wrongKey = fc
    .tuple(
      pick(goods, good => good.auth),
      fc.oneof(
        fc.constantFrom<string | null>(null, '', 'Bearer', 'Bearer ', 'Basic ZGVtbzpkZW1v'),
        visible.map(text => `Bearer ${marker}${text}`),
      ),
    )
    .map(([good, value]) => bad('no merchant key', withHeader(build(good), 'Authorization', value)));
  const foreignOrigin = fc
    .tuple(
      pick(goods, good => good.path.startsWith('/v1/checkout')),
      fc.oneof(
        fc.constantFrom(
          'null',
          'https://shop.example.evil.example',
          'http://shop.example',
          'https://shop.example:444',
        ),
        visible.map(text => `https://${marker}${text}`),
      ),
    )
    .map(([good, origin]) => bad('foreign origin', withHeader(build(good), 'Origin', origin)));
  const unknownTokens = fc
    .tuple(
      pick(
        goods,
        good => good.path.includes(token) && (good.path.includes('checkout') || good.path.includes('/pay/')),
      ),
      fc.oneof(pathPart, fc.constant(unknownToken), fc.uuid()),
    )
    .map(([good, part]) => bad('unknown token', { ...build(good), target: good.path.replace(token, part) }));
  const badKey = fc
    .tuple(
      pick(goods, good => good.key && good.path.startsWith('/v1/checkout')),
      fc.constantFrom<string | null>(
        null,
        '',
        '""',
        'two words',
        `${marker} x`,
        'k'.repeat(201),
        '\xe9\xe9',
        '\x7f\x7f',
      ),
    )
    .map(([good, key]) => bad('bad Idempotency-Key', withHeader(build(good), 'Idempotency-Key', key)));
  const wrongType = fc
    .tuple(
      pick(goods, needsBody),
      fc.oneof(
        fc.constantFrom<string | null>(
          null,
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
        ),
        visible.map(text => `text/${marker}${text}`),
      ),
    )
    .map(([good, type]) => bad('wrong content type', withHeader(build(good), 'Content-Type', type)));
  const brokenJson = fc
    .tuple(pick(goods, needsBody), notJson)
    .map(([good, body]) => bad('no JSON', withBody(build(good), body)));
  const wrongShape = fc
    .tuple(pick(goods, needsBody), wrongValue)
    .filter(([, value]) => typeof value !== 'object' || value === null || Array.isArray(value))
    .map(([good, value]) => bad('no object', withBody(build(good), JSON.stringify(value))));
  const wrongField = fc
    .tuple(
      pick(goods, good => needsBody(good) && strictFields.some(([path]) => path.test(good.path))),
      fc.nat(),
      fc.oneof(fc.constantFrom<unknown>(null, true, {}, -1, '', [marker]), fc.constant({ [marker]: marker })),
    )
    .map(([good, number, value]) => {
      const fields = strictFields.find(([path]) => path.test(good.path))?.[1] ?? [];
      const body = { ...good.body, [fields[number % fields.length] ?? 'method']: value, [marker]: marker };
      return bad('wrong field', withBody(build(good), JSON.stringify(body)));
    });
  const deepJson = fc
    .tuple(pick(goods, needsBody), fc.integer({ min: 200, max: 14_000 }), fc.boolean(), fc.boolean())
    .map(([good, levels, array, inside]) => {
      const nested = array ? deep(levels, '[', ']') : deep(Math.min(levels, 5_000), '{"a":', '}');
      const text = inside
        ? `${JSON.stringify({ ...good.body, amount: -1, method: 'NONE' }).slice(0, -1)},"extra_data":${nested}}`
        : nested;
      return bad('deep JSON', withBody(build(good), text));
    });
  const huge = fc
    .tuple(pick(goods, hasBody), fc.integer({ min: 33_000, max: 400_000 }))
    .map(([good, size]) =>
      bad(
        'huge body',
        withBody(build(good), JSON.stringify({ ...good.body, [marker]: 'x'.repeat(size) })),
        true,
      ),
    );
  const tooShort = fc
    .tuple(pick(goods, needsBody), fc.integer({ min: 1, max: 500 }))
    .map(([good, missing]) => {
      const request = build(good);
      return bad(
        'Content-Length too long',
        { ...request, contentLength: request.body.length + missing },
        true,
      );
    });
  const tooLong = fc.tuple(pick(goods, needsBody), fc.integer({ min: 1, max: 40 })).map(([good, cut]) => {
    const request = build(good);
    return bad(
      'Content-Length too short',
      { ...request, contentLength: Math.max(0, request.body.length - cut) },
      true,
    );
  });
  const brokenHttp = fc
    .tuple(
      pick(goods),
      fc.constantFrom<readonly [string, string]>(
        ['Content-Length', 'x'],
        ['Content-Length', '-1'],
        ['Transfer-Encoding', 'chunked, gzip'],
        ['Bad Name', marker],
        ['X-Long', marker.repeat(4_000)],
        ['X-Nul', `${marker}\0`],
        ['Transfer-Encoding', 'chunked'],
      ),
    )
    .map(([good, [name, value]]) => {
      const request = build(good);
      const broken = { ...request, body: Buffer.from(`${marker}\r\n`), contentLength: null };
      return bad('broken HTTP', { ...broken, headers: [...request.headers, [name, value] as const] }, true);
    });
  const brokenFirstLine = fc
    .tuple(pick(goods), fc.constantFrom('G E T', '', 'GET\t', 'gét', '{', `${marker}`))
    .map(([good, method]) => bad('broken first line', { ...build(good), method }, true));

  return fc.oneof(
    unknownPath,
    wrongMethod,
    wrongKey,
    foreignOrigin,
    unknownTokens,
    badKey,
    wrongType,
    brokenJson,
    wrongShape,
    wrongField,
    deepJson,
    huge,
    tooShort,
    tooLong,
    brokenHttp,
    brokenFirstLine,
  );
}
