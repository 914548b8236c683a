/** Where this script came from: the proxy, unless the merchant hosts the file. Read when the module runs, as later nobody knows. */

function originOf(url: string | undefined): string | null {
  return url && /^https?:/.test(url) ? new URL(url).origin : null;
}

/** A module knows its own address; the one-file build is a plain script and has to ask the document. */
function currentScript(): string | undefined {
  return typeof document === 'undefined'
    ? undefined
    : (document.currentScript as HTMLScriptElement | null)?.src;
}

export const scriptOrigin: string | null = originOf(import.meta.url) ?? originOf(currentScript());
