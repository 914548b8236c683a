/** The expiry date of a card: a month, through whose last day the card is good. */

export type ExpiryReading =
  | { readonly ok: true; readonly month: number; readonly year: number }
  | { readonly ok: false; readonly code: 'required' | 'incomplete' | 'invalid' | 'expired' };

/** Further ahead than any card is issued for: a slip of the finger, not a date. */
const farthestYears = 50;

/** `YYYY-MM`, which month inputs and the autofill of some browsers and managers send, and `YYYYMM`. */
const yearFirst = /^(20\d\d)(?:\D+(\d{1,2})|(0[1-9]|1[0-2]))$/;

/**
 * A year whose month is missing: `2030`, which LastPass writes into a field for both (adyen-web pull request 3279), and
 * `/30`, when the month was selected and deleted. No month is made of it.
 */
const yearOnly = /^(?:\D*(20\d\d)|\D*\/\D*(\d{1,2}))$/;

function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/**
 * As it is typed: `1` → `1`, `5` → `05/`, `12` → `12/`, `13` → `13/` (a slip, and no January), `1229` → `12/29`, `12/2029` → `12/2029`. A date
 * with the year first becomes `MM/YY`, a year alone `/2029`. A lone `0` or `1` before a year stays as it is: whoever
 * types a month over another has not finished.
 */
export function formatExpiry(text: string): string {
  const wanted = plain(text);
  const swapped = yearFirst.exec(wanted);
  if (swapped) return `${(swapped[2] ?? swapped[3] ?? '').padStart(2, '0')}/${swapped[1]?.slice(2)}`;
  const withoutMonth = yearOnly.exec(wanted);
  if (withoutMonth) return `/${withoutMonth[1] ?? withoutMonth[2]}`;

  const [, month = '', rest = ''] = /^\D*(\d\d(?=\D)|[01]\d|\d)?(.*)$/s.exec(wanted) ?? [];
  const year = rest.replace(/\D/g, '');
  const shownYear = year.slice(0, year.startsWith('20') ? 4 : 2);
  if (month.length === 1 && month < '2' && /^\D/.test(rest) && year) return `${month}/${shownYear}`;
  // A lone 1 may still become 10, 11 or 12, unless something after it says that it will not.
  const complete = month.length === 2 || month > '1' || (month === '1' && rest !== '');
  if (!complete) return month;
  return `${month.padStart(2, '0')}/${shownYear}`;
}

/** Takes `M/YY`, `MM/YY`, `MM/YYYY`, `YYYY-MM`, four or six bare digits, any separator. `now` is read in local time. */
export function readExpiry(text: string, now: Date): ExpiryReading {
  const wanted = plain(text);
  if (!/\d/.test(wanted)) return { ok: false, code: 'required' };
  if (yearOnly.test(wanted)) return { ok: false, code: 'incomplete' };
  const swapped = yearFirst.exec(wanted);
  const [, first = '', last = ''] = swapped
    ? ['', swapped[2] ?? swapped[3], swapped[1]]
    : (/^(\d\d|\d(?=\D))\D*(\d\d(?:\d\d)?)$/.exec(wanted) ?? []);
  if (!last) return { ok: false, code: wanted.replace(/\D/g, '').length > 6 ? 'invalid' : 'incomplete' };
  const month = Number(first);
  const year = Number(last.padStart(4, '20'));
  const ahead = year - now.getFullYear();
  if (month < 1 || month > 12 || ahead > farthestYears) return { ok: false, code: 'invalid' };
  if (ahead < 0 || (ahead === 0 && month <= now.getMonth())) return { ok: false, code: 'expired' };
  return { ok: true, month, year };
}
