/** What can be wrong with an instrument, the worst first. */
export type InstrumentDoubt = 'code_invalid' | 'currency_mismatch' | 'amount_mismatch' | 'due_date_mismatch';
