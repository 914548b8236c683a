import type { Texts } from './texts.ts';

/** Neutral Spanish, “tú”, words that no country reads as foreign. */
export const texts: Texts = {
  loading: 'Cargando formas de pago',
  chooseMethod: '¿Cómo quieres pagar?',
  testMode: 'Ambiente de prueba: no se cobrará nada',
  total: 'Total',
  order: reference => `Pedido ${reference}`,
  fee: name => (name.startsWith('TAXES') ? 'Impuestos' : 'Cargo por servicio'),
  subtotal: 'Subtotal',

  methodName: {
    CREDITCARD: 'Tarjeta de crédito',
    PIX: 'Pix',
    BOLETO: 'Boleto',
    PAYCASH: 'Efectivo (Paycash)',
    REDIRECT: 'Otra página de pago',
  },
  methodHint: {
    PIX: 'aprobación al instante',
    BOLETO: 'hasta 3 días hábiles',
    PAYCASH: 'en tiendas afiliadas',
    REDIRECT: 'en otra página',
  },
  upToInstallments: count => (count > 1 ? `hasta ${count} cuotas` : 'un pago'),
  methodIntro: {
    PIX: 'Paga al instante desde la app de tu banco en Brasil.',
    BOLETO:
      'Paga en la app del banco o en una agencia lotérica en Brasil hasta el vencimiento. La confirmación puede tardar hasta 3 días hábiles.',
    PAYCASH: 'Paga en efectivo en una tienda afiliada.',
    REDIRECT: 'Continúas en una página segura y vuelves aquí después de pagar.',
  },
  pay: amount => `Pagar ${amount}`,
  payInInstallments: (count, amount) => `Pagar en ${count} cuotas de ${amount}`,
  create: {
    PIX: amount => `Generar código Pix · ${amount}`,
    BOLETO: amount => `Generar boleto · ${amount}`,
    PAYCASH: amount => `Generar código de pago · ${amount}`,
    REDIRECT: amount => `Continuar · ${amount}`,
  },

  fieldLabel: {
    card_number: 'Número de tarjeta',
    card_holder: 'Nombre como figura en la tarjeta',
    card_expiry: 'Vencimiento (MM/AA)',
    card_cvv: 'Código de seguridad (CVV)',
    card_installments: 'Cuotas',
  },
  cvvHint: length => `${length} números ${length === 4 ? 'al frente' : 'al dorso'}`,
  fieldError: (field, code, cvvLength) => {
    switch (field) {
      case 'card_number':
        return code === 'invalid'
          ? 'Revisa el número: algún dígito no es correcto'
          : 'Escribe el número completo de la tarjeta';
      case 'card_expiry':
        if (code === 'expired') return 'Esta tarjeta venció';
        return code === 'invalid' ? 'Revisa el mes y el año' : 'Escribe el mes y el año, como 12/29';
      case 'card_cvv':
        return `Escribe los ${cvvLength} números del código de seguridad`;
      case 'card_holder':
        return 'Escribe el nombre como está en la tarjeta';
      case 'card_installments':
        return 'Elige en cuántos pagos';
    }
  },
  fixFields: labels => `Revisa: ${labels.join(', ')}.`,
  installment: ({ installments, amount, total, interestFree, rate }) => {
    if (installments === 1) return `Un pago · ${total}`;
    if (interestFree) return `${installments} cuotas de ${amount} sin interés`;
    return `${installments} cuotas de ${amount} · total ${total} · con interés${rate ? ` ${rate} mensual` : ''}`;
  },
  cardEnding: (brand, last4) => `${brand} terminada en ${last4}`,

  processing: 'Procesando tu pago…',
  keepOpen: 'No cierres esta página.',
  verifyingTitle: 'Estamos confirmando tu pago',
  verifyingBody: 'No vuelvas a pagar: te avisaremos aquí en cuanto el banco responda.',
  checkNow: 'Verificar ahora',
  nothingNew: 'El banco aún no responde. Seguimos verificando.',
  supportCode: code => `Código de atención: ${code}`,

  pendingTitle: 'Pago en revisión',
  pendingBody: 'Recibirás la respuesta por correo. No hace falta volver a pagar.',
  paidTitle: (method, authorizedOnly) => {
    if (authorizedOnly) return 'Pago autorizado';
    return method === 'PIX' ? '¡Pix recibido! Pago confirmado.' : 'Pago aprobado';
  },
  backToShop: 'Volver a la tienda',
  declinedTitle: 'Pago no aprobado',
  declined: {
    insufficient_funds: 'El banco no autorizó: saldo o límite insuficiente.',
    invalid_card_data: 'Revisa número, vencimiento y código de seguridad.',
    invalid_security_code: 'El código de seguridad no coincide.',
    expired_card: 'Esta tarjeta venció.',
    blocked_card: 'El banco bloqueó esta tarjeta. Usa otra.',
    call_issuer: 'Tu banco pide autorización. Llama al número de tu tarjeta y vuelve a intentar.',
    not_permitted: 'Esta tarjeta no permite esta compra.',
    limit_exceeded: 'La compra supera el límite de esta tarjeta.',
    suspected_fraud: 'No se pudo aprobar con esta tarjeta.',
    invalid_payer: 'Los datos de quien paga no coinciden. Consulta a la tienda.',
    processing_error: 'El banco no pudo procesar el pago. No se cobró nada.',
    unknown: 'No se pudo aprobar este pago.',
  },
  payByPix: amount => `Pagar con Pix · ${amount}`,
  fixData: 'Corregir los datos',
  otherCard: 'Usar otra tarjeta',
  fewerInstallments: 'Elegir menos pagos',
  sameCardAgain: 'Ya autoricé: intentar de nuevo',
  otherWay: 'Pagar de otra forma',
  askShop: 'Consulta a la tienda cómo continuar.',
  endedTitle: (status, method) => {
    switch (status) {
      case 'REFUNDED':
        return 'Pago devuelto';
      case 'PARTIALLY_REFUNDED':
        return 'Pago devuelto en parte';
      case 'CANCELED':
        return method && method !== 'CREDITCARD' ? 'Este código venció' : 'Pago cancelado';
      case 'CREATED':
      case 'ERROR':
        return 'El pago no se completó';
      case 'PROCESSING':
      case 'UNKNOWN':
        return 'El código se perdió en el camino';
      default:
        return 'Pago en disputa';
    }
  },
  codeLost: 'No se cobró nada. Genera otro código o paga de otra forma.',
  newCode: 'Generar otro código',
  startAgain: 'Intentar de nuevo',

  waiting: {
    PIX: 'Esperando el pago. Esta página se actualiza sola.',
    BOLETO: 'Cuando el banco confirme, actualizaremos tu pedido. Puedes cerrar esta página.',
    PAYCASH: 'Cuando la tienda confirme, actualizaremos tu pedido. Puedes cerrar esta página.',
    REDIRECT: 'Esperando la confirmación. Esta página se actualiza sola.',
    CREDITCARD: 'Esperando la confirmación del banco.',
  },
  validFor: time => `Válido por ${time}`,
  validUntil: time => `Válido hasta ${time}`,
  expired: 'Este código venció. No pagues el código anterior.',
  alreadyPaid: 'Ya pagué',
  notSeenYet: 'Aún no recibimos la confirmación. Pix suele tardar unos segundos.',

  amount: 'Monto',
  dueDate: 'Vence el',
  receiver: 'Destinatario',
  bank: 'Banco emisor',
  copied: endsWith => `Copiado · termina en ${endsWith}`,
  copyByHand: 'No se pudo copiar. Mantén presionado el código y elige Copiar.',
  print: 'Imprimir',
  turnPhone: 'Para leer las barras, gira el teléfono.',
  amountMismatch: 'El monto de este código no es el del pedido. No pagues y consulta a la tienda.',
  codeInvalid: 'Este código parece incompleto o alterado. No pagues y consulta a la tienda.',

  pixCopy: 'Copiar código Pix',
  pixCode: 'Código Pix',
  pixQr: 'Código QR de Pix',
  showQr: 'Mostrar código QR',
  pixStepsCopy: ['Copia el código', 'Abre la app del banco y elige Pix Copia e Cola', 'Pega y confirma'],
  pixStepsScan: [
    'Abre la app del banco',
    'Elige pagar con Pix › Leer código QR',
    'Confirma el monto y el nombre',
  ],
  boletoCopy: 'Copiar código del boleto',
  boletoLine: 'Código del boleto',
  boletoBars: 'Código de barras del boleto',
  boletoSteps: [
    'Copia el código o lee las barras en la app del banco',
    'Antes de pagar, revisa que el banco muestre el mismo monto y el nombre de la tienda',
  ],
  paycashCopy: 'Copiar código de pago',
  paycashReference: 'Código de pago',
  paycashBars: 'Código de barras del pago',
  paycashSteps: [
    'Muestra este código en caja y di: “pago de servicios, Paycash”',
    'Pide que escaneen el código; dictarlo causa errores',
    'Guarda tu comprobante. El código se usa una sola vez',
  ],
  paycashInstructions: 'Ver instrucciones y tiendas',
  redirectGo: 'Ir a la página de pago',

  failureTitle: 'No se pudo abrir el pago',
  tryAgain: 'Intentar de nuevo',
  failures: {
    network: 'Sin conexión: no se cobró nada. Revisa tu internet e intenta de nuevo.',
    not_received: 'El envío no llegó al banco: no se cobró nada. Puedes intentar de nuevo.',
    not_found: 'No encontramos este pago. Vuelve a la tienda y haz el pedido otra vez.',
    origin_not_allowed: 'Esta página no puede recibir este pago. Consulta a la tienda.',
    psp_unavailable: 'El servicio de pago no responde: no se cobró nada. Intenta en unos instantes.',
    psp_refused: 'El banco no aceptó los datos: no se cobró nada. Revísalos e intenta de nuevo.',
    validation_failed: 'Revisa los datos e intenta de nuevo. No se cobró nada.',
    method_not_offered: 'Esta forma de pago no está disponible. Elige otra.',
    too_many_tries: 'Demasiados intentos con tarjeta. Espera un poco o paga de otra forma.',
    too_many_requests: 'Demasiados intentos. Espera un poco e intenta de nuevo.',
    other: 'Algo no funcionó. No se cobró nada; intenta de nuevo.',
  },
};

/** Mexico says “meses” where others say “cuotas”, and “meses sin intereses” (MSI). Here, so that it is there as soon as the country is known. */
export const mexican: Texts = {
  ...texts,
  upToInstallments: count => (count > 1 ? `hasta ${count} meses` : 'un solo pago'),
  payInInstallments: (count, amount) => `Pagar en ${count} meses de ${amount}`,
  fieldLabel: {
    ...texts.fieldLabel,
    card_holder: 'Nombre como aparece en la tarjeta',
    card_installments: 'Meses',
  },
  installment: ({ installments, amount, total, interestFree, rate }) => {
    if (installments === 1) return `Un solo pago · ${total}`;
    if (interestFree) return `${installments} meses sin intereses de ${amount}`;
    return `${installments} meses de ${amount} · total ${total} · con intereses${rate ? ` ${rate} mensual` : ''}`;
  },
  fewerInstallments: 'Elegir menos meses',
  create: { ...texts.create, PAYCASH: amount => `Generar referencia · ${amount}` },
  paycashCopy: 'Copiar referencia',
  paycashReference: 'Referencia',
};
