import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../../server/config.ts';
import { environment } from './stack.ts';

function errorOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env, '/widget');
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return assert.fail('the configuration was taken');
}

test('the documented defaults hold', () => {
  const { MERCHANT_API_KEY, LETPAY_API_KEY, LETPAY_API_SECRET } = environment;
  const config = readConfig({ MERCHANT_API_KEY, LETPAY_API_KEY, LETPAY_API_SECRET }, '/widget');
  assert.deepEqual(
    [config.port, config.host, config.letpay.apiUrl, config.storeUrl, config.storeKey],
    [8787, '127.0.0.1', 'https://api-sandbox.letpay.io', 'sqlite:./data/letpay.db', null],
  );
  assert.deepEqual(
    [config.cardTriesPerCheckout, config.pspTimeoutMs, config.trustedProxies],
    [5, 20_000, { kind: 'none' }],
  );
  assert.deepEqual([...config.allowedOrigins], ['http://127.0.0.1:8787']);
});

const bad: Record<string, string> = {
  PORT: 'eighty',
  LETPAY_API_URL: 'sandbox',
  ALLOWED_ORIGINS: 'https://shop.example,shop',
  PUBLIC_URL: 'ftp://pay.example',
  STORE_URL: 'mongo://store',
  DEFAULT_METHODS: 'PIX,OXXO',
  LETPAY_SIMPLE_METHODS: 'PAYCASH,BOLETO',
  CARD_TRIES_PER_CHECKOUT: '77777',
  PSP_TIMEOUT_MS: '55',
  MERCHANT_WEBHOOK_TIMEOUT_MS: '60001',
  TRUST_PROXY: 'perhaps',
  MERCHANT_NAME: 'Loja'.repeat(21),
  CARD_BRANDS: 'visa,bestcard',
};

test('every bad or missing variable is named at once', () => {
  const message = errorOf(bad);
  for (const name of [...Object.keys(bad), 'MERCHANT_API_KEY', 'LETPAY_API_KEY']) {
    assert.match(message, new RegExp(`^  .*\\b${name}\\b`, 'm'), name);
  }
});

for (const [name, value] of Object.entries(bad)) {
  test(`a bad ${name} is named alone, and its value is not repeated`, () => {
    const message = errorOf({ ...environment, [name]: value });
    assert.deepEqual(
      [...message.matchAll(/^ {2}([A-Z_]+)/gm)].map(([, found]) => found),
      [name],
    );
    assert.ok(!message.includes(value.split(',').at(-1) ?? value), message);
  });
}

const originFaults: readonly [origin: string, words: RegExp][] = [
  ['https://shop.example/', /must be written as browsers send it.*: https:\/\/shop\.example$/m],
  ['HTTPS://SHOP.example', /must be written as browsers send it.*: https:\/\/shop\.example$/m],
  ['https://shop.example:443', /must be written as browsers send it.*: https:\/\/shop\.example$/m],
  ['https://loja-café.com.br', /as browsers send it: xn--loja-caf-i1a\.com\.br$/m],
  ['https://shop.example/pay', /path/],
  ['https://shop.example?x=1', /query/],
  ['https://shop.example/?', /query/],
  ['https://shop.example/#a', /query or fragment/],
  ['https://hidden-user:hidden-word@shop.example', /user name or password/],
  ['https://*.shop.example', /wildcards/],
  ['https://*.shop.example/x', /wildcards/],
  ['*', /wildcards/],
  ['null', /null and file:/],
  ['file://', /null and file:/],
  ['file:///home/shop.html', /null and file:/],
  ['capacitor://localhost/', /no slash/],
  ['capacitor://localhost/index', /path/],
  ['capacitor://', /must name a host/],
  ['ftp://shop.example', /must be an origin/],
  ['javascript://shop.example', /must be an origin/],
  ['shop.example', /must be an origin/],
];

for (const [origin, words] of originFaults) {
  test(`the origin ${origin} is refused at the start, with words`, () => {
    const message = errorOf({ ...environment, ALLOWED_ORIGINS: origin });
    assert.match(message, words);
    assert.match(message, /ALLOWED_ORIGINS/);
    assert.doesNotMatch(message, /hidden/);
  });
}

test('pages in the web view of an app are named by their own schemes', () => {
  const origins = [
    'capacitor://localhost',
    'ionic://localhost',
    'tauri://localhost',
    'app://localhost',
    'app://-',
    'http://localhost:8100',
    'https://[2001:db8::7]:8443',
  ];
  const config = readConfig({ ...environment, ALLOWED_ORIGINS: origins.join(',') }, '/widget');
  assert.deepEqual([...config.allowedOrigins].slice(0, -1), origins);
});

const addresses = ['PUBLIC_URL', 'LETPAY_API_URL', 'LETSIA_API_URL', 'LESSPAY_API_URL'];

for (const name of addresses) {
  test(`${name} takes no query, fragment, user name or password`, () => {
    for (const [address, words] of [
      ['https://pay.example/?x=1', /query or fragment/],
      ['https://pay.example/base?', /query or fragment/],
      ['https://pay.example/#top', /query or fragment/],
      ['https://hidden-user:hidden-word@pay.example', /user name or password/],
      ['https://hidden-user@pay.example', /user name or password/],
    ] as const) {
      const message = errorOf({ ...environment, [name]: address });
      assert.match(message, new RegExp(`${name}: `));
      assert.match(message, words);
      assert.doesNotMatch(message, /hidden/);
    }
  });
}

test('half a pair of credentials is not enough, and no secret is repeated', () => {
  const message = errorOf({
    ...environment,
    LETPAY_API_SECRET: undefined,
    LETPAY_API_KEY: 'half-of-a-secret',
  });
  assert.match(message, /LETPAY_API_SECRET/);
  assert.ok(!message.includes('half-of-a-secret'));
});

test('STORE_KEY is one key or two, and a short one of them is warned of', () => {
  const long = 'a-store-key-of-enough-characters';
  const warned = (key: string) =>
    readConfig({ ...environment, STORE_KEY: key }, '/widget').warnings.filter(text =>
      text.includes('STORE_KEY'),
    );
  assert.deepEqual(warned(`${long} ${long}-old`), []);
  assert.deepEqual(warned(`short ${long}`), ['STORE_KEY is shorter than 24 characters']);
  assert.deepEqual(warned(`${long} short`), ['The old key in STORE_KEY is shorter than 24 characters']);
  for (const key of [`${long} ${long} ${long}`, '   ']) {
    const message = errorOf({ ...environment, STORE_KEY: key });
    assert.match(message, /STORE_KEY: must be one key, or two/);
    assert.ok(!message.includes(long));
  }
});

test('an empty variable counts as not set', () => {
  assert.equal(readConfig({ ...environment, PORT: '', STORE_KEY: '' }, '/widget').port, 8787);
});

test('origins are trimmed, and the public address is one of them', () => {
  const config = readConfig(
    {
      ...environment,
      ALLOWED_ORIGINS: ' https://a.example , https://b.example:8443',
      PUBLIC_URL: 'https://pay.example/base/',
    },
    '/widget',
  );
  assert.deepEqual(
    [...config.allowedOrigins],
    ['https://a.example', 'https://b.example:8443', 'https://pay.example'],
  );
  assert.equal(config.publicUrl, 'https://pay.example/base');
});

test('a contract per method is read', () => {
  const config = readConfig(
    { ...environment, LETPAY_CONTRACT_ID_PIX: 'P', LETPAY_CONTRACT_ID: 'C' },
    '/widget',
  );
  assert.deepEqual([config.letpay.contractId, config.letpay.contractIdByMethod], ['C', { PIX: 'P' }]);
});

test('Paycash in one step is off until it is named', () => {
  const simpleMethods = (value?: string) =>
    readConfig({ ...environment, LETPAY_SIMPLE_METHODS: value }, '/widget').letpay.simpleMethods;
  assert.deepEqual([simpleMethods(), simpleMethods(' PAYCASH ')], [[], ['PAYCASH']]);
});

test('an operator is warned of what works and should not be', () => {
  const { warnings } = readConfig(
    { ...environment, MERCHANT_API_KEY: 'short', STORE_KEY: undefined },
    '/widget',
  );
  assert.deepEqual(
    ['MERCHANT_API_KEY', 'STORE_KEY', 'PUBLIC_URL'].map(
      name => warnings.filter(line => line.startsWith(name)).length,
    ),
    [1, 1, 1],
  );
  assert.ok(!warnings.join().includes('short '.repeat(2)));
});

const letsia = {
  LETSIA_API_URL: 'https://merchant.letsia-pay.com/client-api',
  LETSIA_EMAIL: 'shop@example.com',
  LETSIA_PASSWORD: 'letsia-secret',
};

test('Letsia is off without its variables, and takes its ids of payment methods as numbers', () => {
  assert.equal(readConfig(environment, '/widget').letsia, null);
  const config = readConfig({ ...environment, ...letsia, LETSIA_PAYMENT_METHODS: '2, 1' }, '/widget');
  assert.deepEqual(config.letsia, {
    apiUrl: letsia.LETSIA_API_URL,
    credentials: { email: 'shop@example.com', password: 'letsia-secret' },
    paymentMethods: [2, 1],
    timeoutMs: 2_000,
  });
  assert.deepEqual(readConfig({ ...environment, ...letsia }, '/widget').letsia?.paymentMethods, [1]);
  for (const ids of ['PayPal', '0', ',', '1.5']) {
    const env = { ...environment, ...letsia, LETSIA_PAYMENT_METHODS: ids };
    assert.match(errorOf(env), /LETSIA_PAYMENT_METHODS/, ids);
  }
});

test('a part of Letsia’s variables stops the start and names those that are missing', () => {
  const names = Object.keys(letsia);
  for (const name of names) {
    const message = errorOf({ ...environment, ...letsia, [name]: undefined });
    assert.deepEqual(
      names.filter(found => message.includes(`${found}: is missing`)),
      [name],
    );
    assert.ok(!message.includes('letsia-secret'), message);
  }
  const { LETSIA_EMAIL } = letsia;
  assert.match(errorOf({ ...environment, LETSIA_EMAIL }), /LETSIA_API_URL.*\n.*LETSIA_PASSWORD/);
});

const lesspay = {
  LESSPAY_API_URL: 'https://lesspay2-pay-uat.doopayment.com',
  LESSPAY_APP_ID: '690b2b46e4b09c73147db688',
  LESSPAY_APP_SECRET: 'lesspay-secret',
};

test('Lesspay is off without its variables, and on with all three', () => {
  assert.equal(readConfig(environment, '/widget').lesspay, null);
  assert.deepEqual(readConfig({ ...environment, ...lesspay }, '/widget').lesspay, {
    apiUrl: lesspay.LESSPAY_API_URL,
    appId: lesspay.LESSPAY_APP_ID,
    appSecret: 'lesspay-secret',
    timeoutMs: 2_000,
  });
});

test('a part of Lesspay’s variables stops the start and names those that are missing', () => {
  const names = Object.keys(lesspay);
  for (const name of names) {
    const message = errorOf({ ...environment, ...lesspay, [name]: undefined });
    assert.deepEqual(
      names.filter(found => message.includes(`${found}: is missing`)),
      [name],
    );
    assert.ok(!message.includes('lesspay-secret'), message);
  }
});
