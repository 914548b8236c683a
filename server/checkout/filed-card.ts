/** What is kept of a card: what may be shown to its holder, and nothing more (product.md section 2.1). */
export interface FiledCard {
  readonly cardId: string;
  /** card-validator’s word: `visa`, `american-express`, `elo`, …, or `unknown`. */
  readonly brand: string;
  readonly last4: string;
  /** 1 to 12. */
  readonly expMonth: number;
  /** Four digits. */
  readonly expYear: number;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
}
