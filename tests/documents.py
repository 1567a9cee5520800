"""Documents to send in, and a virus scanner that speaks the protocol of clamd."""

import contextlib
import io
import socketserver
import threading
import zipfile

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for a virus, and which does nothing."""


def pdf(text=b"hello"):
    return b"%PDF-1.4\n" + text + b"\n%%EOF\n"


def png():
    return b"\x89PNG\r\n\x1a\n" + b"0" * 20 + b"IEND\xaeB`\x82"


def jpeg():
    return b"\xff\xd8\xff\xe0" + b"0" * 20 + b"\xff\xd9"


def word(**parts):
    """A Word document; further or other parts by name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        usual = dict.fromkeys(("[Content_Types].xml", "word/document.xml"), "<x/>")
        for name, content in (usual | parts).items():
            archive.writestr(name, content)
    return kept.getvalue()


class Clamd(socketserver.StreamRequestHandler):
    """nINSTREAM, then chunks of a length in four bytes each, the last of none."""

    def handle(self):
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\n")


@contextlib.contextmanager
def scanner(settings):
    """A scanner at work, in the settings as long as this lasts."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def scanner_away(settings):
    """Nobody listens at this port."""
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
