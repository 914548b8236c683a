/** A reminder to pay as an iCalendar file (RFC 5545): one whole day, and an alarm at nine in the morning of the day before. */

export interface DueDateReminder {
  /** Names the checkout. A second reminder of it takes the place of the first, also with another date. */
  readonly token: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly summary: string;
  readonly description: string;
  readonly now: Date;
}

const maxOctets = 75;

/** RFC 5545 section 3.3.11. Other control characters have no place in a text. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

/** Section 3.1: no line longer than 75 octets, and none broken inside a character. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > maxOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** FNV-1a, 32 bits: the token pays, so what is written to a calendar must not lead back to it. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export function dueDateReminder({ token, date, summary, description, now }: DueDateReminder): string {
  const day = date.replaceAll('-', '');
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const text = escapeText(summary);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//LetPay//LetPay Checkout//EN',
    'BEGIN:VEVENT',
    `UID:${fingerprint(token)}${fingerprint(`.${token}`)}@letpay-checkout`,
    `DTSTAMP:${stamp}`,
    // Without an end a date is one whole day, in the time zone of whoever reads it (section 3.6.1).
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${text}`,
    `DESCRIPTION:${escapeText(description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text}`,
    // Counted from the midnight at which the day begins.
    'TRIGGER:-PT15H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(line => `${fold(line)}\r\n`)
    .join('');
}
