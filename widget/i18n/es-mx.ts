import { texts as es } from './es.ts';
import type { Texts } from './texts.ts';

/** Mexico says “meses” where others say “cuotas”, and “meses sin intereses” (MSI). */
export const texts: Texts = {
  ...es,
  upToInstallments: count => (count > 1 ? `hasta ${count} meses` : 'un solo pago'),
  payInInstallments: (count, amount) => `Pagar en ${count} meses de ${amount}`,
  fieldLabel: {
    ...es.fieldLabel,
    card_holder: 'Nombre como aparece en la tarjeta',
    card_installments: 'Meses',
  },
  installment: ({ installments, amount, total, interestFree, rate }) => {
    if (installments === 1) return `Un solo pago · ${total}`;
    if (interestFree) return `${installments} meses sin intereses de ${amount}`;
    return `${installments} meses de ${amount} · total ${total} · con intereses${rate ? ` ${rate} mensual` : ''}`;
  },
  fewerInstallments: 'Elegir menos meses',
  create: { ...es.create, PAYCASH: amount => `Generar referencia · ${amount}` },
  paycashCopy: 'Copiar referencia',
  paycashReference: 'Referencia',
};
