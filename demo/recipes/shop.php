<?php
// A shop’s backend in one file: orders, the page with the tag, the webhook, refunds.
//   php -S 127.0.0.1:3000 shop.php                 http://127.0.0.1:3000/buy
//   php shop.php refund <payment_token> 23.45

/** One key names one thing to be done: sent again with the same key, it is not done twice. */
function post(string $path, string $idempotencyKey, array $body): array
{
    $answer = file_get_contents(getenv('PROXY_URL') . $path, false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Authorization: Bearer ' . getenv('MERCHANT_API_KEY'),
            'Content-Type: application/json',
            "Idempotency-Key: $idempotencyKey",
        ],
        'content' => json_encode($body),
        'ignore_errors' => true, // Problems have a body that says more than the status.
    ]]));
    $result = json_decode((string) $answer, true, flags: JSON_THROW_ON_ERROR);
    if (isset($result['code'])) { // Only a problem has a code.
        throw new RuntimeException("{$result['code']}: {$result['detail']} ({$result['request_id']})");
    }
    return $result;
}

// 1. The order. Price and payer come from your own books, never from the page.
function createOrder(): array
{
    return post('/v1/orders', 'order-ORDER-1', [
        'amount' => '123.45',
        'asset' => 'BRL',
        'reference_id' => 'ORDER-1',
        'person_firstname' => 'Marina',
        'person_surname' => 'Azevedo',
        'person_taxid' => '39784045087',
        'person_email' => 'marina@example.com',
        'disable_address' => true,
        'payment_country' => 'BR',
        'payment_currency' => 'BRL',
    ]);
}

// 2. The page. The token is all that it needs.
function page(array $order): string
{
    $proxy = htmlspecialchars(getenv('PROXY_URL'));
    $token = htmlspecialchars($order['payment_token']);
    return <<<HTML
        <!doctype html>
        <html lang="pt-BR">
        <meta name="viewport" content="width=device-width">
        <title>Pagamento</title>
        <script type="module" src="$proxy/letpay-checkout.js"></script>
        <letpay-checkout payment-token="$token"></letpay-checkout>
        </html>
        HTML;
}

// 3. The webhook (Standard Webhooks). The body is signed as it arrived: parse it after that.
function isSigned(string $id, string $timestamp, string $signatures, string $body): bool
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(substr(getenv('MERCHANT_WEBHOOK_SECRET'), strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

/** Yours: a unique column, written together with what the event changes. */
function isNew(string $id): bool
{
    return @fopen(sys_get_temp_dir() . '/webhook-' . sha1($id), 'x') !== false;
}

function receive(): void
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $body = file_get_contents('php://input');
    if (!isSigned($id, $timestamp, $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '', $body)) {
        http_response_code(400);
        return;
    }
    $event = json_decode($body, true);
    // The same event can come twice, and others come too: order.refunded, order.dispute …
    if (isNew($id) && $event['type'] === 'order.paid') {
        file_put_contents('php://stdout', "ship {$event['data']['reference_id']}\n");
    }
    http_response_code(204);
}

// 4. A refund of a part. Its key is your own number for it.
function refund(string $token, string $amount): array
{
    return post("/v1/orders/$token/refunds", "refund-$token-1", ['amount' => $amount]);
}

if (PHP_SAPI === 'cli') {
    [, , $token, $amount] = $argv;
    $refund = refund($token, $amount);
    echo "{$refund['refund_id']} {$refund['status']}\n";
} elseif ($_SERVER['REQUEST_URI'] === '/webhooks' && $_SERVER['REQUEST_METHOD'] === 'POST') {
    receive();
} elseif ($_SERVER['REQUEST_URI'] === '/buy') {
    echo page(createOrder());
} else {
    http_response_code(404);
}
