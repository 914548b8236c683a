/**
 * `npm run gallery`: a picture of every screen of the tag in the folder `gallery/`, with `index.html` to look through them, and
 * a list of what is wrong. Words after it choose the screens whose names hold one of them. `GALLERY_PEERS` may name a folder
 * of pictures of other checkouts, `peer.screen.width.png`, which are shown beside ours.
 */
import { copyFileSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { type Peer, pagesOf } from './gallery-pages.ts';
import { type Shot, takeShots } from './shots.ts';
import { serveStage } from './stage-server.ts';

const folder = join(import.meta.dirname, '../../gallery');
const pictures = join(folder, 'pictures');
/** Two for each width: more than two cores do not gain from more. */
const tabs = 2;

function copyPeers(from: string | undefined): readonly Peer[] {
  if (!from) return [];
  mkdirSync(join(folder, 'peers'));
  return globSync('*.png', { cwd: from })
    .sort()
    .map(file => {
      copyFileSync(join(from, file), join(folder, 'peers', file));
      const [peer = '', screen = '', width = ''] = file.split('.');
      return { file: `peers/${file}`, peer, screen, width: Number(width) };
    });
}

/** One line for each fault of each screen, with the pictures that show it. */
function listOf(faults: readonly { readonly shot: Shot; readonly fault: string }[]): readonly string[] {
  const byFault = Map.groupBy(faults, ({ shot, fault }) => `${shot.screen}: ${fault}`);
  return [...byFault].map(([line, seen]) => {
    const where = seen.map(({ shot: { width, theme, language } }) => `${width} ${theme} ${language}`);
    return `${line}\n    ${where.join(' · ')}`;
  });
}

const words = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const peers = copyPeers(process.env['GALLERY_PEERS']);
const server = await serveStage();
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
try {
  const shots = await takeShots(browser, server.url, pictures, {
    tabs,
    wanted: ({ id }) => words.length === 0 || words.some(word => id.includes(word)),
  });
  for (const { name, html } of pagesOf(shots, peers)) writeFileSync(join(folder, name), html);
  writeFileSync(join(folder, 'shots.json'), JSON.stringify(shots, null, 1));
  const faults = shots.flatMap(shot => shot.faults.map(fault => ({ shot, fault })));
  for (const line of listOf(faults)) process.stdout.write(`${line}\n`);
  process.stdout.write(`${join(folder, 'index.html')}\n`);
  process.stdout.write(`${shots.length} screens, ${faults.length} faults\n`);
  process.exitCode = faults.length > 0 || shots.length === 0 ? 1 : 0;
} finally {
  await browser.close();
  server.close();
}
