"""A mail server for tests: real sockets, real SMTP, which counts and may refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes


@dataclass
class Mailbox:
    """What came in, by recipient; addresses in `refused` are told that nobody is there."""

    port: int = 0
    received: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as an email needs."""

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        to = ""
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say("550 No such person" if to in box.refused else "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                self.keep(box, to)
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def keep(self, box: Mailbox, to: str) -> None:
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            data += line
        with box.lock:
            box.received.append(to)
            box.numbers.append(message_from_bytes(data)["Message-ID"].strip())

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(port: int = 0) -> Iterator[Mailbox]:
    """Listens on a port of this machine until the end of the block."""
    with Server(("127.0.0.1", port), Conversation) as server:
        box = Mailbox(server.server_address[1])
        server.box = box  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()


def use(settings, port: int) -> None:
    """Send by the server on this port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
