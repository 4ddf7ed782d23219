"""Buys a train ticket with the client that OpenAPI Generator makes, and prints what it got.

Usage: python3 buy_ticket.py http://localhost:8080
"""

import datetime
import json
import sys
import uuid

import act_client as act
from act_agent import AgentSigner, base64url, from_base64url

PIN = "246810"


def client(server: str, key: str | None = None) -> act.ApiClient:
    """Makes a client with a role key; without one for what needs none."""
    return act.ApiClient(act.Configuration(host=server, access_token=key))


def main(server: str) -> None:
    run = uuid.uuid4().hex[:8]
    name = "python-" + run
    signer = AgentSigner("did:act:" + name)
    anyone = client(server)

    # A world of its own, in which the sandbox learns the public key of the agent.
    world = act.WorldsApi(anyone).create_world(act.CreateWorldRequest(name=name))
    as_principal = client(server, world.keys.principal)
    as_operator = client(server, world.keys.operator)
    registered = act.WorldsApi(as_operator).register_agent(
        name,
        act.ExternalAgentRegistrationRequest(name=name, jwk=act.PublicKey(**signer.public_jwk())),
    )
    as_agent = client(server, registered.key)
    merchants = act.MerchantsApi(anyone)

    def stamp(prefix: str) -> dict:
        """Returns what every signed message of the agent says; the signature is filled in later."""
        return {
            "request_id": prefix + run,
            "intent_id": "I-" + run,
            "agent_id": signer.agent_id,
            "timestamp": datetime.datetime.now(datetime.timezone.utc).isoformat(),
            "signer_id": "",
            "signature_type": "ED25519",
            "signature_content": "",
        }

    def signed(message):
        return signer.sign(message, anyone.sanitize_for_serialization)

    # The principal binds an account to the agent: it sees what it consents to, and enters its PIN for that.
    wallet = act.WalletApi(as_principal)
    binding = wallet.request_binding(
        name, act.InstrumentBindingsBindingRequest(agent_id=signer.agent_id, account="balance")
    )
    bound = wallet.confirm_binding(
        name, binding.binding_id, act.ApprovalRequest(decision="APPROVE", digest=binding.digest, pin=PIN)
    )

    today = datetime.datetime.fromisoformat(act.ClockApi(as_operator).read_clock(name).now.isoformat())
    need = act.NeedTrain(
        **{
            "kind": "train",
            "from": "Hangzhou",
            "to": "Shanghai",
            "date": (today + datetime.timedelta(days=1)).date().isoformat(),
            "passengers": 1,
            "seat_class": "second",
        }
    )
    intent = act.IntentRequest(
        **stamp("Q-"),
        response_form="offers",
        limit=3,
        context=act.IntentContext(explicit_needs=[act.Need(need)]),
    )
    offer = merchants.transfer_intent(name, "raileast", signed(intent)).offers[0]
    train = offer.details.actual_instance
    assert isinstance(train, act.OfferDetailsTrain), offer.details
    print("world    %s" % name)
    print("offer    %s: %s %s" % (train.train_no, offer.total, offer.currency))

    cart = act.CartRequest(
        **stamp("C-"),
        lines=[act.CartRequestLine(offer_id=offer.offer_id, quantity=1)],
        expected_total=offer.total,
        currency=offer.currency,
    )
    order = merchants.confirm_cart(name, "raileast", signed(cart))
    print("order    %s" % order.order_no)

    # The ticket costs something: HTTP 402, with the bill in a header (A402).
    try:
        merchants.fetch_delivery(name, "raileast", order.order_no)
        raise AssertionError("delivered without a payment")
    except act.ApiException as unpaid:
        assert unpaid.status == 402, unpaid
        bill = act.PaymentNeeded.from_json(from_base64url(unpaid.headers["Payment-Needed"]).decode())
    payment = act.InstantPaymentRequest(
        **stamp("P-"),
        merchant_order_no=bill.protocol.out_trade_no,
        instrument_ref=bound.instrument_ref,
        amount=bill.protocol.amount,
        currency=bill.protocol.currency,
        payee=bill.protocol.seller_unique_id,
        bill=bill.protocol,
    )
    asked = act.PaymentsApi(as_agent).request_payment(name, signed(payment))

    # Money moves on the principal's approval alone. A person does this in the browser.
    payments = act.PaymentsApi(as_principal)
    shown = payments.read_approval(name, asked.trade_no)
    payments.approve_payment(
        name, asked.trade_no, act.ApprovalRequest(decision="APPROVE", digest=shown.digest, pin=PIN)
    )

    # The proof, and the ticket for it.
    paid = act.PaymentsApi(as_agent).read_payment(name, asked.trade_no, wait_seconds=25)
    proof = base64url(json.dumps(anyone.sanitize_for_serialization(paid.proof)).encode())
    ticket = merchants.fetch_delivery(name, "raileast", order.order_no, payment_proof=proof).actual_instance
    assert isinstance(ticket, act.DeliveryTrain), ticket
    print("paid     %s %s" % (asked.trade_no, paid.status))
    print("ticket   %s, carriage %s, seat %s" % (ticket.train_no, ticket.seats[0].carriage, ticket.seats[0].seat))


if __name__ == "__main__":
    main(sys.argv[1])
