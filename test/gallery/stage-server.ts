/** The stage, bundled with the templates as the product’s build writes them, on an address of this machine. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { compactTemplates } from '../../widget/build/compact-templates.ts';

export interface StageServer {
  readonly url: string;
  readonly close: () => void;
}

/** Code by path. Parts that load later keep the names of their sources in front. */
async function bundleStage(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    root: join(import.meta.dirname, '../..'),
    configFile: false,
    logLevel: 'error',
    plugins: [compactTemplates()],
    // All of it would bring the test runner’s own connection along; waiting is in this part.
    resolve: { alias: { '@open-wc/testing': '@open-wc/testing-helpers' } },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { stage: join(import.meta.dirname, 'stage.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return new Map(
    outputs.flatMap(({ output }) =>
      output.flatMap(file => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [])),
    ),
  );
}

export async function serveStage(): Promise<StageServer> {
  const scripts = await bundleStage();
  const page = readFileSync(join(import.meta.dirname, 'stage.html'));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path);
    if (script !== undefined)
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script);
    else if (path === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
