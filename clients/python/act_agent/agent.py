"""An agent that signs, checks what merchants answer, and pays over HTTP 402.

Each step of a purchase is a method, so an agent can do what it wants between them; ``pay`` and
``pay_under`` do the steps from the bill to the delivery at once.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, Callable, NamedTuple

from .credit import credit_reference, total_with_deposit
from .http import Refused, World
from .signing import AgentSigner, base64url, canonical, from_base64url, verifies

Json = dict


class CheckFailed(Exception):
    """What a merchant answered is not what was agreed on. Nothing was paid."""


class Bill(NamedTuple):
    """Both layers of a bill, verified, as they came."""

    protocol: Json
    method: Json


def system_time() -> datetime:
    return datetime.now(timezone.utc)


class ActAgent:
    """An agent in one world."""

    def __init__(
        self,
        world: World,
        signer: AgentSigner,
        role_key: str,
        instrument_ref: str | None = None,
        principal_id: str = "did:act:principal",
        now: Callable[[], datetime] = system_time,
    ):
        """
        :param role_key: what the sandbox answered when the agent's public key was registered
        :param instrument_ref: what the principal bound to the agent; not needed for sub-accounts
        :param now: the world's time, which differs from the machine's if its clock was set
        """
        self.world = world
        self.signer = signer
        self.agent_id = signer.agent_id
        self.instrument_ref = instrument_ref
        self.principal_id = principal_id
        self._role_key = role_key
        self._now = now
        self._purses: dict[str, AgentSigner] = {}
        # Signed payment requests by order: a payment that is asked for again is the same message, so it is one payment.
        self._requests: dict[str, Json] = {}

    @classmethod
    def register(cls, world: World, name: str, operator_key: str, **more: Any) -> ActAgent:
        """Makes a key and tells the world the public half of it."""
        signer = AgentSigner("did:act:" + name)
        at = world.address.replace("/w/", "/api/worlds/", 1) + "/agents"
        answer = world.json("POST", at, operator_key, {"name": name, "jwk": signer.public_jwk()})
        return cls(world, signer, answer["key"], **more)

    @classmethod
    def of_mission(cls, mission: Json) -> ActAgent:
        """Takes identity and world from a mission of ``./run grade``, whose clock stands."""
        agent = mission["agent"]
        moment = datetime.fromisoformat(mission["now"].replace("Z", "+00:00"))
        return cls(
            World(mission["world"]),
            AgentSigner.from_jwk(agent["agent_id"], agent["private_jwk"]),
            agent["role_key"],
            agent["instrument_ref"],
            now=lambda: moment,
        )

    # What is wanted, and an order for it.

    def offers(self, merchant: str, need: Json, limit: int = 3, intent_id: str | None = None) -> list[Json]:
        """Asks a merchant for offers (CID-2). The fields of a need are in docs/needs.md."""
        intent = self._stamped("Q", intent_id or new_id("I"))
        intent.update(response_form="offers", limit=limit, context={"explicit_needs": [need]})
        answer = self._post("/merchants/%s/intents" % merchant, self.signer.sign_json(intent))
        return [dict(offer, intent_id=intent["intent_id"]) for offer in answer["offers"]]

    def confirm_cart(
        self,
        merchant: str,
        offer: Json,
        fulfilment: Json | None = None,
        delegation_id: str | None = None,
    ) -> Json:
        """Confirms an offer as it was seen; returns the merchant's signed order, which holds it for a while.

        Where a deposit is taken and the principal lets this merchant ask, the cart refers to the credit behind the
        agent (docs/credit.md); the order's ``deposit`` says what became of it.

        :param fulfilment: such as ``{"ship_to": "home"}``; goods are sent home unless it says otherwise
        :param delegation_id: the authority that the order will be paid under
        :raises CheckFailed: if the order is not signed by the merchant, or is not the offer
        """
        cart = self._stamped("C", offer["intent_id"])
        line = {"offer_id": offer["offer_id"], "quantity": offer.get("quantity") or 1}
        cart.update(lines=[line], expected_total=offer["total"], currency=offer["currency"])
        cart["fulfilment"] = fulfilment or ({"ship_to": "home"} if offer.get("kind") == "shop" else {})
        if delegation_id:
            cart["delegation_id"] = delegation_id
        credit = credit_reference(self._get, self.agent_id, self.principal_id, offer)
        if credit:
            cart["credit"] = credit
        order = self._post("/merchants/%s/carts" % merchant, self.signer.sign_json(cart))
        self._require_signed(order, "did:act:" + merchant, "the order")
        total = total_with_deposit(offer, order) if credit else offer["total"]
        _require_same("the order's total", total, order["total"])
        _require_same("the order's currency", offer["currency"], order["currency"])
        _require_same("the order's intent", offer["intent_id"], order["intent_id"])
        return order

    # The bill (A402).

    def bill(self, order: Json) -> Bill:
        """Asks for what was ordered and returns the bill of the 402 answer.

        Both layers have to be signed by the merchant, and the bill has to be that of the order.

        :raises CheckFailed: if they are not: then it must not be paid
        """
        answer = self.world.send("GET", order["resource_url"], headers=self._sender())
        if answer.status != 402:
            raise Refused("GET", order["resource_url"], answer.status, answer.json())
        needed = decoded(answer.headers["Payment-Needed"])
        bill, method = needed["protocol"], needed["method"]
        merchant = order["merchant_did"]
        self._require_signed(bill, merchant, "the bill")
        self._require_signed(method, merchant, "the bill's payment method")
        _require_same("the bill's payee", merchant, bill["seller_unique_id"])
        _require_same("the bill's order", order["order_no"], bill["out_trade_no"])
        _require_same("the bill's resource", order["resource_id"], bill["resource_id"])
        _require_same("the bill's amount", Decimal(order["total"]), Decimal(bill["amount"]))
        _require_same("the bill's currency", order["currency"], bill["currency"])
        _require_same("the bill's buyer", self.agent_id, bill.get("buyer_unique_id", self.agent_id))
        digest = "sha-256:" + base64url(hashlib.sha256(canonical(bill)).digest())
        _require_same("the digest of the bill", digest, method["bill_digest"])
        _require_same("the payment service", self.world.at("/psp/payments"), method["endpoint"])
        return Bill(bill, method)

    # A payment that the principal approves (L1).

    def request_payment(self, order: Json, bill: Bill, callback_url: str | None = None) -> Json:
        """Asks for a payment; the answer's ``cashier_url`` is where the principal decides (PSD-3).

        :param callback_url: is told of the decision, instead of asking for it (docs/webhooks.md)
        """
        signed = self._requests.get(order["order_no"])
        if signed is None:
            payment = self._payment(bill)
            payment.update(intent_id=order["intent_id"], instrument_ref=self.instrument_ref)
            if callback_url:
                payment["callback_url"] = callback_url
            signed = self._requests[order["order_no"]] = self.signer.sign_json(payment)
        return self._post("/psp/payments", signed, self._role_key)

    def payment(self, trade_no: str, wait_seconds: int = 0) -> Json:
        """Returns a payment; waits at most 25 seconds for the principal."""
        return self._get("/psp/payments/%s?wait_seconds=%d" % (trade_no, wait_seconds))

    def wait_for_payment(self, trade_no: str, waits: int = 24) -> Json:
        """Waits until the principal has decided, ten minutes unless told otherwise."""
        payment = self.payment(trade_no, 25)
        while payment["status"] == "waiting_for_approval" and waits > 1:
            waits -= 1
            payment = self.payment(trade_no, 25)
        if payment["status"] not in ("waiting_for_approval", "paid"):
            # The order can be paid by another payment now.
            self._requests.pop(payment["out_trade_no"], None)
        return payment

    def collect(self, order: Json, payment: Json) -> Json:
        """Shows the proof of a payment to the merchant and returns the delivery (A402-6).

        The same proof gets the same delivery again, so a lost one can be collected once more.
        """
        proof = base64url(json.dumps(payment["proof"], ensure_ascii=False).encode("utf-8"))
        headers = dict(self._sender(), **{"Payment-Proof": proof})
        return self.world.json("GET", order["resource_url"], headers=headers)

    def pay(self, order: Json, tell_principal: Callable[[Json], Any], callback_url: str | None = None) -> Json:
        """Goes from the bill to the delivery.

        :param tell_principal: gets the payment, and leads the principal to its ``cashier_url``
        :raises CheckFailed: if the principal did not pay
        """
        asked = self.request_payment(order, self.bill(order), callback_url)
        tell_principal(asked)
        return self.collect(order, _paid(self.wait_for_payment(asked["trade_no"])))

    # Payments under an authority (L2, L3).

    def ask_authority(self, isr: Json, callback_url: str | None = None) -> Json:
        """Says what the agent wants to be allowed (ADD-1); docs/delegation.md has the fields.

        ``open_questions`` of the answer names what is missing. The same ``intent_id`` again replaces the draft.
        """
        message = {"isr": dict(isr, agent_id=self.agent_id), "timestamp": self._time()}
        if callback_url:
            message["callback_url"] = callback_url
        return self._post("/delegations/intents", self.signer.sign_json(message), self._role_key)

    def intent(self, intent_id: str) -> Json:
        """Returns what has become of a wish for an authority."""
        return self._get("/delegations/intents/" + intent_id)

    def authority(self, delegation_id: str) -> Json:
        """Returns the credential of an authority, ``iac``, with its ids."""
        return dict(self._get("/delegations/iacs/%s/credential" % delegation_id), delegation_id=delegation_id)

    def bind_sub_account(self, sub_account_id: str) -> None:
        """Makes a key for a sub-account that the principal opened, and tells the payment service (PSD-2)."""
        purse = AgentSigner(self.agent_id, key_name=sub_account_id)
        message = {
            "sub_account_id": sub_account_id,
            "jwk": dict(purse.public_jwk(), kid=purse.signer_id),
            "timestamp": self._time(),
        }
        self._post("/psp/sub-accounts/%s/key" % sub_account_id, self.signer.sign_json(message), self._role_key)
        self._purses[sub_account_id] = purse

    def pay_under(self, authority: Json, order: Json, sub_account_id: str | None = None) -> Json:
        """Pays an order under an authority, without the principal, and returns the delivery.

        :param sub_account_id: what pays (PSD-7); without it the bound instrument does (PSD-5)
        :raises Refused: with the boundary that the payment would pass; then nothing moved
        """
        signed = self._requests.get(order["order_no"])
        if signed is None:
            signed = self._under(authority, order, sub_account_id)
            self._requests[order["order_no"]] = signed
        path = "/psp/delegated-payments" if sub_account_id is None else "/psp/autonomous-payments"
        try:
            asked = self._post(path, signed, self._role_key)
        except Refused:
            # It may be tried again with another authority.
            del self._requests[order["order_no"]]
            raise
        return self.collect(order, _paid(self.payment(asked["trade_no"], 25)))

    def _under(self, authority: Json, order: Json, sub_account_id: str | None) -> Json:
        payment = self._payment(self.bill(order))
        payment.update(
            delegation_id=authority["delegation_id"],
            iac=authority["iac"],
            principal_id=self.principal_id,
            order=order,
        )
        if sub_account_id is None:
            payment["instrument_ref"] = self.instrument_ref
        else:
            same = ("request_id", "merchant_order_no", "amount", "currency", "timestamp")
            authorization = {name: payment[name] for name in same}
            authorization["sub_account_id"] = sub_account_id
            payment["sub_account_authorization"] = self._purses[sub_account_id].sign_json(authorization)
        return self.signer.sign_json(payment)

    def sums(self, delegation_id: str) -> Json:
        """Returns what an authority has left."""
        return self._get("/psp/delegations/" + delegation_id)

    def give_back(self, delegation_id: str) -> Json:
        """Gives an authority back that is not needed any more (ADD-7)."""
        return self._post("/delegations/iacs/%s/revoke" % delegation_id, {"reason": "done"}, self._role_key)

    # What all of it needs.

    def verified(self, message: Json) -> str | None:
        """Returns the DID that signed a message, such as a notification; None if the signature is not good."""
        signer_id = message.get("signer_id", "")
        did = signer_id.split("#")[0]
        if not did.startswith("did:act:"):
            return None
        answer = self.world.send("GET", "/dids/" + did)
        document = answer.json() if answer.status == 200 else None
        for method in (document or {}).get("verificationMethod", []):
            if method.get("id") == signer_id and verifies(message, method.get("publicKeyJwk", {})):
                return did
        return None

    def _require_signed(self, message: Json, did: str, what: str) -> None:
        if self.verified(message) != did:
            raise CheckFailed("%s is not signed by %s" % (what, did))

    def _payment(self, bill: Bill) -> Json:
        protocol = bill.protocol
        return {
            "request_id": new_id("P"),
            "agent_id": self.agent_id,
            "timestamp": self._time(),
            "merchant_order_no": protocol["out_trade_no"],
            "amount": protocol["amount"],
            "currency": protocol["currency"],
            "payee": protocol["seller_unique_id"],
            "bill": protocol,
            "bill_method": bill.method,
        }

    def _stamped(self, prefix: str, intent_id: str) -> Json:
        return {
            "request_id": new_id(prefix),
            "intent_id": intent_id,
            "agent_id": self.agent_id,
            "timestamp": self._time(),
        }

    def _time(self) -> str:
        return self._now().astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _get(self, path: str) -> Json:
        return self.world.json("GET", path, self._role_key, headers=self._sender())

    def _post(self, path: str, body: Json, key: str | None = None) -> Json:
        return self.world.json("POST", path, key, body, headers=self._sender())

    def _sender(self) -> dict[str, str]:
        return {"Act-Sender": self.agent_id}


def new_id(prefix: str) -> str:
    return prefix + "-" + uuid.uuid4().hex[:12]


def decoded(header: str) -> Json:
    """Reads a header of A402: base64url of JSON."""
    return json.loads(from_base64url(header))


def _paid(payment: Json) -> Json:
    if payment["status"] != "paid":
        raise CheckFailed("the payment %s is %s" % (payment["trade_no"], payment["status"]))
    return payment


def _require_same(what: str, expected: Any, observed: Any) -> None:
    if expected != observed:
        raise CheckFailed("%s is %s, and not %s" % (what, observed, expected))
