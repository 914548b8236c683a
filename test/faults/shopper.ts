/**
 * One shopper of a fault run, with the merchant’s backend that makes her order: walks through her plan as pages of the
 * tag would, copes with every answer and every silence, and writes down what she was told.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Checkout } from '../../server/contract/checkout.ts';
import { cardSubmission } from './cards.ts';
import { codeOf } from './http.ts';
import { again, lookEveryMs, openPage, overStatuses, type Stage, type Visit } from './page.ts';
import type { AttemptPlan, PlannedMethod, ShopperPlan } from './plan.ts';

const codes = new Set(['PIX', 'BOLETO', 'PAYCASH']);
const rounds = 6;

export async function visit(plan: ShopperPlan, stage: Stage): Promise<Visit> {
  const { emulator } = stage;
  const record: Visit = {
    plan,
    token: null,
    history: [],
    complaints: [],
    toldOver: [],
    answered: [],
    paidByHand: new Set(),
    mustStayUnsent: new Set(),
  };
  const { note, request, insist, read, lookUntil } = openPage(record, stage);
  let attemptNumber = 1;

  async function order(): Promise<Checkout | null> {
    const body = {
      amount: plan.amount,
      asset: plan.country === 'MX' ? 'MXN' : 'BRL',
      reference_id: plan.reference,
      person_firstname: plan.firstName,
      person_surname: 'Sonnentag',
      person_taxid: plan.country === 'MX' ? 'GODE561231GR8' : '39784045087',
      person_email: 'alice@example.com',
      disable_address: true,
      payment_country: plan.country,
      payment_currency: plan.country === 'MX' ? 'MXN' : 'BRL',
    };
    for (const fault of plan.onOrder) await emulator.fault({ ...fault, method: 'POST', path: '/payment' });
    // A key whose proxy was killed stays taken for a minute; a backend then makes the order under another one.
    for (const series of 'abcdefgh') {
      const key = `${plan.reference}-order-${series}`;
      for (let turn = 0; turn < 8; turn++) {
        const send = () => request('POST', '/v1/orders', { key, body, merchant: true });
        const replies = await Promise.all(Array.from({ length: plan.orders }, () => insist(send)));
        const made = replies.filter(reply => reply?.status === 201).map(read);
        const tokens = new Set(made.map(seen => seen?.payment_token));
        if (tokens.size > 1) record.complaints.push('one key made several orders');
        const [first] = made;
        if (first) return first;
        await wait(again);
      }
    }
    return null;
  }

  function bodyFor(method: PlannedMethod, card: number): Readonly<Record<string, unknown>> {
    return method === 'CREDITCARD' ? cardSubmission(card) : { method };
  }

  /** One burst of clicks and tabs; resolves when every one of them has its answer. */
  async function burst(step: AttemptPlan, round: number): Promise<void> {
    const path = `/v1/checkout/${record.token}/sendPayment`;
    const key = `${plan.reference}-${attemptNumber}-${round}`;
    const first = round === 0;
    async function send(
      ownKey: string,
      ownBody: Readonly<Record<string, unknown>>,
      hangUpAfterMs: number | null = null,
    ) {
      let hangUp = hangUpAfterMs;
      const reply = await insist(() => {
        stage.submitting();
        const patience = hangUp;
        hangUp = null;
        return request('POST', path, { key: ownKey, body: ownBody, hangUpAfterMs: patience });
      });
      return { reply, means: meansOf(ownBody) };
    }
    if (step.next === 'vanish') {
      stage.submitting();
      const body = bodyFor(step.method, step.card);
      await request('POST', path, { key, body, hangUpAfterMs: step.hangUpAfterMs ?? 200 });
      return;
    }
    const body = bodyFor(step.method, step.card + round);
    const other = plan.country === 'MX' ? 'PAYCASH' : plan.firstName === 'Alice' ? 'PIX' : 'CREDITCARD';
    const clicks = Array.from({ length: first ? step.clicks : 1 }, (_, click) =>
      send(key, body, first && click === 0 ? step.hangUpAfterMs : null),
    );
    const tabs = Array.from({ length: first ? step.tabs : 0 }, (_, tab) =>
      send(`${key}-tab${tab}`, bodyFor(tab % 2 === 0 ? step.method : other, step.card + tab + 1)),
    );
    // Where a card is all that can have been taken, and nothing but money can come of it, no new attempt may be had.
    const onlyCard = step.method === 'CREDITCARD' && (step.tabs < 2 || other === 'CREDITCARD');
    if (first && step.renewsEarly && onlyCard && ['Alice', 'PAID', 'IN_ANALYSIS'].includes(plan.firstName)) {
      await Promise.race([...clicks, ...tabs]);
      const early = await request('POST', `/v1/checkout/${record.token}/renew`, { key: `${key}-early` });
      if ((read(early)?.attempt ?? 0) > attemptNumber) {
        record.complaints.push(
          `a new attempt was made while the card of attempt ${attemptNumber} was on its way`,
        );
      }
    }
    for (const { reply, means } of await Promise.all([...clicks, ...tabs])) {
      const refused = reply !== null && codeOf(reply) === 'psp_refused';
      record.answered.push({ attempt: attemptNumber, means, refused });
      const seen = read(reply);
      if (seen && reply && seen.verifying !== (reply.status === 202)) {
        record.complaints.push(`status ${reply.status} with verifying ${seen.verifying}`);
      }
    }
  }

  /** Submits until something came of it: the same key for the same click, a new key for every new try. */
  async function submit(step: AttemptPlan, pspToken: string): Promise<Checkout | null> {
    const path = `/payment/${pspToken}`;
    for (const fault of step.onSend)
      await emulator.fault({ ...fault, method: 'POST', path: `${path}/sendPayment` });
    for (const fault of step.onRead) await emulator.fault({ ...fault, method: 'GET', path });
    for (let round = 0; round < rounds; round++) {
      await burst(step, round);
      if (step.next === 'vanish') return null;
      const since = Date.now();
      const seen = await lookUntil('an end of verifying', now => !now.verifying, step.reads);
      if (seen === null) return null;
      const verifiedFor = Date.now() - since;
      if (verifiedFor > 2 * lookEveryMs) stage.verified(verifiedFor);
      if (!seen.can.submit) return seen;
    }
    note('tried often enough');
    return null;
  }

  /** Tells the PSP how it ends, and waits until the proxy knows. */
  async function settle(step: AttemptPlan, pspToken: string, seen: Checkout): Promise<Checkout | null> {
    const decides = plan.firstName === 'Alice' || plan.firstName === 'IN_ANALYSIS';
    if (!decides) return lookUntil('the outcome', now => now.status !== 'PROCESSING', step.reads);
    if (plan.firstName === 'IN_ANALYSIS') {
      const analysed = await lookUntil('IN_ANALYSIS', now => now.status === 'IN_ANALYSIS', 'get');
      if (analysed === null) return null;
    }
    const status = step.next === 'pay' ? 'PAID' : seen.method === 'CREDITCARD' ? 'DECLINED' : 'CANCELED';
    if (status === 'PAID') record.paidByHand.add(pspToken);
    note(`the PSP: ${pspToken.slice(0, 8)} is ${status}`);
    await emulator.settle(pspToken, status);
    return lookUntil(`the settled ${status}`, now => now.status === status, step.reads);
  }

  async function renew(step: AttemptPlan): Promise<Checkout | null> {
    for (const fault of step.onRenew) await emulator.fault({ ...fault, method: 'POST', path: '/payment' });
    const path = `/v1/checkout/${record.token}/renew`;
    const tabs = step.renewsTwice ? ['', '-again'] : [''];
    // Not sent, refused at the door: the page offers the button again.
    for (let turn = 0; turn < 10; turn++) {
      const replies = await Promise.all(
        tabs.map(tab =>
          insist(() =>
            request('POST', path, { key: `${plan.reference}-renew-${attemptNumber}-${turn}${tab}` }),
          ),
        ),
      );
      const seen = replies.map(read).filter(made => made !== null);
      const newest = seen.find(made => made.attempt === attemptNumber + 1) ?? seen[0];
      if (seen.some(made => made.attempt > attemptNumber + 1)) {
        record.complaints.push(`renewing attempt ${attemptNumber} made more than one new attempt`);
      }
      if (newest) return newest;
      if (replies.some(reply => reply && ['already_paid', 'not_renewable'].includes(codeOf(reply))))
        return null;
      await wait(again);
    }
    return null;
  }

  const pspTokens = async () => (await emulator.payments(plan.reference)).map(row => row.payment_token);
  /** The PSP’s token of the newest attempt, as the merchant’s backend sees it. */
  async function newestToken(): Promise<string | null> {
    const reply = await insist(() => request('GET', `/v1/orders/${record.token}`, { merchant: true }));
    const attempts = (reply?.body as { attempts?: { payment_token: string }[] } | undefined)?.attempts;
    return attempts?.at(-1)?.payment_token ?? null;
  }

  const left: { readonly pspToken: string; readonly plan: AttemptPlan }[] = [];

  async function payLate(pspToken: string): Promise<boolean> {
    const row = (await emulator.payments(plan.reference)).find(found => found.payment_token === pspToken);
    if (row?.status !== 'PROCESSING') return false;
    record.paidByHand.add(pspToken);
    note(`the PSP: ${pspToken.slice(0, 8)}, left before, is PAID`);
    await emulator.settle(pspToken, 'PAID');
    return true;
  }

  async function walk(): Promise<void> {
    for (const [number, step] of plan.attempts.entries()) {
      attemptNumber = number + 1;
      const pspToken = await newestToken();
      if (pspToken === null) return note('no token of the attempt could be had');
      const previous = left.at(-1);
      if (previous?.plan.paidLate === 'before the next') {
        const path = `/payment/${previous.pspToken}`;
        for (const fault of previous.plan.onLateRead) await emulator.fault({ ...fault, method: 'GET', path });
        // Something makes the proxy ask: a slow read is under way when the payment comes in.
        const callback = { reference_id: plan.reference, payment_token: previous.pspToken };
        await request('POST', '/v1/callbacks/letpay', { body: callback });
        await wait(again);
        if (await payLate(previous.pspToken)) record.mustStayUnsent.add(pspToken);
      }
      const submitted = await submit(step, pspToken);
      if (submitted === null) return note('nothing came of the submission');
      if (step.repeatsKey) {
        const body = bodyFor(step.method, step.card);
        await request('POST', `/v1/checkout/${record.token}/sendPayment`, {
          key: `${plan.reference}-${attemptNumber}-0`,
          body,
        });
      }
      const leaves = step.next === 'leave' && codes.has(submitted.method ?? '') && submitted.can.renew;
      if (leaves) {
        left.push({ pspToken, plan: step });
      } else if (!overStatuses.has(submitted.status) && submitted.status !== 'PAID') {
        if (step.next === 'go') return;
        await settle(step, pspToken, submitted);
      }
      if (number === plan.attempts.length - 1) break;
      const renewed = await renew(step);
      if (renewed === null || renewed.attempt === attemptNumber) break;
    }
  }

  const made = await order();
  if (made === null) {
    note(`no order came about; the PSP has ${(await pspTokens()).length}`);
    return record;
  }
  record.token = made.payment_token;
  await walk();
  for (const { pspToken, plan: step } of left) {
    if (step.paidLate === 'at the end') await payLate(pspToken);
  }
  return record;
}

/** What a submission pays with, as the emulator’s ledger can name it too. */
function meansOf({ method, card_number }: Readonly<Record<string, unknown>>): string {
  return card_number === undefined ? String(method) : String(card_number).slice(-4);
}
