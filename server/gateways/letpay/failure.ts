/**
 * LetPay’s failures in our words. Source: facts section 5 (codes), section 4.5 (cancellation codes), feature-anchors 4.3
 * row 16 (five next steps).
 */
import type { Decline, DeclineAction, DeclineReason } from '../../contract/checkout.ts';
import type { FieldCode, FieldProblem } from '../../contract/problem.ts';
import { fieldsOf } from '../fields.ts';
import type { Refused } from '../gateway.ts';
import type { Answer } from '../psp-http.ts';

/** “Token already used in sendPayment”: an earlier submission was taken. */
export const tokenAlreadyUsed = '00.04.0022';
/** “Unknown error” in the table, “no error” in a status answer. */
const noError = '00.00.0000';

interface PspError {
  readonly code: string | null;
  readonly description: string;
}

const codePattern = /\b\d{2}\.\d{2}\.\d{4}\b/;
/** A code and nothing else. Whatever a PSP puts in its place, a card number too, is dropped: codes are kept and told. */
const wholeCode = /^\d{2}\.\d{2}\.\d{4}$/;

/**
 * The errors of an answer, whichever dialect: `errors[]`, else `errorCode`, `error_code`, a code in `error` or `message`
 * (facts section 10, rows 5, 6 and 16). The classic dialect has no codes at all.
 */
export function readErrors(body: unknown): PspError[] {
  const answer = (body ?? {}) as Record<string, unknown>;
  if (Array.isArray(answer['errors'])) {
    const errors = answer['errors'].flatMap((entry: unknown) => {
      const { code, description } = (entry ?? {}) as Record<string, unknown>;
      return typeof code === 'string' || typeof description === 'string'
        ? [{ code: codeOrNull(code), description: textOrNull(description) ?? '' }]
        : [];
    });
    if (errors.length > 0) return errors;
  }
  const message = textOrNull(answer['message']) ?? '';
  const code =
    codeOrNull(answer['errorCode']) ??
    codeOrNull(answer['error_code']) ??
    codePattern.exec(textOrNull(answer['error']) ?? '')?.[0] ??
    codePattern.exec(message)?.[0] ??
    null;
  return code !== null || message !== '' ? [{ code, description: message }] : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== noError ? value : null;
}

function codeOrNull(value: unknown): string | null {
  const code = typeof value === 'string' ? textOrNull(value.trim()) : null;
  return code !== null && wholeCode.test(code) ? code : null;
}

/** “Request processing failed”: stands among the validation codes and says nothing of the request. */
const processingFailed = '00.01.0043';

/** Errors that are about the request itself: the PSP looked at it and took nothing. */
export function isValidationCode(code: string | null): boolean {
  if (code === tokenAlreadyUsed || code === processingFailed) return false;
  return code !== null && /^00\.(01|04)\./.test(code);
}

const fieldsByCode = new Map<string, [pointer: string, code: FieldCode]>([
  ['00.01.0002', ['/address_state', 'invalid']],
  ['00.01.0008', ['/card_installments', 'invalid']],
  ['00.01.0019', ['/address_zipcode', 'invalid']],
  ['00.01.0022', ['/payment_country', 'invalid']],
  ['00.01.0023', ['/method', 'not_offered']],
  ['00.01.0026', ['/person_taxid', 'invalid']],
  ['00.01.0032', ['/card_number', 'invalid']],
  ['00.01.0033', ['/person_email', 'invalid']],
  ['00.01.0035', ['/method', 'not_offered']],
  ['00.01.0058', ['/amount', 'too_small']],
  ['00.01.0059', ['/card_holder', 'required']],
  ['00.01.0060', ['/card_number', 'required']],
  ['00.01.0061', ['/card_cvv', 'required']],
  ['00.01.0062', ['/card_year', 'required']],
  ['00.01.0063', ['/card_month', 'invalid']],
  ['00.01.0064', ['/card_year', 'expired']],
  ['00.01.0066', ['/card_installments', 'invalid']],
  ['00.04.0008', ['/authentication', 'required']],
  ['00.04.0020', ['/authentication', 'invalid']],
  ['00.04.0021', ['/method', 'not_offered']],
]);

/** `person.tax_id: …`, but not the name of a Java exception: no part begins with a capital. Without digits, as all names. */
const fieldPattern = /^((?:[a-z][A-Za-z_]*\.)*[a-z][A-Za-z_]*):\s/;

/**
 * The fields that the PSP found wrong. Bean-validation messages (`00.01.0044`) begin with the field’s name; their text is
 * not passed on, because a PSP may quote the value in it.
 */
export function fieldProblems(body: unknown): FieldProblem[] {
  return readErrors(body).flatMap(({ code, description }) => {
    const known = code === null ? undefined : fieldsByCode.get(code);
    if (known) return [{ pointer: known[0], code: known[1], detail: `refused by the PSP (${code})` }];
    const named = fieldPattern.exec(description)?.[1];
    if (!named) return [];
    const missing = /must not be (null|blank|empty)/i.test(description);
    const pointer = `/${named.replaceAll('.', '/').replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`;
    return [
      {
        pointer,
        code: missing ? 'required' : 'invalid',
        detail: `refused by the PSP (${code ?? 'no code'})`,
      },
    ];
  });
}

/**
 * The refusal of a call that LetPay would do twice (refund, capture, cancel, stored card, simple payment). Only an answer
 * that names what is wrong is one: a gateway in between answers a bare 4xx or 429 after LetPay has acted, too. Null: the
 * outcome is unknown. `isNamed`: the caller knows another name for what is wrong.
 */
export function namedRefusal(answer: Answer, isNamed = false): Refused | null {
  const hasCode = readErrors(answer.body).some(({ code }) => isValidationCode(code));
  return hasCode || isNamed ? refusalOf(answer, true) : null;
}

/**
 * A definite refusal: the PSP’s 4xx, or a validation code under a 5xx (facts section 10, row 16: key on the code), or
 * what else the caller takes for one.
 */
export function refusalOf(answer: Answer, definite = false): Refused | null {
  const codes = readErrors(answer.body).map(error => error.code);
  const refused = [400, 403, 404, 409, 422].includes(answer.status) || codes.some(isValidationCode);
  if (!refused && !definite) return null;
  const code = codes.find(found => found !== null);
  return {
    kind: 'refused',
    detail: `The payment provider refused the data${code ? ` (${code})` : ''}.`,
    errors: fieldProblems(answer.body),
  };
}

const actions: Record<DeclineReason, DeclineAction> = {
  insufficient_funds: 'fewer_installments',
  invalid_card_data: 'fix_data',
  invalid_security_code: 'fix_data',
  expired_card: 'other_card',
  blocked_card: 'other_card',
  call_issuer: 'call_bank',
  not_permitted: 'other_card',
  limit_exceeded: 'pay_by_pix',
  suspected_fraud: 'pay_by_pix',
  invalid_payer: 'fix_data',
  processing_error: 'pay_by_pix',
  unknown: 'pay_by_pix',
};

const reasonsByCode = new Map<string, DeclineReason>([
  ['01.03.0002', 'call_issuer'],
  ['01.03.0003', 'not_permitted'],
  ['01.03.0005', 'suspected_fraud'],
  // “Use 3DS”: without it this card pays nothing here.
  ['01.05.0010', 'not_permitted'],
  ['01.05.0012', 'blocked_card'],
  ['01.05.0014', 'insufficient_funds'],
  ['01.05.0021', 'expired_card'],
  ['01.05.0025', 'expired_card'],
  ['01.05.0027', 'invalid_security_code'],
  ['01.05.0029', 'invalid_payer'],
  ['01.06.0004', 'limit_exceeded'],
]);

/** By family, first match; the table of codes is declared possibly out of date (facts section 5). */
const reasonsByFamily: readonly [prefix: string, reason: DeclineReason][] = [
  ['01.01.', 'processing_error'],
  ['01.02.', 'processing_error'],
  ['01.04.', 'invalid_card_data'],
  ['01.06.', 'suspected_fraud'],
  ['01.07.', 'not_permitted'],
  ['01.10.', 'limit_exceeded'],
  ['01.11.', 'invalid_payer'],
  ['00.04.0019', 'suspected_fraud'],
  ['00.04.0016', 'invalid_payer'],
];

/**
 * Cancellation codes that say why a card was not taken, with the words that the current dialect sends without the code
 * (facts section 4.5). The other codes name a person’s decision or a technical fault, and no reason of the card.
 */
const cancellations: readonly [code: string, description: string, reason: DeclineReason][] = [
  ['1', 'invalid data', 'invalid_card_data'],
  ['3', 'issuer policy violation', 'not_permitted'],
  ['4', 'card expired', 'expired_card'],
  ['5', 'unauthorized transaction', 'not_permitted'],
  ['12', 'issuer policy violation', 'not_permitted'],
  ['14', 'letpay security policy', 'suspected_fraud'],
  // As LetPay’s documents spell it.
  ['14', 'letpay security pollicy', 'suspected_fraud'],
  ['16', 'invalid security code', 'invalid_security_code'],
];

function cancellationReason(body: unknown): DeclineReason | undefined {
  const { code, description } = fieldsOf(fieldsOf(body)['cancellation_details']);
  const isNumbered = (typeof code === 'string' && code.trim() !== '') || typeof code === 'number';
  const words = typeof description === 'string' ? description.trim().toLowerCase() : null;
  return cancellations.find(([number, text]) =>
    isNumbered ? number === String(code).trim() : text === words,
  )?.[2];
}

/** Why the PSP declined, from a status answer. Only to be asked once the PSP has said DECLINED or ERROR. */
export function readDecline(body: unknown): Decline {
  const code = readErrors(body)[0]?.code ?? null;
  const reason =
    (code === null ? undefined : reasonsByCode.get(code)) ??
    (code === null ? undefined : reasonsByFamily.find(([prefix]) => code.startsWith(prefix))?.[1]) ??
    cancellationReason(body) ??
    'unknown';
  return { reason, action: actions[reason], code };
}

/** Why a card was not taken, from the status answer of a canceled payment; null when it was canceled for another reason. */
export function readCancellation(body: unknown): Decline | null {
  return cancellationReason(body) === undefined ? null : readDecline(body);
}
