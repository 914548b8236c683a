/**
 * Pix BR Code: EMV TLV fields with a CRC at the end ("Manual de Padrões para Iniciação do Pix", Banco Central;
 * `research/psp-api-facts.md` section 9.4). The newer texts use the account template of the Banco Central; LetPay's
 * own samples came from a sub-acquirer, with another template and without a txid.
 */
import { encode } from 'uqr';
import { asText } from './money.ts';
import { drawPng } from './png.ts';

export interface PixAccount {
  readonly gui: string;
  readonly categoryCode: string;
  /** At most 25 characters. */
  readonly receiver: string;
  /** At most 15 characters. */
  readonly city: string;
  /** A code without a txid leaves field 62 out, as LetPay's samples do. */
  readonly hasTxid: boolean;
}

/** @param amount minor units. @param key the account's UUID key. @param txid 1 to 25 letters and digits. */
export function pixCode(account: PixAccount, amount: number, key: string, txid: string): string {
  const fields = [
    field('00', '01'),
    field('01', '12'),
    field('26', field('00', account.gui) + field('01', key)),
    field('52', account.categoryCode),
    field('53', '986'),
    field('54', asText(amount)),
    field('58', 'BR'),
    field('59', account.receiver),
    field('60', account.city),
    account.hasTxid ? field('62', field('05', txid)) : '',
    '6304',
  ].join('');
  return fields + crc16(fields);
}

export function qrPng(code: string): Buffer {
  return drawPng(encode(code, { ecc: 'M', border: 0 }).data, { scale: 6, quiet: 4 });
}

const field = (id: string, value: string): string => id + String(value.length).padStart(2, '0') + value;

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
