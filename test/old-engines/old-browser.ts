/** An old Chromium that Playwright of today can drive. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../environment/chromium.ts';

/** What Playwright’s own script in the page calls and Chromium has since 105 only. The tag’s world does not see it. */
const checkVisibility = `Element.prototype.checkVisibility ??= function () {
  return this.getClientRects().length > 0 && getComputedStyle(this).visibility === 'visible';
}`;

export function launchOldBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: chromiumFlags });
}

export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  session.on('Runtime.executionContextCreated', ({ context: world }) => {
    if (!world.name.startsWith('__playwright')) return;
    const adding = session.send('Runtime.evaluate', { contextId: world.id, expression: checkVisibility });
    // The world of a page that was left meanwhile is gone, and nobody needs it.
    adding.catch(() => undefined);
  });
  await session.send('Runtime.enable');
  return page;
}
