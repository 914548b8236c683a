/**
 * Installments by the Price formula at 2.99 % a month. That reproduces every row of the table in "Create Payment Order"
 * (123.45 BRL in 1 to 12 parts) but the third, which is printed 43.64 where the formula gives 43.6349; no single way
 * of rounding yields that row and the eleven others.
 */
import { divideHalfUp } from './money.ts';

export interface Installment {
  readonly installments: number;
  /** One part, in minor units. */
  readonly amount: number;
}

const most = 12;
const monthly = 299n;
const scale = 10_000n;

/** @param amount the whole, in minor units. */
export function installmentTable(amount: number): readonly Installment[] {
  return Array.from({ length: most }, (_, index) => ({
    installments: index + 1,
    amount: part(amount, index + 1),
  }));
}

/** amount · i · (1+i)^n / ((1+i)^n − 1), exact until the one rounding. */
function part(amount: number, installments: number): number {
  if (installments === 1) return amount;
  const n = BigInt(installments);
  const growth = (scale + monthly) ** n;
  return Number(divideHalfUp(BigInt(amount) * monthly * growth, scale * (growth - scale ** n)));
}
