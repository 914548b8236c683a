/** The shop's own style, scripts and icon: a fixed list, so that no path from outside ever reaches the disk. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';

const files = {
  '/base.css': 'text/css; charset=utf-8',
  '/pages.css': 'text/css; charset=utf-8',
  '/test-mode.css': 'text/css; charset=utf-8',
  '/shop.js': 'text/javascript; charset=utf-8',
  '/pay.js': 'text/javascript; charset=utf-8',
  '/demo-bank.js': 'text/javascript; charset=utf-8',
  '/live.js': 'text/javascript; charset=utf-8',
  '/favicon.svg': 'image/svg+xml',
} as const;

export function createAssets(): Hono {
  const assets = new Hono();
  for (const [path, type] of Object.entries(files)) {
    assets.get(path, async c =>
      c.body(await readFile(join(import.meta.dirname, 'public', path)), 200, {
        'Content-Type': type,
        'Cache-Control': 'no-cache',
      }),
    );
  }
  return assets;
}
