// What a 3-D Secure provider would do here: the shopper’s bank asks whether it is really them. Of the demonstration only;
// a shop calls its own provider instead. The tag waits, and nothing is sent before this resolves.

/** A credit card goes without; a debit card needs the bank’s word. */
export async function askBank({ method, card_number, amount, currency }) {
  if (method !== 'DEBITCARD') return null;
  const dialog = document.querySelector('#demo-bank');
  const { lang } = document.documentElement;
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency });
  const { maximumFractionDigits: digits } = money.resolvedOptions();
  dialog.querySelector('[data-amount]').textContent = money.format(amount / 10 ** digits);
  dialog.querySelector('[data-card]').textContent = card_number.slice(-4);
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
  if (dialog.returnValue !== 'confirm') throw new Error('not confirmed');
  return {
    cavv: 'AAABBEg0VhI0VniQEjRWAAAAAAA=',
    xid: 'MDAwMDAwMDAwMDAwMDAwMDAwMDE=',
    eci: '05',
    version: '2.2.0',
    dstrans_id: crypto.randomUUID(),
  };
}
