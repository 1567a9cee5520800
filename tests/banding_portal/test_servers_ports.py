"""The port of `make run`."""

import socket

import pytest

from banding_portal.servers.errors import SetUpError
from banding_portal.servers.ports import HOST, check_free, read_port


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


def test_port_of_a_server_that_has_just_stopped_is_free():
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    check_free(port)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5", ""])
def test_nonsense_port_gets_a_sentence(text):
    with pytest.raises(SetUpError, match="PORT must be a number from 1 to 65535"):
        read_port(text)


def test_port_is_read():
    assert read_port("9000") == 9000
