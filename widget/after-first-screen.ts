/**
 * What makes the first screen pleasant, what the page is told of it, and what nobody needs in order to pay: one file of the
 * build, loaded right after the first screen.
 */
import { type Attributes, tellMistakes } from './developer-mistakes.ts';
import { type ScreenWithTotal, type Tag, tellTotal } from './total-news.ts';

export { brandFace } from './drawing/brand-tile.ts';
export { adornmentStyles } from './views/adornments.styles.ts';
export { acceptedBrands, interestFree, lockIcon, methodIcon } from './views/adornments.ts';

/** After every render. */
export function tell(tag: Attributes & Tag, screen: ScreenWithTotal): void {
  tellMistakes(tag);
  tellTotal(tag, screen);
}
