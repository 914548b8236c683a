// What the shop does around the tag: thanks, a log of the tag's events, and the test panel.
// The events only steer this page. What the shop ships is decided by its backend, which asks the proxy.

import { askBank } from './demo-bank.js';

const tag = document.querySelector('letpay-checkout');
const panel = document.querySelector('#panel');
const eventList = document.querySelector('#events');

const eventNames = [
  'letpay-ready',
  'letpay-method-change',
  'letpay-submit',
  'letpay-state-change',
  'letpay-instrument',
  'letpay-paid',
  'letpay-pending',
  'letpay-declined',
  'letpay-copy',
  'letpay-warning',
  'letpay-error',
];

tag.authenticateCard = askBank;
for (const name of eventNames) tag.addEventListener(name, logEvent);
tag.addEventListener('letpay-paid', showThanks);
tag.addEventListener('letpay-state-change', showAttempts);
tag.addEventListener('letpay-instrument', showAttempts);

for (const form of panel.querySelectorAll('form[data-panel]')) form.addEventListener('submit', press);

if (document.readyState === 'complete') checkTag();
else window.addEventListener('load', checkTag);
await showAttempts();

function checkTag() {
  document.querySelector('#tag-missing').hidden = customElements.get('letpay-checkout') !== undefined;
}

function showThanks({ checkout }) {
  const isHeld = checkout.status === 'PRE_AUTHORIZED';
  document.querySelector(isHeld ? '#held' : '#thanks').hidden = false;
}

/** Names only: the panel shows the order of things, not the data in them. */
function logEvent(event) {
  document.querySelector('#no-events')?.remove();
  const entry = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = new Date().toTimeString().slice(0, 8);
  const change = event.type === 'letpay-state-change' ? ` ${event.previous} → ${event.state}` : '';
  entry.append(time, ` ${event.type}${change}`);
  eventList.prepend(entry);
}

async function press(event) {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const headers = { Accept: 'application/json' };
  const note = await fetch(form.action, { method: 'POST', headers, body })
    .then(response => response.json())
    .then(
      answer => answer.note,
      () => 'failed',
    );
  document.querySelector('#panel-note').textContent = panel.dataset[note] ?? '';
  await showAttempts();
}

/** The ledger of the bank: one row per attempt, the newest submitted one chosen until somebody picks another. */
async function showAttempts() {
  const response = await fetch(`/panel/ledger?order=${panel.dataset.order}`).catch(() => undefined);
  const { payments } = response?.ok ? await response.json() : { payments: [] };
  if (payments.length === 0) return;
  const list = document.querySelector('#attempts');
  const usual = [...payments].reverse().find(payment => payment.send_accepted > 0) ?? payments.at(-1);
  const picked = list.querySelector('input:checked:not([data-usual])')?.value;
  list.replaceChildren(
    ...payments.map(payment => attemptRow(payment, payment === usual, picked ?? usual.payment_token)),
  );
}

function attemptRow(payment, isUsual, checkedToken) {
  const row = document.createElement('label');
  row.className = 'attempt';
  const radio = document.createElement('input');
  radio.type = 'radio';
  radio.name = 'payment_token';
  radio.value = payment.payment_token;
  radio.toggleAttribute('data-usual', isUsual);
  radio.checked = payment.payment_token === checkedToken;
  const accepted = panel.dataset.accepted.replace('{count}', payment.send_accepted);
  row.append(radio, ` ${payment.method ?? '–'} · ${payment.status} · ${accepted}`);
  return row;
}
