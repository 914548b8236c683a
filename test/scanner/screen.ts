/** A browser’s screen of a given density with one of this folder’s scripts on it, and pictures of what it shows. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { crop, type Picture, readPng } from './pixels.ts';
import type { Place } from './sheet.ts';

/** Answered here: the page has an origin, as a shop’s page has, and no server. */
const address = 'https://shop.example/';

export interface Screen {
  readonly page: Page;
  /** What each place shows, to the whole pixel. Places may lie anywhere on the page. */
  photograph(places: readonly Place[]): Promise<Picture[]>;
}

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
}

/** One script of a browser’s file of this folder. */
export async function bundle(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '../..'),
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: {
        entry: join(import.meta.dirname, file),
        formats: ['iife'],
        name: 'script',
        fileName: () => 'script.js',
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [{ output }] = (Array.isArray(built) ? built : [built]) as [Rolldown.RolldownOutput];
  return output[0].code;
}

export async function openScreen(
  browser: Browser,
  script: string,
  density: number,
  media: 'screen' | 'print' = 'screen',
): Promise<Screen> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 1000 },
    deviceScaleFactor: density,
  });
  await context.route('**', route =>
    route.request().url() === address
      ? route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><html lang="pt-BR"><title>Loja</title>',
        })
      : route.abort(),
  );
  const page = await context.newPage();
  await page.emulateMedia({ media });
  await page.goto(address);
  await page.addScriptTag({ content: script });

  async function photograph(places: readonly Place[]): Promise<Picture[]> {
    const left = Math.floor(Math.min(...places.map(({ x }) => x)));
    const top = Math.floor(Math.min(...places.map(({ y }) => y)));
    const right = Math.ceil(Math.max(...places.map(({ x, width }) => x + width)));
    const bottom = Math.ceil(Math.max(...places.map(({ y, height }) => y + height)));
    await page.setViewportSize({ width: 1100, height: bottom });
    const picture = readPng(
      await page.screenshot({ clip: { x: left, y: top, width: right - left, height: bottom - top } }),
    );
    const pixels = (length: number) => Math.round(length * density);
    return places.map(({ x, y, width, height }) =>
      crop(
        picture,
        pixels(x - left),
        pixels(y - top),
        Math.floor(width * density),
        Math.floor(height * density),
      ),
    );
  }
  return { page, photograph };
}
