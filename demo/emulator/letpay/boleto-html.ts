/** The boleto as a page to print: the payer's slip with line, due date, value, instructions and the bar code. */
import { itfPng } from './barcode-png.ts';
import { type Boleto, printedLine } from './boleto.ts';
import { asText } from './money.ts';
import { fullName, type Payer } from './payment.ts';

export interface BoletoPage {
  readonly boleto: Boleto;
  /** Minor units. */
  readonly amount: number;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
  readonly payer: Payer;
  readonly instructions: readonly string[];
}

export function boletoHtml({ boleto, amount, dueDate, payer, instructions }: BoletoPage): string {
  const day = dueDate.split('-').reverse().join('/');
  const cell = (label: string, value: string) => `<td><small>${label}</small><br>${escapeHtml(value)}</td>`;
  const bars = itfPng(boleto.barcode).toString('base64');
  return `<!DOCTYPE html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<title>Boleto</title>
<style>
body { font-family: Arial, sans-serif; margin: 2em }
table { border-collapse: collapse; width: 100% }
td { border: 1px solid #000; padding: 4px 8px; vertical-align: top }
.line { font-size: 1.2em; font-weight: bold; text-align: right }
</style>
</head>
<body>
<p>Boleto de teste: não tem valor</p>
<p class="line">001-9 | ${printedLine(boleto.line)}</p>
<table>
<tr>${cell('Local de pagamento', 'Pagável em qualquer banco até o vencimento')}${cell('Vencimento', day)}</tr>
<tr>${cell('Beneficiário', 'LetPay Pagamentos')}${cell('Valor do documento', `R$ ${asText(amount).replace('.', ',')}`)}</tr>
<tr><td colspan="2"><small>Instruções</small><br>${instructions.map(escapeHtml).join('<br>')}</td></tr>
<tr><td colspan="2"><small>Pagador</small><br>${escapeHtml(`${fullName(payer)} ${payer.taxId ?? ''}`)}</td></tr>
</table>
<p><img alt="${boleto.barcode}" src="data:image/png;base64,${bars}"></p>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, character => entities[character] ?? '');
