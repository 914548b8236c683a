import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DueDateReminder, dueDateReminder } from '../../../widget/methods/due-date-reminder.ts';

const boleto: DueDateReminder = {
  token: '021b6048-81e2-49ad-b0e4-d9729a0efe17',
  date: '2027-03-12',
  summary: 'Pagar boleto · ORDER-1 · R$ 1.234,56',
  description: '00190.50095 40144.816069 06809.350314 3 37370000000100',
  now: new Date('2026-11-20T12:00:00.123Z'),
};

/** RFC 5545 section 3.1, read the other way round. */
function unfold(file: string): string[] {
  return file.replaceAll('\r\n ', '').split('\r\n');
}

/** The value of the first line of that name. */
function contentOf(file: string, name: string): string {
  const line = unfold(file).find(candidate => candidate.startsWith(`${name}:`));
  assert.ok(line, `there is no ${name}`);
  return line.slice(name.length + 1);
}

/** Section 3.3.11, read the other way round. */
function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

test('is one whole day on the due date, with an alarm at nine of the morning before', () => {
  const lines = unfold(dueDateReminder(boleto));
  assert.deepEqual(
    lines.filter(line => !line.startsWith('UID:')),
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//LetPay//LetPay Checkout//EN',
      'BEGIN:VEVENT',
      'DTSTAMP:20261120T120000Z',
      'DTSTART;VALUE=DATE:20270312',
      'SUMMARY:Pagar boleto · ORDER-1 · R$ 1.234\\,56',
      'DESCRIPTION:00190.50095 40144.816069 06809.350314 3 37370000000100',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Pagar boleto · ORDER-1 · R$ 1.234\\,56',
      'TRIGGER:-PT15H',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ],
  );
});

test('is the same event for the same checkout, whatever changes, and never names its token', () => {
  const first = dueDateReminder(boleto);
  const later = dueDateReminder({ ...boleto, date: '2027-03-20', now: new Date('2026-12-01T00:00:00Z') });
  const other = dueDateReminder({ ...boleto, token: `${boleto.token}1` });
  assert.equal(contentOf(later, 'UID'), contentOf(first, 'UID'));
  assert.notEqual(contentOf(other, 'UID'), contentOf(first, 'UID'));
  assert.match(contentOf(first, 'UID'), /^[\da-f]{16}@letpay-checkout$/);
  assert.doesNotMatch(first, /021b6048|d9729a0efe17/);
});

test('escapes what has a meaning in the format', () => {
  const file = dueDateReminder({ ...boleto, summary: 'a,b;c\\d\r\ne\nf\rg' });
  assert.equal(contentOf(file, 'SUMMARY'), 'a\\,b\\;c\\\\d\\ne\\nf\\ng');
});

test('no text can add a line of its own', () => {
  const file = dueDateReminder({
    ...boleto,
    summary: 'x\r\nATTACH:https://evil.example',
    description: '\u0000\u0007y',
  });
  assert.deepEqual(
    unfold(file).filter(line => line.startsWith('ATTACH')),
    [],
  );
  assert.equal(contentOf(file, 'DESCRIPTION'), 'y');
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('\\', ';', ',', '\n', 'ã', '€', '😀', 'x'), maxLength: 200 }),
);

test('no line is longer than 75 octets or breaks a character, and every text comes back whole', () => {
  fc.assert(
    fc.property(anyText, anyText, (summary, description) => {
      const file = dueDateReminder({ ...boleto, summary, description });
      for (const line of file.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75, line);
        assert.ok(line.isWellFormed());
        assert.doesNotMatch(line, /[\r\n]/);
      }
      const plain = (text: string) => text.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
      assert.equal(unescapeText(contentOf(file, 'SUMMARY')), plain(summary));
      assert.equal(unescapeText(contentOf(file, 'DESCRIPTION')), plain(description));
    }),
  );
});
