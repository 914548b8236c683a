/** The one merchant account of the emulator's Lesspay, and what of it the controls can change. */
export const credentials = { appId: 'demo', appSecret: 'demo' } as const;

export const linkPlaces = ['order_data', 'data', 'nested', 'none'] as const;
export const wordings = ['documented', 'guide'] as const;
export const absences = ['empty', '1202', '5003'] as const;

/**
 * How the account behaves. The defaults are what most of the documents show; the others are what they contradict
 * themselves in, or leave open.
 */
export interface Account {
  /** Where create-order's answer puts the link: `data.order_data.checkoutUrl`, `data.checkout_url`, or deeper. */
  readonly link: (typeof linkPlaces)[number];
  /** Whether query-order's answer repeats the link; the documents do not show that answer. */
  readonly queryLink: boolean;
  /** `documented`: the words of the list of statuses. `guide`: `SUCCESS` and `PENDING`, as other pages say. */
  readonly words: (typeof wordings)[number];
  /** How query-order says that it has no such order: an empty page, or a code. */
  readonly absent: (typeof absences)[number];
  /** Whether webhooks leave. */
  readonly webhooks: boolean;
}

export const usualAccount: Account = {
  link: 'order_data',
  queryLink: false,
  words: 'documented',
  absent: 'empty',
  webhooks: true,
};
