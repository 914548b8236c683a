/** The cards of the fault runs: test numbers of the documents, with codes that are looked for afterwards. */
export interface TestCard {
  readonly number: string;
  readonly cvv: string;
}

/** A four-digit code stands out in a text; a three-digit one is found by its neighbourhood only (canary.ts). */
export const amexCvv = '7391';

export const cards: readonly TestCard[] = [
  { number: '4539620659922097', cvv: '739' },
  { number: '4012001037141112', cvv: '739' },
  { number: '5240082975622454', cvv: '739' },
  { number: '5555666677778884', cvv: '739' },
  { number: '6062828598919021', cvv: '739' },
  { number: '345817690311361', cvv: amexCvv },
  { number: '376449047333005', cvv: amexCvv },
];

/** A body of `sendPayment`. `index` may be any whole number. */
export function cardSubmission(index: number, installments = 1): Readonly<Record<string, unknown>> {
  const card = cards[index % cards.length];
  if (card === undefined) throw new Error('no card');
  return {
    method: 'CREDITCARD',
    // People type spaces; the proxy takes them out.
    card_number: index % 3 === 0 ? card.number.replace(/(\d{4})(?=\d)/g, '$1 ') : card.number,
    card_holder: 'Alice Sonnentag',
    card_cvv: card.cvv,
    card_month: 12,
    card_year: 2032,
    card_installments: installments,
  };
}
