"""What a merchant under ACT 2.1 needs of the protocol: signatures, bills, proofs, records, disputes, HTTP. gate.py and shop.py are built on it.

It needs Python 3.10 and the package cryptography. What was sold is kept in memory: store it before you sell for real.
"""
import base64, hashlib, json, os, secrets, sys, threading, time, urllib.error, urllib.request, uuid
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

METHOD = {"method_id": "act-sandbox:instant", "method_version": "1.0.0"}
TRUST = "did:act:sandbox-trust"  # asks for evidence when a buyer disputes a purchase
LARGEST = 256 * 1024  # bytes of a body
env, keys, sales, lock = dict(os.environ), {}, {}, threading.RLock()  # sales: what was delivered, by trade

# What a sale costs. number is None if each bill gets its own, buyer if any may pay, order (as it was signed) if there is none.
Terms = namedtuple("Terms", "price resource pay_before number buyer order", defaults=(None, None, None))

b64 = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
unb64 = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
digest = lambda data: "sha-256:" + b64(hashlib.sha256(data).digest())
# RFC 8785 for what is signed here: sorted keys, no spaces, integers only.
canonical = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
header = lambda protocol, method: b64(canonical({"protocol": protocol, "method": method}))
iso = lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
parse_time = lambda moment: datetime.fromisoformat(moment.replace("Z", "+00:00"))


class Refused(Exception):
    def __init__(self, status, code, category, message, headers=None):
        super().__init__(message)
        self.status, self.headers, later = status, dict(headers or {}), status == 503
        if later:
            self.headers["Retry-After"] = "1"
        self.error = {"error_id": "ACT-A402-" + category, "category": category, "phase": "PROOF_VALIDATION" if code.startswith("proof_") else "REQUIREMENT",
                      "retryability": "RETRYABLE" if later else "AFTER_CORRECTION", "message": message, "details": {"code": code},
                      "valid_next_actions": ["RETRY_VALIDATION" if later else "CORRECT_REQUEST", "ABORT"]}


def bad(message):
    return Refused(402, "proof_invalid", "PAYMENT_PROOF_VALIDATION", message)


def not_found(message="nothing is here"):
    return Refused(404, "not_found", "REQUEST_PARAMETER", message)


# ---- signatures -------------------------------------------------------------------------------

def signature(value):
    return b64(Ed25519PrivateKey.from_private_bytes(unb64(env["ACT_KEY"])).sign(canonical(value)))


def sign(message):
    signed = {name: value for name, value in message.items() if value is not None} | {"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519"}
    return signed | {"signature_content": signature(signed)}


def public_key(key_id):
    """Finds a key in the DID document of its owner; an unknown key is looked for once more, because keys rotate."""
    if key_id not in keys:
        try:
            with urllib.request.urlopen(env["ACT_WORLD"] + "/dids/" + key_id.split("#")[0], timeout=5) as answer:
                for method in json.load(answer)["verificationMethod"]:
                    keys[method["id"]] = Ed25519PublicKey.from_public_bytes(unb64(method["publicKeyJwk"]["x"]))
        except urllib.error.HTTPError:
            pass
        except OSError:
            raise Refused(503, "proof_unverified", "SYSTEM", "the keys cannot be fetched: " + key_id)
    if key_id not in keys:
        raise Refused(401, "signer_unknown", "SIGNATURE_VALIDATION", "no such key: " + key_id)
    return keys[key_id]


def verified(message, signer=None):
    """Returns a message that its signer signed; only this one's counts, if it is named."""
    key_id = message.get("signer_id")
    if not message.get("signature_content") or not str(key_id).startswith("did:act:"):
        raise Refused(400, "signature_missing", "SIGNATURE_VALIDATION", "the message must be signed")
    if signer and key_id.split("#")[0] != signer:
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", f"only {signer} may send this")
    unsigned = {name: value for name, value in message.items() if name != "signature_content"}
    try:
        public_key(key_id).verify(unb64(message["signature_content"]), canonical(unsigned))
    except InvalidSignature:
        raise Refused(401, "signature_invalid", "SIGNATURE_VALIDATION", "the signature does not match the message")
    return message


def from_agent(request):
    message = verified(json.loads(request.body))
    if message.get("agent_id") != message["signer_id"].split("#")[0]:
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "agent_id is not the signer")
    if abs(parse_time(message["timestamp"]) - request.now) > timedelta(minutes=5):
        raise Refused(400, "expired_request", "REQUEST_PARAMETER", "timestamp is not of this time")
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


# ---- payment over 402 -------------------------------------------------------------------------

def psp():
    return {"psp_id": env["ACT_PSP_DID"], "endpoint": env["ACT_PSP"] + "/payments",
            "method_schema_url": env["ACT_PSP"] + "/methods/act-sandbox-instant/1.0.0.schema.json"}


def bill(terms, print_):
    """A bill for exactly this request; both layers are signed, the second one over the first (A402-3)."""
    number = terms.number or "G-" + str(uuid.uuid4())
    confirmation = terms.order and {"confirmation_id": number, "confirmation_digest": digest(canonical(terms.order))}
    protocol = sign(METHOD | {"out_trade_no": number, "amount": terms.price, "currency": "CNY", "resource_id": terms.resource, "pay_before": terms.pay_before,
                              "seller_unique_id": env["ACT_DID"], "buyer_unique_id": terms.buyer, "request_method": "GET", "request_fingerprint": print_,
                              "replay_window_seconds": 86400, "commerce_confirmation": confirmation})
    return number, header(protocol, sign(psp() | {"bill_digest": digest(canonical(protocol))}))


def read_proof(text, terms, print_, now):
    """Compares what the payment service signed with the request, and with what the buyer wrote beside it (A402-6)."""
    proof = json.loads(unb64(text))
    beside = proof["protocol"]
    head, body, signed = unb64(beside["payment_proof"]).decode().split(".")
    kind, claims = json.loads(unb64(head)), json.loads(unb64(body))
    if kind.get("alg") != "EdDSA" or kind.get("typ") != "act-payment-proof+jwt" or set(kind) != {"alg", "typ", "kid"}:
        raise bad("this is another kind of token")
    if not kind["kid"].startswith(env["ACT_PSP_DID"] + "#"):
        raise bad("only the payment service signs proofs")
    try:
        public_key(kind["kid"]).verify(unb64(signed), (head + "." + body).encode())
    except (InvalidSignature, Refused) as failed:
        raise failed if getattr(failed, "status", 0) == 503 else bad("the signature does not match")
    if now >= parse_time(claims["expires_at"]):
        raise bad("the proof is not valid any more")
    wanted = {"resource_id": terms.resource, "request_method": "GET", "request_fingerprint": print_, "out_trade_no": terms.number or claims["out_trade_no"]}
    pairs = [(name, value, seen) for name, value in wanted.items() for seen in (claims.get(name), beside.get(name))]
    pairs += [("iss", env["ACT_PSP_DID"], claims.get("iss")), ("aud", env["ACT_DID"], claims.get("aud")), ("amount", terms.price, claims.get("amount")),
              ("currency", "CNY", claims.get("currency")), ("sub", terms.buyer or claims["sub"], claims["sub"]),
              ("buyer_unique_id", claims["sub"], beside.get("buyer_unique_id")), ("psp_id", env["ACT_PSP_DID"], proof["method"].get("psp_id"))]
    pairs += [(name, claims[name], beside.get(name)) for name in ("trade_no", "expires_at")] + [(name, value, beside.get(name)) for name, value in METHOD.items()]
    for name, value, seen in pairs:
        if seen != value:
            raise bad(f"{name} is {seen}, expected {value}")
    return claims, beside["payment_proof"]


def sell(request, terms, make):
    """Answers with a bill, or for a good proof with what make(claims) returns. It is called once for a payment (A402)."""
    kind = (request.headers.get("Content-Type") or "").lower().strip()
    lines = ["GET", env["ACT_URL"] + request.path, kind, b64(hashlib.sha256(request.body).digest())]
    print_ = digest("\n".join(lines).encode())  # A402-5
    number, needed = bill(terms, print_)
    shown = request.headers["Payment-Proof"]
    if shown is None:
        return 402, {"message": f"Pay {terms.price} CNY"}, {"Payment-Needed": needed}
    try:
        try:
            claims, payment_proof = read_proof(shown, terms, print_, request.now)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise bad("the proof cannot be read")
        goods = deliver(claims, payment_proof, terms, make, request.now)
        return 200, goods, {"Payment-Validation": validation(terms, print_, request.now, claims["out_trade_no"], claims["trade_no"], "VALID")}
    except Refused as refused:
        later = refused.status == 503
        refused.headers |= {"Payment-Needed": needed} if refused.status == 402 else {}
        refused.headers["Payment-Validation"] = validation(terms, print_, request.now, number, "unknown", "UNKNOWN" if later else "INVALID", refused.error)
        raise


def deliver(claims, payment_proof, terms, make, now):
    """Delivers a trade once, after the payment service said that the money is there; the same proof gets the same again."""
    with lock:
        trade = claims["trade_no"]
        if trade not in sales:
            status, answer = ask_psp("/proofs/verify", {"payment_proof": payment_proof, "trade_no": trade})
            if status not in (200, 402):
                raise Refused(503, "proof_unverified", "SYSTEM", "the payment service does not say whether the proof is good")
            if status == 402 or not answer.get("active"):
                raise bad("the proof is not in force")
            sales[trade] = {"claims": claims, "goods": make(claims), "order": terms.order, "at": iso(now), "records": []}
            threading.Thread(target=report, args=(sales[trade],), daemon=True).start()
        return sales[trade]["goods"]


def validation(terms, print_, now, number, trade, status, error=None):
    good = status == "VALID"
    facts = METHOD | {"out_trade_no": number, "resource_id": terms.resource, "trade_no": trade, "request_fingerprint": print_, "validation_status": status,
                      "delivery_status": "DELIVERED" if good else "NOT_STARTED", "fulfillment_status": "PENDING" if good else "NOT_CONFIRMED",
                      "transaction_state": "WAIT_BUYER_RECEIPT" if good else "WAIT_BUYER_PAY", "validated_at": iso(now)}
    return header(facts | ({"error": error} if error else {}), {"psp_id": env["ACT_PSP_DID"]})


def report(sale):
    """Tells the payment service of a delivery until it answers (A402-7), then has the trust service anchor the records (TSD-4)."""
    claims, order = sale["claims"], sale["order"]
    message = sign({"request_id": "F-" + claims["out_trade_no"], "delivered_at": sale["at"], "delivery_digest": digest(canonical(sale["goods"]))}
                   | {name: claims[name] for name in ("trade_no", "out_trade_no", "resource_id")})
    body = {"delivery_digest": message["delivery_digest"], "total": claims["amount"], "currency": claims["currency"]}
    made = [cart_record(order, claims["sub"])] if order else []
    made.append(record("delivery", "act:commerce:fulfillment-completed", sale["at"], body, order or claims | {"order_no": claims["out_trade_no"]},
                       claims["sub"], claims["trade_no"]))
    for attempt in range(12):
        if ask_psp("/fulfilments", message)[0] < 500:
            answers = [(each["record_id"], ask(env["ACT_WORLD"] + "/trust/records", each)[0]) for each in made]
            if all(status < 500 for _, status in answers):
                sale["records"] = [id for id, status in answers if status < 300]
                return
        time.sleep(0.3 * 2 ** attempt)


# ---- evidence ---------------------------------------------------------------------------------

def cart_record(order, buyer):
    body = {"order_digest": digest(canonical(order))} | {name: order[name] for name in ("total", "currency", "kind", "hold_until")}
    return record("cart", "act:commerce:cart-confirmed", order["confirmed_at"], body, order, buyer, None)


def record(name, event, at, body, links, buyer, trade):
    """Makes the record of an event, the merchant's evidence in a dispute (TSD-2)."""
    salt, number = secrets.token_bytes(16), links["order_no"]
    parties = [{"participant_id": env["ACT_DID"], "role": "MERCHANT"}, {"participant_id": buyer, "role": "PAYER_AGENT"}]
    covered = {"event_body": body, "participants": parties, "salt": b64(salt), "record_id": f"{env['ACT_ID']}.{name}.{number}", "business_time": at}
    flow = {"intent_id": links.get("intent_id") or number, "delegation_id": links.get("delegation_id"), "order_no": number, "trade_no": trade}
    return covered | {key: value for key, value in flow.items() if value} | {
        "event_type": event, "version": "1.0", "record_time": at, "upstream_records": [], "hash_algorithm": "SHA-256",
        "payload_hash": b64(hashlib.sha256(canonical({"event_body": body, "participants": parties}) + salt).digest()),
        "signatures": [{"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519", "signature_value": signature(covered),
                        "covered_fields": ["event_body", "participants", "salt", "record_id", "business_time"]}]}


order_of = lambda number: None  # a shop with orders sets it: an order's number to (order as it was signed, buyer)


def evidence(asked, now):
    """Answers the dispute service with the order and the delivery, and with the records that attest them (TSD-6)."""
    sale, placed, papers = sales.get(asked["trade_no"]), order_of(asked["order_no"]), {}
    records = list(sale["records"]) if sale else []
    if placed:
        papers["order"] = canonical(placed[0]).decode()
        if not sale:
            made = cart_record(*placed)
            records += [made["record_id"]] if ask(env["ACT_WORLD"] + "/trust/records", made)[0] < 300 else []
    if sale:
        papers["delivery"] = canonical(sale["goods"]).decode()
    statement = {"dispute_id": asked["dispute_id"], "order_no": asked["order_no"], "party": env["ACT_DID"], "role": "MERCHANT", "says": "",
                 "code": "delivered" if sale else "nothing_delivered", "details": {"trade_no": asked["trade_no"]} | ({"at": sale["at"]} if sale else {}), "made_at": iso(now),
                 "record_ids": records, "papers": {name: digest(paper.encode()) for name, paper in papers.items()}}
    return {"statement": sign(statement), "papers": papers}


# ---- HTTP -------------------------------------------------------------------------------------

on_notification = lambda event, now: None  # nothing waits for it where the proof says that a page is paid


def service_message(request):
    """Takes what services of the world send: notifications (PSD-8), requests for evidence and findings (TSD-6)."""
    message, path = json.loads(request.body), request.bare_path
    if path == "/notifications":
        event = verified(message, env["ACT_PSP_DID"])
        on_notification(event, request.now)
        return {"notification_id": event["notification_id"], "received": True}
    asked = verified(message, TRUST)
    return evidence(asked, request.now) if path == "/disputes/evidence" else {"dispute_id": asked["dispute_id"], "received": True}


class Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm, timeout = "HTTP/1.1", True, 30  # headers and body are two writes
    routes = {"POST notifications": service_message, "POST disputes": service_message}

    def answer(self):
        self.bare_path, headers, length = urlsplit(self.path).path, {}, int(self.headers.get("Content-Length") or 0)
        try:
            if length > LARGEST:
                self.close_connection = True
                raise Refused(413, "body_too_large", "REQUEST_PARAMETER", f"a body has at most {LARGEST} bytes", {"Connection": "close"})
            self.body = self.rfile.read(length)
            # The sandbox tells the world's time in Act-Time; elsewhere it is the machine's.
            self.now = parse_time(self.headers["Act-Time"]) if self.headers["Act-Time"] else datetime.now(timezone.utc)
            route = self.routes.get(self.command.replace("HEAD", "GET") + " " + (self.bare_path.split("/") + [""])[1])
            if not route:
                raise not_found()
            result = route(self)
            status, body, headers = result if isinstance(result, tuple) else (200, result, {})
        except Refused as refused:
            status, body, headers = refused.status, {"error": refused.error}, refused.headers
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError) as malformed:
            status, body = 400, {"error": Refused(400, "malformed_json", "REQUEST_PARAMETER", f"the message has another form: {malformed}").error}
        data = canonical(body)
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), "Cache-Control": "no-store", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_HEAD = answer


def serve(routes):
    """Reads the settings and answers; a route is a method and the first part of a path, such as GET report."""
    # The environment wins over the file: ./run check-merchant --start gives the settings there.
    file = sys.argv[1] if len(sys.argv) > 1 else "shop.env"
    if os.path.exists(file):
        with open(file) as lines:
            env.update(line.strip().split("=", 1) for line in lines if "=" in line)
    env.update(os.environ)
    Handler.routes = Handler.routes | routes
    place = urlsplit(env["ACT_URL"])
    server = ThreadingHTTPServer((place.hostname, place.port), Handler)
    print("it answers at", env["ACT_URL"], flush=True)
    server.serve_forever()
