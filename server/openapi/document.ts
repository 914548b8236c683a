/**
 * The OpenAPI document: made of the zod contract, the table of operations, and words. Nothing in it is written twice, so a
 * call or a field that changes changes here too.
 */
import { type ProblemCode, problemStatuses } from '../contract/problem.ts';
import { problemTitles } from '../problem.ts';
import { componentSchemas, type SchemaName, schemaRef } from './component-schemas.ts';
import { type ExampleName, examples } from './examples.ts';
import { merchantOperations } from './merchant-operations.ts';
import type {
  Example,
  Header,
  MediaType,
  OpenApiDocument,
  OperationObject,
  Parameter,
  PathItem,
  Reference,
  ResponseObject,
} from './open-api.ts';
import { type Answer, groups, type Operation, problemCodesOf } from './operation.ts';
import { codesToRetryLater, problemNotes } from './problem-notes.ts';
import { publicOperations } from './public-operations.ts';

export const operations: readonly Operation[] = [...merchantOperations, ...publicOperations];

const ref = (kind: 'parameters' | 'headers' | 'examples', name: string): Reference => ({
  $ref: `#/components/${kind}/${name}`,
});

/** `serverUrl`: the proxy’s own address from outside, without a slash at the end. */
export function openApiDocument(serverUrl: string): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'LetPay Checkout: the proxy',
      version: '1',
      summary: 'Orders, refunds and stored cards for your backend; the checkout for the tag.',
      description: [
        'JSON in and out; amounts are numbers in major units (`123.45`), times are ISO 8601 in UTC. Every answer carries `X-Request-Id`, which is in the proxy’s log too.',
        'Errors are `application/problem+json` with a `code`. A program decides by the code; new codes, fields and words of an enumeration may come, so ignore what you do not know.',
        'An `Idempotency-Key` names one thing to be done. The same key with the same body is answered the same again, and nothing happens twice.',
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl, description: 'This proxy' }],
    tags: Object.entries(groups).map(([name, description]) => ({ name, description })),
    paths: paths(),
    webhooks: { event: { post: webhook() } },
    components: {
      schemas: componentSchemas(),
      parameters: componentParameters,
      headers: componentHeaders,
      examples: { ...examples, ...problemExamples() },
      securitySchemes: {
        merchantKey: {
          type: 'http',
          scheme: 'bearer',
          description: '`MERCHANT_API_KEY` of the proxy. It stays in your backend.',
        },
      },
    },
  };
}

function paths(): Record<string, PathItem> {
  const items: Record<string, PathItem> = {};
  for (const operation of operations)
    items[operation.path] = { ...items[operation.path], [operation.method]: operationObject(operation) };
  return items;
}

function operationObject(operation: Operation): OperationObject {
  const { id, group, caller, summary, description, body } = operation;
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(description && { description }),
    security: caller === 'backend' ? [{ merchantKey: [] }] : [],
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: !body.optional,
        content: { 'application/json': jsonContent(body.schemas, body.examples) },
      },
    }),
    responses: responsesOf(operation),
  };
}

function parametersOf(operation: Operation): (Parameter | Reference)[] {
  const { path, query = [], idempotencyKey, id } = operation;
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ref('parameters', name)),
    ...query.map(
      ({ name, required, description, example }): Parameter => ({
        name,
        in: 'query',
        required,
        description,
        schema: { type: 'string', examples: [example] },
      }),
    ),
    ...(idempotencyKey ? [ref('parameters', idempotencyNames[idempotencyKey])] : []),
    ...(id === 'watchCheckout' ? [ref('parameters', 'LastEventId')] : []),
    ref('parameters', 'XRequestId'),
  ];
}

function jsonContent(names: readonly SchemaName[], shown: readonly ExampleName[]): MediaType {
  const [first, ...more] = names.map(schemaRef);
  return {
    schema: first && more.length === 0 ? first : { anyOf: names.map(schemaRef) },
    ...(shown.length > 0 && {
      examples: Object.fromEntries(shown.map(name => [name, ref('examples', name)])),
    }),
  };
}

function responsesOf(operation: Operation): Record<string, ResponseObject> {
  const good = Object.entries(operation.answers).map(
    ([status, answer]) => [status, goodResponse(answer)] as const,
  );
  const codes = problemCodesOf(operation);
  const statuses = [...new Set(codes.map(code => problemStatuses[code]))].toSorted((a, b) => a - b);
  const bad = statuses.map(status => {
    const here = codes.filter(code => problemStatuses[code] === status);
    return [String(status), problemResponse(here)] as const;
  });
  return Object.fromEntries([...good, ...bad]);
}

function goodResponse(answer: Answer): ResponseObject {
  const { description } = answer;
  const headers = { 'X-Request-Id': ref('headers', 'XRequestId') };
  if ('schema' in answer) {
    return {
      description,
      headers,
      content: { 'application/json': jsonContent([answer.schema], answer.examples) },
    };
  }
  const { contentType, example } = answer;
  if (contentType === null) return { description, headers };
  const media: MediaType = {
    schema: {},
    ...(example !== undefined && { examples: { sample: { value: example } } }),
  };
  return {
    description,
    headers,
    content: Object.fromEntries(
      [contentType]
        .flat()
        .map(type => [type, type.startsWith('text/') ? { ...media, schema: { type: 'string' } } : media]),
    ),
  };
}

function problemResponse(codes: readonly ProblemCode[]): ResponseObject {
  const retried = codes.some(code => codesToRetryLater.has(code));
  return {
    description: codes.map(code => `\`${code}\`: ${problemNotes[code].when}`).join('\n\n'),
    headers: {
      'X-Request-Id': ref('headers', 'XRequestId'),
      ...(retried && { 'Retry-After': ref('headers', 'RetryAfter') }),
    },
    content: {
      'application/problem+json': {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(codes.map(code => [code, ref('examples', code)])),
      },
    },
  };
}

function problemExamples(): Record<string, Example> {
  return Object.fromEntries(
    (Object.keys(problemStatuses) as ProblemCode[]).map(code => [
      code,
      {
        summary: problemTitles[code],
        value: {
          type: `urn:letpay-checkout:problem:${code}`,
          title: problemTitles[code],
          status: problemStatuses[code],
          code,
          detail: problemNotes[code].when,
          ...(code === 'validation_failed' && {
            errors: [{ pointer: '/person_email', code: 'required', detail: 'is required' }],
          }),
          request_id: '4e1f6e0a-8c52-4b0e-9a53-1f0c8f3a2b11',
        },
      },
    ]),
  );
}

function webhook(): OperationObject {
  const header = (name: string, description: string, example: string): Parameter => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string', examples: [example] },
  });
  return {
    operationId: 'receiveEvent',
    tags: ['Orders'],
    summary: 'News for your backend',
    description: [
      'Posted to `MERCHANT_WEBHOOK_URL` as [Standard Webhooks](https://www.standardwebhooks.com) have it, and tried again for a day until you answer with 2xx. The same event can come twice and events can come out of order: remember `webhook-id`, and look at `data.sequence`. An order that you read has a `sequence` too: an event with a higher one is newer than what you read.',
      'Verify before you read: `webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`, with the bytes that `MERCHANT_WEBHOOK_SECRET` holds in base64 after `whsec_`. Several signatures may stand there with spaces between, while a secret is changed: one has to fit. Refuse a timestamp that is more than five minutes off.',
    ].join('\n\n'),
    security: [],
    parameters: [
      header(
        'webhook-id',
        'Names the event; the same when it is tried again.',
        'evt_021b6048-81e2-49ad-b0e4-d9729a0efe17_2',
      ),
      header('webhook-timestamp', 'When this try was made, in seconds since 1970.', '1795176000'),
      header(
        'webhook-signature',
        'One or more signatures, with spaces between.',
        'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
      ),
    ],
    requestBody: {
      required: true,
      content: { 'application/json': jsonContent(['WebhookEvent'], ['webhook']) },
    },
    responses: {
      '204': { description: 'Any 2xx: you have it.' },
      '410': { description: 'You want nothing more of this event.' },
      default: {
        description: 'Anything else, or no answer in time: it is tried again. `Retry-After` is honoured.',
      },
    },
  };
}

const idempotencyNames = { required: 'IdempotencyKey', optional: 'OptionalIdempotencyKey' } as const;

const idempotencyKey: Omit<Parameter, 'required'> = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Names this one thing to be done, in 1 to 200 visible ASCII characters.',
  schema: { type: 'string', minLength: 1, maxLength: 200, examples: ['order-1'] },
};

const pathParameter = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', examples: [example] },
});

const componentParameters: Readonly<Record<string, Parameter>> = {
  payment_token: pathParameter('payment_token', 'The order’s name.', '021b6048-81e2-49ad-b0e4-d9729a0efe17'),
  refund_id: pathParameter('refund_id', 'The refund’s name.', 'rf_021b6048-81e2-49ad-b0e4-d9729a0efe17_7'),
  public_person_id: pathParameter('public_person_id', 'The stored person’s name.', 'PER-3d0b2c9e'),
  public_card_id: pathParameter('public_card_id', 'The stored card’s name.', 'CAR-8f6d2c1a'),
  gateway: pathParameter('gateway', 'The payment provider.', 'letpay'),
  file: pathParameter('file', 'The rest of the name.', 'checkout.js'),
  IdempotencyKey: { ...idempotencyKey, required: true },
  OptionalIdempotencyKey: { ...idempotencyKey, required: false },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    required: false,
    description: 'The `id` of the last event that arrived: only what is newer is told.',
    schema: { type: 'string', examples: ['4'] },
  },
  XRequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description:
      'Your own id for this call, 8 to 64 letters, digits, `_` or `-`, with at least one letter: it is answered and logged. Another one, or one that holds a card number, is replaced.',
    schema: { type: 'string', pattern: '^(?=.*[A-Za-z])[\\w-]{8,64}$', examples: ['shop-req-0001'] },
  },
};

const componentHeaders: Readonly<Record<string, Header>> = {
  XRequestId: {
    description: 'Names this call in the proxy’s log.',
    schema: { type: 'string', examples: ['4e1f6e0a-8c52-4b0e-9a53-1f0c8f3a2b11'] },
  },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', examples: [2] } },
};
