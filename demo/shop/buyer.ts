/** The buyer's data: what the form is prefilled with, and what comes back from it. All people here are invented. */
import { z } from 'zod';
import { brazil, type Country } from './countries.ts';
import { formatTaxId, readTaxId } from './tax-id.ts';

/** The words with which LetPay's sandbox lets a first name decide the outcome (LetPay, “Simulate status”). */
export const sandboxOutcomes = ['ordinary', 'PAID', 'DECLINED', 'IN_ANALYSIS', 'CANCELED'] as const;
export type SandboxOutcome = (typeof sandboxOutcomes)[number];

/** Who takes the payment: a real shop decides this for itself. */
export const gateways = { letpay: 'LetPay', letsia: 'Letsia', lesspay: 'Lesspay' } as const;
export type GatewayName = keyof typeof gateways;
const gatewayName = z.enum(Object.keys(gateways) as GatewayName[]).catch('letpay');

const text = (max: number) => z.string().trim().min(1).max(max);

const person = z.object({
  first_name: text(100),
  surname: text(100),
  email: z.string().trim().max(200).pipe(z.email()),
  tax_id: text(30).refine(value => /\d/.test(value)),
  outcome: z.enum(sandboxOutcomes).catch('ordinary'),
  gateway: gatewayName,
  hold: z.boolean(),
});

/** LetPay wants the house number as a whole number; `s/n` and the like belong into the complement. */
const address = z.object({
  zipcode: z
    .string()
    .trim()
    .regex(/^\d{5}-?\d{3}$/),
  street: text(200),
  number: z
    .string()
    .trim()
    .regex(/^\d{1,6}$/),
  complement: z.string().trim().max(200).default(''),
  neighborhood: text(100),
  city: text(100),
  state: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/),
});

/** The shop sells in LetPay’s sandbox only, so the ids by which that decides are good. */
const allowsSandboxIds = true;

/** What is wrong with a Brazilian tax id; null where it is good, or another country’s. */
export function taxIdProblem(text: string, country: Country): 'length' | 'CPF' | 'CNPJ' | null {
  if (country.code !== brazil.code) return null;
  const read = readTaxId(text, allowsSandboxIds);
  if (read.ok) return null;
  return read.wrong === 'length' || read.kind === null ? 'length' : read.kind;
}

const buyerWithAddress = person.extend({ address });
const buyerWithout = person.extend({ address: z.null() });

export type Buyer = z.infer<typeof buyerWithAddress> | z.infer<typeof buyerWithout>;
export type AddressField = keyof z.infer<typeof address>;
export type PersonField = Exclude<keyof z.infer<typeof person>, 'outcome' | 'gateway' | 'hold'>;
export type BuyerField = PersonField | AddressField;

/** What stands in the form: text as typed. Other countries than Brazil need no address. */
export interface BuyerForm {
  readonly person: Readonly<Record<PersonField, string>>;
  readonly address: Readonly<Record<AddressField, string>> | null;
  readonly outcome: SandboxOutcome;
  readonly gateway: GatewayName;
  /** A card’s money is held now and captured when the order is shipped: a real shop decides this for itself too. */
  readonly hold: boolean;
}

const samplePersons: Readonly<Record<string, readonly [firstName: string, surname: string, taxId: string]>> =
  {
    BR: ['Marina', 'Azevedo', '397.840.450-87'],
    MX: ['Ximena', 'Godínez', 'GODE561231GR8'],
    CO: ['Valentina', 'Restrepo', '1020304050'],
    CR: ['Mariana', 'Solís', '1-0234-0567'],
    EC: ['Daniela', 'Cevallos', '1710034065'],
    PE: ['Lucía', 'Quispe', '45678912'],
    PA: ['Gabriela', 'Batista', '8-765-4321'],
    GT: ['Andrea', 'Morales', '1234567-8'],
    HN: ['Sofía', 'Zelaya', '0801-1990-12345'],
    CL: ['Catalina', 'Fuentes', '12.345.678-5'],
    DO: ['Carolina', 'Peralta', '001-1234567-8'],
  };

export function sampleBuyer(country: Country): BuyerForm {
  const [firstName, surname, taxId] = samplePersons[country.code] ?? ['Alex', 'Silva', '12345678'];
  return {
    person: {
      first_name: firstName,
      surname,
      email: `${asciiOf(firstName)}.${asciiOf(surname)}@example.com`,
      tax_id: taxId,
    },
    address:
      country.code === 'BR'
        ? {
            zipcode: '04514-041',
            street: 'Rua Araguari',
            number: '817',
            complement: 'Apto 54',
            neighborhood: 'Moema',
            city: 'São Paulo',
            state: 'SP',
          }
        : null,
    outcome: 'ordinary',
    gateway: 'letpay',
    hold: false,
  };
}

/** Only a card’s money can be held. */
export function takesCards({ methods }: Country): boolean {
  return methods.includes('CREDITCARD');
}

function asciiOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

export type BuyerRead =
  | { readonly buyer: Buyer }
  | { readonly wrong: readonly BuyerField[]; readonly form: BuyerForm };

/** Reads the posted form. Wrong fields are named, and what was typed is kept so that it can be shown again. */
export function readBuyer(fields: Readonly<Record<string, unknown>>, country: Country): BuyerRead {
  const typed = typedForm(fields, country);
  const { address, outcome, gateway, hold } = typed;
  const input = { ...typed.person, outcome, gateway, hold, address };
  const read = address === null ? buyerWithout.safeParse(input) : buyerWithAddress.safeParse(input);
  const wrong = read.error?.issues.map(issue => issue.path.at(-1) as BuyerField) ?? [];
  if (taxIdProblem(typed.person.tax_id, country)) wrong.push('tax_id');
  if (read.success && wrong.length === 0) return { buyer: read.data };
  const person = { ...typed.person, tax_id: formatTaxId(typed.person.tax_id) };
  return { wrong: [...new Set(wrong)], form: { ...typed, person } };
}

function typedForm(fields: Readonly<Record<string, unknown>>, country: Country): BuyerForm {
  const typed = (name: string) => (typeof fields[name] === 'string' ? fields[name].slice(0, 300) : '');
  const sample = sampleBuyer(country);
  const retype = <Name extends string>(names: Readonly<Record<Name, string>>) =>
    Object.fromEntries(Object.keys(names).map(name => [name, typed(name)])) as Record<Name, string>;
  return {
    person: retype(sample.person),
    address: sample.address && retype(sample.address),
    outcome: z.enum(sandboxOutcomes).catch('ordinary').parse(fields.outcome),
    gateway: gatewayName.parse(fields.gateway),
    hold: fields.hold === 'yes' && takesCards(country),
  };
}
