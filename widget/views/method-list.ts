/** Choose how to pay: native radios in a fieldset, the open method’s form directly under its row, one button. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { Failure } from '../checkout/state.ts';
import { icon } from '../drawing/icons.ts';
import type { MethodForm } from '../methods/method.ts';
import { registry } from '../methods/registry.ts';
import { notice } from './notice.ts';
import { summary } from './summary.ts';
import type { ViewContext } from './view.ts';

export interface MethodListState {
  readonly methods: readonly Method[];
  readonly open: Method;
  readonly form: MethodForm;
  readonly failure: Failure | null;
  /** The last submission stopped at fields that are wrong. */
  readonly stopped: boolean;
  /** A submission is under way: nothing can be changed, nothing moves. */
  readonly busy: boolean;
}

export function methodList(checkout: Checkout, state: MethodListState, context: ViewContext): TemplateResult {
  const { methods, form, busy } = state;
  const { texts, actions } = context;
  const handleSubmit = (event: Event) => {
    event.preventDefault();
    actions.submit();
  };
  return html`<form part="form" class="pay" novalidate aria-busy=${busy ? 'true' : 'false'} @submit=${handleSubmit}>
    ${
      methods.length > 1
        ? html`<fieldset part="method-list">
          <legend part="title" class="title" tabindex="-1">${texts.chooseMethod}</legend>
          <div class="methods">${methods.map(method => choice(method, checkout, state, context))}</div>
        </fieldset>`
        : only(checkout, state, context)
    }
    ${summary(checkout, form.total(checkout), context)}
  </form>`;
}

function row(method: Method, checkout: Checkout, context: ViewContext): TemplateResult {
  return html`${icon(method)}<span class="words"><span part="method-label" class="name">${context.texts.methodName[method]}</span>
    <span part="method-hint" class="row-hint">${registry[method].hint(checkout, context)}</span></span>`;
}

function choice(
  method: Method,
  checkout: Checkout,
  state: MethodListState,
  context: ViewContext,
): TemplateResult {
  const isOpen = method === state.open;
  return html`<div part=${isOpen ? 'method method-open' : 'method'} class="method ${isOpen ? 'open' : ''}">
    <label part=${`method-${method}`} class="row">
      <input part="method-radio" type="radio" name="method" value=${method} .checked=${isOpen}
        ?disabled=${state.busy && !isOpen} @change=${() => context.actions.choose(method)}>
      ${row(method, checkout, context)}
    </label>
    ${isOpen ? body(checkout, state, context) : nothing}
  </div>`;
}

function only(checkout: Checkout, state: MethodListState, context: ViewContext): TemplateResult {
  return html`<div part="method-list"><div class="methods"><div part="method method-open" class="method open">
    <div part=${`method-${state.open}`} class="row">${row(state.open, checkout, context)}</div>
    ${body(checkout, state, context)}
  </div></div></div>`;
}

function body(checkout: Checkout, state: MethodListState, context: ViewContext): TemplateResult {
  const { form, busy, failure, stopped } = state;
  const { texts } = context;
  return html`<div part="method-body" class="body">
    <div ?inert=${busy}>${form.render(checkout, context)}</div>
    ${
      stopped && form.wrong.length > 0
        ? html`<p part="error-summary" class="error" role="alert">${icon('alert')}<span>${texts.fixFields(
            form.wrong.map(name => texts.fieldLabel[name]),
          )}</span></p>`
        : notice(failure, context)
    }
    <button part="pay-button" class="primary ${busy ? 'busy' : ''}" type="submit" aria-disabled=${busy ? 'true' : 'false'}>
      <slot name="submit-label">${busy ? texts.processing : form.payLabel(checkout, context)}</slot>
    </button>
  </div>`;
}
