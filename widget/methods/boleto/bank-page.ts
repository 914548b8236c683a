/**
 * The page that the bank made of a boleto: HTML of a third party, shown as a picture and never as a part of ours.
 *
 * The empty `sandbox` gives it an origin of its own and takes scripts, forms, pop-ups, refreshes and the way to the page
 * around it; the policy takes every address, so that a remote image tells nobody that the boleto was looked at; `inert`
 * takes the links, which a sandbox lets lead the frame itself away.
 */

import { trustedHtml } from '../../trusted-html.ts';

const head =
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">` +
  '<base target="_blank">';

/**
 * The frame has the policy of the page around it beside ours, so the bank’s style elements carry the page’s `nonce`.
 *
 * Null where a page demands Trusted Types and does not allow our policy: `srcdoc` then takes no text. The voucher beside it
 * needs none of this.
 */
export function bankPageFrame(page: string, nonce: string): HTMLIFrameElement | null {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  frame.inert = true;
  try {
    const content = head + page.replace(/<style(?=[\s>])/gi, `<style nonce="${nonce}"`);
    frame.srcdoc = trustedHtml?.createHTML(content) ?? content;
    return frame;
  } catch {
    return null;
  }
}
