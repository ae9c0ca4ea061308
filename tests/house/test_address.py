"""What `make run` says when it cannot serve where it was told to."""

import socket

import pytest
from django.core.management.base import CommandError

from fairealliance.config.environment import BadSetting
from fairealliance.config.management.commands.serve import check_address


def test_a_taken_port_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(CommandError, match="choisissez un autre port"):
            check_address()
        taken.close()
        check_address()


@pytest.mark.parametrize(("port", "told"), [("abc", "« abc »"), ("99999", "de 1 à 65535")])
def test_a_port_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, port: str, told: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(BadSetting, match=told):
        check_address()
