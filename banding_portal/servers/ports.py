"""TCP ports on this machine."""

import errno
import socket

from .errors import SetUpError

HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def check_free(port: int) -> None:
    """Raises SetUpError, with a way out, when the portal can't listen on `port`."""
    with socket.socket() as probe:
        # As the web server does: connections that are just closing don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = f"Choose another: `PORT={suggestion(port)} make run`."
            if error.errno == errno.EADDRINUSE:
                raise SetUpError(f"Port {port} is taken by another program. {other}") from error
            raise SetUpError(f"Port {port} can't be used ({error.strerror}). {other}") from error


def suggestion(port: int) -> int:
    """A port to offer instead of `port`."""
    return 9000 if port != 9000 else 9100
