/**
 * Reads the card in a `sendPayment` body ("Process card payment"). Every complaint has a code of its own, so that a form
 * can point at the field. The number and the CVV are looked at here and go no further.
 */
import { z } from 'zod';
import { fieldProblem, type Problem, type Result } from './refusal.ts';

export interface Card {
  readonly last4: string;
  /** 1 to 12; 0 in a request means 1. */
  readonly installments: number;
  readonly delayCapture: boolean;
  readonly saveCard: boolean;
}

const integer = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number),
]);

const cardBody = z.object({
  card_number: z.string().trim().min(1).nullable().catch(null),
  card_holder: z.string().trim().min(1).nullable().catch(null),
  card_cvv: z.string().trim().min(1).nullable().catch(null),
  card_year: integer.nullable().catch(null),
  card_month: integer.nullable().catch(null),
  card_installments: integer.nullish().catch(-1),
  delay_capture: z.boolean().nullish().catch(null),
  save_card: z.boolean().nullish().catch(null),
});

type CardBody = z.infer<typeof cardBody>;

/** @param now milliseconds since 1970: a card is good until the end of its month. */
export function readCard(body: unknown, method: 'CREDITCARD' | 'DEBITCARD', now: number): Result<Card> {
  const fields = cardBody.parse(body);
  const problems = [
    ...cardProblems(fields, now),
    ...(method === 'DEBITCARD' ? debitProblems(fields) : installmentProblems(fields)),
  ];
  if (problems.length > 0) return { refusal: { kind: 'invalid', problems } };
  return {
    value: {
      last4: (fields.card_number ?? '').slice(-4),
      installments: Math.max(fields.card_installments ?? 1, 1),
      delayCapture: fields.delay_capture === true,
      saveCard: fields.save_card === true,
    },
  };
}

function cardProblems(fields: CardBody, now: number): readonly Problem[] {
  const problems: Problem[] = [];
  const complain = (code: string, description: string) => problems.push({ code, description });

  if (fields.card_number === null) complain('00.01.0060', 'The credit card number is required');
  else if (!isCardNumber(fields.card_number)) complain('00.01.0032', 'Invalid credit card number');
  if (fields.card_holder === null) complain('00.01.0059', 'The credit card holder is required');
  if (fields.card_cvv === null) complain('00.01.0061', 'The credit card CVV is required');
  else if (!/^\d{3,4}$/.test(fields.card_cvv)) {
    problems.push(fieldProblem('card_cvv', 'must have 3 or 4 digits'));
  }
  if (fields.card_year === null) complain('00.01.0062', 'The credit card year is required');
  if (fields.card_month === null || fields.card_month < 1 || fields.card_month > 12) {
    complain('00.01.0063', 'The credit card month is invalid');
  } else if (fields.card_year !== null && Date.UTC(fields.card_year, fields.card_month) <= now) {
    complain('00.01.0064', 'The credit card year and month must be in the future');
  }
  return problems;
}

function installmentProblems({ card_installments: installments }: CardBody): readonly Problem[] {
  if ((installments ?? 1) > 12) {
    return [{ code: '00.01.0008', description: 'The installments must be less than or equal to 12' }];
  }
  return (installments ?? 1) < 0 ? [fieldProblem('card_installments', 'must be between 0 and 12')] : [];
}

function debitProblems({
  delay_capture: delay,
  card_installments: installments,
}: CardBody): readonly Problem[] {
  return [
    ...(delay === true
      ? [{ code: '00.01.0065', description: 'Delay capture is not allowed for debit cards' }]
      : []),
    ...((installments ?? 1) > 1
      ? [{ code: '00.01.0066', description: 'Installments are not allowed for debit cards' }]
      : []),
  ];
}

/** 12 to 19 digits that satisfy Luhn (ISO/IEC 7812-1). */
function isCardNumber(text: string): boolean {
  if (!/^\d{12,19}$/.test(text)) return false;
  const sum = [...text].reverse().reduce((total, character, index) => {
    const product = Number(character) * (index % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}
