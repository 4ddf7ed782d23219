"""Verifies a webhook: python3 verify_webhook.py SECRET ID TIMESTAMP SIGNATURES NOW < body

ID, TIMESTAMP and SIGNATURES are the values of webhook-id, webhook-timestamp and webhook-signature;
NOW is the world's time in seconds, which Act-Time tells. Exits with 0 if the signature is valid.
"""

import base64
import hashlib
import hmac
import sys


def is_valid(secret, id, timestamp, signatures, body, now, tolerance=300):
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > tolerance:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(expected.encode(), each.encode()) for each in signatures.split(" "))


if __name__ == "__main__":
    secret, id, timestamp, signatures, now = sys.argv[1:6]
    sys.exit(0 if is_valid(secret, id, timestamp, signatures, sys.stdin.buffer.read(), int(now)) else 1)
