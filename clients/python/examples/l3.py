"""L3: the agent chooses within bounds, waits for its price, and pays from money that was set aside.

python3 examples/l3.py [http://localhost:8080]
"""

import sys
import uuid
from datetime import datetime, timedelta, timezone

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from act_agent import ActAgent, Principal, create_world

server = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
name = "py-l3-" + uuid.uuid4().hex[:8]
world, made = create_world(server, name=name)
principal = Principal(world, made["keys"]["principal"])
agent = ActAgent.register(world, name, made["keys"]["operator"])
now = datetime.now(timezone.utc).replace(microsecond=0)

isr = {
    "conversation_history": {"user_intent_raw": "Buy chargers when they are cheap, 100 yuan in all"},
    "intent_id": "I-" + name,
    "currency": "CNY",
    "validity_start_time": (now - timedelta(minutes=1)).isoformat().replace("+00:00", "Z"),
    "validity_end_time": (now + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
    "delegation_mode": "BOUNDED",
    "allowed_payment_methods": ["sub_account"],
    "max_total_amount": 100,
    "ext": {"commerce": {"allowed_categories": ["shop"], "max_single_amount": 60}},
}
for line in agent.ask_authority(isr)["summary"]:
    print("signs   ", line["text"]["en"])
authority = agent.authority(principal.give_authority(isr["intent_id"]))
purse = principal.open_sub_account(agent.agent_id, "100.00")
agent.bind_sub_account(purse)


def cheapest():
    need = {"kind": "shop", "terms": "charger", "features": [], "quantity": 1}
    offers = agent.offers("luma-mart", need, intent_id=isr["intent_id"])
    return min(offers, key=lambda each: float(each["total"]))


offer = cheapest()
print("offer   ", offer["title"]["en"], offer["total"])
limit = float(offer["total"]) * 0.9
for _ in range(3):
    if float(offer["total"]) <= limit:
        break
    print("waits   ", offer["total"], "is above", "%.2f" % limit)
    # The operator plays the shop that lowers its price; a real agent would look again later.
    lower = {"type": "price_moved", "item": offer["item_id"], "percent": -20}
    at = "%s/api/worlds/%s/merchants/luma-mart/disturbances" % (server, name)
    world.json("POST", at, made["keys"]["operator"], lower)
    offer = cheapest()
else:
    raise SystemExit("the price does not fall")

order = agent.confirm_cart("luma-mart", offer, delegation_id=authority["delegation_id"])
print("got     ", agent.pay_under(authority, order, purse))
print("left    ", agent.sums(authority["delegation_id"])["left"])
agent.give_back(authority["delegation_id"])
print("returned", authority["delegation_id"])
