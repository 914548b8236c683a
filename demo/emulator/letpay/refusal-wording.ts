/** How each era says no ("Error response", and the error samples of the classic document). */
import { STATUS_CODES } from 'node:http';
import { zuluTime } from './dates.ts';
import type { Problem, Refusal } from './refusal.ts';

export interface RefusalAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const upstream = 'There was an issue when contacting an external API, please contact support';
const accessDenied = 'Access Denied';

interface Wording {
  readonly status: number;
  readonly message: string;
  readonly problems?: readonly Problem[];
}

export function currentRefusal(refusal: Refusal, path: string, now: number): RefusalAnswer {
  const { status, message, problems } = currentWording(refusal);
  return {
    status,
    body: {
      timestamp: zuluTime(now, status === 404 ? '+00:00' : '+0000'),
      status,
      error: STATUS_CODES[status] ?? 'Error',
      message,
      path,
      ...(problems && { errors: problems }),
    },
  };
}

function currentWording(refusal: Refusal): Wording {
  const one = (status: number, code: string, description: string): Wording => ({
    status,
    message: description,
    problems: [{ code, description }],
  });
  switch (refusal.kind) {
    case 'unauthorized':
      return { status: 401, message: accessDenied };
    case 'malformed_json':
      return one(400, '00.01.0044', 'Malformed JSON');
    case 'invalid':
      return {
        status: 400,
        message: refusal.problems[0]?.description ?? '',
        problems: refusal.problems,
      };
    case 'invalid_tax_id':
      return one(400, '00.01.0044', `${refusal.field}: invalid tax ID number`);
    case 'contract_not_found':
      return one(422, '00.01.0021', 'Invalid contract / project');
    case 'payment_not_found':
      return one(404, '00.01.0038', `This transaction id (${refusal.token}) could not be found.`);
    case 'stored_not_found':
      return refusal.what === 'Person'
        ? one(404, '00.01.0017', 'The public person id is invalid or could not be found')
        : one(404, '00.01.0034', 'Card not found');
    case 'route_not_found':
      return { status: 404, message: 'No message available' };
    case 'forbidden':
      return one(refusal.status, refusal.problem.code, refusal.problem.description);
    case 'simulated':
      if (refusal.status === 401) return { status: 401, message: accessDenied };
      return refusal.status >= 500
        ? one(refusal.status, '00.03.0001', upstream)
        : one(refusal.status, '00.01.0043', 'Request processing failed');
  }
}

interface ClassicWording {
  readonly status: number;
  readonly error?: string;
  readonly exception?: string;
  readonly message: string;
}

/** Exceptions carry the time as a number, all else as text. */
export function classicRefusal(refusal: Refusal, path: string, now: number): RefusalAnswer {
  const { status, error, exception, message } = classicWording(refusal);
  return {
    status,
    body: {
      timestamp: exception ? now : zuluTime(now),
      status,
      error: error ?? STATUS_CODES[status] ?? 'Error',
      ...(exception && { exception }),
      message,
      path,
    },
  };
}

/** The classic shape has no list of errors, so a code is put at the end of the message. */
function classicWording(refusal: Refusal): ClassicWording {
  const thrown = (exception: string, text: string): ClassicWording => ({
    status: 500,
    exception,
    message: `Request processing failed; nested exception is ${exception}: ${text}`,
  });
  switch (refusal.kind) {
    case 'unauthorized':
      return { status: 401, message: accessDenied };
    case 'malformed_json':
      return {
        status: 500,
        message:
          'Request processing failed; nested exception is org.json.JSONException: A JSONObject text must begin with "{"',
      };
    case 'invalid': {
      const [{ code, description } = { code: '00.01.0051', description: 'Validation error' }] =
        refusal.problems;
      const message = code === '00.01.0044' ? description : `${description} (${code})`;
      return { status: 500, error: 'Validation error', message };
    }
    case 'invalid_tax_id':
      return {
        status: 422,
        message: 'One of the parameters provided are incorrect: Date of birth, Full name, Tax Id.',
      };
    case 'contract_not_found':
      return thrown(
        'letpay.exceptions.ContractNotFoundException',
        `Contract cannot be found. ${refusal.contractId}`,
      );
    case 'payment_not_found':
      return thrown('java.lang.Exception', `The payment ${refusal.token} cannot be found.`);
    case 'stored_not_found':
      return { status: 500, message: `${refusal.what} cannot be found. ${refusal.id}` };
    case 'route_not_found':
      return { status: 404, message: 'No message available' };
    case 'forbidden':
      return thrown('java.lang.Exception', `${refusal.problem.description} (${refusal.problem.code})`);
    case 'simulated':
      return { status: refusal.status, message: refusal.status === 401 ? accessDenied : upstream };
  }
}
