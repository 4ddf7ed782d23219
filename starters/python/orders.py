"""The orders of a shop under ACT 2.1, on act.py: card, catalog, intents, carts that lock price and stock, cancellation, refunds, notifications.

goods are the shop's own: an object with items() and take, put_back and send (see shop.py).
"""
import re, uuid
from datetime import timedelta
from decimal import Decimal
import act
from act import Refused, Terms, ask_psp, env, from_agent, iso, lock, not_found, parse_time, psp, sell, sign

# carts and intents are by agent and request id; held has the orders by the end of their holds.
goods, orders, carts, intents_of, held = None, {}, {}, {}, []
text = lambda words: {"en": words, "zh": words}


def open_shop(own_goods):
    """Sells these goods; returns the routes for act.serve."""
    global goods
    goods, act.on_notification, act.order_of = own_goods, notified, order_of
    return {"GET .well-known": published, "GET catalog": catalog, "POST intents": intents, "POST carts": cart, "GET orders": show, "POST orders": cancel, "GET fulfilment": fulfilment}


def order_of(number):
    return (orders[number]["data"], orders[number]["agent"]) if number in orders else None


def forget():
    """Forgets everything, for another world."""
    for state in (act.keys, act.sales, orders, carts, intents_of, held):
        state.clear()


# ---- what agents ask --------------------------------------------------------------------------

def published(request):
    if request.bare_path == "/.well-known/act-payment-capability.json":
        return {"version": "2.1", "role": "payee", "agent_id": env["ACT_DID"], "supported_methods": [{"method_id": "act-sandbox:instant", "psps": [psp()]}]}
    if request.bare_path != "/.well-known/agent-card.json":
        raise not_found()
    return {"name": goods.NAME, "description": goods.DESCRIPTION, "agent_id": env["ACT_DID"], "vertical": "shop", "url": env["ACT_URL"], "version": "1.0",
            "capabilities": {"act:payment:negotiation": {"mode": "one-way", "capability_url": env["ACT_URL"] + "/.well-known/act-payment-capability.json"}},
            "skills": [{"id": "sell", "name": goods.NAME, "description": "Answers intents with offers, and sells by cart and 402.", "tags": ["shop"]}]}


def entry(item):
    return {"id": item["id"], "name": text(item["name"]), "category": text(item["category"]), "price": str(item["price"]), "currency": "CNY", "available": item["left"],
            "availability": "available" if item["left"] else "sold_out", "merchant_id": env["ACT_ID"], "detail_ref": env["ACT_URL"] + "/catalog/" + item["id"]}


def find_item(id):
    return next((item for item in goods.items() if item["id"] == id), None)


def catalog(request):
    parts = request.bare_path.split("/")
    end_holds(request.now)
    if len(parts) == 2:
        return {"items": [entry(item) for item in goods.items()]}
    if not find_item(parts[2]):
        raise not_found("nothing here is called " + parts[2])
    return entry(find_item(parts[2]))


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
        offers = [offer(item, quantity, request.now) for item in goods.items() if any(word in item["name"].lower() for word in words)
                  and item["left"] >= quantity and (most is None or item["price"] * quantity <= Decimal(most))]
    if not offers:
        raise Refused(404, "no_match", "INTENT_NO_MATCH", goods.DESCRIPTION)
    return {"request_id": intent["request_id"], "intent_id": intent["intent_id"], "merchant_id": env["ACT_ID"], "answered_at": iso(request.now), "offers": offers}


def offer(item, quantity, now):
    name, total = text(item["name"]), str(item["price"] * quantity)
    return {"offer_id": f"{item['id']}~{quantity}", "item_id": item["id"], "merchant_id": env["ACT_ID"], "merchant_did": env["ACT_DID"], "kind": "shop", "title": name,
            "category": text(item["category"]), "quantity": quantity, "lines": [{"type": "base", "label": name, "amount": total}], "total": total, "currency": "CNY",
            "available": item["left"], "valid_until": iso(now + timedelta(minutes=15)), "detail_ref": env["ACT_URL"] + "/catalog/" + item["id"],
            "details": {"kind": "shop", "product": name, "variant": text("standard"), "brand": goods.NAME, "attributes": {}, "quantity": quantity,
                        "shipping": text("standard"), "promised_by": iso(now + timedelta(days=2)), "rating": "0.0"}}


def cart(request):
    """The same request again is the same order; another cart under its id is a conflict (CID-8)."""
    message = from_agent(request)
    content = {name: value for name, value in message.items() if name not in ("timestamp", "signature_content")}
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
    quantity, item = offered or str(line.get("quantity", 1)), find_item(id)
    if not item or not re.fullmatch(r"[1-9]\d{0,2}", quantity):
        raise Refused(409, "offer_expired", "CART_LOCK_FAILED", "there is no such offer")
    total = item["price"] * int(quantity)
    if total > Decimal(message["expected_total"]):
        raise Refused(409, "price_changed", "CART_LOCK_FAILED", f"it costs {total}")
    end_holds(now)
    if not goods.take(id, int(quantity)):
        raise Refused(409, "sold_out", "CART_LOCK_FAILED", f"there are not {quantity} left")
    number, name = "T-" + str(uuid.uuid4()), text(item["name"])  # random: who knows the number of an order can ask for it
    data = sign({"order_no": number, "merchant_id": env["ACT_ID"], "merchant_did": env["ACT_DID"], "intent_id": message["intent_id"],
                 "delegation_id": message.get("delegation_id"), "request_id": message["request_id"], "kind": "shop",
                 "lines": [{"offer_id": line["offer_id"], "item_id": id, "title": name, "quantity": int(quantity)}],
                 "price": [{"type": "base", "label": name, "amount": str(total)}], "total": str(total), "currency": "CNY", "status": "HELD",
                 "confirmed_at": iso(now), "hold_until": iso(now + timedelta(minutes=15)), "resource_id": "fulfilment/" + number,
                 "resource_url": env["ACT_URL"] + "/fulfilment/" + number})
    return {"data": data, "agent": message["agent_id"], "status": "HELD", "trade": None, "refunded": None, "taken": (id, int(quantity))}


# ---- an order's life --------------------------------------------------------------------------

def find(number):
    if number not in orders:
        raise not_found("there is no such order")
    return orders[number]


def end(order, status):
    """Ends an order for good, and gives back what was not delivered."""
    if order["status"] in ("HELD", "PAID"):
        goods.put_back(*order["taken"])
    order["status"] = status


def expire(order, now):
    if order["status"] == "HELD" and now >= parse_time(order["data"]["hold_until"]):
        end(order, "EXPIRED")


def end_holds(now):
    """Ends the holds that are over, so that what they kept is for sale again; the first one ends first."""
    with lock:
        while held:
            expire(held[0], now)
            if held[0]["status"] == "HELD":
                return
            del held[0]


def give_back(order, trade, now):
    refund = sign({"refund_request_id": "R-" + trade, "trade_no": trade, "amount": order["data"]["total"], "currency": "CNY",
                   "reason": "the order is " + order["status"], "timestamp": iso(now)})
    if ask_psp("/refunds", refund)[0] != 200:
        raise Refused(503, "unavailable", "REFUND", "the refund is not made yet: ask again")


def shown(order):
    """The order as it was signed, with what became of it since."""
    paid = order["status"] in ("PAID", "DELIVERED")
    return order["data"] | {"status": order["status"]} | ({"refunded": order["refunded"]} if order["refunded"] else {}) | ({"refundable": order["data"]["total"]} if paid else {})


def show(request):
    """An order number is random, so only its buyer and who was told by it know one."""
    order = find(request.bare_path.split("/")[2])
    if order["agent"] != request.headers["Act-Sender"]:
        raise not_found("there is no such order")
    with lock:
        expire(order, request.now)
        return shown(order)


def cancel(request):
    message, order = from_agent(request), find(request.bare_path.split("/")[2])
    if message["order_no"] != order["data"]["order_no"] or message["agent_id"] != order["agent"]:
        raise not_found("there is no such order")
    with lock:
        expire(order, request.now)
        if order["status"] in ("PAID", "DELIVERED"):
            give_back(order, order["trade"], request.now)
            order["refunded"] = order["data"]["total"]
            end(order, "CANCELLED")
        elif order["status"] == "HELD":
            end(order, "CANCELLED")
        return shown(order)


def fulfilment(request):
    with lock:
        order = find(request.bare_path.split("/")[2])
        data = order["data"]
        expire(order, request.now)
        if order["status"] not in ("HELD", "PAID") and not (order["status"] == "DELIVERED" and request.headers["Payment-Proof"]):
            raise Refused(409, "hold_expired", "CART_LOCK_FAILED", "the order is " + order["status"])
        terms = Terms(data["total"], data["resource_id"], data["hold_until"], data["order_no"], order["agent"], data)
        return sell(request, terms, lambda claims: parcel(order, claims["trade_no"]))


def parcel(order, trade):
    if order["status"] == "DELIVERED" or order["trade"] not in (None, trade):
        raise Refused(409, "paid_too_late", "FULFILLMENT_RECEIPT", "another payment opened the order")  # this one goes back when it is notified
    data, line = order["data"], order["data"]["lines"][0]
    number = goods.send(data)
    order.update(status="DELIVERED", trade=trade)
    return {"kind": "shop", "items": [{"product": line["title"], "variant": text("standard"), "quantity": line["quantity"]}], "ship_to": "home",
            "promised_by": iso(parse_time(data["confirmed_at"]) + timedelta(days=2)), "parcel_no": number}


def notified(event, now):
    """Each event moves the order forward at most once, so repeats and any order are safe (PSD-8). A page without an order needs none."""
    order, trade = orders.get(event["out_trade_no"]), event["trade_no"]
    if not order:
        return
    with lock:
        expire(order, now)
        if event["event"] == "payment_succeeded" and event["amount"] == order["data"]["total"]:
            if order["status"] == "HELD":
                order.update(status="PAID", trade=trade)
            elif order["trade"] != trade:
                give_back(order, trade, now)  # cancelled or expired meanwhile
        elif event["event"] == "refund_succeeded" and event["transaction_state"] == "TRADE_CLOSED" and order["status"] in ("PAID", "DELIVERED"):
            end(order, "REFUNDED")
