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


def pdf_saying(*pages):
    """A PDF whose pages have these words, or a picture where they are None."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    dots = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace"
    picture = dots + b"/DeviceGray/Length 1>>stream\n0\nendstream"
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(len(pages)))
    tree = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", tree, font, picture]
    for place, words in enumerate(pages):
        has = b"<</XObject<</I 4 0 R>>>>" if words is None else b"<</Font<</F 3 0 R>>>>"
        what = b"/I Do" if words is None else f"BT /F 12 Tf 72 720 Td ({words}) Tj ET".encode()
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * place} 0 R"
        parts.append(page.encode() + b"/Resources" + has + b">>")
        parts.append(b"<</Length %d>>stream\n%b\nendstream" % (len(what), what))
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


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
