import type { Texts } from './texts.ts';

/** Neutral Spanish, “tú”, words that no country reads as foreign. */
export const texts: Texts = {
  loading: 'Cargando formas de pago',
  chooseMethod: '¿Cómo quieres pagar?',
  testMode: 'Modo de prueba: no se cobrará nada',
  total: 'Total',
  order: reference => `Pedido ${reference}`,
  fee: name => (name.startsWith('TAXES') ? 'Impuestos' : 'Cargo por servicio'),
  subtotal: 'Subtotal',
  originalAmount: 'Precio en la tienda',
  exchangeRate: 'Tipo de cambio',
  installmentCost: 'Costo de financiamiento',

  methodName: {
    CREDITCARD: 'Tarjeta de crédito',
    DEBITCARD: 'Tarjeta de débito',
    PIX: 'Pix',
    BOLETO: 'Boleto',
    PAYCASH: 'Efectivo (Paycash)',
    REDIRECT: 'Otra página de pago',
  },
  methodHint: {
    PIX: 'aprobación al instante',
    BOLETO: 'hasta 3\u00a0días hábiles',
    PAYCASH: 'en tiendas afiliadas',
    REDIRECT: 'después regresas',
  },
  interestFree: count => `${count}\u00a0cuotas sin interés`,
  secure: 'Pago seguro',
  upToInstallments: count => (count > 1 ? `hasta ${count}\u00a0cuotas` : '1 cuota'),
  methodIntro: {
    PIX: 'Paga al instante desde la app de tu banco en Brasil.',
    BOLETO:
      'Paga en la app del banco o en una agencia lotérica en Brasil hasta el vencimiento. La confirmación puede tardar hasta 3\u00a0días hábiles.',
    PAYCASH: 'Paga en efectivo en una tienda afiliada.',
    REDIRECT:
      'El pago se hace en el sitio seguro de un socio de la tienda. Revisa el monto antes de confirmar.',
  },
  pay: amount => `Pagar ${amount}`,
  payInInstallments: (count, amount) => `Pagar en ${count}\u00a0cuotas de ${amount}`,
  create: {
    PIX: amount => `Generar código Pix · ${amount}`,
    BOLETO: amount => `Generar boleto · ${amount}`,
    PAYCASH: amount => `Generar código de pago${amount && ` por ${amount}`}`,
    REDIRECT: amount => `Continuar · ${amount}`,
  },

  fieldLabel: {
    card_number: 'Número de tarjeta',
    card_holder: 'Nombre como figura en la tarjeta',
    card_expiry: 'Vencimiento (MM/AA)',
    card_cvv: 'Código de seguridad (CVV)',
    card_installments: 'Cuotas',
  },
  cvvHint: length => `${length}\u00a0dígitos ${length === 4 ? 'al frente' : 'al reverso'}`,
  fieldError: (field, code, cvvLength) => {
    switch (field) {
      case 'card_number':
        if (code === 'too_long') return 'El número tiene dígitos de más';
        return code === 'invalid'
          ? 'Revisa el número: algún dígito no es correcto'
          : 'Escribe el número completo de la tarjeta';
      case 'card_expiry':
        if (code === 'expired') return 'Esta tarjeta venció';
        return code === 'invalid' ? 'Revisa el mes y el año' : 'Escribe mes y año: 12/29';
      case 'card_cvv':
        return `Escribe los ${cvvLength}\u00a0dígitos`;
      case 'card_holder':
        return `Escribe el nombre como está en la tarjeta${code === 'invalid' ? ', no el número' : ''}`;
      case 'card_installments':
        return 'Elige el plazo';
    }
  },
  fixFields: labels => `Revisa: ${labels.join(', ')}.`,
  inFull: total => `1 cuota · ${total}`,
  installment: ({ installments, amount, total, interestFree, isExact, rate }) => {
    if (interestFree)
      return `${installments}\u00a0cuotas de ${amount} sin interés${isExact ? '' : ` · total ${total}`}`;
    return `${installments}\u00a0cuotas de ${amount} · total ${total} · con interés${rate ? ` ${rate}\u00a0mensual` : ''}`;
  },
  inInstallments: (count, amount) => `${count}\u00a0cuotas de ${amount}`,
  cardEnding: (brand, last4) => `${brand} terminada en ${last4}`,
  savedCards: 'Tus tarjetas guardadas',
  cardExpires: month => `vence ${month}`,
  removeCard: 'Eliminar',
  removeCardNamed: card => `Eliminar ${card}`,
  removeCardAsk: '¿Eliminar esta tarjeta?',
  keepCard: 'Conservar',
  removingCard: 'Eliminando…',
  cardRemoved: 'Tarjeta eliminada.',
  cardNotRemoved: 'No se pudo eliminar la tarjeta. Sigue guardada: intenta de nuevo.',
  saveCard: 'Guardar esta tarjeta para la próxima compra',
  saveCardHint:
    'El número queda en el proveedor de pagos, no en la tienda. Puedes eliminar la tarjeta en tu próxima compra.',

  busy: 'Procesando…',
  processing: 'Procesando tu pago…',
  keepOpen: 'No cierres esta página.',
  verifyingTitle: 'Estamos confirmando tu pago',
  verifyingBody: 'No vuelvas a pagar: te avisaremos aquí en cuanto el banco responda.',
  doNotPayAgain: 'No vuelvas a pagar.',
  preparingPage: 'Estamos preparando la página de pago',
  checkNow: 'Verificar ahora',
  nothingNew: 'El banco aún no responde. Seguimos verificando.',
  watchEnded: 'La verificación automática terminó. Usa el botón para verificar de nuevo.',
  supportCode: code => `Código de soporte: ${code}`,

  pendingTitle: 'Pago en revisión',
  pendingBody: 'Te avisaremos aquí. No hace falta volver a pagar.',
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
    call_issuer:
      'Tu banco pide autorización. Llama al número que aparece al reverso de tu tarjeta y vuelve a intentar.',
    not_permitted: 'Esta tarjeta no permite esta compra.',
    limit_exceeded: 'La compra supera el límite de esta tarjeta.',
    suspected_fraud: 'No se pudo aprobar con esta tarjeta.',
    invalid_payer: 'Los datos de quien paga no coinciden. Consulta con la tienda.',
    processing_error: 'El banco no pudo procesar el pago. No se cobró nada.',
    unknown: 'No se pudo aprobar este pago.',
  },
  payByPix: amount => `Pagar con Pix · ${amount}`,
  fixData: 'Corregir los datos',
  otherCard: 'Usar otra tarjeta',
  fewerInstallments: 'Elegir menos cuotas',
  sameCardAgain: 'Ya autoricé: intentar de nuevo',
  otherWay: 'Pagar de otra forma',
  askShop: 'Consulta con la tienda cómo continuar.',
  endedTitle: (status, method) => {
    switch (status) {
      case 'REFUNDED':
      case 'DISPUTE_REFUNDED':
        return 'Pago reembolsado';
      case 'PARTIALLY_REFUNDED':
        return 'Pago reembolsado en parte';
      case 'CANCELED':
        return method ? 'Este código ya no es válido' : 'Pago cancelado';
      case 'CREATED':
      case 'ERROR':
        return 'El pago no se completó';
      case 'PROCESSING':
      case 'UNKNOWN':
        return 'No pudimos generar el código';
      default:
        return 'Pago en disputa';
    }
  },
  endedBody: {
    refunded:
      'El monto vuelve por el mismo medio de pago, en el plazo del banco. Si tienes dudas, consulta con la tienda.',
    refundedInPart:
      'Una parte del monto vuelve por el mismo medio de pago, en el plazo del banco. Si tienes dudas, consulta con la tienda.',
    disputed: 'Este cargo se disputó en el banco. No vuelvas a pagar: consulta con la tienda o con el banco.',
    codeOver: 'No pagues el código anterior.',
    canceled: 'El pago se canceló y el pedido no está pagado.',
    canceledForGood: 'El pago se canceló. Si ya pagaste, la tienda te dirá qué pasa con el monto.',
    notCompleted: 'El pago no se completó y el pedido no está pagado.',
    codeLost: 'No se cobró nada. Genera otro código o paga de otra forma.',
  },
  newCode: 'Generar otro código',
  startAgain: 'Intentar de nuevo',

  waiting: {
    PIX: 'Esperando el pago. Esta página se actualiza sola.',
    BOLETO: 'Cuando el banco confirme, actualizaremos tu pedido. Puedes cerrar esta página.',
    PAYCASH: 'Cuando Paycash confirme, actualizaremos tu pedido. Puedes cerrar esta página.',
    REDIRECT: 'Esperando la confirmación. Esta página se actualiza sola.',
  },
  validFor: time => `Válido por ${time}`,
  validUntil: time => `Válido hasta ${time}`,
  minutesLeft: minutes =>
    minutes === 1 ? 'Queda menos de un minuto para pagar.' : `Quedan menos de ${minutes} minutos para pagar.`,
  expired: 'Este código venció. No pagues el código anterior.',
  pastDue: date => `Venció el ${date}. Ya no pagues este código.`,
  ifPaid: 'Si ya pagaste, esta página te avisa en cuanto llegue la confirmación.',
  showAnyway: 'Mostrar el código igualmente',
  alreadyPaid: 'Ya pagué',
  notChecked: 'Sin conexión: no pudimos verificar ahora. Intenta de nuevo.',
  cardNotCharged: 'No se cobró tu tarjeta: este pedido ya tiene otro pago.',
  leaveCode: 'Este código aún se puede pagar. Si pagas los dos, pagas dos veces.',
  keepCode: 'Seguir con este código',
  notSeenYet: 'Aún no recibimos la confirmación. Pix suele tardar unos segundos.',

  amount: 'Monto',
  dueDate: 'Vence el',
  receiver: 'Destinatario',
  bank: 'Banco emisor',
  copied: endsWith => `Copiado · termina en ${endsWith}`,
  copyByHand: 'No se pudo copiar. Mantén presionado el código y elige Copiar.',
  copyByKeys: 'No se pudo copiar. El código está seleccionado: usa Ctrl+C (en Mac, ⌘C).',
  print: 'Imprimir o guardar en PDF',
  turnPhone: 'Para leer las barras, gira el teléfono.',
  doubt: {
    code_invalid: 'Este código parece incompleto o alterado. No pagues y consulta con la tienda.',
    currency_mismatch: 'Este código no está en reales. No pagues y consulta con la tienda.',
    amount_mismatch: 'El monto de este código no es el del pedido. No pagues y consulta con la tienda.',
    due_date_mismatch:
      'La fecha dentro de este código no es el vencimiento indicado. Revisa el vencimiento en la app del banco antes de pagar.',
  },
  remind: 'Agregar recordatorio',
  reminder: { BOLETO: 'Pagar el boleto', PAYCASH: 'Pagar en efectivo (Paycash)' },
  newTab: 'se abre en otra pestaña',

  pixCopy: 'Copiar código Pix',
  pixCode: 'Código Pix',
  pixQr: 'Código QR de Pix',
  showQr: 'Mostrar código QR',
  checkReceiver: name => `Antes de pagar, revisa que el banco muestre el nombre ${name}.`,
  share: 'Compartir código',
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
    'Antes de pagar, revisa que el banco muestre el mismo monto y el beneficiario LetPay',
  ],
  bankPage: 'Ver el boleto del banco',
  paycashCopy: 'Copiar código de pago',
  paycashReference: 'Código de pago',
  paycashBars: 'Código de barras del pago',
  paycashSteps: phrase => [
    phrase ? `Muestra este código en caja y di: “${phrase}”` : 'Muestra este código en caja',
    'Pide que escaneen el código; dictarlo causa errores',
    'Paga el monto exacto y guarda tu comprobante. El código se usa una sola vez',
  ],
  paycashAfter: 'La confirmación suele ser inmediata; en algunos bancos tarda hasta 2\u00a0horas.',
  cashLimits: 'Límites en efectivo',
  outsideCashLimits:
    'Este monto está fuera de los límites de efectivo en tu país. Consulta con la tienda antes de ir a la caja.',
  keepAwake: 'Mantener la pantalla encendida',
  keepAwakeRefused: 'El dispositivo no lo permitió. Toca la pantalla de vez en cuando para que no se apague.',
  paycashInstructions: 'Ver instrucciones y tiendas',
  redirectGo: 'Ir a la página de pago',

  failureTitle: 'No pudimos cargar el pago',
  tryAgainIn: wait => `Reintenta en ${wait}`,
  tryAgain: 'Intentar de nuevo',
  failures: {
    network: 'Sin conexión: no se cobró nada. Revisa tu internet e intenta de nuevo.',
    not_received: 'El envío no llegó al banco: no se cobró nada. Puedes intentar de nuevo.',
    not_found: 'No encontramos este pago. Vuelve a la tienda y haz el pedido otra vez.',
    origin_not_allowed: 'Esta página no puede recibir este pago. Consulta con la tienda.',
    psp_unavailable: 'El servicio de pago no responde: no se cobró nada. Intenta en unos instantes.',
    psp_refused: 'El banco no aceptó los datos: no se cobró nada. Revísalos e intenta de nuevo.',
    validation_failed: 'Revisa los datos e intenta de nuevo. No se cobró nada.',
    method_not_offered: 'Esta forma de pago no está disponible. Elige otra.',
    no_methods: 'Este pedido no tiene una forma de pago disponible aquí. Consulta con la tienda.',
    card_gone: 'Esta tarjeta ya no se puede usar: no se cobró nada. Usa otra tarjeta.',
    not_authenticated:
      'Tu banco no confirmó esta tarjeta: no se cobró nada. Intenta de nuevo, usa otra tarjeta o paga de otra forma.',
    too_many_tries: 'Demasiados intentos. Espera unos minutos e intenta de nuevo.',
    too_many_requests: 'Demasiados intentos. Espera un poco e intenta de nuevo.',
    other: 'Algo salió mal. No se cobró nada; intenta de nuevo.',
  },
};

/** Mexico says “meses” where others say “cuotas”, and “meses sin intereses” (MSI). Here, so that it is there as soon as the country is known. */
export const mexican: Texts = {
  ...texts,
  interestFree: count => `${count}\u00a0meses sin intereses`,
  upToInstallments: count => (count > 1 ? `hasta ${count}\u00a0meses` : 'un solo pago'),
  payInInstallments: (count, amount) => `Pagar a ${count}\u00a0meses de ${amount}`,
  fieldLabel: {
    ...texts.fieldLabel,
    card_holder: 'Nombre como aparece en la tarjeta',
    card_installments: 'Meses',
  },
  inInstallments: (count, amount) => `${count}\u00a0meses de ${amount}`,
  inFull: total => `Un solo pago · ${total}`,
  installment: ({ installments, amount, total, interestFree, isExact, rate }) => {
    if (interestFree)
      return `${installments}\u00a0meses sin intereses de ${amount}${isExact ? '' : ` · total ${total}`}`;
    return `${installments}\u00a0meses de ${amount} · total ${total} · con intereses${rate ? ` ${rate}\u00a0mensual` : ''}`;
  },
  fewerInstallments: 'Elegir un plazo menor',
  create: { ...texts.create, PAYCASH: amount => `Generar referencia${amount && ` por ${amount}`}` },
  paycashCopy: 'Copiar referencia',
  paycashReference: 'Referencia',
};
