/** The schemas of the contract by name, and their JSON Schema with the words for readers put in. */
import { z } from 'zod';
import { captureRequest } from '../contract/capture.ts';
import {
  boletoInstrument,
  checkout,
  decline,
  installmentPlan,
  paycashInstrument,
  payment,
  pixInstrument,
  redirectInstrument,
  savedCard,
  totals,
} from '../contract/checkout.ts';
import { contractList, merchantContract } from '../contract/merchant-contract.ts';
import {
  createdOrder,
  holdDecision,
  merchantOrder,
  orderAttempt,
  orderList,
  refundList,
  storedCard,
} from '../contract/merchant-order.ts';
import { liveness, readiness } from '../contract/operations.ts';
import { orderRequest } from '../contract/order.ts';
import { person, personRequest, quote, quoteRequest, tokenPaymentRequest } from '../contract/person.ts';
import { fieldProblem, problem } from '../contract/problem.ts';
import { refund, refundRequest } from '../contract/refund.ts';
import {
  cardAuthentication,
  debitCardSubmission,
  newCardSubmission,
  plainSubmission,
  savedCardSubmission,
} from '../contract/submission.ts';
import { webhookEvent } from '../contract/webhook.ts';
import { noteOf } from './field-notes.ts';
import type { Schema } from './open-api.ts';
import { wordsOf } from './word-notes.ts';

/** What callers send. */
const requests = {
  OrderRequest: orderRequest,
  CaptureRequest: captureRequest,
  RefundRequest: refundRequest,
  PersonRequest: personRequest,
  QuoteRequest: quoteRequest,
  TokenPaymentRequest: tokenPaymentRequest,
  NewCardSubmission: newCardSubmission,
  DebitCardSubmission: debitCardSubmission,
  CardAuthentication: cardAuthentication,
  SavedCardSubmission: savedCardSubmission,
  PlainSubmission: plainSubmission,
} as const;

/** What the proxy answers, or posts to the merchant. */
const answers = {
  Checkout: checkout,
  CreatedOrder: createdOrder,
  Order: merchantOrder,
  OrderList: orderList,
  OrderAttempt: orderAttempt,
  HoldDecision: holdDecision,
  Totals: totals,
  InstallmentPlan: installmentPlan,
  PixInstrument: pixInstrument,
  BoletoInstrument: boletoInstrument,
  PaycashInstrument: paycashInstrument,
  RedirectInstrument: redirectInstrument,
  Decline: decline,
  Payment: payment,
  SavedCard: savedCard,
  Refund: refund,
  RefundList: refundList,
  Person: person,
  StoredCard: storedCard,
  Quote: quote,
  Contract: merchantContract,
  ContractList: contractList,
  WebhookEvent: webhookEvent,
  Liveness: liveness,
  Readiness: readiness,
  Problem: problem,
  FieldProblem: fieldProblem,
} as const;

export const schemas: Readonly<Record<SchemaName, z.ZodType>> = { ...requests, ...answers };

export type SchemaName = keyof typeof requests | keyof typeof answers;

export const schemaRef = (name: SchemaName): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** Throws an Error when a schema has something that JSON Schema cannot say. */
export function componentSchemas(): Record<string, Schema> {
  return { ...jsonSchemas(requests, 'input'), ...jsonSchemas(answers, 'output') };
}

function jsonSchemas(
  named: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, Schema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, uri: id => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.keys(named).map(id => [id, readable(made.schemas[id] ?? {}, io, id)]));
}

/** Keywords that repeat another one in regular expressions, or in the limits of JavaScript’s numbers. */
function isNoise(keyword: string, value: unknown, { format }: Schema): boolean {
  if (keyword === '$schema' || keyword === '$id' || keyword === 'propertyNames') return true;
  if (keyword === 'pattern') return format !== undefined;
  return (
    (keyword === 'minimum' || keyword === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
  );
}

/** `place` names the schema and the fields down to here, as in `Checkout.can.submit`. */
function readable(schema: Schema, io: 'input' | 'output', place: string): Schema {
  // `z.json()` refers to itself: anything that JSON can say.
  if (schema.$ref?.includes('__shared')) return {};
  const kept: Schema = Object.fromEntries(
    Object.entries(schema).filter(([keyword, value]) => !isNoise(keyword, value, schema)),
  );
  const inside = (value: unknown, below = place) => readable((value ?? {}) as Schema, io, below);
  if (kept.items) kept.items = inside(kept.items);
  if (kept.anyOf) kept.anyOf = kept.anyOf.map(option => inside(option));
  if (kept.oneOf) kept.oneOf = kept.oneOf.map(option => inside(option));
  if (typeof kept.additionalProperties === 'object')
    kept.additionalProperties = inside(kept.additionalProperties);
  // A newer proxy may answer more fields: that breaks nobody.
  if (io === 'output' && kept.additionalProperties === false) delete kept.additionalProperties;
  if (kept.properties) {
    kept.properties = Object.fromEntries(
      Object.entries(kept.properties).map(([name, property]) => {
        const path = `${place}.${name}`;
        const description = noteOf(path);
        return [name, { ...inside(property, path), ...(description && { description }) }];
      }),
    );
  }
  const words = kept.enum && wordsOf(kept.enum);
  if (words) kept['x-enumDescriptions'] = words;
  const own = place.includes('.') ? undefined : noteOf(place);
  return own && kept.description === undefined ? { ...kept, description: own } : kept;
}
