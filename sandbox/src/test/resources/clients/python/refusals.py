"""Asks the Python package for what it must refuse. Argument: the server. Runs in clients/python."""

import os
import sys
import uuid

sys.path.insert(0, os.getcwd())
from act_agent import ActAgent, CheckFailed, NoAnswer, Principal, Refused, World, create_world

name = "py-refusals-" + uuid.uuid4().hex[:8]
world, made = create_world(sys.argv[1], name=name, seed="7")
principal = Principal(world, made["keys"]["principal"])
agent = ActAgent.register(world, name, made["keys"]["operator"])
agent.instrument_ref = principal.bind(agent.agent_id)
need = {"kind": "shop", "terms": "charger", "features": [], "quantity": 1}
order = agent.confirm_cart("luma-mart", agent.offers("luma-mart", need)[0])

bill = agent.bill(order)
first = agent.request_payment(order, bill)
print("the same payment", first["trade_no"] == agent.request_payment(order, bill)["trade_no"])
for changed in (dict(order, total="1.00"), dict(order, order_no="S-1"), dict(order, resource_id="another")):
    try:
        agent.bill(changed)
    except CheckFailed as failed:
        print(failed)


def of_another(_message):
    """Stands for a bill that another merchant has signed."""
    return "did:act:impostor"


agent.verified = of_another
try:
    agent.bill(order)
except CheckFailed as failed:
    print(failed)
try:
    agent.intent("none")
except Refused as refused:
    print("refused", refused.code, refused.status)
try:
    World("http://127.0.0.1:1").send("GET", "/")
except NoAnswer as failed:
    print("no answer", failed)
