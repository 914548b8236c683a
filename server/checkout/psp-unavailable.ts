/** The PSP could not be asked: because it was not reached, or because it refused the proxy’s credentials. */
import { isLogInRefusal } from '../gateways/gateway.ts';
import { ProblemError } from '../problem.ts';

/** `detail`: what that means for the call. `cause`: of the outcome that said so, where one did; for the log. */
export function pspUnavailable(detail: string, cause: string | undefined): ProblemError {
  const more = { retryAfterSeconds: 2, ...(cause !== undefined && { cause }) };
  return isLogInRefusal(cause)
    ? new ProblemError(
        'psp_log_in_refused',
        `The payment provider refused the credentials that the proxy has for it. ${detail}`,
        more,
      )
    : new ProblemError('psp_unavailable', detail, more);
}
