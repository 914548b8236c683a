/**
 * Faults on demand: what a PSP does on a bad day, over a real connection (product.md section 6).
 * A fault is used up by the calls it strikes; faults strike in the order they were asked for.
 */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Clock } from './clock.ts';

export const faultSchema = z.object({
  path: z.string().startsWith('/'),
  method: z.string().toUpperCase().optional(),
  times: z.number().int().positive().default(1),
  /**
   * `delay` holds the answer back after the call took effect; `delay_before` holds the call itself back, so that it
   * takes effect late.
   */
  kind: z.enum([
    'delay',
    'delay_before',
    'drop_before',
    'drop_after',
    'status',
    'status_after',
    'garbage',
    'truncate',
  ]),
  /** Milliseconds of the emulator's clock, for the delays. */
  ms: z.number().int().nonnegative().default(1_000),
  /** HTTP status, for `status` and `status_after`. */
  status: z.number().int().min(400).max(599).default(500),
});

export type Fault = z.infer<typeof faultSchema>;

export interface FaultList {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  readonly list: () => readonly Fault[];
  /** The fault that strikes this call, now used once more. */
  readonly take: (method: string, path: string) => Fault | undefined;
}

/** `*` in a fault's path stands for any run of characters. */
function matches(pattern: string, path: string): boolean {
  const literal = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(path);
}

export function createFaultList(): FaultList {
  let faults: readonly { readonly fault: Fault; readonly left: number }[] = [];
  return {
    add(fault) {
      faults = [...faults, { fault, left: fault.times }];
    },
    clear() {
      faults = [];
    },
    list: () => faults.map(({ fault, left }) => ({ ...fault, times: left })),
    take(method, path) {
      const struck = faults.find(
        ({ fault }) => (fault.method ?? method) === method && matches(fault.path, path),
      );
      if (struck === undefined) return undefined;
      faults = faults
        .map(entry => (entry === struck ? { ...entry, left: entry.left - 1 } : entry))
        .filter(entry => entry.left > 0);
      return struck.fault;
    },
  };
}

type Bindings = { Bindings: Partial<HttpBindings> };

export interface FaultSettings {
  readonly clock: Clock;
  readonly faults: FaultList;
  /** Told of every call that reaches the PSP; a `drop_before` does not. */
  readonly arrived: (method: string, path: string) => void;
  /** The body, in the PSP's own error shape, of an answer that a `status` fault gives. */
  readonly errorAnswer: (path: string, status: number) => Response;
}

export function faultMiddleware(settings: FaultSettings): MiddlewareHandler<Bindings> {
  const { clock, faults, arrived, errorAnswer } = settings;

  return async (c, next) => {
    const { method, path } = c.req;
    const fault = faults.take(method, path);
    if (fault?.kind === 'drop_before') return drop(c);
    arrived(method, path);
    if (fault === undefined) return next();

    switch (fault.kind) {
      case 'status':
        return errorAnswer(path, fault.status);
      case 'delay_before':
        await clock.sleep(fault.ms);
        return next();
      case 'delay':
        await next();
        await clock.sleep(fault.ms);
        return undefined;
      case 'drop_after':
        await next();
        return replace(c, drop(c));
      case 'status_after':
        await next();
        return replace(c, errorAnswer(path, fault.status));
      case 'garbage':
        await next();
        return replace(c, new Response('<html><body>upstream is busy', { status: 200 }));
      case 'truncate':
        await next();
        return replace(c, await truncate(c));
    }
  };
}

/** Hono merges the headers of an answer that is set over another one; clearing it first avoids that. */
function replace(c: Context, answer: Response): undefined {
  c.res = undefined;
  c.res = answer;
}

function drop(c: Context<Bindings>): Response {
  c.env?.incoming?.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Sends all headers, with the length of the whole body, and only the first half of it. */
async function truncate(c: Context<Bindings>): Promise<Response> {
  const outgoing = c.env?.outgoing;
  const body = Buffer.from(await c.res.arrayBuffer());
  const headers = { ...Object.fromEntries(c.res.headers), 'content-length': String(body.length) };
  outgoing?.writeHead(c.res.status, headers);
  outgoing?.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.socket?.destroy());
  return RESPONSE_ALREADY_SENT;
}
