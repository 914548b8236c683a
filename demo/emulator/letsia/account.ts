/** The one merchant account of the emulator's Letsia, and what of it the controls can change. */
export const credentials = { email: 'demo@letsia.example', password: 'demo' } as const;

export const modes = ['live', 'sandbox'] as const;
export type Mode = (typeof modes)[number];

export const user = { id: 1, name: 'Demo shop', email: credentials.email } as const;

/** The documents list no ids; 1 is "PayPal" in their samples, 2 stands beside it in the request. */
export const paymentMethods: ReadonlyMap<number, string> = new Map([
  [1, 'PayPal'],
  [2, 'Card'],
]);

/**
 * How the account behaves. The defaults are the documents' samples; the others are what the documents contradict
 * themselves in, or leave open.
 */
export interface Account {
  /** "API Enabled" of the control panel. */
  readonly apiEnabled: boolean;
  /** Given to whoever logs in from now on; a token keeps the mode that it was made with. */
  readonly apiMode: Mode;
  /** When an invoice gets its `payment_link`. `after_refresh`: only once it was asked to work on it again. */
  readonly link: 'later' | 'at_once' | 'after_refresh' | 'never';
  /** `documented`: lower case, but `CANCELLED`. */
  readonly words: 'documented' | 'upper' | 'lower';
  /** Where `SBOX-` stands: on the number as in the sample, on the code as in the text. */
  readonly sandboxPrefix: 'both' | 'code' | 'number';
  /** Laravel's `errors` beside the message of a 422; the documents show the message only. */
  readonly fieldErrors: boolean;
}

export const usualAccount: Account = {
  apiEnabled: true,
  apiMode: 'sandbox',
  link: 'later',
  words: 'documented',
  sandboxPrefix: 'both',
  fieldErrors: false,
};
