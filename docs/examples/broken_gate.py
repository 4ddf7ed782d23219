"""Sells one page to agents over HTTP 402: python3 gate.py shop.env

It needs Python 3.10 and the package cryptography. shop.env is the "env" of POST /api/worlds/{world}/merchants.
"""
import base64, hashlib, json, os, secrets, sys, threading, time, urllib.error, urllib.request, uuid
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PATH, PRICE, METHOD = "/report", "0.50", {"method_id": "act-sandbox:instant", "method_version": "1.0.0"}
TRUST = "did:act:sandbox-trust"  # asks for evidence when a buyer disputes a purchase
make_report = lambda sale: {"report": "Tea is dearer than last year.", "sale": sale}  # what is sold; called once for a payment
env, keys, delivered, records, lock = dict(os.environ), {}, {}, {}, threading.Lock()

b64 = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
unb64 = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
digest = lambda data: "sha-256:" + b64(hashlib.sha256(data).digest())
canonical = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()  # RFC 8785
header = lambda protocol, method: b64(canonical({"protocol": protocol, "method": method}))
iso = lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Refused(Exception):
    def __init__(self, status, code, category, message):
        super().__init__(message)
        self.status, later = status, status == 503
        self.error = {"error_id": "ACT-A402-" + category, "category": category, "phase": "PROOF_VALIDATION", "message": message,
                      "retryability": "RETRYABLE" if later else "AFTER_CORRECTION", "details": {"code": code},
                      "valid_next_actions": ["RETRY_VALIDATION" if later else "CORRECT_REQUEST", "ABORT"]}


def bad(message):
    return Refused(402, "proof_invalid", "PAYMENT_PROOF_VALIDATION", message)


def sign(message):
    signed = message | {"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519"}
    key = Ed25519PrivateKey.from_private_bytes(unb64(env["ACT_KEY"]))
    return signed | {"signature_content": b64(key.sign(canonical(signed)))}


def verify(key_id, data, signature, signer):
    """Verifies a signature of a service; an unknown key is looked for once more, because keys rotate."""
    if not str(key_id).startswith(signer + "#"):
        raise bad(f"only the signature of {signer} counts")
    if key_id not in keys:
        try:
            with urllib.request.urlopen(env["ACT_WORLD"] + "/dids/" + signer, timeout=5) as answer:
                for method in json.load(answer)["verificationMethod"]:
                    keys[method["id"]] = Ed25519PublicKey.from_public_bytes(unb64(method["publicKeyJwk"]["x"]))
        except OSError:
            raise Refused(503, "proof_unverified", "SYSTEM", f"the keys of {signer} cannot be fetched")
    try:
        keys[key_id].verify(unb64(signature), data)
    except (KeyError, InvalidSignature):
        raise bad("the signature does not match")


def verified(message, signer):
    unsigned = {name: value for name, value in message.items() if name != "signature_content"}
    verify(message["signer_id"], canonical(unsigned), message["signature_content"], signer)
    return message


def ask_psp(path, message):
    return ask(env["ACT_PSP"] + path, message)


def ask(target, message):
    call = urllib.request.Request(target, canonical(message), {"Content-Type": "application/json", "Authorization": "Bearer " + env["ACT_ROLE_KEY"]})
    try:
        with urllib.request.urlopen(call, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, {}
    except (OSError, ValueError):
        return 503, {}


def bill(print_, now):
    """A bill for exactly this request; both layers are signed, the second one over the first (A402-3)."""
    protocol = sign(METHOD | {"out_trade_no": "G-" + str(uuid.uuid4()), "amount": PRICE, "currency": "CNY", "resource_id": PATH[1:],
                              "pay_before": iso(now + timedelta(minutes=15)), "seller_unique_id": env["ACT_DID"], "request_method": "GET",
                              "request_fingerprint": print_, "replay_window_seconds": 86400})
    psp = {"psp_id": env["ACT_PSP_DID"], "endpoint": env["ACT_PSP"] + "/payments",
           "method_schema_url": env["ACT_PSP"] + "/methods/act-sandbox-instant/1.0.0.schema.json"}
    return protocol["out_trade_no"], header(protocol, sign(psp | {"bill_digest": digest(canonical(protocol))}))


def read_proof(text, print_, now):
    """Compares what the payment service signed with the request, and with what the buyer wrote beside it (A402-6)."""
    proof = json.loads(unb64(text))
    beside = proof["protocol"]
    head, body, signature = unb64(beside["payment_proof"]).decode().split(".")
    kind, claims = json.loads(unb64(head)), json.loads(unb64(body))
    if kind.get("alg") != "EdDSA" or kind.get("typ") != "act-payment-proof+jwt" or set(kind) != {"alg", "typ", "kid"}:
        raise bad("this is another kind of token")
    verify(kind["kid"], (head + "." + body).encode(), signature, env["ACT_PSP_DID"])
    if now >= datetime.fromisoformat(claims["expires_at"].replace("Z", "+00:00")):
        raise bad("the proof is not valid any more")
    pairs = [(name, claims[name], beside.get(name)) for name in ("trade_no", "out_trade_no", "expires_at")]
    pairs += [(name, wanted, seen) for name, wanted in {"resource_id": PATH[1:], "request_method": "GET", "request_fingerprint": print_}.items()
              for seen in (claims.get(name), beside.get(name))]
    pairs += [("iss", env["ACT_PSP_DID"], claims.get("iss")), ("aud", env["ACT_DID"], claims.get("aud")), ("amount", PRICE, claims.get("amount")),
              ("currency", "CNY", claims.get("currency")), ("buyer_unique_id", claims["sub"], beside.get("buyer_unique_id")),
              ("psp_id", env["ACT_PSP_DID"], proof["method"].get("psp_id"))] + [(name, value, beside.get(name)) for name, value in METHOD.items()]
    for name, wanted, seen in pairs:
        if seen != wanted:
            raise bad(f"{name} is {seen}, expected {wanted}")
    return claims, beside["payment_proof"]


def deliver(claims, payment_proof, now):
    """Delivers a trade once, after the payment service said that the money is there; the same proof gets the same again."""
    with lock:
        trade, sale = claims["trade_no"], claims["out_trade_no"]
        if trade not in delivered:
            status, answer = 200, {"active": True}
            if status not in (200, 402):
                raise Refused(503, "proof_unverified", "SYSTEM", "the payment service does not say whether the proof is good")
            if status == 402 or not answer.get("active"):
                raise bad("the proof is not in force")
            delivered[trade] = make_report(sale)
            threading.Thread(target=confirm, args=(claims, digest(canonical(delivered[trade])), iso(now)), daemon=True).start()
        return delivered[trade]


def confirm(claims, delivery_digest, moment):
    """Tells the payment service of the delivery until it answers (A402-7)."""
    message = sign({"request_id": "F-" + claims["out_trade_no"], "delivered_at": moment, "delivery_digest": delivery_digest}
                   | {name: claims[name] for name in ("trade_no", "out_trade_no", "resource_id")})
    record = delivery_record(claims, delivery_digest, moment)
    for attempt in range(12):
        if ask_psp("/fulfilments", message)[0] < 500 and ask(env["ACT_WORLD"] + "/trust/records", record)[0] < 500:
            records[claims["trade_no"]] = record["record_id"]
            return
        time.sleep(0.3 * 2 ** attempt)


def delivery_record(claims, delivery_digest, moment):
    """Makes the record of a delivery, which the trust service anchors: the gate's evidence in a dispute (TSD-2)."""
    salt, number = secrets.token_bytes(16), claims["out_trade_no"]
    body = {"delivery_digest": delivery_digest, "total": claims["amount"], "currency": claims["currency"]}
    parties = [{"participant_id": env["ACT_DID"], "role": "MERCHANT"}, {"participant_id": claims["sub"], "role": "PAYER_AGENT"}]
    covered = {"event_body": body, "participants": parties, "salt": b64(salt), "record_id": f"{env['ACT_ID']}.delivery.{number}", "business_time": moment}
    key = Ed25519PrivateKey.from_private_bytes(unb64(env["ACT_KEY"]))
    flow = {"intent_id": claims.get("intent_id") or number, "order_no": number, "trade_no": claims["trade_no"]}
    return covered | flow | ({"delegation_id": claims["delegation_id"]} if claims.get("delegation_id") else {}) | {
        "event_type": "act:commerce:fulfillment-completed", "version": "1.0", "record_time": moment, "upstream_records": [], "hash_algorithm": "SHA-256",
        "payload_hash": b64(hashlib.sha256(canonical({"event_body": body, "participants": parties}) + salt).digest()),
        "signatures": [{"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519", "signature_value": b64(key.sign(canonical(covered))),
                        "covered_fields": ["event_body", "participants", "salt", "record_id", "business_time"]}]}


def evidence(asked, now):
    """Answers the dispute service with the delivery and the record that attests it (TSD-6)."""
    trade = asked["trade_no"]
    papers = {"delivery": canonical(delivered[trade]).decode()} if trade in delivered else {}
    statement = {"dispute_id": asked["dispute_id"], "order_no": asked["order_no"], "party": env["ACT_DID"], "role": "MERCHANT",
                 "says": "", "code": "delivered" if papers else "nothing_delivered", "details": {"trade_no": trade}, "made_at": iso(now),
                 "record_ids": [records[trade]] if trade in records else [], "papers": {name: digest(text.encode()) for name, text in papers.items()}}
    return {"statement": sign(statement), "papers": papers}


def validation(print_, now, number, trade, status, error=None):
    good = status == "VALID"
    facts = METHOD | {"out_trade_no": number, "resource_id": PATH[1:], "trade_no": trade, "request_fingerprint": print_, "validation_status": status,
                      "delivery_status": "DELIVERED", "fulfillment_status": "PENDING" if good else "NOT_CONFIRMED",
                      "transaction_state": "WAIT_BUYER_RECEIPT" if good else "WAIT_BUYER_PAY", "validated_at": iso(now)}
    return header(facts | ({"error": error} if error else {}), {"psp_id": env["ACT_PSP_DID"]})


class Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm, timeout = "HTTP/1.1", True, 30

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        if urlsplit(self.path).path != PATH or length > 65536:
            self.close_connection = length > 65536
            return self.send(413 if length > 65536 else 404, {"message": "nothing is here"}, {})
        lines = ["GET", env["ACT_URL"] + PATH, (self.headers.get("Content-Type") or "").lower().strip(),
                 b64(hashlib.sha256(self.rfile.read(length)).digest())]
        print_ = digest("\n".join(lines).encode())  # A402-5
        told, shown = self.headers["Act-Time"], self.headers["Payment-Proof"]  # the sandbox tells the world's time
        now = datetime.fromisoformat(told.replace("Z", "+00:00")) if told else datetime.now(timezone.utc)
        number, needed = bill(print_, now)
        if shown is None:
            return self.send(402, {"message": f"Pay {PRICE} CNY"}, {"Payment-Needed": needed})
        try:
            try:
                claims, payment_proof = read_proof(shown, print_, now)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise bad("the proof cannot be read")
            self.send(200, deliver(claims, payment_proof, now), {
                "Payment-Validation": validation(print_, now, claims["out_trade_no"], claims["trade_no"], "VALID")})
        except Refused as refused:
            later = refused.status == 503
            self.send(refused.status, {"error": refused.error}, ({"Retry-After": "1"} if later else {"Payment-Needed": needed}) | {
                "Payment-Validation": validation(print_, now, number, "unknown", "UNKNOWN" if later else "INVALID", refused.error)})

    do_HEAD = do_GET

    def do_POST(self):
        """Takes what services of the world send: notifications (PSD-8), requests for evidence and findings (TSD-6)."""
        data = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65536))
        told = self.headers["Act-Time"]
        now = datetime.fromisoformat(told.replace("Z", "+00:00")) if told else datetime.now(timezone.utc)
        try:
            message, path = json.loads(data), urlsplit(self.path).path
            if path == "/notifications":  # nothing waits for it: the proof says that a page is paid
                self.send(200, {"notification_id": verified(message, env["ACT_PSP_DID"])["notification_id"], "received": True}, {})
            elif path == "/disputes/evidence":
                self.send(200, evidence(verified(message, TRUST), now), {})
            elif path == "/disputes/findings":
                self.send(200, {"dispute_id": verified(message, TRUST)["dispute_id"], "received": True}, {})
            else:
                self.send(404, {"message": "nothing is here"}, {})
        except Refused as refused:
            self.send(503 if refused.status == 503 else 401, {"error": refused.error}, {})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.send(400, {"error": Refused(400, "malformed_json", "REQUEST_PARAMETER", "the message has another form").error}, {})

    def send(self, status, body, headers):
        data = canonical(body)
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), "Cache-Control": "no-store", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


if __name__ == "__main__":
    # The environment wins over the file: ./run check-merchant --start gives the settings there.
    file = sys.argv[1] if len(sys.argv) > 1 else "shop.env"
    if os.path.exists(file):
        with open(file) as lines:
            env.update(line.strip().split("=", 1) for line in lines if "=" in line)
        env.update(os.environ)
    place = urlsplit(env["ACT_URL"])
    server = ThreadingHTTPServer((place.hostname, place.port), Handler)
    print("the gate answers at", env["ACT_URL"] + PATH, flush=True)
    server.serve_forever()
