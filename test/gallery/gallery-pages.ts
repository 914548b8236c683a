/** The gallery as HTML: `index.html` with everything, and one page for each choice of width, theme and language. */
import { languages } from './orders.ts';
import { type Shot, themes, widths } from './shots.ts';

/** A picture of another checkout, named for the screen of ours that it stands beside. */
export interface Peer {
  readonly file: string;
  readonly peer: string;
  readonly screen: string;
  readonly width: number;
}

interface Choice {
  readonly width: number | null;
  readonly theme: string | null;
  readonly language: string | null;
}

interface GalleryPage {
  readonly name: string;
  readonly html: string;
}

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 16px 64px; color: #15181e; background: #eceef2 }
  nav { position: sticky; top: 0; padding: 8px 0; background: #eceef2; border-bottom: 1px solid #c4c9d3 }
  nav p { display: inline-block; margin: 0 24px 0 0 } nav a { margin-right: 10px } a[aria-current] { font-weight: 700; color: inherit; text-decoration: none }
  h2, h3 { scroll-margin-top: 96px } h2 { margin: 40px 0 0 } h3 { margin: 16px 0 4px; font-weight: 600 }
  .row { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
  figure { margin: 0 } figcaption { font-size: 13px; color: #555d6b } img { display: block; border: 1px solid #c4c9d3; height: auto }
  .fault { color: #b3261e; max-width: 360px } .peer { padding-left: 12px; border-left: 3px solid #0a5bd3 }`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

/** “Paid, or not” as the id of a heading. */
function anchorOf(heading: string): string {
  return heading.replace(/\W+/g, '-').toLowerCase();
}

function nameOf({ width, theme, language }: Choice): string {
  const words = [width, theme, language].filter(word => word !== null);
  return words.length === 0 ? 'index.html' : `${words.join('-')}.html`;
}

function links<K extends keyof Choice>(choice: Choice, key: K, values: readonly Choice[K][]): string {
  const each = [null, ...values].map(value => {
    const current = choice[key] === value ? ' aria-current="page"' : '';
    return `<a href="${nameOf({ ...choice, [key]: value })}"${current}>${value ?? 'all'}</a>`;
  });
  return `<p>${key}: ${each.join(' ')}</p>`;
}

/** Desktop pictures at half their size: the eye compares layouts, a click shows every pixel. */
function shownWidth(width: number): number {
  return width > 600 ? width * 0.6 : width;
}

function figureOf({ screen, file, width, theme, language, height, faults }: Shot): string {
  const words = escaped(`${width} · ${theme} · ${language} · ${height} px high`);
  const picture = file
    ? `<a href="pictures/${file}"><img loading="lazy" width="${shownWidth(width)}" src="pictures/${file}" alt="${escaped(screen)}, ${words}"></a>`
    : '';
  const wrong = faults.map(fault => `<p class="fault">${escaped(fault)}</p>`).join('');
  return `<figure>${picture}<figcaption>${words}</figcaption>${wrong}</figure>`;
}

function peerFigure({ file, peer, screen, width }: Peer): string {
  const words = escaped(`${peer} · ${screen} · ${width}`);
  return `<figure class="peer"><a href="${file}"><img loading="lazy" width="${shownWidth(width)}" src="${file}" alt="${words}"></a><figcaption>${words}</figcaption></figure>`;
}

function pageOf(choice: Choice, shots: readonly Shot[], peers: readonly Peer[]): GalleryPage {
  const fits = (shot: Shot) =>
    (choice.width ?? shot.width) === shot.width &&
    (choice.theme ?? shot.theme) === shot.theme &&
    (choice.language ?? shot.language) === shot.language;
  const shown = shots.filter(fits);
  const beside = peers.filter(({ width }) => (choice.width ?? width) === width);
  const groups = Map.groupBy(shown, ({ group }) => group);
  const sections = [...groups].map(([group, members]) => {
    const screens = [...Map.groupBy(members, ({ screen }) => screen)].map(([screen, figures]) => {
      const others = beside.filter(peer => peer.screen === screen);
      const row = [...figures.map(figureOf), ...others.map(peerFigure)].join('\n');
      return `<h3 id="${escaped(screen)}">${escaped(screen)}</h3><div class="row">${row}</div>`;
    });
    return `<h2 id="${anchorOf(group)}">${escaped(group)}</h2>${screens.join('\n')}`;
  });
  const faults = shown.reduce((sum, shot) => sum + shot.faults.length, 0);
  const jumps = [...groups.keys(), ...(beside.length > 0 ? ['Peers'] : [])].map(
    group => `<a href="#${anchorOf(group)}">${escaped(group)}</a>`,
  );
  const peerSection =
    beside.length > 0
      ? `<h2 id="peers">Peers</h2><div class="row">${beside.map(peerFigure).join('\n')}</div>`
      : '';
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery: ${shown.length} screens, ${faults} faults</title><style>${style}</style></head><body>
<h1>${shown.length} screens, ${faults} faults</h1>
<nav>${links(choice, 'width', widths)}${links(choice, 'theme', themes)}${links(choice, 'language', languages)}<p>${jumps.join(' ')}</p></nav>
${sections.join('\n')}
${peerSection}
</body></html>`;
  return { name: nameOf(choice), html };
}

/** Filters are plain links between these pages. */
export function pagesOf(shots: readonly Shot[], peers: readonly Peer[]): readonly GalleryPage[] {
  return [null, ...widths].flatMap(width =>
    [null, ...themes].flatMap(theme =>
      [null, ...languages].map(language => pageOf({ width, theme, language }, shots, peers)),
    ),
  );
}
