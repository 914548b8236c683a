/** Reads a checkout’s server-sent events as a page would. */
import { strict as assert } from 'node:assert';
import type { TestContext } from 'node:test';
import { type Checkout, checkout } from '../../server/contract/checkout.ts';

/** A feed being read: the events that came so far, in order. */
export interface OpenFeed {
  readonly events: { readonly event: string; readonly id: string; readonly checkout: Checkout }[];
  readonly text: () => string;
  /** Resolves when the server ended the stream. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

export async function openFeed(
  t: TestContext,
  url: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<OpenFeed> {
  const controller = new AbortController();
  t.after(() => controller.abort());
  const answer = await fetch(`${url}/v1/checkout/${token}/events`, { headers, signal: controller.signal });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
  const events: OpenFeed['events'] = [];
  let text = '';

  function take(block: string): void {
    const fields = Object.fromEntries(
      block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    if (fields.data === undefined) return;
    events.push({
      event: fields.event ?? '',
      id: fields.id ?? '',
      checkout: checkout.parse(JSON.parse(fields.data)),
    });
  }

  async function pump(): Promise<void> {
    let rest = '';
    const stream = answer.body?.pipeThrough(new TextDecoderStream()) ?? [];
    for await (const chunk of stream) {
      text += chunk;
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  }

  const ended = pump().catch(error => {
    if (!controller.signal.aborted) throw error;
  });
  return { events, text: () => text, ended, close: () => controller.abort() };
}
