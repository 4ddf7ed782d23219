"""A shop that sells to agents under ACT 2.1, and one paid page: python3 shop.py shop.env

It needs Python 3.10 and the package cryptography. shop.env is the "env" of POST /api/worlds/{world}/merchants.
"""
import base64, hashlib, json, os, re, secrets, sys, threading, time, urllib.error, urllib.request, uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

GOODS = {"tea-1": {"name": "Longjing green tea", "price": Decimal("38.00"), "left": 100}, "cup-1": {"name": "Tea cup", "price": Decimal("12.50"), "left": 100}}
REPORT = {"name": "Tea market report", "price": Decimal("0.50")}  # GET /report
LARGEST = 256 * 1024  # bytes of a body
TRUST = "did:act:sandbox-trust"  # asks for evidence when a buyer disputes a purchase

b64 = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
unb64 = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
digest = lambda data: "sha-256:" + b64(hashlib.sha256(data).digest())
# RFC 8785 for what is signed here: sorted keys, no spaces, integers only.
canonical = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
text = lambda words: {"en": words, "zh": words}
header = lambda value: b64(canonical(value))
iso = lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
parse_time = lambda moment: datetime.fromisoformat(moment.replace("Z", "+00:00"))

# carts and intents are by agent and request id; held has the orders by the end of their holds.
env, key, orders, carts, intents_of, keys, held, lock = {}, None, {}, {}, {}, {}, [], threading.RLock()


class Refused(Exception):
    def __init__(self, status, code, category, message, headers=None):
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})
        if status == 503:
            self.headers["Retry-After"] = "1"
        self.error = {"error_id": "ACT-SHOP-" + category, "category": category, "phase": "PROOF_VALIDATION" if code.startswith("proof_") else "REQUIREMENT",
                      "retryability": "RETRYABLE" if status == 503 else "AFTER_CORRECTION",
                      "valid_next_actions": ["RETRY_VALIDATION" if status == 503 else "CORRECT_REQUEST", "ABORT"],
                      "message": message, "details": {"code": code}}


# ---- signatures -------------------------------------------------------------------------------

def sign(message):
    signed = {k: v for k, v in message.items() if v is not None} | {"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519"}
    return signed | {"signature_content": b64(key.sign(canonical(signed)))}


def public_key(key_id):
    """Finds a key in the DID document of its owner; an unknown key is looked for once more."""
    if key_id not in keys:
        try:
            with urllib.request.urlopen(env["ACT_WORLD"] + "/dids/" + key_id.split("#")[0], timeout=5) as answer:
                for method in json.load(answer)["verificationMethod"]:
                    keys[method["id"]] = Ed25519PublicKey.from_public_bytes(unb64(method["publicKeyJwk"]["x"]))
        except urllib.error.HTTPError:
            pass
    if key_id not in keys:
        raise Refused(401, "signer_unknown", "SIGNATURE_VALIDATION", "no such key: " + key_id)
    return keys[key_id]


def verified(message):
    if not message.get("signature_content") or not str(message.get("signer_id")).startswith("did:act:"):
        raise Refused(400, "signature_missing", "SIGNATURE_VALIDATION", "the message must be signed")
    unsigned = {k: v for k, v in message.items() if k != "signature_content"}
    try:
        public_key(message["signer_id"]).verify(unb64(message["signature_content"]), canonical(unsigned))
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
    except OSError:
        return 503, {}


# ---- what agents ask --------------------------------------------------------------------------

def psp():
    return {"psp_id": env["ACT_PSP_DID"], "endpoint": env["ACT_PSP"] + "/payments", "method_schema_url": env["ACT_PSP"] + "/methods/act-sandbox-instant/1.0.0.schema.json"}


def card(request):
    if request.path.endswith("agent-card.json"):
        return {"name": "Tea shop", "description": "Sells green tea and cups.", "agent_id": env["ACT_DID"], "vertical": "shop", "url": env["ACT_URL"],
                "version": "1.0", "capabilities": {
                    "act:payment:negotiation": {"mode": "one-way", "capability_url": env["ACT_URL"] + "/.well-known/act-payment-capability.json"}},
                "skills": [{"id": "sell", "name": "Sell tea", "description": "Answers intents with offers, and sells by cart and 402.", "tags": ["shop"]}]}
    return {"version": "2.1", "role": "payee", "agent_id": env["ACT_DID"], "supported_methods": [{"method_id": "act-sandbox:instant", "psps": [psp()]}]}


def entry(id):
    if id not in GOODS:
        raise Refused(404, "not_found", "REQUEST_PARAMETER", "nothing here is called " + id)
    good = GOODS[id]
    return {"id": id, "name": text(good["name"]), "category": text("tea"), "price": str(good["price"]), "currency": "CNY",
            "availability": "in_stock" if good["left"] else "sold_out", "merchant_id": env["ACT_ID"], "detail_ref": env["ACT_URL"] + "/catalog/" + id}


def catalog(request):
    parts = urlsplit(request.path).path.split("/")
    return entry(parts[2]) if len(parts) > 2 else {"items": [entry(id) for id in GOODS]}


def context_of(intent):
    """What is asked for: an update says only what changed since the request that it follows (CID-2)."""
    context, previous = dict(intent["context"]), intent.get("previous_request_id")
    if previous is not None:
        before = intents_of.get((intent["agent_id"], previous))
        if before is None:
            raise Refused(409, "previous_request_unknown", "INTENT_MALFORMED", f"this shop does not know request {previous}")
        context = before | context | {"constraints": before.get("constraints", {}) | context.get("constraints", {})}
    intents_of[(intent["agent_id"], intent["request_id"])] = context
    return context


def intents(request):
    intent = from_agent(request)
    context = context_of(intent)
    need, most = context["explicit_needs"][0], context.get("constraints", {}).get("max_price")
    quantity = int(need.get("quantity", 1))
    words = [word for word in re.split(r"\W+", str(need.get("terms", "")).lower()) if word]
    with lock:
        end_holds(request.now)
        offers = [offer(id, quantity, request.now) for id, good in GOODS.items() if any(word in good["name"].lower() for word in words)
                  and good["left"] >= quantity and (most is None or good["price"] * quantity <= Decimal(most))]
    if not offers:
        raise Refused(404, "no_match", "INTENT_NO_MATCH", "this shop sells tea and cups")
    return {"request_id": intent["request_id"], "intent_id": intent["intent_id"], "merchant_id": env["ACT_ID"], "answered_at": iso(request.now), "offers": offers}


def offer(id, quantity, now):
    good = GOODS[id]
    name, total = good["name"], str(good["price"] * quantity)
    return {"offer_id": f"{id}~{quantity}", "item_id": id, "merchant_id": env["ACT_ID"], "merchant_did": env["ACT_DID"], "kind": "shop", "title": text(name),
            "category": text("tea"), "quantity": quantity, "lines": [{"type": "base", "label": text(name), "amount": total}], "total": total, "currency": "CNY",
            "available": good["left"], "valid_until": iso(now + timedelta(minutes=15)), "detail_ref": env["ACT_URL"] + "/catalog/" + id,
            "details": {"kind": "shop", "product": text(name), "variant": text("standard"), "brand": "Tea shop", "attributes": {}, "quantity": quantity,
                        "shipping": text("standard"), "promised_by": iso(now + timedelta(days=2)), "rating": "4.5"}}


def new_order(good, id, quantity, cart, now, resource=None):
    name, number, total = good["name"], "T-" + str(uuid.uuid4()), str(good["price"] * quantity)
    resource = resource or "fulfilment/" + number
    data = sign({"order_no": number, "merchant_id": env["ACT_ID"], "merchant_did": env["ACT_DID"], "intent_id": cart.get("intent_id", ""),
                 "delegation_id": cart.get("delegation_id"), "request_id": cart.get("request_id", ""), "kind": "shop",
                 "lines": [{"offer_id": (cart.get("lines") or [{"offer_id": id}])[0]["offer_id"], "item_id": id, "title": text(name), "quantity": quantity}],
                 "price": [{"type": "base", "label": text(name), "amount": total}], "total": total, "currency": "CNY", "status": "HELD",
                 "confirmed_at": iso(now), "hold_until": iso(now + timedelta(minutes=15)), "resource_id": resource, "resource_url": env["ACT_URL"] + "/" + resource})
    return {"data": data, "agent": cart.get("agent_id"), "status": "HELD", "trade": None, "delivery": None, "refunded": None, "bills": {}, "taken": None, "records": {}, "claims": {}}


def cart(request):
    """The same request again is the same order; another cart under its id is a conflict (CID-8)."""
    message = from_agent(request)
    content = {k: v for k, v in message.items() if k not in ("timestamp", "signature_content")}
    with lock:
        order = carts.get((message["agent_id"], message["request_id"]))
        if order is None:
            order = confirmed(message, request.now) | {"cart": content}
            carts[(message["agent_id"], message["request_id"])] = orders[order["data"]["order_no"]] = order
            held.append(order)
        if order["cart"] != content:
            raise Refused(409, "duplicate_request", "REQUEST_PARAMETER", "this request id confirmed another cart")
        return 201, order["data"], {}


def confirmed(message, now):
    """Takes what a cart wants from the stock, or refuses the cart as a whole (CID-8)."""
    if len(message["lines"]) != 1:
        raise Refused(422, "offer_incomplete", "REQUEST_PARAMETER", "this shop confirms one offer in a cart")
    line = message["lines"][0]  # an offer says how many; an id of the catalog leaves that to the line
    id, _, offered = line["offer_id"].partition("~")
    quantity = offered or str(line.get("quantity", 1))
    if id not in GOODS or not re.fullmatch(r"[1-9]\d{0,2}", quantity):
        raise Refused(409, "offer_expired", "CART_LOCK_FAILED", "there is no such offer")
    order = new_order(GOODS[id], id, int(quantity), message, now)
    if Decimal(order["data"]["total"]) > Decimal(message["expected_total"]):
        raise Refused(409, "price_changed", "CART_LOCK_FAILED", "it costs " + order["data"]["total"])
    end_holds(now)
    if GOODS[id]["left"] < int(quantity):
        raise Refused(409, "sold_out", "CART_LOCK_FAILED", f"there are not {quantity} left")
    GOODS[id]["left"] -= int(quantity)
    return order | {"taken": (id, int(quantity))}


def find(number):
    if number not in orders:
        raise Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order")
    return orders[number]


def end(order, status):
    """Ends an order for good, and gives back what was not delivered."""
    if order["taken"] and not order["delivery"]:
        id, quantity = order["taken"]
        GOODS[id]["left"] += quantity
        order["taken"] = None
    order["status"] = status


def expire(order, now):
    if order["status"] == "HELD" and now >= parse_time(order["data"]["hold_until"]):
        end(order, "EXPIRED")


def end_holds(now):
    """Ends the holds that are over, so that what they kept is for sale again; the first one ends first."""
    while held:
        expire(held[0], now)
        if held[0]["status"] == "HELD":
            return
        del held[0]


def give_back(order, trade, now):
    data = order["data"]
    refund = sign({"refund_request_id": f"R-{data['order_no']}-{trade}", "trade_no": trade, "amount": data["total"], "currency": "CNY",
                   "reason": "order cancelled", "timestamp": iso(now)})
    if ask_psp("/refunds", refund)[0] != 200:
        raise Refused(503, "unavailable", "REFUND", "the refund is not made yet: ask again")


def cancel(request):
    message, order = from_agent(request), find(request.path.split("/")[2])
    if message.get("order_no") != order["data"]["order_no"] or message["agent_id"] != order["agent"]:
        raise Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order")
    with lock:
        expire(order, request.now)
        if order["status"] in ("PAID", "DELIVERED"):
            give_back(order, order["trade"], request.now)
            order["refunded"] = order["data"]["total"]
            end(order, "CANCELLED")
        elif order["status"] == "HELD":
            end(order, "CANCELLED")
        return shown(order)


def show(request):
    """An order number is random, so only its buyer and who was told by it know one."""
    order = find(request.path.split("/")[2])
    if order["agent"] is None or order["agent"] != request.headers.get("Act-Sender"):
        raise Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order")
    with lock:
        expire(order, request.now)
        return shown(order)


def shown(order):
    """The order as it was signed, with what became of it since."""
    now = {"status": order["status"], "refunded": order["refunded"], "refundable": order["data"]["total"] if order["status"] in ("PAID", "DELIVERED") else None}
    return order["data"] | {name: value for name, value in now.items() if value is not None}


# ---- payment over 402 -------------------------------------------------------------------------

def bill(request, order):
    """The bill for exactly this request; both layers are signed, the second one over the first."""
    data, print_ = order["data"], request.fingerprint()
    if print_ not in order["bills"]:
        protocol = sign({"method_id": "act-sandbox:instant", "method_version": "1.0.0", "out_trade_no": data["order_no"], "amount": data["total"], "currency": "CNY",
                         "resource_id": data["resource_id"], "pay_before": data["hold_until"], "seller_unique_id": env["ACT_DID"], "buyer_unique_id": order["agent"],
                         "request_method": request.method, "request_fingerprint": print_, "replay_window_seconds": 86400,
                         "commerce_confirmation": {"confirmation_id": data["order_no"], "confirmation_digest": digest(canonical(data))}})
        order["bills"][print_] = header({"protocol": protocol, "method": sign(psp() | {"bill_digest": digest(canonical(protocol))})})
    return order["bills"][print_]


def check_proof(request, order):
    """The proof has to be for this order, amount, resource, request and buyer, and what stands beside it the same (A402-6)."""
    beside, data = request.proof["protocol"], order["data"]
    parts = unb64(beside["payment_proof"]).decode().split(".")
    claims = json.loads(unb64(parts[1])) if len(parts) == 3 else {}
    request.claims = claims
    expected = {"aud": env["ACT_DID"], "amount": data["total"], "out_trade_no": data["order_no"], "resource_id": data["resource_id"],
                "request_fingerprint": request.fingerprint(), "sub": order["agent"] or claims.get("sub")}
    pairs = [(name, value, claims.get(name)) for name, value in expected.items()]
    pairs += [(name, claims.get(name), beside.get(name)) for name in ("trade_no", "out_trade_no", "resource_id", "request_method", "request_fingerprint", "expires_at")]
    pairs += [("buyer_unique_id", claims.get("sub"), beside.get("buyer_unique_id")), ("method_id", "act-sandbox:instant", beside.get("method_id")),
              ("method.psp_id", env["ACT_PSP_DID"], request.proof.get("method", {}).get("psp_id"))]
    for name, value, seen in pairs:
        if value is None or seen != value:
            raise Refused(402, "proof_mismatch", "PAYMENT_PROOF_VALIDATION", f"{name} is {seen}, expected {value}")


def require_active(request):
    status, answer = ask_psp("/proofs/verify", {name: request.proof["protocol"][name] for name in ("payment_proof", "trade_no")})
    if status not in (200, 402):
        raise Refused(503, "proof_unverified", "SYSTEM", "the payment service does not say whether the proof is good")
    if status == 402 or not answer.get("active"):
        raise Refused(402, "proof_invalid", "PAYMENT_PROOF_VALIDATION", "the proof is not in force")


def validation(request, order, status, delivery, refused=None):
    good = status == "VALID"
    error = {"error": refused.error | {"error_id": "ACT-A402-" + refused.error["category"]}} if refused else {}
    return header({"method": {"psp_id": env["ACT_PSP_DID"]}, "protocol": {
        "method_id": "act-sandbox:instant", "method_version": "1.0.0", "out_trade_no": order["data"]["order_no"], "resource_id": order["data"]["resource_id"],
        "trade_no": str(request.proof["protocol"].get("trade_no")), "request_fingerprint": request.fingerprint(), "validation_status": status,
        "delivery_status": delivery, "fulfillment_status": "PENDING" if good else "NOT_CONFIRMED", "validated_at": iso(request.now),
        "transaction_state": "WAIT_BUYER_RECEIPT" if good else "WAIT_BUYER_PAY"} | error})


def confirm_fulfilment(order, now):
    data = order["data"]
    message = sign({"request_id": "F-" + data["order_no"], "trade_no": order["trade"], "out_trade_no": data["order_no"], "resource_id": data["resource_id"],
                    "delivered_at": iso(now), "delivery_digest": digest(canonical(order["delivery"]))})
    for attempt in range(15):
        if ask_psp("/fulfilments", message)[0] < 500 and record_cart(order) and record_delivery(order, message):
            return
        time.sleep(0.2 * 2 ** attempt)


# ---- evidence ---------------------------------------------------------------------------------

def record_cart(order):
    data = order["data"]
    body = {"order_digest": digest(canonical(data))} | {name: data[name] for name in ("total", "currency", "kind", "hold_until")}
    return "cart" not in order or deposit(order, "cart", "act:commerce:cart-confirmed", data["confirmed_at"], body, {})


def record_delivery(order, confirmed):
    body = {"delivery_digest": confirmed["delivery_digest"], "total": order["data"]["total"], "currency": "CNY"}
    return deposit(order, "delivery", "act:commerce:fulfillment-completed", confirmed["delivered_at"], body, {"trade_no": order["trade"]})


def deposit(order, name, event, at, body, trade):
    """Makes the record of an event once and has the trust service anchor it: evidence for a dispute (TSD-2, TSD-4)."""
    if name not in order["records"]:
        data, claims, salt = order["data"], order["claims"], secrets.token_bytes(16)
        parties = [{"participant_id": env["ACT_DID"], "role": "MERCHANT"}, {"participant_id": order["agent"] or claims["sub"], "role": "PAYER_AGENT"}]
        covered = {"event_body": body, "participants": parties, "salt": b64(salt), "record_id": f"{env['ACT_ID']}.{name}.{data['order_no']}", "business_time": at}
        flow = {"intent_id": data["intent_id"] or claims.get("intent_id") or data["order_no"], "order_no": data["order_no"]} | trade
        delegation = data.get("delegation_id") or claims.get("delegation_id")
        order["records"][name] = covered | flow | ({"delegation_id": delegation} if delegation else {}) | {
            "event_type": event, "version": "1.0", "record_time": at, "upstream_records": [], "hash_algorithm": "SHA-256",
            "payload_hash": b64(hashlib.sha256(canonical({"event_body": body, "participants": parties}) + salt).digest()),
            "signatures": [{"signer_id": env["ACT_KEY_ID"], "signature_type": "ED25519", "signature_value": b64(key.sign(canonical(covered))),
                            "covered_fields": ["event_body", "participants", "salt", "record_id", "business_time"]}]}
    return ask(env["ACT_WORLD"] + "/trust/records", order["records"][name])[0] < 500


def disputed(request):
    """Answers the dispute service with what a verified record attests (TSD-6), and takes its findings."""
    asked = verified(json.loads(request.body))
    if asked["signer_id"].split("#")[0] != TRUST:
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "only the dispute service asks for evidence")
    if not request.path.endswith("/evidence"):
        return {"dispute_id": asked["dispute_id"], "received": True}
    order = find(asked["order_no"])
    record_cart(order)
    papers = {"order": canonical(order["data"]).decode()} if "cart" in order else {}
    papers |= {"delivery": canonical(order["delivery"]).decode()} if order["delivery"] else {}
    statement = {"dispute_id": asked["dispute_id"], "order_no": asked["order_no"], "party": env["ACT_DID"], "role": "MERCHANT", "says": "",
                 "code": "delivered" if order["delivery"] else "nothing_delivered", "details": {"status": order["status"]}, "made_at": iso(request.now),
                 "record_ids": [record["record_id"] for record in order["records"].values()],
                 "papers": {name: digest(paper.encode()) for name, paper in papers.items()}}
    return {"statement": sign(statement), "papers": papers}


# ---- paid resources ---------------------------------------------------------------------------


def gate(request, order, goods):
    with lock:
        expire(order, request.now)
        repeated = order["status"] == "DELIVERED" and request.proof and order["trade"] == request.proof["protocol"].get("trade_no")
        if not repeated and order["status"] not in ("HELD", "PAID"):
            raise Refused(409, "hold_expired", "CART_LOCK_FAILED", "the order is " + order["status"])
        if request.proof is None:
            return 402, {"message": f"Pay {order['data']['total']} CNY"}, {"Payment-Needed": bill(request, order)}
        try:
            check_proof(request, order)
            if not repeated:
                require_active(request)
        except Refused as refused:
            refused.headers["Payment-Validation"] = validation(request, order, "UNKNOWN" if refused.status == 503 else "INVALID", "NOT_STARTED", refused)
            if refused.status == 402:
                refused.headers["Payment-Needed"] = bill(request, order)
            raise
        if not repeated:
            order.update(trade=request.proof["protocol"]["trade_no"], delivery=goods(order), status="DELIVERED", claims=request.claims)
            threading.Thread(target=confirm_fulfilment, args=(order, request.now), daemon=True).start()
        return 200, order["delivery"], {"Payment-Validation": validation(request, order, "VALID", "DELIVERED")}


def parcel(order):
    line = order["data"]["lines"][0]
    return {"kind": "shop", "items": [{"product": line["title"], "variant": text("standard"), "quantity": line["quantity"]}], "ship_to": "home",
            "promised_by": iso(parse_time(order["data"]["confirmed_at"]) + timedelta(days=2)), "parcel_no": "P-" + order["data"]["order_no"]}


def report(request):
    if request.proof:
        order = find(request.proof["protocol"].get("out_trade_no"))
    else:
        order = new_order(REPORT, "report", 1, {}, request.now, "report")
        orders[order["data"]["order_no"]] = order
    return gate(request, order, lambda _: {"report": "Tea is dearer than last year."})


def notified(request):
    """Each event moves the order forward at most once, so repeats and any order are safe (PSD-8)."""
    event = verified(json.loads(request.body))
    if event["signer_id"].split("#")[0] != env["ACT_PSP_DID"]:
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "only the payment service notifies")
    order, trade = find(event["out_trade_no"]), event["trade_no"]
    with lock:
        expire(order, request.now)
        if event["event"] == "payment_succeeded" and event["amount"] == order["data"]["total"]:
            if order["status"] == "HELD":
                order.update(status="PAID", trade=trade)
            elif order["trade"] != trade:
                give_back(order, trade, request.now)  # cancelled or expired meanwhile
        elif event["event"] == "refund_succeeded" and event["transaction_state"] == "TRADE_CLOSED" and order["status"] in ("PAID", "DELIVERED"):
            end(order, "REFUNDED")
    return {"notification_id": event["notification_id"], "received": True}


def settings(request):
    """Takes the settings of a new world, only if it is one of the sandbox that this shop was told of."""
    global key
    given = json.loads(request.body)
    if not env.get("ACT_SANDBOX") or not given["ACT_WORLD"].startswith(env["ACT_SANDBOX"] + "/w/"):
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "the settings are another sandbox's")
    with lock:
        env.update(given)
        key = Ed25519PrivateKey.from_private_bytes(unb64(env["ACT_KEY"]))
        for state in (keys, orders, carts, intents_of, held):
            state.clear()
    return {"world": env["ACT_WORLD"]}


def control(request):
    """Sells out an offer or moves its price for ./run check-merchant, only where ACT_CONTROL=yes says so."""
    if env.get("ACT_CONTROL") != "yes":
        raise Refused(404, "not_found", "REQUEST_PARAMETER", "nothing is here")
    given = json.loads(request.body)
    id = given["offer"].partition("~")[0]
    with lock:
        entry(id)  # refuses an unknown one
        GOODS[id]["left"] = given.get("left", GOODS[id]["left"])
        GOODS[id]["price"] = (GOODS[id]["price"] * (100 + given.get("percent", 0)) / 100).quantize(Decimal("0.01"))
        return entry(id)


# ---- HTTP -------------------------------------------------------------------------------------

ROUTES = {"GET .well-known": card, "GET catalog": catalog, "POST intents": intents, "POST carts": cart, "GET report": report, "GET orders": show, "POST orders": cancel,
          "POST notifications": notified, "POST disputes": disputed, "POST act-settings": settings, "POST act-control": control, "GET fulfilment": lambda request: gate(request, find(request.path.split("/")[2]), parcel)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes

    def answer(self):
        self.method, self.body = self.command.replace("HEAD", "GET"), b""
        headers = {}
        try:
            if int(self.headers.get("Content-Length") or 0) > LARGEST:
                self.close_connection = True
                raise Refused(413, "body_too_large", "REQUEST_PARAMETER", f"a body has at most {LARGEST} bytes", {"Connection": "close"})
            self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            # The sandbox tells the world's time in Act-Time; elsewhere it is the machine's.
            self.now = parse_time(self.headers["Act-Time"]) if self.headers["Act-Time"] else datetime.now(timezone.utc)
            self.proof = json.loads(unb64(self.headers["Payment-Proof"])) if self.headers["Payment-Proof"] else None
            route = ROUTES.get(self.method + " " + (urlsplit(self.path).path.split("/") + [""])[1])
            if not route:
                raise Refused(404, "not_found", "REQUEST_PARAMETER", "nothing is here")
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

    def fingerprint(self):
        """METHOD, target, content type and the digest of the body, a line each (A402-5)."""
        lines = [self.method, env["ACT_URL"] + self.path, (self.headers.get("Content-Type") or "").lower().strip(), b64(hashlib.sha256(self.body).digest())]
        return digest("\n".join(lines).encode())


if __name__ == "__main__":
    # The environment wins over the file: ./run check-merchant --start gives the settings there.
    file = sys.argv[1] if len(sys.argv) > 1 else "shop.env"
    if os.path.exists(file):
        with open(file) as lines:
            env.update(line.strip().split("=", 1) for line in lines if "=" in line)
    env.update(os.environ)
    key = Ed25519PrivateKey.from_private_bytes(unb64(env["ACT_KEY"]))
    place = urlsplit(env["ACT_URL"])
    server = ThreadingHTTPServer((place.hostname, place.port), Handler)
    print("the shop answers at", env["ACT_URL"], flush=True)
    server.serve_forever()
