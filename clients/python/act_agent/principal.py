"""Stands in for the person behind an agent, in tests and demonstrations.

A person does all of this in the console. An agent must never have this key or the PIN.
"""

from __future__ import annotations

import uuid
from typing import Any

from .http import World


class Principal:
    """Decides with the principal's key and PIN."""

    def __init__(self, world: World, key: str, pin: str = "246810"):
        self._world = world
        self._key = key
        self._pin = pin

    def bind(self, agent_id: str, account: str = "balance", **limits: Any) -> str:
        """Binds an account to an agent (PSD-1) and returns the reference that the agent pays with."""
        wish = dict(limits, agent_id=agent_id, account=account, request_id="B-" + uuid.uuid4().hex[:12])
        shown = self._world.json("POST", "/psp/bindings", self._key, wish)
        path = "/psp/bindings/%s/confirmation" % shown["binding_id"]
        return self._world.json("POST", path, self._key, self._approval(shown))["instrument_ref"]

    def approve_payment(self, trade_no: str) -> dict[str, Any]:
        """Approves what the cashier shows (PSD-3)."""
        path = "/psp/payments/%s/approval" % trade_no
        shown = self._world.json("GET", path, self._key)
        return self._world.json("POST", path, self._key, self._approval(shown))

    def give_authority(self, intent_id: str) -> str:
        """Confirms what the agent asked to be allowed (ADD-3) and returns the delegation id."""
        path = "/delegations/intents/%s/confirmation" % intent_id
        shown = self._world.json("GET", path, self._key)
        return self._world.json("POST", path, self._key, self._approval(shown))["delegation_id"]

    def open_sub_account(self, agent_id: str, amount: str) -> str:
        """Opens a sub-account for an agent, moves money to it (PSD-2) and returns its id."""
        opening = {"agent_id": agent_id, "pin": self._pin, "request_id": "S-" + uuid.uuid4().hex[:12]}
        account = self._world.json("POST", "/psp/sub-accounts", self._key, opening)["sub_account_id"]
        top_up = {"request_id": "U-" + uuid.uuid4().hex[:12], "amount": amount, "pin": self._pin}
        self._world.json("POST", "/psp/sub-accounts/%s/top-ups" % account, self._key, top_up)
        return account

    def _approval(self, shown: dict[str, Any]) -> dict[str, str]:
        return {"decision": "APPROVE", "digest": shown["digest"], "pin": self._pin}
