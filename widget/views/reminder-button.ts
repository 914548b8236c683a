/**
 * Saves a reminder of the due date for the shopper’s calendar: a file made here, by the page alone. Owns its address,
 * which lives until the next one is made or the element leaves the page: a browser may still be reading it after the click.
 */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Texts } from '../i18n/texts.ts';
import type { OutcomeContext, ScreenHost } from './view.ts';

export interface Due {
  readonly method: 'BOLETO' | 'PAYCASH';
  /** `YYYY-MM-DD`, or null. */
  readonly due: string | null;
  /** As text. */
  readonly amount: string;
  /** As it is read. */
  readonly code: string;
}

export class ReminderButton implements ReactiveController {
  readonly #host: ScreenHost;
  #address = '';
  #failed = false;

  constructor(host: ScreenHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    URL.revokeObjectURL(this.#address);
  }

  /** Nothing when there is no date, or the hour of the reminder is over. */
  render(
    { method, due, amount, code }: Due,
    { payment_token: token, reference_id: reference }: Checkout,
    { texts, now }: OutcomeContext,
  ): TemplateResult | typeof nothing {
    if (!due || due <= new Date(now).toISOString().slice(0, 10)) return nothing;
    const summary = `${texts.reminder[method]} · ${reference} · ${amount}`;
    const handleClick = () =>
      void this.#save(`${method.toLowerCase()}-${reference}`, {
        token,
        date: due,
        summary,
        description: code,
        now: new Date(now),
      });
    return html`<button part="reminder-button" class="quiet" type="button" @click=${handleClick}>${texts.remind}</button>`;
  }

  /** What to say when the file could not be made. */
  note({ texts }: OutcomeContext): TemplateResult | typeof nothing {
    return this.#failed
      ? html`<p part="reminder-note" class="note">${texts.failures['network']}</p>`
      : nothing;
  }

  /** The same for the live region of the tag. */
  news(texts: Texts): string | null {
    return this.#failed ? (texts.failures['network'] ?? null) : null;
  }

  async #save(
    name: string,
    reminder: Parameters<typeof import('../methods/due-date-reminder.ts').dueDateReminder>[0],
  ): Promise<void> {
    try {
      const { dueDateReminder } = await import('../methods/due-date-reminder.ts');
      URL.revokeObjectURL(this.#address);
      this.#address = URL.createObjectURL(
        new Blob([dueDateReminder(reminder)], { type: 'text/calendar;charset=utf-8' }),
      );
      const link = document.createElement('a');
      link.href = this.#address;
      link.download = `${name.replace(/[^\w-]+/g, '-')}.ics`;
      link.click();
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    this.#host.requestUpdate();
  }
}
