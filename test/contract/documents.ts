/**
 * Examples of LetPay’s documents, shortened, as the measure for the emulator and for the proxy. “Classic” is the document
 * of 2018 (API 0.5.18), “current” the pages of 2024 and later; facts sections 2 to 5 say which page each is from.
 */
import { strict as assert } from 'node:assert';

const token = '021b6048-81e2-49ad-b0e4-d9729a0efe17';
const refresh_token = 'MY_ACCESS_TOKEN';

export const examples = {
  current: {
    order: {
      installments: [{ installments: 1, amount: 123.45 }],
      methods: ['BOLETO'],
      payment: { payment_token: token },
      totals: {
        amount: 123.45,
        original_amount: 123.45,
        original_asset: 'BRL',
        customer_fees: 0,
        customer_amount: 123.45,
        asset: 'BRL',
      },
      customer_fees: {},
      refresh_token,
    },
    card: { transaction_status: 'PROCESSING', payment_token: token, refresh_token },
    boleto: {
      transaction_status: 'PROCESSING',
      payment_token: token,
      boleto_html: '',
      boleto_code: '',
      boleto_duedate: '',
      boleto_amount: '123.45',
      refresh_token,
    },
    pix: {
      transaction_status: 'PROCESSING',
      payment_token: token,
      pix_qr_code: '',
      pix_code: '',
      pix_amount: '123.45',
      refresh_token,
    },
    paycash: {
      transaction_status: 'PROCESSING',
      payment_token: token,
      paycash_barcode: '',
      paycash_barcode_image: '',
      paycash_amount: '',
      paycash_instructions_link: '',
      refresh_token,
    },
    simplePaycash: {
      transaction_status: 'PROCESSING',
      payment_token: token,
      reference_id: '',
      barcode_png_gzip_base_64: '',
      barcode: '2521709744061841',
      amount: '123.45',
      instructions_link: '',
      refresh_token,
      totals: {
        amount: 123.45,
        original_amount: 123.45,
        original_asset: 'MXN',
        customer_fees: 0,
        customer_amount: 123.45,
        asset: 'MXN',
      },
      customer_fees: {},
    },
    status: {
      paymentToken: token,
      createdAt: '',
      transactionStatus: 'PROCESSING',
      currency: 'BRL',
      amount_received: 0,
      refunded_amount: 0,
      reference: '',
      errorCode: '00.00.0000',
      refresh_token,
    },
    canceled: { transactionStatus: 'CANCELED', cancellation_details: { description: '' } },
    unauthorized: {
      timestamp: '',
      status: 401,
      error: 'Unauthorized',
      message: 'Access Denied',
      path: '/payment',
    },
    refusal: {
      timestamp: '',
      status: 400,
      error: 'Bad Request',
      message: '',
      path: '',
      errors: [{ code: '00.01.0044', description: '' }],
      refresh_token,
    },
  },
  classic: {
    order: {
      refresh_token,
      methods: ['CREDITCARD'],
      payment: { payment_token: token },
      totals: {
        amount: 780.44,
        original_amount: 780.44,
        original_asset: 'BRL',
        customer_fees: 117.66,
        customer_amount: 897.51,
        asset: 'BRL',
      },
      customer_fees: { TAXES_FEE: '117.66 BRL' },
      installments: [{ amount: 55.01, installment: 1 }],
    },
    card: { refresh_token, payment_status: 'PROCESSING', payment_token: token, error: '' },
    boleto: {
      refresh_token,
      boleto_amount: '190',
      payment_status: 'PROCESSING',
      payment_token: token,
      boleto_html: '',
      boleto_code: '',
      error: '',
      boleto_duedate: '2018-06-16',
    },
    status: {
      paymentToken: token,
      createdAt: '',
      payment_status: 'PROCESSING',
      refresh_token,
      errorCode: '',
    },
    canceled: {
      payment_status: 'CANCELED',
      cancellation_details: { cancelled_by: 'ACQUIRER', code: '3', description: 'Issuer policy violation' },
    },
    unauthorized: {
      timestamp: '',
      status: 401,
      error: 'Unauthorized',
      message: 'Access Denied',
      path: '/payment',
    },
    exception: {
      timestamp: 1_488_824_673_716,
      status: 500,
      error: 'Internal Server Error',
      exception: '',
      message: '',
      path: '/payment',
    },
  },
} as const;

/** Every field of the example is in the answer, with a value of the same JSON type. */
export function assertSpeaksLike(answer: unknown, example: unknown, path = ''): void {
  assert.equal(
    typeOf(answer),
    typeOf(example),
    `${path || 'the answer'} has another type than in the documents`,
  );
  if (Array.isArray(example)) {
    for (const [n, item] of (answer as unknown[]).entries())
      assertSpeaksLike(item, example[0], `${path}/${n}`);
    assert.ok((answer as unknown[]).length > 0, `${path} is empty`);
  } else if (typeOf(example) === 'object') {
    const fields = answer as Record<string, unknown>;
    for (const [name, value] of Object.entries(example as object)) {
      assert.ok(Object.hasOwn(fields, name), `${path}/${name} is missing`);
      assertSpeaksLike(fields[name], value, `${path}/${name}`);
    }
  }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
