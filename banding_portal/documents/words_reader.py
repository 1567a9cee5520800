"""Reads the words of a document from standard input and writes them to standard output as JSON.

Runs as a process of its own, without Django and with little memory, time and nothing to open:
`python -I words_reader.py '{"type": "application/pdf", …}'`, the keys being those of
`words.LIMITS`. The answer is `{"text": …, "whole": …}`; what cannot be read ends with another
exit code than 0.
"""

import html
import io
import json
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

WORD_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", re.IGNORECASE
)
BREAK = re.compile(r"</w:p>|<w:tab/>|<w:br/>")
LETTER = re.compile(r"[^\W\d_]")


def limit_this_process(memory: int, seconds: int) -> None:
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds}
    for limit, most in (limits | {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}).items():
        resource.setrlimit(limit, (most, most))


def pages_of_pdf(content: bytes) -> Iterator[tuple[str, bool]]:
    """The words of each page, and whether a picture stands in their place."""
    from pypdf import PdfReader

    logging.disable()  # it warns of what it repairs
    for page in PdfReader(io.BytesIO(content)).pages:
        text = page.extract_text()
        yield text, not LETTER.search(text) and bool(page.images)


def parts_of_word(content: bytes, most: int) -> Iterator[tuple[str, bool]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if WORD_PARTS.fullmatch(name):
                with archive.open(name) as part:
                    found = part.read(most).decode("utf-8", "replace")
                yield html.unescape(re.sub(r"<[^>]*>", "", BREAK.sub("\n", found))), False


def words_in(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    most = asked["max_text"]
    pdf = asked["type"] == "application/pdf"
    parts = pages_of_pdf(content) if pdf else parts_of_word(content, most)
    texts, whole, length = [], True, 0
    for place, (text, is_picture) in enumerate(parts):
        length += len(text)
        if length > most or place >= asked["max_pages"]:
            whole = False
            break
        texts.append(text)
        whole = whole and not is_picture
    text = "\n".join(texts)
    return {"text": text, "whole": whole and bool(LETTER.search(text))}


def main() -> None:
    asked = json.loads(sys.argv[1])
    limit_this_process(asked["memory"], asked["seconds"])
    sys.stdout.write(json.dumps(words_in(sys.stdin.buffer.read(), asked)))


if __name__ == "__main__":
    main()
