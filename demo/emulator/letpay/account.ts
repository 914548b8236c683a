/** The one merchant account of the emulator: its credentials and its contracts. */
import type { Method } from './payment.ts';

export const credentials = { name: 'demo', secret: 'demo' } as const;

export const user = {
  id: '32fef81a-24ad-4888-9bae-7a244debc938',
  merchantId: 'b9d1c7a2-6a0e-4f0e-8a37-2f6f4e3c1d55',
  name: 'Demo shop',
  username: credentials.name,
} as const;

export interface Contract {
  readonly id: string;
  readonly name: string;
  readonly type: 'PAYIN' | 'PAYOUT' | 'ID_VALIDATION';
  readonly active: boolean;
  readonly methods: readonly Method[];
  /** Those of `methods` that orders of two steps do not offer. */
  readonly oneStepOnly?: readonly Method[];
  readonly createdAt: string;
}

/** The contract for ordinary orders. */
export const mainContract: Contract = {
  id: '4239d673-b23e-42a1-81bd-87d0984fb173',
  name: 'Demo shop',
  type: 'PAYIN',
  active: true,
  methods: ['BOLETO', 'PIX', 'CREDITCARD', 'PAYCASH'],
  createdAt: '2024-08-10T19:05:59.026',
};

/** Its orders leave Paycash out, and `POST /paycash/simple` takes it. */
export const oneStepContract: Contract = {
  id: '6e1d7f5c-a3b8-4c2e-b2d4-e3f5a7182930',
  name: 'Demo shop, cash in one step',
  type: 'PAYIN',
  active: true,
  methods: ['CREDITCARD', 'PAYCASH'],
  oneStepOnly: ['PAYCASH'],
  createdAt: '2024-09-02T10:00:00.000',
};

/**
 * The main contract is not the first in the list: an account may hold one contract per purpose and per method, and the
 * first one is not always meant for payments.
 */
export const contracts: readonly Contract[] = [
  {
    id: '7c1f2a5e-3d4b-4c8a-9e5f-60718293a4b5',
    name: 'Identity validation',
    type: 'ID_VALIDATION',
    active: true,
    methods: [],
    createdAt: '2024-08-10T19:05:58.114',
  },
  {
    id: '889342a9-38d9-48f5-8dd1-1b2c3d4e5f60',
    name: 'Demo shop until 2023',
    type: 'PAYIN',
    active: false,
    methods: ['BOLETO', 'CREDITCARD'],
    createdAt: '2017-08-10T19:05:59.026',
  },
  mainContract,
  {
    id: '5d0c6e4b-92a7-4b1d-a1c3-d2e4f6071829',
    name: 'Demo shop, Pix only',
    type: 'PAYIN',
    active: true,
    methods: ['PIX'],
    createdAt: '2024-09-01T10:00:00.000',
  },
  oneStepContract,
];
