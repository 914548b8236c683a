/** HTTP by hand over a socket, for requests that no client library would send. */
import { connect } from 'node:net';

export interface RawRequest {
  readonly method: string;
  /** The request target as it is written on the first line. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** What Content-Length says; null leaves the header out. */
  readonly contentLength: number | null;
}

export interface RawAnswer {
  /** Null when the connection ended without a status line. */
  readonly status: number | null;
  /** Everything that came, headers and body. */
  readonly text: string;
}

/** An answer that takes longer is none. */
const patienceMs = 10_000;

function bytesOf(request: RawRequest): Buffer {
  const { method, target, headers, body, contentLength } = request;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(contentLength === null ? [] : [`Content-Length: ${contentLength}`]),
    'Connection: close',
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]);
}

/** Sends one request, closes the sending side, and takes what comes until the other side closes too. */
export function sendRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const { promise, resolve } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  // A body that never comes: the sender gives up, as a broken client does.
  const unfinished = (request.contentLength ?? 0) > request.body.length;
  const done = () => {
    socket.destroy();
    const text = Buffer.concat(chunks).toString('latin1');
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
    resolve({ status: status === undefined ? null : Number(status), text });
  };
  socket.setTimeout(patienceMs, done);
  socket.on('data', chunk => chunks.push(chunk));
  socket.on('error', done);
  socket.on('close', done);
  socket.on('end', done);
  socket.on('connect', () => {
    socket.write(bytesOf(request));
    if (unfinished) socket.end();
  });
  return promise;
}
