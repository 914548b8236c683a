/**
 * What users of other checkouts complained about, and the tests that say that ours does not do it. The title of one test of
 * each row names the thread, so that a search for it finds the test.
 */
interface Complaint {
  /** 1 to 53 are threads; letters are traps of LetPay’s own interface. */
  readonly id: string;
  /** Repository and number, or what LetPay’s documents call it. */
  readonly thread: string;
  readonly complaint: string;
}

interface Answered extends Complaint {
  /** File and title; a star stands for what a table of the test fills in. */
  readonly tests: readonly (readonly [file: string, title: string])[];
}

interface NotAnswered extends Complaint {
  /** Why no test answers it. */
  readonly reason: string;
}

export const complaints: readonly (Answered | NotAnswered)[] = [
  {
    id: '1',
    thread: 'adyen-web #1996',
    complaint: 'StrictMode mounts twice, and two mounts fight',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'in one task, as StrictMode does, it reads the checkout once and works (adyen-web #1996)',
      ],
    ],
  },
  {
    id: '2',
    thread: 'adyen-web #1638',
    complaint: 'mount, unmount, mount leaves a dead component',
    tests: [
      [
        'test/widget/choosing.test.ts',
        'works after it was taken out and put back fifty times, and leaves no feed open (adyen-web #1638)',
      ],
    ],
  },
  {
    id: '3',
    thread: 'adyen-web #2271',
    complaint: 'the state of one checkout shows in the next',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'shows nothing of a payment of the token before, whose answer comes late (adyen-web #2271)',
      ],
      ['test/widget/choosing.test.ts', 'starts afresh with another token and forgets the card'],
    ],
  },
  {
    id: '4',
    thread: 'react-stripe-js #385',
    complaint: 'options do nothing after the first mount: the old amount is charged',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'is another amount on the button, and an event says so (react-stripe-js #385)',
      ],
    ],
  },
  {
    id: '5',
    thread: 'react-stripe-elements #282',
    complaint: 'unmounting wipes what was typed',
    tests: [
      [
        'test/widget/choosing.test.ts',
        'keeps its state and what was typed when it is moved in the page (react-stripe-elements #282)',
      ],
      ['test/widget/choosing.test.ts', 'reads again after it was away, and holds no card data meanwhile'],
    ],
  },
  {
    id: '6',
    thread: 'sdk-react #29',
    complaint: 'the parent renders again and the form is emptied',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'with the same attributes and properties, it keeps what was typed and asks nothing (sdk-react #29)',
      ],
    ],
  },
  {
    id: '7',
    thread: 'hyperswitch-web #1705',
    complaint: 'with two elements a call hits the wrong one, and ready never fires',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'are each ready, and each pays its own order (hyperswitch-web #1705)',
      ],
    ],
  },
  {
    id: '8',
    thread: 'commercelayer-react-components #811',
    complaint: 'two starts in flight race',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'with a pause between, before the first answer, it shows the checkout once (commercelayer-react-components #811)',
      ],
      [
        'test/widget/remounting.test.ts',
        'wins over the answers to the tokens before it, in whatever order they come',
      ],
    ],
  },
  {
    id: '9',
    thread: 'adyen-web #3202',
    complaint: 'window is needed at import time',
    tests: [
      [
        'test/repository/exports.test.ts',
        '* exports the public surface and nothing else, also where there is no window (adyen-web #3202)',
      ],
    ],
  },
  {
    id: '10',
    thread: 'lit-element #771',
    complaint: '“name already used” when two bundles define the tag',
    tests: [
      ['test/journeys/embedding.test.ts', 'of the three builds are one tag that works (lit-element #771)'],
      [
        'test/journeys/embedding.test.ts',
        'of one build under two names, as a hot reload makes them, still tell a refusal from a lost answer',
      ],
      [
        'test/journeys/embedding.test.ts',
        'of two versions keep to their own parts: the first one’s tag stays',
      ],
      ['test/repository/exports.test.ts', '* registers the tag, and leaves it alone when it is there'],
    ],
  },
  {
    id: '11',
    thread: 'braintree-web-drop-in #296',
    complaint: 'does not work inside a shadow root',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'inside three shadow roots it looks and works as in the page (braintree-web-drop-in #296)',
      ],
    ],
  },
  {
    id: '12',
    thread: 'react-paypal-js #317',
    complaint: 'finds its place by asking the document',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'moved into a frame’s document *, it keeps its looks and works (react-paypal-js #317)',
      ],
    ],
  },
  {
    id: '13',
    thread: 'adyen-web #1840',
    complaint: 'fields and the autofill background cannot be styled',
    tests: [
      [
        'test/repository/docs.test.ts',
        'has words for each part of the templates, and no part more (adyen-web #1840)',
      ],
      ['test/repository/docs.test.ts', 'has words for each token of the style sheets, and no token more'],
    ],
  },
  {
    id: '14',
    thread: 'adyen-web #2730',
    complaint: 'autofill fills a part, because fields are in separate frames',
    tests: [
      [
        'test/widget/card-form.test.ts',
        'stand in one form of one root, with what browsers and password managers look for (adyen-web #2730, braintree-web #768)',
      ],
    ],
  },
  {
    id: '15',
    thread: 'adyen-web #3279',
    complaint: 'a password manager writes 2030 and the field keeps 20',
    tests: [['test/rules/methods/card/expiry.test.ts', 'reads * as December 2029 (adyen-web #3279)']],
  },
  {
    id: '16',
    thread: 'card-validator #69',
    complaint: 'Safari writes YYYY-MM',
    tests: [
      [
        'test/widget/card-form.test.ts',
        'take what autofill writes, a date with the year first too (card-validator #69)',
      ],
    ],
  },
  {
    id: '17',
    thread: 'bitwarden #713',
    complaint: 'managers miss card fields in custom markup',
    tests: [
      ['test/widget/card-form.test.ts', 'have labels that belong to them (bitwarden #713)'],
      [
        'test/widget/card-form.test.ts',
        'stand in one form of one root, with what browsers and password managers look for (adyen-web #2730, braintree-web #768)',
      ],
    ],
  },
  {
    id: '18',
    thread: 'webcomponents #649',
    complaint: 'autofill across several shadow roots is unreliable',
    reason: 'The fields share one root (14); a tag that renders into the page’s own tree is not offered.',
  },
  {
    id: '19',
    thread: 'adyen-web #2336',
    complaint: 'inline style or eval needs a lax policy',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'takes a payment with *, under Trusted Types, and nothing is refused (adyen-web #2336, adyen-web #1352)',
      ],
      [
        'test/repository/hygiene.test.ts',
        'has no style attribute and no event attribute, which a strict policy forbids',
      ],
    ],
  },
  {
    id: '20',
    thread: 'adyen-web #1352',
    complaint: 'status calls go to a host that connect-src forbids',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'takes a payment with *, under Trusted Types, and nothing is refused (adyen-web #2336, adyen-web #1352)',
      ],
    ],
  },
  {
    id: '21',
    thread: 'braintree-web-drop-in #904',
    complaint: 'the nonce does not reach injected tags',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'takes style elements with the page’s nonce, on the first screen and on later ones (braintree-web-drop-in #904)',
      ],
    ],
  },
  {
    id: '22',
    thread: 'stripe-js #167',
    complaint: 'no hash to pin, no self-hosting',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'lets the file of that hash run, and its parts with the hashes of an import map (stripe-js #167)',
      ],
      ['test/journeys/embedding.test.ts', 'keeps a changed file from running'],
      [
        'test/repository/exports.test.ts',
        'are listed with the hash of their content, entries with an immutable name of the same content',
      ],
    ],
  },
  {
    id: '23',
    thread: 'react-stripe-js #587',
    complaint: 'telemetry spam, blocked by ad blockers',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'finds no other host to block than the shop’s and the proxy’s (react-stripe-js #587)',
      ],
      [
        'test/journeys/embedding.test.ts',
        'that takes the feed for telemetry does not hide the payment (stripe-js #619)',
      ],
    ],
  },
  {
    id: '24',
    thread: 'braintree-web-drop-in fraud collector',
    complaint: 'a blocker stops a fraud script, and the payment with it',
    tests: [
      [
        'test/repository/bundle-size.test.ts',
        'names no host but that of the XML namespaces (braintree-web-drop-in fraud collector)',
      ],
      [
        'test/journeys/embedding.test.ts',
        'finds no other host to block than the shop’s and the proxy’s (react-stripe-js #587)',
      ],
    ],
  },
  {
    id: '25',
    thread: 'adyen-web #1655',
    complaint: 'too big, and all methods at once',
    tests: [
      [
        'test/repository/bundle-size.test.ts',
        'is within the budget before the first screen (adyen-web #1655)',
      ],
    ],
  },
  {
    id: '26',
    thread: 'adyen-web #3184',
    complaint: 'a locale file is missing, and es-MX does not fall back to es',
    tests: [
      ['test/rules/i18n/language.test.ts', 'falls back to the language of a tag (adyen-web #3184)'],
      [
        'test/journeys/embedding.test.ts',
        'without words for a failure says so in three languages, and a tap tries again',
      ],
    ],
  },
  {
    id: '27',
    thread: 'gn-api-woocommerce #10',
    complaint: 'English in a Brazilian checkout, no copy button, the page never changes',
    tests: [
      [
        'test/journeys/pay.test.ts',
        'a Pix code is copied, paid at the bank, and the page says so by itself (gn-api-woocommerce #10)',
      ],
      [
        'test/repository/texts.test.ts',
        'are translated: English and Spanish share no whole sentence with Portuguese',
      ],
    ],
  },
  {
    id: '28',
    thread: 'hyperswitch-web modals',
    complaint: 'machine translation and strings of another language',
    tests: [
      [
        'test/repository/texts.test.ts',
        'hold no word of any language, but for the failure to load one (hyperswitch-web modals)',
      ],
      ['test/repository/texts.test.ts', '* has the texts that Portuguese has, steps and messages among them'],
    ],
  },
  {
    id: '29',
    thread: 'adyen-web #967',
    complaint: 'arrows on iOS skip framed fields, and zoom jumps',
    tests: [
      ['test/widget/card-form.test.ts', 'are large enough to touch and not to zoom (adyen-web #967)'],
      ['test/journeys/pay.test.ts', 'a card is chosen with the arrows, filled in and paid'],
    ],
  },
  {
    id: '30',
    thread: 'braintree-web-drop-in #615',
    complaint: 'the expiry cannot be deleted in a WebView',
    tests: [
      [
        'test/rules/fields/caret.test.ts',
        'every expiry date can be deleted with backspace alone (braintree-web-drop-in #615)',
      ],
    ],
  },
  {
    id: '31',
    thread: 'jquery.payment #24',
    complaint: 'Android keyboards send no key codes, and the caret jumps',
    tests: [
      [
        'test/widget/card-form.test.ts',
        'keep the caret behind the digit that was typed in the middle (jquery.payment #24)',
      ],
      ['test/widget/card-form.test.ts', 'leave a composition alone and group when it ends'],
    ],
  },
  {
    id: '32',
    thread: 'adyen-web #3112',
    complaint: 'a live region that comes with its text is not read',
    tests: [
      [
        'test/widget/choosing.test.ts',
        'shows a frame before the first answer, and an empty live region (adyen-web #3112)',
      ],
    ],
  },
  {
    id: '33',
    thread: 'adyen-web #3436',
    complaint: 'the focus moves on without consent',
    tests: [['test/widget/card-form.test.ts', 'never move the focus on by themselves (adyen-web #3436)']],
  },
  {
    id: '34',
    thread: 'adyen-web #1695',
    complaint: 'methods are no radios, labels do not focus, errors are not spoken',
    tests: [
      [
        'test/widget/choosing.test.ts',
        'offers native radios in the order of the checkout, the first one open (adyen-web #1695)',
      ],
      ['test/widget/card-form.test.ts', 'have labels that belong to them (bitwarden #713)'],
      ['test/widget/instruments.test.ts', 'finds no fault with a form full of errors'],
    ],
  },
  {
    id: '35',
    thread: 'braintree-web #768',
    complaint: 'a pattern calls grouped numbers invalid',
    tests: [
      [
        'test/widget/card-form.test.ts',
        'stand in one form of one root, with what browsers and password managers look for (adyen-web #2730, braintree-web #768)',
      ],
    ],
  },
  {
    id: '36',
    thread: 'adyen-web #2703',
    complaint: 'fast clicks submit twice',
    tests: [
      [
        'test/widget/payment.test.ts',
        'is one request, however often the button is pressed (adyen-web #2703)',
      ],
      [
        'test/rules/checkout/transition.test.ts',
        'ignores a second submission, so that a hundred clicks are one',
      ],
    ],
  },
  {
    id: '37',
    thread: 'adyen-prestashop #106',
    complaint: 'five orders in one second',
    tests: [
      [
        'test/server/send-payment.test.ts',
        'twenty different keys at once are one charge (adyen-prestashop #106)',
      ],
      [
        'test/server/send-payment.test.ts',
        'one key pressed many times at once is one submission, and all get its answer',
      ],
    ],
  },
  {
    id: '38',
    thread: 'akash-network/console #3449',
    complaint: 'the key of an attempt must survive an unknown result and a reload',
    tests: [
      [
        'test/widget/payment.test.ts',
        'repeats with the same key after a reload (akash-network/console #3449)',
      ],
      [
        'test/widget/payment.test.ts',
        'keeps its key in the session before anything leaves, and drops it when the outcome is definite',
      ],
    ],
  },
  {
    id: '39',
    thread: 'woocommerce-gateway-stripe #3912',
    complaint: 'a time-out is taken for a failure, and a second charge follows',
    tests: [
      [
        'test/widget/payment.test.ts',
        'becomes verifying when the answer is lost, and the status decides (woocommerce-gateway-stripe #3912)',
      ],
      [
        'test/journeys/pay.test.ts',
        'a card payment whose answer is lost is verified and ends PAID, charged once',
      ],
    ],
  },
  {
    id: '40',
    thread: 'hyperswitch-web #945',
    complaint: 'the button stays busy for ever',
    tests: [
      [
        'test/rules/checkout/transition.test.ts',
        'leaves the shopper no state without a way on (hyperswitch-web #945)',
      ],
      ['test/rules/api/client.test.ts', '*: no answer in time is too late'],
    ],
  },
  {
    id: '41',
    thread: 'adyen-web #2499',
    complaint: 'status calls pile up on a slow network',
    tests: [
      [
        'test/rules/api/watch.test.ts',
        'never has two reads in flight, and counts the next pause from the answer (adyen-web #2499)',
      ],
    ],
  },
  {
    id: '42',
    thread: 'adyen-web #2520',
    complaint: 'the countdown runs from the mount, not to the end that the server gave',
    tests: [
      [
        'test/widget/instruments.test.ts',
        'counts down by the proxy’s clock, not by the page’s (adyen-web #2520)',
      ],
      ['test/widget/instruments.test.ts', 'has no clock when the PSP gives no end'],
    ],
  },
  {
    id: '43',
    thread: 'cart-woocommerce #389',
    complaint: 'the page stays still after the payment',
    tests: [
      ['test/widget/payment.test.ts', 'turns to paid when the feed says so (cart-woocommerce #389)'],
      ['test/widget/payment.test.ts', 'turns to paid when a read says so'],
    ],
  },
  {
    id: '44',
    thread: 'pix-api #169',
    complaint: 'a charge that is over still reads as active, and may be paid late',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'and was paid at the last moment all the same is paid, not lost (pix-api #169)',
      ],
    ],
  },
  {
    id: '45',
    thread: 'odoo #259203',
    complaint: 'back from the bank’s app the page is stale',
    tests: [
      [
        'test/rules/api/watch.test.ts',
        'a hidden page closes its feed, gives up the read in flight, and reads at once on return (odoo #259203)',
      ],
      [
        'test/widget/watching.test.ts',
        'holds no connection and asks nothing for a minute, and once when it is shown again',
      ],
    ],
  },
  {
    id: '46',
    thread: 'pagseguro-modulo-prestashop #160',
    complaint: 'dates and expiries in the server’s time zone, no new code',
    tests: [
      [
        'test/journeys/embedding.test.ts',
        'until which a code can be paid is that of the shopper’s clock in *, wherever the server is (pagseguro-modulo-prestashop #160)',
      ],
      ['test/journeys/embedding.test.ts', 'on a boleto is a day, the same in every zone'],
      ['test/widget/payment.test.ts', 'gets a new code in place when the old one is over'],
    ],
  },
  {
    id: '46b',
    thread: 'pagseguro-modulo-prestashop #186',
    complaint: 'sandbox codes are scanned with a real bank app',
    tests: [
      ['test/widget/choosing.test.ts', 'marks a test payment (pagseguro-modulo-prestashop #186)'],
      ['test/shop/panel.test.ts', '“mark as paid” settles the newest attempt that was submitted'],
    ],
  },
  {
    id: '46c',
    thread: 'woocommerce-paghiper #81',
    complaint: 'after a decline no Pix for the same order, or several charges for one',
    tests: [
      [
        'test/journeys/pay.test.ts',
        'a declined card is followed by Pix on the same order, and the declined attempt is not charged (woocommerce-paghiper #81)',
      ],
      ['test/server/renew.test.ts', 'an old Pix that is * is discovered before another card is charged'],
    ],
  },
  {
    id: '47',
    thread: 'webawesome #1866',
    complaint: 'a QR code cannot be read in dark mode or without its margin',
    tests: [
      ['test/widget/instruments.test.ts', 'is dark on white in the dark theme too (webawesome #1866)'],
      ['test/rules/drawing/qr-code.test.ts', 'four modules of light surround the code'],
    ],
  },
  {
    id: '48',
    thread: 'clipboard-copy #41',
    complaint: 'says copied and nothing is',
    tests: [
      [
        'test/widget/instruments.test.ts',
        'selects the code and tells the way when the clipboard refuses (clipboard-copy #41)',
      ],
    ],
  },
  {
    id: '49',
    thread: 'adyen-cse-web #54',
    complaint: 'Elo and Hipercard ranges are out of date',
    tests: [
      [
        'test/rules/methods/card/brands.test.ts',
        'every range of the table begins and ends where it says (adyen-cse-web #54)',
      ],
    ],
  },
  {
    id: '50',
    thread: 'stripe-ios #1736',
    complaint: 'no Brazilian installments',
    tests: [['test/widget/card-form.test.ts', 'say count, value, total and interest (stripe-ios #1736)']],
  },
  {
    id: '51',
    thread: 'brazilian-utils/javascript #425',
    complaint: 'a CNPJ with letters is refused',
    tests: [
      ['test/shop/tax-id.test.ts', 'reads * as a * (brazilian-utils/javascript #425)'],
      [
        'test/emulator/order.test.ts',
        'takes the sandbox tax ids of the classic document and both kinds of CNPJ',
      ],
    ],
  },
  {
    id: '52',
    thread: 'laravel-boleto #688',
    complaint: 'the due factor rolled over in 2025',
    tests: [
      ['test/rules/methods/boleto/boleto-line.test.ts', 'takes factor * near * for * (laravel-boleto #688)'],
    ],
  },
  {
    id: '53',
    thread: 'adyen-magento2 #431',
    complaint: 'a CEP with its hyphen is refused',
    tests: [
      [
        'test/shop/orders.test.ts',
        'an order from Brazil carries CPF digits, the address and the methods in order (adyen-magento2 #431)',
      ],
    ],
  },
  {
    id: 'a',
    thread: 'LetPay 00.04.0022',
    complaint: 'a token is taken once, so every further try needs a new order',
    tests: [
      [
        'test/server/renew.test.ts',
        'after a decline a new attempt takes another card, and the page keeps its token (LetPay 00.04.0022)',
      ],
      ['test/server/in-doubt.test.ts', '“token already used” means that it was sent: the status decides (*)'],
    ],
  },
  {
    id: 'b',
    thread: 'LetPay boleto_html',
    complaint: 'HTML of a third party comes beside a boleto',
    tests: [
      [
        'test/widget/remounting.test.ts',
        'is never markup in the page: its HTML stays inside a frame that may do nothing (LetPay boleto_html)',
      ],
    ],
  },
];
