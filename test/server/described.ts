/** Holds real answers against the proxy’s own description of itself. */
import { strict as assert } from 'node:assert';
import { type ProblemCode, problem, problemStatuses } from '../../server/contract/problem.ts';
import { schemas } from '../../server/openapi/component-schemas.ts';
import { operations } from '../../server/openapi/document.ts';
import { type Operation, problemCodesOf } from '../../server/openapi/operation.ts';
import { codesToRetryLater } from '../../server/openapi/problem-notes.ts';

export interface SeenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Names of parameters differ between the router and the document; only their places count. */
export function pattern(path: string): string {
  return path
    .replace(/:\w+\{([\w-]*)[^}]*\}/g, '$1{}')
    .replace(/:\w+/g, '{}')
    .replace(/\{\w+\}/g, '{}');
}

const inOrder = operations.toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));

export function operationAt(method: string, path: string): Operation | undefined {
  return inOrder.find(operation => {
    const places = pattern(operation.path).replaceAll('.', '\\.').replaceAll('{}', '[^/]+');
    return operation.method === method.toLowerCase() && new RegExp(`^${places}$`).test(path);
  });
}

/** Fails when the answer has a status, type, field, code or header that the document does not tell of. */
export function assertDescribed(operation: Operation, { status, headers, text }: SeenAnswer): void {
  const what = `${operation.id} ${status} ${text.slice(0, 200)}`;
  const type = headers.get('content-type')?.split(';')[0] ?? null;
  assert.ok(headers.get('x-request-id'), what);
  if (type === 'application/problem+json') {
    const { code } = problem.strict().parse(JSON.parse(text));
    assert.ok(
      problemCodesOf(operation).includes(code as ProblemCode),
      `server/openapi does not tell of this: ${what}`,
    );
    assert.equal(problemStatuses[code as ProblemCode], status, what);
    assert.equal(headers.has('retry-after'), codesToRetryLater.has(code as ProblemCode), what);
    return;
  }
  const answer = operation.answers[status];
  assert.ok(answer, `server/openapi does not tell of this: ${what}`);
  if ('schema' in answer) {
    assert.equal(type, 'application/json', what);
    const body = JSON.parse(text);
    // Parsing leaves out what the schema does not know.
    assert.deepEqual(schemas[answer.schema].parse(body), body, what);
  } else if (answer.contentType === null) {
    assert.equal(text, '', what);
  } else {
    assert.ok(type !== null && [answer.contentType].flat().includes(type), `${type}: ${what}`);
  }
}
