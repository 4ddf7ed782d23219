"""Signs and verifies ACT messages: JSON in the form of RFC 8785, Ed25519 (RFC 8032).

Works with any client, because it signs plain JSON values. ``AgentSigner.sign`` also takes the
models of a client that OpenAPI Generator made, and signs exactly what that client will send.
"""

from __future__ import annotations

import base64
import json
import math
from typing import Any, Callable, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_TYPE = "ED25519"

# Beyond this a number is not the same in every language, and the sandbox refuses it.
_LARGEST_SAFE_INTEGER = 2**53 - 1

Model = TypeVar("Model")


def base64url(data: bytes) -> str:
    """Encodes without padding, as ACT does everywhere."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decodes text without padding.

    :raises ValueError: if the text is not base64url, or is not written in its one form
    """
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url(data) != text:
        raise ValueError("not base64url without padding: %r" % text[:40])
    return data


def canonical(value: Any) -> bytes:
    """Writes a JSON value in the form of RFC 8785.

    :raises ValueError: for a number that is not the same in every language, a lone surrogate, or a
        value that is not JSON
    """
    return _written(value).encode("utf-8")


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        # Escapes only what must be escaped, and those as RFC 8785 says.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_written(each) for each in value) + "]"
    if isinstance(value, dict):
        # Names are sorted by UTF-16 code units, which differs from Python's order beyond U+FFFF.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(_written(name) + ":" + _written(value[name]) for name in names) + "}"
    raise ValueError("not JSON: " + type(value).__name__)


def _number(value: int | float) -> str:
    if not math.isfinite(value) or abs(value) > _LARGEST_SAFE_INTEGER:
        raise ValueError("a number that is not the same in every language: %r" % value)
    if value == int(value):
        return str(int(value))
    digits = repr(float(value))
    if "e" not in digits:
        return digits
    # Python writes 1e-07 where ECMAScript writes 1e-7, and 1e-05 where it writes 0.00001.
    mantissa, exponent = digits.split("e")
    power = int(exponent)
    if power < -6:
        return "%se%d" % (mantissa, power)
    sign = "-" if mantissa.startswith("-") else ""
    return sign + "0." + "0" * (-power - 1) + mantissa.lstrip("-").replace(".", "")


def signed_bytes(message: dict[str, Any]) -> bytes:
    """Returns the bytes that the signature of a message covers: all of it but the signature."""
    return canonical({name: message[name] for name in message if name != "signature_content"})


class AgentSigner:
    """The key of an agent, with the id that others find it by."""

    def __init__(self, agent_id: str, key: Ed25519PrivateKey | None = None, key_name: str = "key-1"):
        """Makes a new key if none is given.

        :param agent_id: the DID, such as ``did:act:my-agent``
        :param key_name: the name of this key; that of a sub-account is the id of the sub-account
        """
        self.agent_id = agent_id
        self.signer_id = agent_id + "#" + key_name
        self._key = key or Ed25519PrivateKey.generate()

    @classmethod
    def from_jwk(cls, agent_id: str, jwk: dict[str, str]) -> AgentSigner:
        """Takes a private key as a JWK, as a mission and :meth:`private_jwk` have it."""
        return cls(agent_id, Ed25519PrivateKey.from_private_bytes(from_base64url(jwk["d"])))

    def private_jwk(self) -> dict[str, str]:
        """Returns the private key, for the agent's own store. A reader of it can sign as the agent."""
        return dict(self.public_jwk(), d=base64url(self._key.private_bytes_raw()))

    def public_jwk(self) -> dict[str, str]:
        """Returns the public key as the sandbox takes it."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": base64url(self._key.public_key().public_bytes_raw()),
        }

    def sign_json(self, message: dict[str, Any]) -> dict[str, Any]:
        """Returns the message with its signer and its signature."""
        whole = dict(message, signer_id=self.signer_id, signature_type=SIGNATURE_TYPE)
        whole["signature_content"] = base64url(self._key.sign(signed_bytes(whole)))
        return whole

    def sign(self, message: Model, to_json: Callable[[Model], dict[str, Any]]) -> Model:
        """Fills in the signature of a model of a generated client.

        :param to_json: what the client sends for a model: ``api_client.sanitize_for_serialization``
        """
        message.signer_id = self.signer_id
        message.signature_type = SIGNATURE_TYPE
        message.signature_content = self.sign_json(to_json(message))["signature_content"]
        return message


def verifies(message: dict[str, Any], public_jwk: dict[str, str]) -> bool:
    """Says whether the message was signed with this Ed25519 key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(from_base64url(public_jwk["x"]))
        key.verify(from_base64url(message["signature_content"]), signed_bytes(message))
        return True
    except (InvalidSignature, ValueError, KeyError):
        return False
