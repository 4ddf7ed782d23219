"""Sends requests to one world and reads answers and refusals. Needs the standard library alone."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any, Mapping

# Longer than the longest wait of the payment service.
_TIMEOUT_SECONDS = 30

# A request that got no answer is sent again as it was: messages carry a request_id, so it is done once.
_ATTEMPTS = 3

_LARGEST_ANSWER = 8 * 2**20


class Refused(Exception):
    """An answer that is an error, with the stable code of docs/errors.md."""

    def __init__(self, method: str, address: str, status: int, body: Any):
        error = body.get("error", {}) if isinstance(body, dict) else {}
        details = error.get("details", {}) if isinstance(error, dict) else {}
        flat = body if isinstance(body, dict) else {}
        self.status = status
        self.code = details.get("code") or flat.get("code") or ""
        self.remedy = details.get("remedy") or flat.get("remedy") or ""
        self.body = body
        message = error.get("message") or flat.get("detail") or "no explanation"
        super().__init__("%s %s answered %d %s: %s %s" % (method, address, status, self.code, message, self.remedy))


class NoAnswer(Exception):
    """No attempt was answered. What was asked for may have happened: the same message finds out."""


class Answer:
    """An answer of any status."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes):
        self.status = status
        self.headers = headers
        self.content = content

    def json(self) -> Any:
        """Returns the body as JSON; None if it is not JSON."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None


class World:
    """The address of a world, such as ``http://localhost:8080/w/mine``."""

    def __init__(self, address: str):
        self.address = address.rstrip("/")

    def at(self, path: str) -> str:
        return path if path.startswith("http") else self.address + path

    def send(
        self,
        method: str,
        path: str,
        key: str | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Sends a request until it is answered, at most three times, and returns an answer of any status.

        :raises NoAnswer: if no attempt was answered
        """
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8")
        request = urllib.request.Request(self.at(path), data, method=method)
        request.add_header("Accept", "application/json")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if key:
            request.add_header("Authorization", "Bearer " + key)
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        attempt = 1
        while True:
            try:
                return _answered(request)
            except (OSError, ValueError) as failed:
                if attempt == _ATTEMPTS:
                    raise NoAnswer("%s %s was not answered: %s" % (method, path, failed)) from failed
                time.sleep(0.2 * attempt)
                attempt += 1

    def json(self, method: str, path: str, key: str | None = None, body: Any = None, **more: Any) -> Any:
        """Sends a request and returns the JSON of a successful answer.

        :raises Refused: for an answer that is not 2xx
        """
        answer = self.send(method, path, key, body, **more)
        if not 200 <= answer.status < 300:
            raise Refused(method, path, answer.status, answer.json())
        return answer.json()


def create_world(server: str, **settings: Any) -> tuple[World, dict[str, Any]]:
    """Makes a world of one's own; returns it with the answer, whose ``keys`` are told this once.

    :param server: such as ``http://localhost:8080``
    """
    made = World(server).json("POST", "/api/worlds", body=settings)
    return World("%s/w/%s" % (server.rstrip("/"), made["world"])), made


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


# Bills and proofs belong to one address, so a redirect is an answer like any other.
_opener = urllib.request.build_opener(_NoRedirect)


def _answered(request: urllib.request.Request) -> Answer:
    try:
        with _opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
            content = answer.read(_LARGEST_ANSWER + 1)
            if len(content) > _LARGEST_ANSWER:
                raise ValueError("the answer is larger than 8 MiB")
            return Answer(answer.status, answer.headers, content)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read(_LARGEST_ANSWER))
