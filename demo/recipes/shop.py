# A shop’s backend in one file: orders, the page with the tag, the webhook, refunds.
#   python3 shop.py                                http://127.0.0.1:3000/buy
#   python3 shop.py refund <payment_token> 23.45
import base64
import hashlib
import hmac
import html
import json
import os
import sys
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

PROXY_URL = os.environ["PROXY_URL"]


def post(path, idempotency_key, body):
    """One key names one thing to be done: sent again with the same key, it is not done twice."""
    request = urllib.request.Request(
        PROXY_URL + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['MERCHANT_API_KEY']}",
            "Content-Type": "application/json",
            "Idempotency-Key": idempotency_key,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        raise RuntimeError(f"{problem['code']}: {problem['detail']} ({problem['request_id']})") from None


# 1. The order. Price and payer come from your own books, never from the page.
def create_order():
    return post(
        "/v1/orders",
        "order-ORDER-1",
        {
            "amount": "123.45",
            "asset": "BRL",
            "reference_id": "ORDER-1",
            "person_firstname": "Marina",
            "person_surname": "Azevedo",
            "person_taxid": "39784045087",
            "person_email": "marina@example.com",
            "disable_address": True,
            "payment_country": "BR",
            "payment_currency": "BRL",
        },
    )


# 2. The page. The token is all that it needs.
def page(order):
    return f"""<!doctype html>
<html lang="pt-BR">
<meta name="viewport" content="width=device-width">
<title>Pagamento</title>
<script type="module" src="{html.escape(PROXY_URL)}/letpay-checkout.js"></script>
<letpay-checkout payment-token="{html.escape(order['payment_token'])}"></letpay-checkout>
</html>"""


# 3. The webhook (Standard Webhooks). The body is signed as it arrived: parse it after that.
def is_signed(headers, body):
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(os.environ["MERCHANT_WEBHOOK_SECRET"].removeprefix("whsec_"))
    content = f"{headers.get('webhook-id', '')}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest())
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, given) for given in signatures)


seen = set()  # Yours: a unique column, written together with what the event changes.


# 4. A refund of a part. Its key is your own number for it.
def refund(token, amount):
    return post(f"/v1/orders/{token}/refunds", f"refund-{token}-1", {"amount": amount})


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/buy":
            return self.answer(404)
        self.answer(200, page(create_order()))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/webhooks" or not is_signed(self.headers, body):
            return self.answer(400)
        event = json.loads(body)
        # The same event can come twice, and others come too: order.refunded, order.dispute …
        if self.headers["webhook-id"] not in seen and event["type"] == "order.paid":
            print("ship", event["data"]["reference_id"], flush=True)
        seen.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status, text=""):
        self.send_response(status)
        if text:
            self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())


if sys.argv[1:2] == ["refund"]:
    made = refund(*sys.argv[2:4])
    print(made["refund_id"], made["status"])
else:
    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 3000))), Shop).serve_forever()
