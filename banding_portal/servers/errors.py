"""What may go wrong while setting up, said in a sentence."""

from pathlib import Path


class SetUpError(Exception):
    """Something the person at the keyboard can put right; the message says how."""


def with_log(sentence: str, log: Path, lines: int = 20) -> SetUpError:
    """The error that says `sentence` and shows the last lines of `log`."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = "(no log)"
    end = "\n".join(text.splitlines()[-lines:])
    return SetUpError(f"{sentence} The end of {log}:\n{end}")
