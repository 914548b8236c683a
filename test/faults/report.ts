/** A run’s report as text: its figures, and for every broken rule the seed and the history that tell how. */
import type { RunReport } from './engine.ts';
import { describe } from './figures.ts';

/** Histories of at most this many checkouts are printed; the seed brings back the others. */
const told = 5;

export function report(run: RunReport): { readonly passed: boolean; readonly text: string } {
  const { seed, store, era, sealed, checkouts, kills } = run.settings;
  const again = `node test/faults/fault-run.ts --seed ${seed} --store ${store} --era ${era} --checkouts ${checkouts} --kills ${kills}${sealed ? ' --sealed' : ''}`;
  const findings = run.findings.map(({ reference, complaints, history }, number) =>
    [
      `${reference}:`,
      ...complaints.map(complaint => `  ✗ ${complaint}`),
      ...(number < told ? history.map(line => `    ${line}`) : []),
    ].join('\n'),
  );
  const passed = run.findings.length === 0 && run.cardsFound.length === 0 && run.crashes === 0;
  const failures = [
    ...findings,
    ...run.cardsFound.map(found => `a card was found: ${found}`),
    ...(run.crashes > 0 ? [`a proxy ended by itself ${run.crashes} times:\n${run.output}`] : []),
    ...(passed ? [] : [`the same decisions again: ${again}`]),
  ];
  return { passed, text: [describe(run.figures), ...failures].join('\n') };
}
