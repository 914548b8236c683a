/** What happened to an order, from the webhooks, oldest first. */
import { html } from 'hono/html';
import { formatMajor } from '../money.ts';
import { missingOf, type OrderEvent } from '../order-events.ts';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';

/** For the buyer: steps in their words. What a refund says, the order's own change need not say again. */
export function buyersTimeline(visitor: Visitor, events: readonly OrderEvent[]): Markup {
  const { order } = visitor.texts;
  const hasRefunds = events.some(({ type }) => type === 'refund.completed');
  const steps = events.filter(
    ({ type }) => order.events[type] !== undefined && !(hasRefunds && type.endsWith('refunded')),
  );
  return timeline(visitor, steps, event => html`${order.events[event.type]}${amountIn(visitor, event)}`);
}

/** For the shop: every event by its name and number, and what has not come yet. */
export function staffTimeline(visitor: Visitor, events: readonly OrderEvent[]): Markup {
  const { order, staff } = visitor.texts;
  const missing = missingOf(events);
  return html`${timeline(
    visitor,
    events,
    event => html`${order.events[event.type] ?? order.statuses[event.data.status] ?? event.data.status}${amountIn(visitor, event)}
      <small><code>${event.type}</code> · ${staff.sequence(event.data.sequence)}</small>`,
  )}
  ${missing.length > 0 ? html`<p class="notice">${staff.missing(missing.join(', '))}</p>` : ''}`;
}

function timeline(
  { texts, locale }: Visitor,
  events: readonly OrderEvent[],
  words: (event: OrderEvent) => Markup,
): Markup {
  if (events.length === 0) return html`<p class="hint">${texts.order.noEvents}</p>`;
  return html`<ol class="timeline">
    ${events.map(
      event => html`<li data-event="${event.type}">
        <time datetime="${event.timestamp}">${formatTime(event.timestamp, locale)}</time>
        <span>${words(event)}</span>
      </li>`,
    )}
  </ol>`;
}

function amountIn({ locale }: Visitor, { type, data }: OrderEvent): string {
  const amount = data.refund?.amount ?? (type === 'order.paid' ? data.amount_received : null);
  return amount ? ` · ${formatMajor(amount, data.currency, locale)}` : '';
}

/** Day and minute. The server's zone: a real shop knows where its buyer is. */
function formatTime(timestamp: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(timestamp));
}
