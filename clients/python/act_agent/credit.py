"""Finds the reference to credit that a cart may carry: ids alone, never the content."""

from __future__ import annotations

from decimal import Decimal
from typing import Callable
from urllib.parse import quote

from .http import NoAnswer, Refused

Json = dict

PURPOSE = "HOTEL_DEPOSIT"
ITEMS = {"associatedCreditValue", "mappingPolicy"}


def deposit_of(offer: Json) -> Decimal:
    """Returns the deposit in the offer's total; zero if the merchant takes none."""
    return sum((Decimal(line["amount"]) for line in offer.get("lines", []) if line["type"] == "deposit"), Decimal(0))


def credit_reference(get: Callable[[str], Json], agent_id: str, principal_id: str, offer: Json) -> Json | None:
    """Returns the reference, if the merchant takes a deposit and the principal lets exactly it ask for that.

    If issuer or verifier do not answer there is none: the deposit is then taken in full.
    """
    if not deposit_of(offer):
        return None
    merchant = offer["merchant_did"]
    query = "?principal_id=" + quote(principal_id, safe="")
    try:
        permitted = [each["authorization"] for each in get("/credit-verifier/authorizations" + query)["items"]]
        permission = next((each for each in permitted if _permits(each, merchant, agent_id)), None)
        if permission is None:
            return None
        held = [each for each in get("/credit-issuer/associations" + query)["items"] if _fits(each, merchant, offer)]
    except (Refused, NoAnswer):
        return None
    # One that is assessed again counts, too: a person of the merchant looks then.
    held.sort(key=lambda each: each["status"]["status"] != "ACTIVE")
    if not held:
        return None
    credential = held[0]["credential"]
    return {
        "credential_id": credential["credentialId"],
        "assertion_ref": credential["subjectCreditAssertionRef"],
        "authorization_id": permission["authorizationId"],
        "mode": "PLATFORM_DELEGATED",
    }


def total_with_deposit(offer: Json, order: Json) -> str:
    """Returns what an order may cost whose deposit the merchant has lowered; the offer's total if it has not."""
    deposit = order.get("deposit")
    if not deposit:
        return offer["total"]
    taken, full = Decimal(deposit["amount"]), Decimal(deposit["full_amount"])
    if full != deposit_of(offer) or not 0 <= taken <= full:
        return offer["total"]
    return str(Decimal(offer["total"]) - full + taken)


def _permits(permission: Json, merchant: str, agent_id: str) -> bool:
    return (
        permission["status"] == "ACTIVE"
        and permission["mode"] == "PLATFORM_DELEGATED"
        and permission.get("platformDelegateId") == merchant
        and permission["purpose"] == PURPOSE
        and agent_id in permission["agentIds"]
        and ITEMS <= set(permission["allowedDataItems"])
    )


def _fits(held: Json, merchant: str, offer: Json) -> bool:
    credential, status = held["credential"], held["status"]
    return (
        (status["status"] == "ACTIVE" or status.get("reasonCode") == "REASSESSMENT")
        and credential["purpose"] == PURPOSE
        and not {merchant, "kind:" + offer["kind"]}.isdisjoint(credential["scope"])
    )
