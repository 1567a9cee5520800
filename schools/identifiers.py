"""Numbers that identify pupils and schools: UPN (S4), URN and DfE number (S1)."""

import re
from dataclasses import dataclass

from banding_portal.folding import clean_code
from banding_portal.refusals import RefusalError

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_LENGTH = 13
DFE_NUMBER = re.compile(r"(\d{3})/?(\d{4})", re.ASCII)
URN = re.compile(r"[1-9]\d{5}", re.ASCII)
ARRANGEMENT = re.compile(r"P[0-9]{5}")


def normalise_upn(text: str) -> str:
    """Return the UPN as it is stored, in upper case without spaces or anything invisible (S4, S9).

    Raises RefusalError with a sentence when its check letter or its form is wrong.
    """
    reason = check_upn(text)
    if reason:
        raise RefusalError(reason)
    return clean_code(text)


def check_upn(text: str) -> str | None:
    """Return why the text is not a UPN as a sentence, or None when it is one or is empty (S4).

    The authority's part is not checked: a UPN outlives its authority. Sentences never repeat
    the text, so they may be logged.
    """
    upn = clean_code(text)
    if not upn:
        return None
    if len(upn) != UPN_LENGTH:
        return f"A UPN has {UPN_LENGTH} characters; this has {len(upn)}."
    if upn[0] not in UPN_LETTERS:
        return "A UPN starts with a letter other than I, O or S."
    wrong = next((place for place in range(2, UPN_LENGTH) if not _is_digit(upn[place - 1])), None)
    if wrong:
        return f"Character {wrong} of a UPN is a digit; this one is not."
    if not _is_digit(upn[-1]) and upn[-1] not in UPN_LETTERS:
        return "A UPN ends with a digit, or a letter other than I, O or S."
    if upn[0] != check_letter(upn[1:]):
        return "The first letter of the UPN does not match the rest: one character is wrong."
    return None


def is_temporary(upn: str) -> bool:
    """Whether a UPN, as it is stored, is a temporary one: it ends with a letter (S4)."""
    return bool(upn) and not _is_digit(upn[-1])


def check_letter(rest: str) -> str:
    """Return the letter that goes before the other 12 characters of a UPN (S4)."""
    values = (int(char) if _is_digit(char) else UPN_LETTERS.index(char) for char in rest)
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def _is_digit(char: str) -> bool:
    return char in "0123456789"


def parse_urn(text: str) -> int:
    """Return the URN, six digits not starting with 0 (S1). Raises RefusalError with a sentence."""
    if not URN.fullmatch(text.strip()):
        raise RefusalError("A URN is a number of six digits, such as 114704.")
    return int(text)


def parse_place(text: str) -> str:
    """Return a URN, or the portal's code of an arrangement without a school, like P00001 (S14).

    Raises RefusalError with a sentence.
    """
    code = text.strip().upper()
    return code if ARRANGEMENT.fullmatch(code) else str(parse_urn(text))


@dataclass(frozen=True, slots=True, order=True)
class DfeNumber:
    """LA code and establishment number of a school, written 881/2001 (S1)."""

    la_code: str
    establishment: str

    def __str__(self) -> str:
        return f"{self.la_code}/{self.establishment}"


def parse_dfe_number(text: str) -> DfeNumber:
    """Return the DfE number in `8812001` or `881/2001` (S1). Raises RefusalError."""
    match = DFE_NUMBER.fullmatch(text.strip())
    if not match:
        raise RefusalError("A DfE number has seven digits, such as 881/2001 or 8812001.")
    return DfeNumber(*match.groups())
