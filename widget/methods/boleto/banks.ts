/** Banks that issue most boletos, by their clearing code (COMPE, three digits). */
const names: Readonly<Record<string, string>> = {
  '001': 'Banco do Brasil',
  '033': 'Santander',
  '041': 'Banrisul',
  '077': 'Banco Inter',
  '104': 'Caixa Econômica Federal',
  '208': 'BTG Pactual',
  '237': 'Bradesco',
  '260': 'Nubank',
  '290': 'PagBank',
  '336': 'C6 Bank',
  '341': 'Itaú',
  '422': 'Safra',
  '748': 'Sicredi',
  '756': 'Sicoob',
};

/** The name that shoppers know the bank by, or null for a bank that is not in the list. */
export function bankName(code: string): string | null {
  return (Object.hasOwn(names, code) && names[code]) || null;
}
