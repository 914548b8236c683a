/** What a run has done, as numbers and as text. */
export interface Figures {
  readonly seed: string;
  readonly store: string;
  readonly proxies: number;
  readonly checkouts: number;
  /** Requests to `sendPayment` that left a page. */
  readonly submissions: number;
  /** Orders at the PSP. */
  readonly attempts: number;
  /** Of these, submitted and taken. */
  readonly accepted: number;
  /** Submissions that reached the PSP. */
  readonly sent: number;
  /** Older codes that were paid just before a newer attempt was submitted. */
  readonly paidBeforeNext: number;
  readonly paidTwiceByHand: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly logIns: number;
  /** How long each doubt lasted, in ms. */
  readonly verified: readonly number[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly problems: Readonly<Record<string, number>>;
  /** Bytes of logs, stores and answers in which no card was to be found. */
  readonly searchedBytes: number;
  readonly shoppersMs: number;
  readonly totalMs: number;
}

export function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const list = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export function describe(figures: Figures): string {
  const { verified, faults } = figures;
  const doubts =
    verified.length === 0
      ? 'none'
      : `${verified.length}, median ${seconds(median(verified))}, longest ${seconds(Math.max(...verified))}`;
  return [
    `${figures.store}, ${figures.proxies} ${figures.proxies === 1 ? 'proxy' : 'proxies'}, --seed ${figures.seed}: ` +
      `${figures.checkouts} checkouts in ${seconds(figures.totalMs)} (shoppers ${seconds(figures.shoppersMs)})`,
    `  submissions by pages ${figures.submissions}, at the PSP ${figures.sent}, taken ${figures.accepted} of ${figures.attempts} attempts`,
    `  outcomes: ${list(figures.statuses)}; older codes paid just before a submission: ${figures.paidBeforeNext}, paid twice by the shopper herself: ${figures.paidTwiceByHand}`,
    `  faults ${sum(faults)}: ${list(faults)}`,
    `  kill -9: ${figures.kills}; log-ins: ${figures.logIns}`,
    `  verifying: ${doubts}`,
    `  refused answers: ${list(figures.problems)}`,
    `  no card in ${(figures.searchedBytes / 1e6).toFixed(1)} MB of logs, stores, metrics and error bodies`,
  ].join('\n');
}
