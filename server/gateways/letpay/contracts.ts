/** The contracts of the account: a list in the current dialect, one object in the classic one (facts section 1.4). */

import { fieldsOf } from '../fields.ts';
import type { Contract, Contracts, ContractsOutcome } from '../gateway.ts';
import { causeOf, isOk } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';

export function letpayContracts({ call }: Pick<LetPayClient, 'call'>): Contracts {
  return {
    async list(context): Promise<ContractsOutcome> {
      try {
        const list = await call({ method: 'GET', route: '/merchant/contracts/list' }, context);
        const many = fieldsOf(list.body)['contracts'];
        if (isOk(list) && Array.isArray(many))
          return { kind: 'known', contracts: many.flatMap(readContract) };
        if (list.status !== 404) return { kind: 'unreadable', cause: `status ${list.status}` };
        const single = await call({ method: 'GET', route: '/merchant/contracts' }, context);
        const contracts = readContract(fieldsOf(single.body)['contract']);
        return isOk(single) && contracts.length > 0
          ? { kind: 'known', contracts }
          : { kind: 'unreadable', cause: `status ${single.status}` };
      } catch (error) {
        return { kind: 'unreadable', cause: causeOf(error) };
      }
    },
  };
}

/** The classic contract names nothing but its id: it is the one that is used. */
function readContract(value: unknown): Contract[] {
  const fields = fieldsOf(value);
  const id = fields['id'];
  if (typeof id !== 'string' || id === '') return [];
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const methods = Array.isArray(fields['methods']) ? fields['methods'].map(fieldsOf) : [];
  return [
    {
      id,
      name: text('name'),
      type: text('contractType'),
      active: fields['active'] !== false,
      methods: methods.flatMap(({ name, active }) =>
        typeof name === 'string' && active !== false ? [name] : [],
      ),
    },
  ];
}
