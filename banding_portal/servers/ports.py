"""The port of the demonstration."""

import errno
import socket

from .errors import SetUpError

HOST = "127.0.0.1"
LOWEST, HIGHEST = 1, 65535


def read_port(text: str) -> int:
    """The port written as `text`. Raises SetUpError when it is none."""
    if text.isdecimal() and LOWEST <= int(text) <= HIGHEST:
        return int(text)
    raise SetUpError(f"PORT must be a number from {LOWEST} to {HIGHEST}, not “{text}”.")


def check_free(port: int) -> None:
    """Raises SetUpError, with a way out, when the portal can't listen on `port`."""
    with socket.socket() as probe:
        # As the web server does: connections that are just closing don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = f"Choose another: `PORT={9000 if port != 9000 else 9100} make run`."
            if error.errno == errno.EADDRINUSE:
                raise SetUpError(f"Port {port} is taken by another program. {other}") from error
            raise SetUpError(f"Port {port} can’t be used ({error.strerror}). {other}") from error
