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
  assert.deepEqual([config.cardTriesPerCheckout, config.pspTimeoutMs, config.trustProxy], [5, 20_000, false]);
  assert.deepEqual([...config.allowedOrigins], ['http://127.0.0.1:8787']);
});

const bad: Record<string, string> = {
  PORT: 'eighty',
  LETPAY_API_URL: 'sandbox',
  ALLOWED_ORIGINS: 'https://shop.example,shop',
  PUBLIC_URL: 'ftp://pay.example',
  STORE_URL: 'mongo://store',
  DEFAULT_METHODS: 'PIX,OXXO',
  CARD_TRIES_PER_CHECKOUT: '77777',
  PSP_TIMEOUT_MS: '55',
  TRUST_PROXY: 'perhaps',
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

test('an origin with a path, a slash or a wildcard is no exact origin', () => {
  for (const origin of [
    'https://shop.example/',
    'https://shop.example/pay',
    'https://*.shop.example/x',
    '*',
    'HTTPS://SHOP.example',
  ]) {
    assert.match(errorOf({ ...environment, ALLOWED_ORIGINS: origin }), /ALLOWED_ORIGINS/, origin);
  }
});

test('half a pair of credentials is not enough, and no secret is repeated', () => {
  const message = errorOf({
    ...environment,
    LETPAY_API_SECRET: undefined,
    LETPAY_API_KEY: 'half-of-a-secret',
  });
  assert.match(message, /LETPAY_API_SECRET/);
  assert.ok(!message.includes('half-of-a-secret'));
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
