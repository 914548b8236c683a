/** The test panel: plain forms that work alone, made quicker by `pay.js`. */
import { html } from 'hono/html';
import type { Order } from '../orders.ts';
import { clockStepNames, declineCodes, eras, faultNames, type settleStatuses } from '../panel.ts';
import type { Markup } from '../pictures.ts';
import type { Texts } from '../texts.ts';

/** LetPay's published test cards (LetPay, “Credit card testing”). */
const testCards = [
  ['Visa', '4539 6206 5992 2097'],
  ['Mastercard', '5240 0829 7562 2454'],
  ['Elo', '4514 1611 2211 3757'],
  ['Amex', '3458 176903 11361'],
  ['Hipercard', '6062 8285 9891 9021'],
] as const;

export function panelView(order: Order, { panel }: Texts): Markup {
  return html`<details class="box panel" id="panel" open data-order="${order.id}" data-accepted="${panel.accepted}"
    data-done="${panel.notes.done}" data-nothing_sent="${panel.notes.nothing_sent}" data-failed="${panel.notes.failed}">
    <summary>${panel.title}</summary>
    <p class="hint">${panel.lead}</p>
    ${settleForm(order, panel)}
    <p class="panel-note" id="panel-note" role="status"></p>
    ${faultForm(order, panel)}
    ${clockForm(order, panel)}
    ${dialectForm(order, panel)}
    ${cardList(panel)}
    <section><h3>${panel.events}</h3>
      <ol class="events" id="events" tabindex="0" aria-label="${panel.events}"><li class="hint" id="no-events">${panel.noEvents}</li></ol>
    </section>
  </details>`;
}

type PanelTexts = Texts['panel'];

function settleForm(order: Order, texts: PanelTexts): Markup {
  const button = (status: (typeof settleStatuses)[number]) =>
    html`<button class="secondary" name="status" value="${status}">${texts.settle[status]}</button>`;
  return html`<form method="post" action="/panel/settle" data-panel>
    <input type="hidden" name="order" value="${order.id}">
    <h3>${texts.outcome}</h3>
    <fieldset class="attempts"><legend>${texts.attempts}</legend>
      <div id="attempts"><p class="hint">${texts.noAttempt}</p></div>
    </fieldset>
    <div class="buttons">${button('PAID')}${button('IN_ANALYSIS')}${button('CANCELED')}</div>
    <div class="choice">
      <label class="hidden" for="error_code">${texts.declineReason}</label>
      <select id="error_code" name="error_code">
        ${declineCodes.map(code => html`<option value="${code}">${texts.declines[code]} · ${code}</option>`)}
      </select>
      ${button('DECLINED')}
    </div>
  </form>`;
}

function faultForm(order: Order, texts: PanelTexts): Markup {
  return html`<form method="post" action="/panel/faults" data-panel>
    <input type="hidden" name="order" value="${order.id}">
    <h3><label for="fault">${texts.fault}</label></h3>
    <div class="choice">
      <select id="fault" name="fault">
        ${faultNames.map(name => html`<option value="${name}">${texts.faults[name]}</option>`)}
        <option value="none">${texts.faults.none}</option>
      </select>
      <button class="secondary" aria-label="${texts.apply}: ${texts.fault}">${texts.apply}</button>
    </div>
  </form>`;
}

function clockForm(order: Order, texts: PanelTexts): Markup {
  return html`<form method="post" action="/panel/clock" data-panel>
    <input type="hidden" name="order" value="${order.id}">
    <h3>${texts.clock}</h3>
    <div class="buttons">
      ${clockStepNames.map(
        step =>
          html`<button class="secondary" name="advance" value="${step}">+ ${texts.clockSteps[step]}</button>`,
      )}
    </div>
  </form>`;
}

function dialectForm(order: Order, texts: PanelTexts): Markup {
  return html`<form method="post" action="/panel/dialect" data-panel>
    <input type="hidden" name="order" value="${order.id}">
    <h3>${texts.dialect}</h3>
    <div class="buttons">
      ${eras.map(
        era => html`<button class="secondary" name="era" value="${era}">${texts.eras[era]}</button>`,
      )}
    </div>
  </form>`;
}

function cardList(texts: PanelTexts): Markup {
  return html`<section><h3>${texts.cards}</h3>
    <dl class="cards">
      ${testCards.map(([brand, number]) => html`<div><dt>${brand}</dt><dd>${number}</dd></div>`)}
    </dl>
    <p class="hint">${texts.cardsHint}</p>
  </section>`;
}
