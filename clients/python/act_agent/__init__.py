"""Buys over ACT 2.1 as an agent of your own: docs/clients.md has the walk through it."""

from .agent import ActAgent, Bill, CheckFailed
from .http import NoAnswer, Refused, World, create_world
from .principal import Principal
from .signing import AgentSigner, base64url, canonical, from_base64url, verifies

__all__ = [
    "ActAgent",
    "AgentSigner",
    "Bill",
    "CheckFailed",
    "NoAnswer",
    "Principal",
    "Refused",
    "World",
    "base64url",
    "canonical",
    "create_world",
    "from_base64url",
    "verifies",
]
