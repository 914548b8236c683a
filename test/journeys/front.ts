/**
 * The network between the shopper and the proxy, in the test’s hand: it counts what passes, and it can be slow, cut what
 * it carries, or be gone.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What becomes of requests that begin now. `cut`: the connection dies before an answer. */
export type Weather = 'fine' | 'slow' | 'cut';

export interface Front {
  readonly url: string;
  /** Calls of the checkout’s interface, oldest first: `GET`, `GET /events`, `POST /sendPayment` … */
  readonly calls: string[];
  /** Feeds that are connected now. */
  readonly openFeeds: number;
  weather: Weather;
  /** Requests that are answered 503 whatever the weather, as often as it says so. */
  isCut: (path: string) => boolean;
  /** Nothing listens any more, and every connection is reset. */
  readonly goDown: () => Promise<void>;
  /** Listens again at the same address. */
  readonly comeBack: () => Promise<void>;
}

const slowMs = 1_500;

/** A merchant’s page: it may be kept for “back”, as the hosted page, which is `no-store`, may not. */
const shopPage = (token: string) => `<!doctype html>
<html lang="pt-BR"><meta charset="utf-8"><title>Loja</title><link rel="icon" href="data:,">
<script type="module" src="/letpay-checkout.js"></script>
<letpay-checkout payment-token="${token}"></letpay-checkout>`;

/** `target`: where the proxy is, asked for each request, because it may not be there yet. */
export async function startFront(target: () => string): Promise<Front> {
  const calls: string[] = [];
  const feeds = new Set<ServerResponse>();
  let weather: Weather = 'fine';
  let isCut: Front['isCut'] = () => false;

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = asked;
    const shopped = /^\/shop\/(.*)$/.exec(url)?.[1];
    if (shopped !== undefined) {
      answer.writeHead(200, { 'content-type': 'text/html' }).end(shopPage(shopped));
      return;
    }
    const call = /^\/v1\/checkout\/[^/]+(.*)$/.exec(url)?.[1];
    const isFeed = call === '/events';
    if (call !== undefined) calls.push(`${method} ${call}`.trim());
    if (isCut(url)) {
      // Not a broken connection: browsers repeat such a request by themselves.
      answer.writeHead(503).end();
      return;
    }
    if (weather === 'cut') {
      answer.destroy();
      return;
    }
    if (weather === 'slow') await wait(slowMs);
    if (isFeed && !answer.destroyed) feeds.add(answer);
    answer.once('close', () => feeds.delete(answer));
    const { hostname, port } = new URL(target());
    const onward = request({ hostname, port, path: url, method, headers }, reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
      reply.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    answer.once('close', () => onward.destroy());
    asked.pipe(onward);
  }

  const server = createServer((asked, answer) => void pass(asked, answer));
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    get openFeeds() {
      return feeds.size;
    },
    get weather() {
      return weather;
    },
    set weather(value) {
      weather = value;
    },
    get isCut() {
      return isCut;
    },
    set isCut(value) {
      isCut = value;
    },
    async goDown() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    comeBack: () => listen(port),
  };
}
