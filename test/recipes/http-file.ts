/** The `.http` files that editors send: requests under `###`, `{{names}}` for what varies. */
export interface HttpCall {
  /** What stands above the request, its heading among it. */
  readonly comment: string;
  readonly method: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there is none. */
  readonly body: string;
}

export function readCalls(text: string): HttpCall[] {
  return text
    .split(/^###/m)
    .slice(1)
    .map(part => {
      const lines = part.trim().split('\n');
      const start = lines.findIndex(line => /^[A-Z]+ \S+$/.test(line));
      const [method = '', address = ''] = lines[start]?.split(' ') ?? [];
      const gap = lines.indexOf('', start);
      const end = gap < 0 ? lines.length : gap;
      const headers = lines.slice(start + 1, end).map(line => /^([\w-]+): (.*)$/.exec(line));
      return {
        comment: lines.slice(0, start).join('\n'),
        method,
        address,
        headers: Object.fromEntries(headers.map(header => [header?.[1] ?? '', header?.[2] ?? ''])),
        body: lines.slice(end + 1).join('\n'),
      };
    });
}
