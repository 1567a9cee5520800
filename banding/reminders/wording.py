"""Words written for a reminder: placeholders in braces, each of them known (R3). Pure."""

import re
from collections.abc import Mapping

PLACEHOLDERS = {
    "name": "the person the email goes to",
    "school": "the school",
    "collection": "the collection",
    "deadline": "“is due in 7 days, on 30 November 2026”, by the day the email is sent",
    "left": "a sentence on what is left to do",
    "link": "the address of the return",
}
IN_SUBJECT = ("school", "collection", "deadline")
NEEDED = ("collection", "school", "left", "link")
"""What every reminder says (R3)."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def problems_of_words(subject: str, text: str) -> dict[str, list[str]]:
    """What is wrong with a subject and a text, as sentences by “subject” and “text”; empty words
    stand for the standard ones.
    """
    found = {
        "subject": problems_of_one(subject, IN_SUBJECT),
        "text": problems_of_one(text, tuple(PLACEHOLDERS)),
    }
    missing = [each for each in NEEDED if text.strip() and each not in PLACEHOLDER.findall(text)]
    if missing:
        found["text"].append(f"Every reminder must say {listed(missing)}. Add that to the text")
    return {field: problems for field, problems in found.items() if problems}


def problems_of_one(text: str, allowed: tuple[str, ...]) -> list[str]:
    problems = [
        f"There is no placeholder {{{given}}} here. You can use {listed(allowed)}"
        for given in dict.fromkeys(PLACEHOLDER.findall(text))
        if given not in allowed
    ]
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        problems.append("There is a lone brace. Write a placeholder like {school}, or no brace")
    return problems


def listed(names: tuple[str, ...] | list[str]) -> str:
    """“{school}, {left} and {link}”"""
    *rest, last = [f"{{{each}}}" for each in names]
    return f"{', '.join(rest)} and {last}" if rest else last


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders replaced; a value is never read for placeholders itself."""
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), text)
