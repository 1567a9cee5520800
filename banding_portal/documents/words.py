"""The words of a document that was sent in, read in a limited process of its own."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from banding_portal.documents.choices import DocumentType
from banding_portal.files.limits import MEGABYTE
from banding_portal.files.reading import run_process

READER = Path(__file__).with_name("words_reader.py")
LIMITS = {"seconds": 8, "memory": 384 * MEGABYTE, "max_text": 600_000, "max_pages": 300}
READ = (DocumentType.PDF, DocumentType.WORD)


@dataclass(frozen=True)
class Words:
    text: str = ""
    whole: bool = False
    """Whether all of it was read: not of a picture, a scan, or what is locked or damaged."""


def words_of(kind: DocumentType, content: bytes) -> Words:
    if kind not in READ:
        return Words()
    try:
        done = run_process(LIMITS | {"type": kind.value}, content, READER)
    except subprocess.TimeoutExpired:
        return Words()
    if done.returncode:
        return Words()
    return Words(**json.loads(done.stdout))
