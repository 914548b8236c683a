import type { Texts } from './texts.ts';

export const texts: Texts = {
  loading: 'Carregando formas de pagamento',
  chooseMethod: 'Como você quer pagar?',
  testMode: 'Ambiente de teste: nada será cobrado',
  total: 'Total',
  order: reference => `Pedido ${reference}`,
  fee: name => (name.startsWith('TAXES') ? 'Impostos' : 'Taxa de serviço'),
  subtotal: 'Subtotal',
  originalAmount: 'Preço original',
  exchangeRate: 'Cotação',
  installmentCost: 'Juros do parcelamento',

  methodName: {
    CREDITCARD: 'Cartão de crédito',
    DEBITCARD: 'Cartão de débito',
    PIX: 'Pix',
    BOLETO: 'Boleto',
    PAYCASH: 'Dinheiro (Paycash)',
    REDIRECT: 'Pagar em site parceiro',
  },
  methodHint: {
    PIX: 'aprovação na hora',
    BOLETO: 'compensa em 3\u00a0dias úteis',
    PAYCASH: 'em lojas parceiras',
    REDIRECT: 'e voltar à loja',
  },
  interestFree: count => `${count}x sem juros`,
  secure: 'Pagamento seguro',
  upToInstallments: count => (count > 1 ? `em até ${count}x` : 'à vista'),
  methodIntro: {
    PIX: 'Pague na hora pelo app do seu banco.',
    BOLETO:
      'Pague no app do banco, internet banking ou lotérica até o vencimento. A confirmação pode levar até 3\u00a0dias úteis.',
    PAYCASH: 'Pague em dinheiro em uma loja parceira.',
    REDIRECT:
      'O pagamento é feito no site seguro de um parceiro da loja. Confira o valor antes de confirmar.',
  },
  pay: amount => `Pagar ${amount}`,
  payInInstallments: (count, amount) => `Pagar em ${count}x de ${amount}`,
  create: {
    PIX: amount => `Gerar código Pix · ${amount}`,
    BOLETO: amount => `Gerar boleto · ${amount}`,
    PAYCASH: amount => `Gerar referência${amount && ` de ${amount}`}`,
    REDIRECT: amount => `Continuar · ${amount}`,
  },

  fieldLabel: {
    card_number: 'Número do cartão',
    card_holder: 'Nome impresso no cartão',
    card_expiry: 'Validade (MM/AA)',
    card_cvv: 'Código de segurança (CVV)',
    card_installments: 'Parcelas',
  },
  cvvHint: length => `${length}\u00a0dígitos ${length === 4 ? 'na frente' : 'no verso'}`,
  fieldError: (field, code, cvvLength) => {
    switch (field) {
      case 'card_number':
        if (code === 'too_long') return 'O número tem dígitos demais';
        return code === 'invalid'
          ? 'Número de cartão inválido. Confira os dígitos.'
          : 'Digite o número completo do cartão';
      case 'card_expiry':
        if (code === 'expired') return 'Este cartão venceu';
        return code === 'invalid' ? 'Confira o mês e o ano' : 'Informe mês e ano, ex. 12/29';
      case 'card_cvv':
        return `Digite os ${cvvLength}\u00a0dígitos`;
      case 'card_holder':
        return `Digite o nome como está no cartão${code === 'invalid' ? ', não o número' : ''}`;
      case 'card_installments':
        return 'Escolha o número de parcelas';
    }
  },
  fixFields: labels => `Confira: ${labels.join(', ')}.`,
  inFull: total => `À vista · ${total}`,
  installment: ({ installments, amount, total, interestFree, isExact, rate }) => {
    if (interestFree) return `${installments}x de ${amount} sem juros${isExact ? '' : ` · total ${total}`}`;
    return `${installments}x de ${amount} · total ${total} · com juros${rate ? ` ${rate}\u00a0a.m.` : ''}`;
  },
  inInstallments: (count, amount) => `${count}x de ${amount}`,
  cardEnding: (brand, last4) => `${brand} final ${last4}`,
  savedCards: 'Seus cartões salvos',
  cardExpires: month => `válido até ${month}`,
  removeCard: 'Remover',
  removeCardNamed: card => `Remover ${card}`,
  removeCardAsk: 'Remover este cartão?',
  keepCard: 'Manter',
  removingCard: 'Removendo…',
  cardRemoved: 'Cartão removido.',
  cardNotRemoved: 'Não deu para remover o cartão. Ele continua salvo: tente de novo.',
  saveCard: 'Salvar este cartão para a próxima compra',
  saveCardHint:
    'O número fica guardado no provedor de pagamento, não na loja. Você pode remover o cartão na próxima compra.',

  busy: 'Processando…',
  processing: 'Processando seu pagamento…',
  keepOpen: 'Não feche esta página.',
  verifyingTitle: 'Estamos confirmando seu pagamento',
  verifyingBody: 'Não pague de novo: avisaremos aqui assim que o banco responder.',
  doNotPayAgain: 'Não pague de novo.',
  preparingPage: 'Estamos preparando a página de pagamento',
  checkNow: 'Verificar agora',
  nothingNew: 'Ainda sem resposta do banco. Continuamos verificando.',
  watchEnded: 'A verificação automática terminou. Use o botão para verificar de novo.',
  supportCode: code => `Código de atendimento: ${code}`,

  pendingTitle: 'Pagamento em análise',
  pendingBody: 'Avisaremos aqui. Não é preciso pagar de novo.',
  paidTitle: (method, authorizedOnly) => {
    if (authorizedOnly) return 'Pagamento autorizado';
    return method === 'PIX' ? 'Pix recebido! Pagamento confirmado.' : 'Pagamento aprovado';
  },
  backToShop: 'Voltar à loja',
  declinedTitle: 'Pagamento não aprovado',
  declined: {
    insufficient_funds: 'O banco não autorizou: saldo ou limite insuficiente.',
    invalid_card_data: 'Confira número, validade e código de segurança.',
    invalid_security_code: 'O código de segurança não confere.',
    expired_card: 'Este cartão venceu.',
    blocked_card: 'O banco bloqueou este cartão. Use outro cartão.',
    call_issuer:
      'Seu banco pede que você autorize a compra. Ligue para o número no verso do cartão e tente de novo.',
    not_permitted: 'Este cartão não aceita esta compra.',
    limit_exceeded: 'A compra ultrapassa o limite deste cartão.',
    suspected_fraud: 'Não foi possível aprovar com este cartão.',
    invalid_payer: 'Os dados do pagador não conferem. Fale com a loja.',
    processing_error: 'O banco não conseguiu processar o pagamento. Nada foi cobrado.',
    unknown: 'Não foi possível aprovar este pagamento.',
  },
  payByPix: amount => `Pagar com Pix · ${amount}`,
  fixData: 'Corrigir os dados',
  otherCard: 'Usar outro cartão',
  fewerInstallments: 'Escolher menos parcelas',
  sameCardAgain: 'Já autorizei, tentar de novo',
  otherWay: 'Pagar de outra forma',
  askShop: 'Fale com a loja para continuar.',
  endedTitle: (status, method) => {
    switch (status) {
      case 'REFUNDED':
      case 'DISPUTE_REFUNDED':
        return 'Pagamento reembolsado';
      case 'PARTIALLY_REFUNDED':
        return 'Pagamento reembolsado em parte';
      case 'CANCELED':
        return method ? 'Este código não vale mais' : 'Pagamento cancelado';
      case 'CREATED':
      case 'ERROR':
        return 'O pagamento não foi concluído';
      case 'PROCESSING':
      case 'UNKNOWN':
        return 'Não conseguimos gerar o código';
      default:
        return 'Pagamento em contestação';
    }
  },
  endedBody: {
    refunded:
      'O valor volta pelo mesmo meio de pagamento, no prazo do banco. Em caso de dúvida, fale com a loja.',
    refundedInPart:
      'Uma parte do valor volta pelo mesmo meio de pagamento, no prazo do banco. Em caso de dúvida, fale com a loja.',
    disputed: 'Esta cobrança foi contestada no banco. Não pague de novo: fale com a loja ou com o banco.',
    codeOver: 'Não pague o código antigo.',
    canceled: 'O pagamento foi cancelado. O pedido continua em aberto.',
    canceledForGood: 'O pagamento foi cancelado. Se você já pagou, fale com a loja sobre o valor.',
    notCompleted: 'O pagamento não foi concluído. O pedido continua em aberto.',
    codeLost: 'Nada foi cobrado. Gere um novo código ou pague de outra forma.',
  },
  newCode: 'Gerar novo código',
  startAgain: 'Tentar de novo',

  waiting: {
    PIX: 'Aguardando pagamento. Esta página se atualiza sozinha.',
    BOLETO: 'Assim que o banco confirmar, atualizaremos seu pedido. Pode fechar esta página.',
    PAYCASH: 'Assim que o Paycash confirmar, atualizaremos seu pedido. Pode fechar esta página.',
    REDIRECT: 'Aguardando a confirmação. Esta página se atualiza sozinha.',
  },
  validFor: time => `Válido por ${time}`,
  validUntil: time => `Válido até ${time}`,
  minutesLeft: minutes =>
    minutes === 1 ? 'Falta menos de um minuto para pagar.' : `Faltam menos de ${minutes} minutos para pagar.`,
  expired: 'Este código venceu. Não pague o código antigo.',
  pastDue: date => `Venceu em ${date}. Não pague mais este código.`,
  ifPaid: 'Se você já pagou, esta página avisa assim que a confirmação chegar.',
  showAnyway: 'Mostrar o código mesmo assim',
  alreadyPaid: 'Já paguei',
  notChecked: 'Sem conexão: não conseguimos verificar agora. Tente de novo.',
  cardNotCharged: 'Seu cartão não foi cobrado: este pedido já tem outro pagamento.',
  leaveCode: 'Este código ainda vale. Se pagar os dois, você paga duas vezes.',
  keepCode: 'Continuar com este código',
  notSeenYet: 'Ainda não recebemos a confirmação. O Pix costuma levar alguns segundos.',

  amount: 'Valor',
  dueDate: 'Vencimento',
  receiver: 'Recebedor',
  bank: 'Banco emissor',
  copied: endsWith => `Copiado · termina em ${endsWith}`,
  copyByHand: 'Não foi possível copiar. Toque e segure o código e escolha Copiar.',
  copyByKeys: 'Não foi possível copiar. O código está selecionado: use Ctrl+C (no Mac, ⌘C).',
  print: 'Imprimir ou salvar em PDF',
  turnPhone: 'Para ler as barras, gire o celular.',
  doubt: {
    code_invalid: 'Este código parece incompleto ou alterado. Não pague e fale com a loja.',
    currency_mismatch: 'Este código não está em reais. Não pague e fale com a loja.',
    amount_mismatch: 'O valor deste código não é o do pedido. Não pague e fale com a loja.',
    due_date_mismatch:
      'A data dentro deste código não é o vencimento informado. Confira o vencimento no app do banco antes de pagar.',
  },
  remind: 'Adicionar lembrete',
  reminder: { BOLETO: 'Pagar boleto', PAYCASH: 'Pagar em dinheiro (Paycash)' },
  newTab: 'abre em outra aba',

  pixCopy: 'Copiar código Pix',
  pixCode: 'Pix Copia e Cola',
  pixQr: 'QR Code do Pix',
  showQr: 'Mostrar QR Code',
  checkReceiver: name => `Antes de pagar, confira se o banco mostra o nome ${name}.`,
  share: 'Compartilhar código',
  pixStepsCopy: ['Copie o código', 'Abra o app do banco e escolha Pix Copia e Cola', 'Cole e confirme'],
  pixStepsScan: ['Abra o app do banco', 'Escolha pagar com Pix › Ler QR Code', 'Confirme o valor e o nome'],
  boletoCopy: 'Copiar linha digitável',
  boletoLine: 'Linha digitável',
  boletoBars: 'Código de barras do boleto',
  boletoSteps: [
    'Copie a linha digitável ou leia o código de barras no app do banco',
    'Antes de pagar, confira se o banco mostra o mesmo valor e o beneficiário LetPay',
  ],
  bankPage: 'Ver o boleto do banco',
  paycashCopy: 'Copiar referência',
  paycashReference: 'Referência',
  paycashBars: 'Código de barras da referência',
  paycashSteps: phrase => [
    phrase ? `Mostre este código no caixa e diga “${phrase}”` : 'Mostre este código no caixa',
    'Peça para lerem o código de barras. Digitar o número pode gerar erro',
    'Pague o valor exato e guarde o comprovante. A referência vale para um só pagamento',
  ],
  paycashAfter: 'A confirmação costuma ser imediata; em alguns bancos leva até 2\u00a0horas.',
  cashLimits: 'Limites em dinheiro',
  outsideCashLimits:
    'Este valor está fora dos limites para dinheiro no seu país. Fale com a loja antes de ir ao caixa.',
  keepAwake: 'Manter a tela acesa',
  keepAwakeRefused:
    'Não foi possível manter a tela acesa. Toque na tela de vez em quando para ela não apagar.',
  paycashInstructions: 'Ver instruções e lojas',
  redirectGo: 'Ir para a página de pagamento',

  failureTitle: 'Não foi possível abrir o pagamento',
  tryAgainIn: wait => `Tente de novo em ${wait}`,
  tryAgain: 'Tentar de novo',
  failures: {
    network: 'Sem conexão: nada foi cobrado. Confira a internet e tente de novo.',
    not_received: 'O envio não chegou ao banco: nada foi cobrado. Você pode tentar de novo.',
    not_found: 'Não encontramos este pagamento. Volte à loja e faça o pedido de novo.',
    origin_not_allowed: 'Esta página não pode receber este pagamento. Fale com a loja.',
    psp_unavailable: 'O serviço de pagamento está fora do ar: nada foi cobrado. Tente de novo em instantes.',
    psp_refused: 'O banco não aceitou os dados: nada foi cobrado. Confira e tente de novo.',
    validation_failed: 'Confira os dados e tente de novo. Nada foi cobrado.',
    method_not_offered: 'Esta forma de pagamento não está disponível. Escolha outra.',
    no_methods: 'Este pedido não tem forma de pagamento disponível aqui. Fale com a loja.',
    card_gone: 'Este cartão não pode mais ser usado: nada foi cobrado. Use outro cartão.',
    not_authenticated:
      'O banco não confirmou este cartão: nada foi cobrado. Tente de novo, use outro cartão ou pague de outra forma.',
    too_many_tries: 'Muitas tentativas. Espere alguns minutos e tente de novo.',
    too_many_requests: 'Muitas tentativas. Espere um pouco e tente de novo.',
    other: 'Algo deu errado. Nada foi cobrado; tente de novo.',
  },
};
