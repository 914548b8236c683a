import { html } from 'hono/html';
import {
  type AddressField,
  type BuyerField,
  type BuyerForm,
  gateways,
  sandboxOutcomes,
  takesCards,
  taxIdProblem,
} from '../buyer.ts';
import { isBeyondCash, linesOf, totalOf } from '../cart.ts';
import type { Markup } from '../pictures.ts';
import type { ProxyRefusal } from '../proxy-client.ts';
import type { Visitor } from '../visitor.ts';
import { cashNotice } from './cart-page.ts';
import { layout } from './layout.ts';
import { summaryLines } from './order-summary.ts';

export interface CheckoutForm {
  /** The id that the order will have: pressing twice makes one order. */
  readonly orderId: string;
  readonly form: BuyerForm;
  readonly wrong: readonly BuyerField[];
  /** Set when the proxy did not take the order. */
  readonly refusal?: ProxyRefusal;
}

export function checkoutPage(visitor: Visitor, checkout: CheckoutForm): Markup {
  const { texts, cart, country } = visitor;
  const lines = linesOf(cart, country);
  const beyondCash = isBeyondCash(totalOf(lines), country);
  return layout(visitor, {
    title: texts.buyer.title,
    content: html`<h1>${texts.buyer.title}</h1>
      <div class="with-side">
        <form class="buyer" method="post" action="/checkout">
          <input type="hidden" name="order" value="${checkout.orderId}">
          ${problemNotice(visitor, checkout)}
          <p class="hint">${texts.buyer.hint}</p>
          ${contactFields(visitor, checkout)}
          ${checkout.form.address ? addressFields(visitor, checkout, checkout.form.address) : ''}
          ${outcomeField(visitor, checkout.form)}
          ${gatewayField(visitor, checkout.form)}
          ${beyondCash ? cashNotice(visitor) : html`<button class="primary">${texts.buyer.submit}</button>`}
        </form>
        <aside class="box"><h2>${texts.pay.summary}</h2>${summaryLines(lines, visitor)}</aside>
      </div>`,
  });
}

function problemNotice({ texts }: Visitor, { wrong, refusal }: CheckoutForm): Markup {
  const { problems } = texts.buyer;
  if (wrong.length > 0) return html`<p class="notice" role="alert">${problems.fields}</p>`;
  if (!refusal) return html``;
  const words = refusal.code === 'unreachable' ? problems.unreachable : problems.refused(refusal.code);
  return html`<p class="notice" role="alert">${words} ${refusal.requestId ? html`<small>${problems.requestId(refusal.requestId)}</small>` : ''}</p>`;
}

function contactFields(visitor: Visitor, checkout: CheckoutForm): Markup {
  const { person } = checkout.form;
  const field = fieldOf(visitor, checkout);
  return html`<fieldset><legend>${visitor.texts.buyer.contact}</legend>
    ${field('first_name', person.first_name, 'given-name')}
    ${field('surname', person.surname, 'family-name')}
    ${field('email', person.email, 'email', 'email')}
    ${field('tax_id', person.tax_id, 'off')}
  </fieldset>`;
}

function addressFields(
  visitor: Visitor,
  checkout: CheckoutForm,
  address: Readonly<Record<AddressField, string>>,
): Markup {
  const field = fieldOf(visitor, checkout);
  return html`<fieldset><legend>${visitor.texts.buyer.address}</legend>
    ${field('zipcode', address.zipcode, 'billing postal-code')}
    ${field('street', address.street, 'billing address-line1')}
    ${field('number', address.number, 'off')}
    ${field('complement', address.complement, 'billing address-line2', 'text', false)}
    ${field('neighborhood', address.neighborhood, 'billing address-level3')}
    ${field('city', address.city, 'billing address-level2')}
    ${field('state', address.state, 'billing address-level1')}
  </fieldset>`;
}

function fieldOf({ texts, country }: Visitor, { wrong }: CheckoutForm) {
  return (name: BuyerField, value: string, autocomplete: string, type = 'text', required = true): Markup => {
    const label = name === 'tax_id' ? country.taxIdName : texts.buyer.fields[name];
    const isWrong = wrong.includes(name);
    const problem = name === 'tax_id' ? taxIdProblem(value, country) : null;
    const why = problem ? texts.buyer.wrongTaxId[problem] : texts.buyer.wrong;
    return html`<div class="field">
      <label for="${name}">${label}</label>
      <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" ${name === 'tax_id' ? html`autocapitalize="characters" spellcheck="false"` : ''} ${required ? 'required' : ''}
        ${isWrong ? html`aria-invalid="true" aria-describedby="${name}-wrong"` : ''}>
      ${isWrong ? html`<p class="wrong" id="${name}-wrong">${why}</p>` : ''}
    </div>`;
  };
}

function outcomeField({ texts }: Visitor, form: BuyerForm): Markup {
  return html`<fieldset class="test-only"><legend>${texts.buyer.outcomeTitle}</legend>
    <div class="field">
      <label class="hidden" for="outcome">${texts.buyer.outcomeTitle}</label>
      <select id="outcome" name="outcome" aria-describedby="outcome-hint">
        ${sandboxOutcomes.map(
          outcome =>
            html`<option value="${outcome}" ${outcome === form.outcome ? 'selected' : ''}>${texts.buyer.outcomes[outcome]}</option>`,
        )}
      </select>
      <p class="hint" id="outcome-hint">${texts.buyer.outcomeHint}</p>
    </div>
  </fieldset>`;
}

function gatewayField({ texts, country }: Visitor, form: BuyerForm): Markup {
  return html`<fieldset class="test-only"><legend>${texts.buyer.gatewayTitle}</legend>
    <div class="field">
      <label class="hidden" for="gateway">${texts.buyer.gatewayTitle}</label>
      <select id="gateway" name="gateway">
        ${Object.entries(gateways).map(
          ([gateway, name]) =>
            html`<option value="${gateway}" ${gateway === form.gateway ? 'selected' : ''}>${name}</option>`,
        )}
      </select>
    </div>
    ${
      takesCards(country)
        ? html`<div class="field">
      <label class="tick"><input name="hold" type="checkbox" value="yes" aria-describedby="hold-hint" ${form.hold ? 'checked' : ''}> ${texts.buyer.hold}</label>
      <p class="hint" id="hold-hint">${texts.buyer.holdHint}</p>
    </div>`
        : ''
    }
  </fieldset>`;
}
