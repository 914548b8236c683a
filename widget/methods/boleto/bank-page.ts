/**
 * The page that the bank made of a boleto: HTML of a third party, shown as a picture and never as a part of ours.
 *
 * The empty `sandbox` gives it an origin of its own and takes scripts, forms, pop-ups, refreshes and the way to the page
 * around it; the policy takes every address, so that a remote image tells nobody that the boleto was looked at; `inert`
 * takes the links, which a sandbox lets lead the frame itself away.
 */

const head =
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">` +
  '<base target="_blank">';

/**
 * Null where a page demands Trusted Types: `srcdoc` then takes no text, and a policy of our own is what such a page may
 * forbid. The voucher beside it needs none of this.
 */
export function bankPageFrame(page: string): HTMLIFrameElement | null {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  frame.inert = true;
  try {
    frame.srcdoc = head + page;
    return frame;
  } catch {
    return null;
  }
}
