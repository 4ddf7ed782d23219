"""L2: one purchase that the principal fixed in advance. python3 examples/l2.py [http://localhost:8080]"""

import sys
import uuid
from datetime import datetime, timedelta, timezone

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from act_agent import ActAgent, Principal, create_world

server = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
name = "py-l2-" + uuid.uuid4().hex[:8]
world, made = create_world(server, name=name)
principal = Principal(world, made["keys"]["principal"])
agent = ActAgent.register(world, name, made["keys"]["operator"])
agent.instrument_ref = principal.bind(agent.agent_id)
now = datetime.now(timezone.utc).replace(microsecond=0)

# A draft with open questions is no mistake: the answer says what the principal still has to be asked.
isr = {
    "conversation_history": {"user_intent_raw": "Buy me one phone charger, at most 60 yuan"},
    "intent_id": "I-" + name,
    "currency": "CNY",
    "validity_start_time": (now - timedelta(minutes=1)).isoformat().replace("+00:00", "Z"),
    "validity_end_time": (now + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
    "delegation_mode": "SPECIFIED",
    "allowed_payment_methods": ["balance"],
    "ext": {"vendor_private": {"targets": [{"kind": "shop", "what": "charger", "quantity": 1}]}},
}
for question in agent.ask_authority(isr)["open_questions"]:
    print("open    ", question["field"], question["question"]["en"])
for line in agent.ask_authority(dict(isr, max_total_amount=60))["summary"]:
    print("signs   ", line["text"]["en"])
# A person reads that in the console and enters the PIN.
authority = agent.authority(principal.give_authority(isr["intent_id"]))

need = {"kind": "shop", "terms": "charger", "features": [], "quantity": 1}
offers = agent.offers("luma-mart", need, intent_id=isr["intent_id"])
offer = min(offers, key=lambda each: float(each["total"]))
print("offer   ", offer["title"]["en"], offer["total"])
order = agent.confirm_cart("luma-mart", offer, delegation_id=authority["delegation_id"])
print("got     ", agent.pay_under(authority, order))
print("left    ", agent.sums(authority["delegation_id"])["left"])
agent.give_back(authority["delegation_id"])
print("returned", authority["delegation_id"])
