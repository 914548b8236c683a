/** One view per state that can follow a submission. Loaded together, while the shopper reads the form. */
import { nothing, type TemplateResult } from 'lit';
import type { Instrument } from '../../server/contract/checkout.ts';
import { failureWith } from '../checkout/failure.ts';
import type { OpenState } from '../checkout/state.ts';
import type { InstrumentView, MethodForm } from '../methods/method.ts';
import type { CopyController } from './copy-controller.ts';
import { declined } from './declined.ts';
import { failure } from './failure.ts';
import { progress, skeleton } from './progress.ts';
import { ended, paid } from './result.ts';
import { pending, verifying } from './verifying.ts';
import type { ViewContext } from './view.ts';
import { waiting } from './waiting.ts';

export interface OutcomeSources {
  readonly copy: CopyController;
  readonly receipt: MethodForm['receipt'];
  /** Null while the view of the instrument is on its way. */
  readonly instrumentView: InstrumentView<Instrument> | null;
  readonly instrumentFailed: boolean;
}

export function outcomeView(
  state: OpenState,
  context: ViewContext,
  sources: OutcomeSources,
): TemplateResult | typeof nothing {
  switch (state.name) {
    case 'submitting':
    case 'renewing':
      return progress(context.texts);
    case 'verifying':
      return verifying(state.checkout, state.requestId, context);
    case 'pending':
      return pending(state.checkout, context);
    case 'waiting': {
      const { instrument } = state.checkout;
      if (sources.instrumentFailed) return failure(failureWith('network'), context);
      return instrument && sources.instrumentView
        ? waiting(state, instrument, sources.instrumentView, context, sources.copy)
        : skeleton(context.texts.loading);
    }
    case 'paid':
      return paid(state.checkout, sources.receipt, context);
    case 'declined':
      return declined(state.checkout, state.failure, context);
    case 'ended':
      return ended(state.checkout, state.failure, context);
    case 'choosing':
      return nothing;
  }
}
