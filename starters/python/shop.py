"""A shop that sells to agents under ACT 2.1, and one paid page: python3 shop.py shop.env

It needs act.py and orders.py beside it, Python 3.10 and the package cryptography. shop.env is the "env" of
POST /api/worlds/{world}/merchants, level shop or order.
"""
import json
from datetime import timedelta
from decimal import Decimal
import orders
from act import Refused, Terms, env, iso, lock, not_found, sell, serve


class Goods:
    """What this shop sells. Put your own goods in: a shop is their list, their stock, and what sends them off."""

    NAME, DESCRIPTION = "Tea shop", "Sells green tea and cups."

    def __init__(self):
        self.by_id = {id: {"id": id, "name": name, "category": "tea", "price": Decimal(price), "left": 100}
                      for id, name, price in (("tea-1", "Longjing green tea", "38.00"), ("cup-1", "Tea cup", "12.50"))}

    def items(self):
        return list(self.by_id.values())

    def take(self, id, quantity):
        """Takes pieces out of the stock; says whether there were as many."""
        with lock:
            enough = self.by_id[id]["left"] >= quantity
            self.by_id[id]["left"] -= quantity if enough else 0
            return enough

    def put_back(self, id, quantity):
        with lock:
            self.by_id[id]["left"] += quantity

    def send(self, order):
        """Sends a paid order off, once, and returns the number of the parcel. An exception lets the buyer try again."""
        return "P-" + order["order_no"]


goods = Goods()


def report(request):
    """A paid page beside the goods, without a cart."""
    terms = Terms("0.50", "report", iso(request.now + timedelta(minutes=15)))
    return sell(request, terms, lambda claims: {"report": "Tea is dearer than last year.", "sale": claims["out_trade_no"]})


def settings(request):
    """Takes the settings of a new world, only if it is one of the sandbox that this shop was told of."""
    given = json.loads(request.body)
    if not env.get("ACT_SANDBOX") or not given["ACT_WORLD"].startswith(env["ACT_SANDBOX"] + "/w/"):
        raise Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "the settings are another sandbox's")
    with lock:
        env.update(given)
        orders.forget()
    return {"world": env["ACT_WORLD"]}


def control(request):
    """Sells out an item or moves its price for ./run check-merchant, only where ACT_CONTROL=yes says so."""
    given = json.loads(request.body)
    item = goods.by_id.get(given["offer"].partition("~")[0])
    if env.get("ACT_CONTROL") != "yes" or not item:
        raise not_found()
    with lock:
        item["left"] = given.get("left", item["left"])
        item["price"] = (item["price"] * (100 + given.get("percent", 0)) / 100).quantize(Decimal("0.01"))
    return {"offer": item["id"]}


if __name__ == "__main__":
    serve(orders.open_shop(goods) | {"GET report": report, "POST act-settings": settings, "POST act-control": control})
