"""Has the Python package carry credit, and refuse an order that lowers more than a deposit. Argument: the server."""

import os
import sys
import uuid

sys.path.insert(0, os.getcwd())
from act_agent import ActAgent, CheckFailed, Principal, create_world
from act_agent.credit import total_with_deposit

PIN = "246810"
NOW = "2026-11-25T01:00:00Z"
name = "py-credit-" + uuid.uuid4().hex[:8]
clock = {"mode": "stopped", "now": NOW}
world, made = create_world(sys.argv[1], name=name, seed="early-train", clock=clock)
keys = made["keys"]
agent = ActAgent.register(world, name, keys["operator"])
agent.instrument_ref = Principal(world, keys["principal"]).bind(agent.agent_id)
agent._now = lambda: __import__("datetime").datetime.fromisoformat(NOW.replace("Z", "+00:00"))


def mine(path, body=None):
    return world.json("POST" if body else "GET", path, keys["principal"], body)


need = {"kind": "hotel", "city": "Shanghai", "check_in": "2026-11-27", "nights": 1, "guests": 1, "rooms": 1}
world.json("POST", "/merchants/stayhub/deposit-policy", keys["merchants"]["stayhub"], {"amount": "500.00"})
offer = agent.offers("stayhub", need)[0]
print("without credit", agent.confirm_cart("stayhub", offer)["deposit"]["decision"])

mine("/credit-issuer/v1/association-applications", {
    "applicationId": "AA-1", "messageVersion": "reference-v1", "subjectId": "did:act:principal",
    "agentId": agent.agent_id, "associationRole": "OPERATOR",
    "relationshipEvidenceRefs": ["urn:act:register:" + name], "confirmationMethod": "ATTESTED_CONFIRMATION",
    "issuerId": "did:act:sandbox-credit-issuer", "purpose": "HOTEL_DEPOSIT", "scope": ["kind:hotel"],
    "authorizationMode": "PLATFORM_DELEGATED", "requestedAt": NOW, "validFrom": NOW,
    "expiresAt": "2027-11-25T01:00:00Z", "antiReplay": {"nonce": "application-nonce-1"},
})
waiting = mine("/credit/applications")["items"][0]
mine("/credit/applications/AA-1/confirmation", {"decision": "APPROVE", "digest": waiting["digest"], "pin": PIN})
draft = mine("/credit-verifier/authorizations/drafts", {"authorization": {
    "mode": "PLATFORM_DELEGATED", "relyingPartyIds": ["did:act:stayhub"], "platformDelegateId": "did:act:stayhub",
    "agentIds": [agent.agent_id], "purpose": "HOTEL_DEPOSIT",
    "allowedDataItems": ["associatedCreditValue", "mappingPolicy"], "expiresAt": "2026-12-25T01:00:00Z",
    "frequencyLimit": {"maxRequestsPerWindow": 3, "windowDurationSeconds": 86400},
    "resultUseRestrictions": {"mayStore": False, "mayTransfer": False},
}})
mine("/credit-verifier/authorizations", dict(draft, pin=PIN))
offer = agent.offers("stayhub", need)[0]
order = agent.confirm_cart("stayhub", offer)
print("with credit", order["deposit"]["decision"], float(offer["total"]) - float(order["total"]))
for deposit in ({"amount": "-1.00", "full_amount": "500.00"}, {"amount": "0.00", "full_amount": "600.00"}):
    print("another sum", total_with_deposit(offer, {"deposit": deposit}) == offer["total"])
agent.verified = lambda _message: "did:act:stayhub"
post = agent._post
agent._post = lambda path, body, key=None: dict(post(path, body, key), total="1.00")
try:
    agent.confirm_cart("stayhub", offer)
except CheckFailed as failed:
    print(failed)
