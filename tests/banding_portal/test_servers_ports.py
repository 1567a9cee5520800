"""The port of `make run`."""

import socket

import pytest

from banding_portal.servers.demonstration import read_port
from banding_portal.servers.errors import SetUpError
from banding_portal.servers.ports import HOST, check_free, free_port, suggestion


def test_taken_port_gets_a_sentence_with_a_way_out():
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetUpError) as caught:
            check_free(port)
    assert str(caught.value) == (
        f"Port {port} is taken by another program. Choose another: `PORT=9000 make run`."
    )


def test_free_port_is_free():
    check_free(free_port())


def test_suggested_port_is_not_the_taken_one():
    assert suggestion(9000) == 9100


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5", ""])
def test_nonsense_port_gets_a_sentence(text):
    with pytest.raises(SetUpError, match="PORT must be a number from 1 to 65535"):
        read_port(text)


def test_port_is_read():
    assert read_port("9000") == 9000
