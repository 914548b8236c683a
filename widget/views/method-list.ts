/** Choose how to pay: native radios in a fieldset, the open method’s form directly under its row, one button. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { Failure } from '../checkout/state.ts';
import { alertIcon } from '../drawing/icons.ts';
import { isCardMethod } from '../methods/card/card-method.ts';
import type { MethodForm } from '../methods/method.ts';
import { registry } from '../methods/registry.ts';
import { notice } from './notice.ts';
import { summary } from './summary.ts';
import { methodPicture, type ViewContext } from './view.ts';

export interface MethodListState {
  readonly methods: readonly Method[];
  readonly open: Method;
  readonly form: MethodForm;
  readonly failure: Failure | null;
  /** The last submission stopped at fields that are wrong. */
  readonly stopped: boolean;
  /** A submission is under way: nothing can be changed, nothing moves. */
  readonly busy: boolean;
  /** How long the open form cannot be sent again. */
  readonly wait: string;
}

export function methodList(checkout: Checkout, state: MethodListState, context: ViewContext): TemplateResult {
  const { methods, form, busy } = state;
  const { texts, actions } = context;
  const handleSubmit = (event: Event) => {
    event.preventDefault();
    actions.submit();
  };
  const items = html`<div class="methods">${methods.map(method => item(method, checkout, state, context))}</div>`;
  return html`<form part="form" class="pay" novalidate aria-busy=${busy} @submit=${handleSubmit}>
    ${
      methods.length > 1
        ? html`<fieldset part="method-list">
          <legend part="title" class="title" tabindex="-1">${texts.chooseMethod}</legend>
          ${items}
        </fieldset>`
        : html`<div part="method-list">${items}</div>`
    }
    ${summary(checkout, form.total(checkout), context)}
  </form>`;
}

/** One method. Where it is the only one there is nothing to choose. */
function item(
  method: Method,
  checkout: Checkout,
  state: MethodListState,
  context: ViewContext,
): TemplateResult {
  const isOpen = method === state.open;
  const { adornments, texts } = context;
  const row = html`${methodPicture(method, context)}<span class="words"><span part="method-label" class="name">${texts.methodName[method]}</span>
    <span part="method-hint" class="row-hint">${registry[method].hint(checkout, context)}${adornments?.interestFree(method, checkout, texts)}</span>
    ${isCardMethod(method) ? html`<span part="card-brands" class="brands">${adornments?.acceptedBrands(checkout)}</span>` : nothing}</span>`;
  return html`<div part="method ${isOpen ? 'method-open' : ''}" class="method ${isOpen ? 'open' : ''}">
    ${
      state.methods.length > 1
        ? html`<label part=${`method-${method}`} class="row">
          <input part="method-radio" type="radio" name="method" value=${method} .checked=${isOpen}
            ?disabled=${state.busy && !isOpen} @change=${() => context.actions.choose(method)}>
          ${row}
        </label>`
        : html`<div part=${`method-${method}`} class="row">${row}</div>`
    }
    ${isOpen ? body(checkout, state, context) : nothing}
  </div>`;
}

function body(checkout: Checkout, state: MethodListState, context: ViewContext): TemplateResult {
  const { form, busy, failure, stopped, wait } = state;
  const { texts } = context;
  return html`<div part="method-body" class="body">
    <div ?inert=${busy}>${form.render(checkout, context)}</div>
    <div role="alert">${
      stopped && form.wrong.length > 0
        ? html`<p part="error-summary" class="error">${alertIcon()}<span>${texts.fixFields(
            form.wrong.map(name => texts.fieldLabel[name]),
          )}</span></p>`
        : notice(failure, context)
    }</div>
    <button part="pay-button" class="primary ${busy ? 'busy' : ''}" type="submit" aria-disabled=${busy || wait !== ''}>
      <slot name="submit-label">${busy ? texts.busy : wait ? texts.tryAgainIn(wait) : form.payLabel(checkout, context)}</slot>
    </button>
    <p part="secure-note" class="hint secure">${context.adornments?.lockIcon} ${texts.secure}</p>
  </div>`;
}
