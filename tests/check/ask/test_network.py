"""A machine without network is told from a world without the host."""

from __future__ import annotations

import socket

import pytest
from check.fakes import NOON, ask, ask_one, internet, response
from loopback import Loopback, redirect, reply

from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.read.evidence import evidence_of
from mkdocs_backlinks.model import Target, Url

GONE = "https://gone.test/"
NOWHERE = "http://127.0.0.1:64999/"
"""Nobody listens there."""


def test_an_unknown_host_is_believed_when_a_control_name_is_known() -> None:
    evidence = ask_one(GONE)
    assert (evidence.failure, evidence.detail) == ("unknown_host", "no host has this name")


def test_an_unknown_host_is_believed_when_a_public_host_has_answered() -> None:
    with Loopback({"/": reply(404)}) as server:
        found = ask(GONE, server.url(), environment=internet(names={}))
    assert found[GONE].failure == "unknown_host"


@pytest.mark.parametrize("error", [socket.EAI_NONAME, socket.EAI_AGAIN])
def test_nothing_is_believed_without_a_network(error: int) -> None:
    found = ask(GONE, NOWHERE, "http://gone.invalid/", environment=internet(names={}, name_error=error))
    assert {url: evidence.failure for url, evidence in found.items()} == {
        GONE: "offline",
        NOWHERE: "offline",
        "http://gone.invalid/": "unknown_host",
    }
    assert found[GONE].detail.startswith("no network: ")


def test_a_private_host_proves_nothing() -> None:
    with Loopback({"/": reply()}) as server:
        server.routes["/out"] = redirect("http://gone.invalid/")
        inside, out = server.url(), server.url("/out")
        nobody = NOWHERE
        found = ask(GONE, inside, out, nobody, environment=internet(names={}), allow_private=("127.0.0.1",))
    assert found[inside].status == 200
    assert found[GONE].failure == "offline"
    assert found[out].failure == "unknown_host"
    assert found[nobody].failure == "connection"


def test_evidence_is_certain_as_soon_as_the_network_is_proven() -> None:
    network = Network(internet().resolve, ())
    draft = evidence_of(Target(Url(GONE), ()), response(GONE, failure="unknown_host", stage="name"), NOON)
    assert not network.is_certain(draft)
    network.watch(response("https://there.test/", 404))
    assert network.is_certain(draft)


def test_a_lost_connection_alone_is_no_missing_network() -> None:
    assert ask_one(NOWHERE, environment=internet(names={})).failure == "connection"


def test_a_name_server_in_trouble_says_nothing_about_the_host() -> None:
    evidence = ask_one(GONE, environment=internet(name_error=socket.EAI_AGAIN))
    assert (evidence.failure, evidence.detail) == ("connection", "told so")
