/** Banks that issue most boletos, by their clearing code (COMPE, three digits; Banco Central, list of STR participants). */
import { hasOwn } from '../../has-own.ts';

const names: Readonly<Record<string, string>> = {
  '001': 'Banco do Brasil',
  '004': 'Banco do Nordeste',
  '021': 'Banestes',
  '033': 'Santander',
  '041': 'Banrisul',
  '070': 'BRB',
  '077': 'Banco Inter',
  '085': 'Ailos',
  '104': 'Caixa Econômica Federal',
  '133': 'Cresol',
  '136': 'Unicred',
  '197': 'Stone',
  '208': 'BTG Pactual',
  '218': 'BS2',
  '237': 'Bradesco',
  '246': 'ABC Brasil',
  '260': 'Nubank',
  '274': 'BMP',
  '290': 'PagBank',
  '323': 'Mercado Pago',
  '336': 'C6 Bank',
  '341': 'Itaú',
  '364': 'Efí',
  '389': 'Mercantil',
  '403': 'Cora',
  '422': 'Safra',
  '461': 'Asaas',
  '633': 'Rendimento',
  '707': 'Daycoval',
  '748': 'Sicredi',
  '756': 'Sicoob',
};

/** The name that shoppers know the bank by, or null for a bank that is not in the list. */
export function bankName(code: string): string | null {
  return (hasOwn(names, code) && names[code]) || null;
}
