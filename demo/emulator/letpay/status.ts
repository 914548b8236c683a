/** The words for a payment's status: LetPay's current list, and the classic list where it differs. */

export const statuses = [
  'CREATED',
  'PROCESSING',
  'PRE_AUTHORIZED',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DECLINED',
  'CANCELED',
  'ERROR',
  'IN_ANALYSIS',
  'DISPUTE',
  'DISPUTE_REFUNDED',
  'DISPUTE_RECOVERED',
  'DISPUTE_FINAL',
  'POST_REFUND_DISPUTE',
] as const;

export type Status = (typeof statuses)[number];

/** Classic word for a current one; a status without a classic word keeps the current one. */
const classicWords: Partial<Record<Status, string>> = {
  PAID: 'APPROVED',
  DECLINED: 'REJECTED',
  DISPUTE: 'IN_MEDIATION',
  DISPUTE_FINAL: 'CHARGED_BACK',
};

export const classicWord = (status: Status): string => classicWords[status] ?? status;

/** Reads a word of either list. */
export function parseStatus(word: string): Status | undefined {
  return statuses.find(status => status === word || classicWords[status] === word);
}
