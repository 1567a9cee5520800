"""GOV.UK Notify for tests: real HTTP, its paths, its tokens and its answers, which counts."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import jwt

SERVICE, SECRET, TEMPLATE = (str(uuid4()) for _ in range(3))
KEY = f"portal-{SERVICE}-{SECRET}"
TOKEN = "a-token-of-twenty-letters-and-more"
INVALID = "email_address Not a valid email address"


@dataclass
class Notify:
    """What came in; addresses in `refused` are invalid, `status` answers everything."""

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    status: int = 0
    limit: int = 100
    breaks: bool = False
    """Whether it takes an email and hangs up without an answer."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def received(self) -> list[str]:
        return [each["email_address"] for each in self.taken]


class Conversation(BaseHTTPRequestHandler):
    notify: Notify

    def do_GET(self) -> None:
        if self.is_let_in():
            known = self.path == f"/v2/template/{TEMPLATE}"
            self.answer(200, {"id": TEMPLATE}) if known else self.refuse(404, "No result found")

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.is_let_in():
            return
        if set(sent["personalisation"]) != {"subject", "body"} or sent["template_id"] != TEMPLATE:
            self.refuse(400, "Missing personalisation")
        elif len(self.notify.taken) >= self.notify.limit:
            self.refuse(429, "Exceeded rate limit")
        elif sent["email_address"] in self.notify.refused:
            self.refuse(400, INVALID)
        else:
            with self.notify.lock:
                self.notify.taken.append(sent)
            if not self.notify.breaks:
                self.answer(201, {"id": str(uuid4()), "reference": sent.get("reference")})

    def is_let_in(self) -> bool:
        """Whether the token is signed with the secret of the key, as Notify asks for."""
        if self.notify.status:
            self.refuse(self.notify.status, "Exceeded rate limit")
            return False
        given = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            issuer = jwt.decode(given, SECRET, algorithms=["HS256"])["iss"]
        except jwt.PyJWTError:
            issuer = ""
        if issuer != SERVICE:
            self.refuse(403, "Invalid token: API key not found")
        return issuer == SERVICE

    def refuse(self, status: int, message: str) -> None:
        self.answer(status, {"status_code": status, "errors": [{"error": "E", "message": message}]})

    def answer(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def notify_server() -> Iterator[Notify]:
    """Listens on a port of this machine until the end of the block."""
    notify = Notify()
    handler = type("Handler", (Conversation,), {"notify": notify})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        notify.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield notify
        server.shutdown()


def use(settings: Any, url: str) -> None:
    """Send by the Notify at this address."""
    settings.EMAIL_BACKEND = "banding_portal.mails.notify.NotifyBackend"
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE = KEY, TEMPLATE
    settings.NOTIFY_URL, settings.NOTIFY_RECEIPTS_TOKEN = url, TOKEN
