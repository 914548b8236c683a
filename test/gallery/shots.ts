/** Takes the picture of every screen at every width, in every theme and language, and notes what is wrong with it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Language, languages } from './orders.ts';
import { type Screen, screens } from './screens.ts';
import type { Box } from './stage.ts';

export const widths = [360, 1024] as const;
export const themes = ['light', 'dark'] as const;
export type Width = (typeof widths)[number];
export type Theme = (typeof themes)[number];

export interface Shot {
  readonly screen: string;
  readonly group: string;
  readonly width: Width;
  readonly theme: Theme;
  readonly language: Language;
  /** In the folder of the pictures; null when the screen did not come up. */
  readonly file: string | null;
  /** Of the tag, in CSS px. */
  readonly height: number;
  readonly faults: readonly string[];
}

/** Tall enough for every screen: nothing has to be scrolled for a picture. */
const tall = 2200;

const devices: Readonly<Record<Width, BrowserContextOptions>> = {
  360: { viewport: { width: 360, height: tall }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  1024: { viewport: { width: 1024, height: tall } },
};

/** Around the tag, so that its border and the page behind it are seen. */
const marginPx = 12;

/** One tab of the browser: a page that keeps its files, and what its console complained of. */
class Tab {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #width: Width;
  #page: Page | null = null;
  #complaints: string[] = [];

  constructor(browser: Browser, url: string, width: Width) {
    this.#browser = browser;
    this.#url = url;
    this.#width = width;
  }

  async shoot(screen: Screen, folder: string): Promise<readonly Shot[]> {
    const shots: Shot[] = [];
    for (const language of languages) {
      // What cannot be loaded stays so in a page that has it already: such a screen has a page of its own.
      const page = screen.missing ? await this.#open(screen.missing) : await this.#ownPage();
      shots.push(...(await this.#inLanguage(page, screen, language, folder)));
      if (screen.missing) await page.context().close();
    }
    return shots;
  }

  async close(): Promise<void> {
    await this.#page?.context().close();
  }

  async #ownPage(): Promise<Page> {
    this.#page ??= await this.#open([]);
    return this.#page;
  }

  async #open(missing: readonly string[]): Promise<Page> {
    const context = await this.#browser.newContext({
      ...devices[this.#width],
      reducedMotion: 'reduce',
      timezoneId: 'America/Sao_Paulo',
    });
    const page = await context.newPage();
    const isMissing = (address: string) =>
      missing.some(name => new RegExp(`/${name}-[\\w-]{8}\\.js$`).test(address));
    if (missing.length > 0) {
      await page.route('**/*.js', route =>
        isMissing(route.request().url()) ? route.abort('failed') : route.continue(),
      );
    }
    page.on('pageerror', error => this.#complaints.push(`error of the page: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' && !isMissing(message.location().url)) {
        this.#complaints.push(`console: ${message.text()}`);
      }
    });
    await page.goto(this.#url);
    await page.waitForFunction(() => window.stage);
    return page;
  }

  async #inLanguage(
    page: Page,
    { id, group }: Screen,
    language: Language,
    folder: string,
  ): Promise<readonly Shot[]> {
    const shots: Shot[] = [];
    const width = this.#width;
    this.#complaints = [];
    const failed = await page.evaluate(
      async ([name, tongue]) => {
        try {
          await window.stage.show(name, tongue);
          return null;
        } catch (error) {
          return String(error);
        }
      },
      [id, language] as const,
    );
    for (const theme of themes) {
      const shot = { screen: id, group, width, theme, language };
      if (failed) {
        shots.push({ ...shot, file: null, height: 0, faults: [failed] });
        continue;
      }
      const box: Box = await page.evaluate(name => window.stage.paint(name), theme);
      const file = `${id}.${width}.${theme}.${language}.png`;
      writeFileSync(join(folder, file), await page.screenshot({ clip: this.#around(box) }));
      const faults = [...(await page.evaluate(() => window.stage.faults())), ...this.#complaints];
      this.#complaints = [];
      shots.push({ ...shot, file, height: Math.round(box.height), faults });
    }
    return shots;
  }

  #around({ y, height }: Box): Box {
    const top = Math.max(0, y - marginPx);
    return { x: 0, y: top, width: this.#width, height: y + height + marginPx - top };
  }
}

/** `tabs` pages for each width work through the list side by side. */
export async function takeShots(
  browser: Browser,
  url: string,
  folder: string,
  { tabs, wanted }: { readonly tabs: number; readonly wanted: (screen: Screen) => boolean },
): Promise<readonly Shot[]> {
  const chosen = screens.filter(wanted);
  const taken = new Map<string, readonly Shot[]>();
  const work = async (width: Width, queue: Screen[]) => {
    const tab = new Tab(browser, url, width);
    for (let screen = queue.shift(); screen; screen = queue.shift()) {
      taken.set(`${screen.id} ${width}`, await tab.shoot(screen, folder));
    }
    await tab.close();
  };
  await Promise.all(
    widths.flatMap(width => {
      const queue = [...chosen];
      return Array.from({ length: tabs }, () => work(width, queue));
    }),
  );
  return chosen.flatMap(({ id }) => widths.flatMap(width => taken.get(`${id} ${width}`) ?? []));
}
