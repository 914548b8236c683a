/** Icons that the first screen has no use for. */
import type { TemplateResult } from 'lit';
import { alertIcon, drawn } from './icons.ts';

const paths = {
  done: 'M5 12.5l4.5 4.5L19 7.5',
  wait: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2',
} as const;

export type OutcomeIconName = keyof typeof paths | 'alert';

export function outcomeIcon(name: OutcomeIconName): TemplateResult {
  return name === 'alert' ? alertIcon() : drawn(name, paths[name]);
}
