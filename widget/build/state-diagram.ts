/** The states of the tag and what may follow what, as a Mermaid diagram for the README; made from `followers.ts`. */
import { followers, restored } from '../checkout/followers.ts';

/** Stands for every state that a Checkout alone can put the tag in; without it seven arrows would leave most states. */
const known = 'known';

/** `idle` and `loading` can follow anything, because a token can be taken away or changed at any time: only the usual way is drawn. */
const usual = ['[*] --> idle', 'idle --> loading', 'error --> loading'];

function arrowsOf(state: string, next: readonly string[]): readonly string[] {
  const isAny = restored.every(name => next.includes(name));
  const named = isAny ? [...next.filter(name => !restored.some(other => other === name)), known] : next;
  return named.map(name => `${state} --> ${name}`);
}

export function stateDiagram(): string {
  const arrows = [
    ...usual,
    ...Object.entries(followers).flatMap(([state, next]) => arrowsOf(state, next)),
    ...restored.map(name => `${known} --> ${name}`),
  ];
  const lines = ['stateDiagram-v2', `${known} : what the proxy says`, ...arrows];
  return ['```mermaid', lines[0], ...lines.slice(1).map(line => `  ${line}`), '```'].join('\n');
}
