/**
 * The environment as a checked object (product.md section 4). A bad configuration stops the start and names every bad
 * variable at once; values are not repeated, because some are secrets.
 */
import { z } from 'zod';
import { type AcceptedBrand, acceptedBrands, type Method, methods } from './contract/checkout.ts';
import type { LesspaySettings } from './gateways/lesspay/client.ts';
import type { Credentials } from './gateways/letpay/access-token.ts';
import type { LetPaySettings } from './gateways/letpay/client.ts';
import type { LetsiaSettings } from './gateways/letsia/client.ts';
import { parseTrustedProxies, type TrustedProxies } from './middleware/trusted-proxies.ts';
import { baseUrlFault, originFault } from './origin.ts';
import { parseStoreKeys } from './store/sealing.ts';
import { parseSecrets } from './webhooks/signature.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly letpay: LetPaySettings;
  /** Null: not configured. */
  readonly letsia: LetsiaSettings | null;
  readonly lesspay: LesspaySettings | null;
  readonly merchantApiKey: string;
  /** Exact origins, the one of `publicUrl` among them. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly storeUrl: string;
  /** One key, or the new and the old one with a space between. */
  readonly storeKey: string | null;
  /** Where status changes are passed on to, and the keys that sign them; null for nowhere. */
  readonly webhook: {
    readonly url: string;
    readonly secrets: readonly Buffer[];
    /** How long the receiver may take for an event. */
    readonly timeoutMs: number;
  } | null;
  /** For payments that were made elsewhere and are known by their token alone. */
  readonly defaultMethods: readonly Method[];
  /** What the shop calls itself to its shoppers. */
  readonly merchantName: string | null;
  /** Null: those that LetPay takes in the order’s country. */
  readonly cardBrands: readonly AcceptedBrand[] | null;
  readonly cardTriesPerCheckout: number;
  readonly pspTimeoutMs: number;
  /** The watcher’s budget at the PSP. */
  readonly pspReadsPerSecond: number;
  /** Who is believed about the client’s address. */
  readonly trustedProxies: TrustedProxies;
  /** Where the built tag lies. */
  readonly widgetFolder: string;
  /** Nothing is wrong, but an operator should know. */
  readonly warnings: readonly string[];
}

/** Names every variable that is missing or wrong, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address', abort: true });
/** A fault of a text, in words for an operator, as an issue. */
const orFault = (faultOf: (text: string) => string | null) => (text: string, context: z.RefinementCtx) => {
  const message = faultOf(text);
  if (message !== null) context.addIssue({ code: 'custom', message });
};
const origin = z.string().superRefine(orFault(originFault));
/** Paths are put behind it: what comes after the path would end up in the middle. */
const baseUrl = httpUrl.superRefine(orFault(baseUrlFault));
/** The operator’s own address, so any host will do; but not in the clear over a network. */
const webhookUrl = httpUrl.refine(text => {
  const { protocol, hostname, username, password } = new URL(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || isLoopback) && username + password === '';
}, 'must be https (http on this machine only), without user name and password');
const webhookSecret = z.string().transform((text, context) => {
  const secrets = parseSecrets(text);
  if (secrets) return secrets;
  context.addIssue({
    code: 'custom',
    message: 'must be whsec_ and the base64 of 24 to 64 bytes; two with a space between while you change it',
  });
  return z.NEVER;
});
const trustedProxies = z.string().transform((text, context) => {
  const trusted = parseTrustedProxies(text.trim());
  if (trusted) return trusted;
  context.addIssue({
    code: 'custom',
    message:
      'must be false, true, a number of reverse proxies, or their addresses and CIDRs with commas between',
  });
  return z.NEVER;
});
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine(value => value >= min && value <= max, `must be from ${min} to ${max}`);
const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== ''),
);

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8787),
  LETPAY_API_URL: baseUrl.default('https://api-sandbox.letpay.io'),
  LETPAY_API_KEY: z.string().optional(),
  LETPAY_API_SECRET: z.string().optional(),
  LETPAY_USERNAME: z.string().optional(),
  LETPAY_PASSWORD: z.string().optional(),
  LETPAY_CONTRACT_ID: z.string().optional(),
  LETPAY_SIMPLE_METHODS: list.pipe(z.array(z.enum(['PAYCASH'], 'may name PAYCASH only'))).default([]),
  LETSIA_API_URL: baseUrl.optional(),
  LETSIA_EMAIL: z.string().optional(),
  LETSIA_PASSWORD: z.string().optional(),
  /** The documents show 1 and 2 and list none. */
  LETSIA_PAYMENT_METHODS: list
    .pipe(z.array(wholeNumber(1, 1_000_000)).min(1, 'must name at least one'))
    .default([1]),
  LESSPAY_API_URL: baseUrl.optional(),
  LESSPAY_APP_ID: z.string().optional(),
  LESSPAY_APP_SECRET: z.string().optional(),
  MERCHANT_API_KEY: z.string(),
  ALLOWED_ORIGINS: list.pipe(z.array(origin)).default([]),
  /** Default: the address that the proxy listens on, which only programs of this machine can reach. */
  PUBLIC_URL: baseUrl.optional(),
  STORE_URL: z
    .string()
    .regex(/^(sqlite:.+|memory:|rediss?:\/\/.+)$/, 'must be sqlite:<file>, redis://<host> or memory:')
    .default('sqlite:./data/letpay.db'),
  STORE_KEY: z
    .string()
    .refine(
      text => parseStoreKeys(text) !== null,
      'must be one key, or two with a space between: the new one, then the old one',
    )
    .optional(),
  MERCHANT_WEBHOOK_URL: webhookUrl.optional(),
  MERCHANT_WEBHOOK_SECRET: webhookSecret.optional(),
  /** Standard Webhooks asks for 15 to 30 s. */
  MERCHANT_WEBHOOK_TIMEOUT_MS: wholeNumber(100, 60_000).default(15_000),
  DEFAULT_METHODS: list
    .pipe(z.array(z.enum(methods, 'must name methods of the tag')))
    .default(['CREDITCARD', 'BOLETO', 'PIX']),
  MERCHANT_NAME: z.string().trim().min(1).max(80, 'may have 80 characters').optional(),
  CARD_BRANDS: list.pipe(z.array(z.enum(acceptedBrands, `may name ${acceptedBrands.join(', ')}`))).optional(),
  CARD_TRIES_PER_CHECKOUT: wholeNumber(1, 1000).default(5),
  PSP_TIMEOUT_MS: wholeNumber(100, 120_000).default(20_000),
  PSP_READS_PER_SECOND: wholeNumber(1, 10_000).default(100),
  TRUST_PROXY: trustedProxies.default({ kind: 'none' }),
});

/** `env` as it comes from the process; an empty variable counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, widgetFolder: string): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(issue => `${String(issue.path[0])}: ${wordsFor(issue)}`);
  const credentials = readCredentials(given);
  if (typeof credentials === 'string') problems.push(credentials);
  const isUnsigned = 'MERCHANT_WEBHOOK_URL' in given && !('MERCHANT_WEBHOOK_SECRET' in given);
  if (isUnsigned) problems.push('MERCHANT_WEBHOOK_SECRET: is missing, and nothing is passed on unsigned');
  const missing = missingOfGateways(given);
  problems.push(...missing.map(name => `${name}: is missing`));
  if (!parsed.success || typeof credentials === 'string' || isUnsigned || missing.length > 0) {
    throw new ConfigError(
      `The configuration cannot be used:\n${problems.map(line => `  ${line}`).join('\n')}`,
    );
  }
  const values = parsed.data;
  const publicUrl = (values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/+$/, '');
  return {
    host: values.HOST,
    port: values.PORT,
    letpay: {
      apiUrl: values.LETPAY_API_URL,
      credentials,
      contractId: values.LETPAY_CONTRACT_ID ?? null,
      contractIdByMethod: readContracts(given),
      simpleMethods: values.LETPAY_SIMPLE_METHODS,
      timeoutMs: values.PSP_TIMEOUT_MS,
    },
    letsia: readLetsia(values),
    lesspay: readLesspay(values),
    merchantApiKey: values.MERCHANT_API_KEY,
    allowedOrigins: new Set([...values.ALLOWED_ORIGINS, new URL(publicUrl).origin]),
    publicUrl,
    storeUrl: values.STORE_URL,
    storeKey: values.STORE_KEY ?? null,
    webhook:
      values.MERCHANT_WEBHOOK_URL && values.MERCHANT_WEBHOOK_SECRET
        ? {
            url: values.MERCHANT_WEBHOOK_URL,
            secrets: values.MERCHANT_WEBHOOK_SECRET,
            timeoutMs: values.MERCHANT_WEBHOOK_TIMEOUT_MS,
          }
        : null,
    defaultMethods: values.DEFAULT_METHODS,
    merchantName: values.MERCHANT_NAME ?? null,
    cardBrands: values.CARD_BRANDS ?? null,
    cardTriesPerCheckout: values.CARD_TRIES_PER_CHECKOUT,
    pspTimeoutMs: values.PSP_TIMEOUT_MS,
    pspReadsPerSecond: values.PSP_READS_PER_SECOND,
    trustedProxies: values.TRUST_PROXY,
    widgetFolder,
    warnings: warningsFor(values),
  };
}

/** Short secrets can be guessed; without PUBLIC_URL no callback of a PSP can arrive. */
function warningsFor(values: z.infer<typeof environment>): string[] {
  return [
    ...(values.MERCHANT_API_KEY.length < 24 ? ['MERCHANT_API_KEY is shorter than 24 characters'] : []),
    ...(values.STORE_KEY === undefined ? ['STORE_KEY is not set: payer data is stored unsealed'] : []),
    ...(parseStoreKeys(values.STORE_KEY ?? '') ?? []).flatMap((key, index) =>
      key.length < 24
        ? [`${['STORE_KEY', 'The old key in STORE_KEY'][index]} is shorter than 24 characters`]
        : [],
    ),
    ...(values.MERCHANT_WEBHOOK_SECRET !== undefined && values.MERCHANT_WEBHOOK_URL === undefined
      ? ['MERCHANT_WEBHOOK_URL is not set: the merchant is told of nothing']
      : []),
    ...(values.PUBLIC_URL === undefined ? ['PUBLIC_URL is not set: the PSP cannot call back'] : []),
  ];
}

function wordsFor(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : issue.message;
}

function readCredentials(env: Record<string, string | undefined>): Credentials | string {
  const {
    LETPAY_API_KEY: key,
    LETPAY_API_SECRET: keySecret,
    LETPAY_USERNAME: user,
    LETPAY_PASSWORD: password,
  } = env;
  if (key && keySecret) return { kind: 'key', id: key, secret: keySecret };
  if (user && password && !key && !keySecret) return { kind: 'user', id: user, secret: password };
  if (key || keySecret) return 'LETPAY_API_KEY, LETPAY_API_SECRET: both are needed';
  return 'LETPAY_API_KEY and LETPAY_API_SECRET, or LETPAY_USERNAME and LETPAY_PASSWORD: one pair is needed';
}

/** The other gateways: off when none of its variables is set; when one is, all are needed. */
const otherGateways = [
  ['LETSIA_API_URL', 'LETSIA_EMAIL', 'LETSIA_PASSWORD'],
  ['LESSPAY_API_URL', 'LESSPAY_APP_ID', 'LESSPAY_APP_SECRET'],
] as const;

function missingOfGateways(env: Record<string, string | undefined>): string[] {
  return otherGateways
    .filter(names => names.some(name => env[name] !== undefined))
    .flatMap(names => names.filter(name => env[name] === undefined));
}

function readLetsia(values: z.infer<typeof environment>): LetsiaSettings | null {
  const { LETSIA_API_URL: apiUrl, LETSIA_EMAIL: email, LETSIA_PASSWORD: password } = values;
  if (apiUrl === undefined || email === undefined || password === undefined) return null;
  return {
    apiUrl,
    credentials: { email, password },
    paymentMethods: values.LETSIA_PAYMENT_METHODS,
    timeoutMs: values.PSP_TIMEOUT_MS,
  };
}

function readLesspay(values: z.infer<typeof environment>): LesspaySettings | null {
  const { LESSPAY_API_URL: apiUrl, LESSPAY_APP_ID: appId, LESSPAY_APP_SECRET: appSecret } = values;
  if (apiUrl === undefined || appId === undefined || appSecret === undefined) return null;
  return { apiUrl, appId, appSecret, timeoutMs: values.PSP_TIMEOUT_MS };
}

/** `LETPAY_CONTRACT_ID_PIX` and the like: merchants commonly hold one contract per method (facts section 1.4). */
function readContracts(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    methods.flatMap(method => {
      const id = env[`LETPAY_CONTRACT_ID_${method}`];
      return id === undefined ? [] : [[method, id] as const];
    }),
  );
}
