"""L1: the principal approves each payment. python3 examples/l1.py [http://localhost:8080]

Run in clients/python, or anywhere after ``pip install ./clients/python``.
"""

import sys
import uuid

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from act_agent import ActAgent, Principal, create_world

server = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
name = "py-l1-" + uuid.uuid4().hex[:8]
world, made = create_world(server, name=name)
principal = Principal(world, made["keys"]["principal"])
agent = ActAgent.register(world, name, made["keys"]["operator"])
agent.instrument_ref = principal.bind(agent.agent_id)

need = {"kind": "shop", "terms": "charger", "features": [], "quantity": 1}
offer = min(agent.offers("luma-mart", need), key=lambda each: float(each["total"]))
print("offer   ", offer["title"]["en"], offer["total"])
order = agent.confirm_cart("luma-mart", offer)
print("order   ", order["order_no"])


def decide(payment):
    """A person opens this address and enters the PIN; here their key stands in for them."""
    print("approve ", payment["cashier_url"])
    principal.approve_payment(payment["trade_no"])


print("got     ", agent.pay(order, decide))
