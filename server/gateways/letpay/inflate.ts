/**
 * “Base64 zipped” images and HTML, made plain. The documents never name the algorithm: the classic sample is zlib, newer
 * field names say gzip (facts section 4.9), so the first bytes decide. Capped, because a few KB can unfold to gigabytes.
 */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

const cap = { maxOutputLength: 1024 * 1024 };
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** The bytes behind a zipped base64 text, or null when there are none that can be read. */
function inflate(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 4) return null;
  const [first, second] = bytes;
  try {
    if (first === 0x1f && second === 0x8b) return gunzipSync(bytes, cap);
    if (first === 0x78) return inflateSync(bytes, cap);
    if (bytes.subarray(0, 4).equals(pngMagic) || first === 0x3c) return bytes;
    return inflateRawSync(bytes, cap);
  } catch {
    return null;
  }
}

/** Plain base64 of a PNG; null for anything else, so that a page never shows what it cannot know. */
export function inflatePng(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const bytes = inflate(value);
  return bytes?.subarray(0, 4).equals(pngMagic) ? bytes.toString('base64') : null;
}

/** HTML as text, or null. */
export function inflateHtml(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return inflate(value)?.toString('utf8') ?? null;
}
