/**
 * The files that a card number and a CVV pass, in the order in which they pass them. `node test/repository/card-road.ts
 * --write` puts the table into CONTRIBUTING; `--lines` prints the places to read, `file:line`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from '../../widget/build/markdown-table.ts';

interface Stop {
  readonly file: string;
  /** Text of the lines to read, each once in the file, in the order to read them. */
  readonly lines: readonly string[];
  readonly what: string;
}

export const cardRoad: readonly Stop[] = [
  {
    file: 'widget/methods/card/card-form.ts',
    lines: [
      "this.#input('card_number'",
      "this.#input('card_cvv'",
      'toRequest(): FormSubmission',
      'clear(what: Cleared)',
    ],
    what: 'The fields; what was typed is kept in one object. Cleared after success, on decline and when the tag leaves the page.',
  },
  {
    file: 'widget/fields/masked-input.ts',
    lines: ['handleEvent(event: Event)'],
    what: 'Formats while typing and hands the text to the form; what stood there before a keystroke is dropped after it.',
  },
  {
    file: 'widget/methods/card/card-entry.ts',
    lines: ['readonly card_number: string'],
    what: 'The object.',
  },
  {
    file: 'widget/methods/card/card-rules.ts',
    lines: ['export function cardSubmission'],
    what: 'Its checks, and the body that is made of it.',
  },
  {
    file: 'widget/methods/card/card-number.ts',
    lines: ['export function readCardNumber'],
    what: 'Digits, grouping, check digit.',
  },
  {
    file: 'widget/methods/card/brands.ts',
    lines: ['cardNumber(digits)'],
    what: 'Brand by its first digits; card-validator sees the number here.',
  },
  {
    file: 'widget/methods/card/security-code.ts',
    lines: ['export function readSecurityCode'],
    what: 'Length of the CVV by brand.',
  },
  {
    file: 'widget/methods/saved-card/stored-card-form.ts',
    lines: ['const submission = this.#newCard.toRequest()'],
    what: 'Where cards can be stored: the shopper’s tick is added to the body. Nothing is kept.',
  },
  {
    file: 'widget/views/form-screen.ts',
    lines: ['return this.#checkout.submit(form.toRequest())'],
    what: 'From the form to the controller, as an argument.',
  },
  {
    file: 'widget/checkout/checkout-controller.ts',
    lines: ['submit(body: FormSubmission)'],
    what: 'The lock. Not kept: neither in the state nor in storage.',
  },
  {
    file: 'widget/checkout/payments.ts',
    lines: ['changes.submit(token, body'],
    what: 'From the lock to the call.',
  },
  {
    file: 'widget/checkout/card-authentication.ts',
    lines: ['export async function authenticated', 'authenticate(request)'],
    what: 'Where the page has a 3-D Secure provider: number, holder and expiry are handed to it, the CVV is not. Nothing is kept.',
  },
  {
    file: 'widget/api/changes.ts',
    lines: ['JSON.stringify(body)'],
    what: 'Passed on; what comes back says whether it is known how it ended.',
  },
  {
    file: 'widget/api/client.ts',
    lines: ['const response = await fetch(url, {'],
    what: 'The request to the proxy. No error holds a body.',
  },
  {
    file: 'server/middleware/json-body.ts',
    lines: ['parseJson(await bodyText(c))', 'schema.safeParse(body)'],
    what: 'Read and parsed once; a failure names fields, never values.',
  },
  {
    file: 'server/middleware/body-text.ts',
    lines: ['utf8.decode(bytes)'],
    what: 'The bytes as text; only UTF-8.',
  },
  {
    file: 'server/contract/left-out.ts',
    lines: ['withoutLeftOut(field, value)'],
    what: 'The body without its empty fields.',
  },
  {
    file: 'server/contract/submission.ts',
    lines: ['card_number: z', 'card_cvv: z'],
    what: 'The schema.',
  },
  {
    file: 'server/routes/checkout.ts',
    lines: ['jsonBody(c, submissionSchema)', 'submitter.submit('],
    what: 'From the body to the submitter.',
  },
  {
    file: 'server/contract/person.ts',
    lines: ['newCardSubmission.pick('],
    what: 'The schema of a person with a card, from the merchant’s backend.',
  },
  {
    file: 'server/routes/persons.ts',
    lines: ['jsonBody(c, () => personRequest)', '.store(person, notificationUrl'],
    what: 'From that body to the gateway.',
  },
  {
    file: 'server/checkout/card-check.ts',
    lines: ['isCardNumber(submission.card_number)'],
    what: 'Check digit and expiry.',
  },
  {
    file: 'server/contract/card-number.ts',
    lines: ['export function isCardNumber', 'export function holdsCardNumber'],
    what: 'The check digit, for tag and proxy. And whether a name is a card number by mistake.',
  },
  {
    file: 'server/checkout/submit.ts',
    lines: ['gateway.send(token, allowed'],
    what: 'Passed on to the gateway.',
  },
  {
    file: 'server/checkout/fingerprint.ts',
    lines: ['export function toldOfSubmission'],
    what: 'Taken out of the fingerprint; the last four digits stand in.',
  },
  {
    file: 'server/checkout/stored-cards.ts',
    lines: ['export function filedCard'],
    what: 'Of a card that is stored: brand and last four digits.',
  },
  {
    file: 'server/checkout/card-brand.ts',
    lines: ['cardNumber(digits)'],
    what: 'Its brand.',
  },
  {
    file: 'server/gateways/letpay/translate.ts',
    lines: ['export function submissionBody'],
    what: 'The PSP’s body.',
  },
  {
    file: 'server/gateways/letpay/letpay.ts',
    lines: ['JSON.stringify(submissionBody(submission, terms))'],
    what: 'The call. What is observed of it is a name, a status and a time.',
  },
  {
    file: 'server/gateways/letpay/stored-cards.ts',
    lines: ['...person, contract_id'],
    what: 'The PSP’s body of a stored person.',
  },
  {
    file: 'server/gateways/psp-http.ts',
    lines: ['.request({'],
    what: 'Out to the PSP over TLS. A failure keeps the error’s code, not its message.',
  },
];

const root = join(import.meta.dirname, '../..');
export const begin = '<!-- card-road -->';
export const end = '<!-- /card-road -->';

/** Line numbers, from 1, of every text of a stop. Throws where a text is not there exactly once. */
function linesOf({ file, lines }: Stop): number[] {
  const source = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.map(text => {
    const found = source.flatMap((line, at) => (line.includes(text) ? [at + 1] : []));
    const [only, ...others] = found;
    if (only === undefined || others.length > 0)
      throw new Error(`${file}: «${text}» stands there ${found.length} times`);
    return only;
  });
}

/** Throws where a file does not hold the lines to read any more: the table would describe code that is gone. */
export function cardRoadTable(): string {
  for (const stop of cardRoad) linesOf(stop);
  const rows = cardRoad.map(stop => [`\`${stop.file}\``, stop.what]);
  return `\n\n${markdownTable(['file', 'what happens'], rows)}\n\n`;
}

if (process.argv[2] === '--lines') {
  for (const stop of cardRoad)
    for (const line of linesOf(stop)) process.stdout.write(`${stop.file}:${line}\n`);
}

if (process.argv[2] === '--write') {
  const path = join(root, 'CONTRIBUTING.md');
  const text = readFileSync(path, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  writeFileSync(path, `${before}${begin}${cardRoadTable()}${end}${rest.split(end)[1] ?? ''}`);
}
