"""The help texts: one file a topic under `topics/`, one topic for one page or for several.

A file begins with its title and the names of its pages; the rest is text (banding_portal.markup).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from banding_portal.folding import fold
from banding_portal.help.asking import WHO_TO_ASK
from banding_portal.help.searching import Weighed, rank
from banding_portal.words import in_own_words

FILES = Path(__file__).parent / "topics"
GROUPS = (
    *("Getting started", "Returns and bands", "Pupils", "Collections", "Moderation"),
    *("Funding", "Schools and people", "Files", "Your account"),
)
ASKING = "# Who to ask"
REACH = "[How to reach the authority](/contact/)"


@dataclass(frozen=True)
class Topic:
    """One text of help. `pages` are names of addresses, as `reverse` takes them."""

    slug: str
    title: str
    group: str
    pages: tuple[str, ...]
    text: str

    @property
    def lead(self) -> str:
        """The first sentences, for a list."""
        return next(
            line for line in self.text.splitlines() if line and not line.startswith(("#", "*"))
        )


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its slug, in the order of the groups and then of the titles."""
    read = sorted(map(read_topic, FILES.glob("*.txt")), key=lambda each: each.title)
    return {each.slug: each for each in sorted(read, key=lambda each: GROUPS.index(each.group))}


def read_topic(file: Path) -> Topic:
    read = in_own_words(file.read_text(encoding="utf-8"))
    title, group, pages, ask, *text = read.splitlines()
    body = "\n".join([*text, "", ASKING, WHO_TO_ASK[value_of("ask", ask)], "", REACH]).strip()
    names = tuple(value_of("pages", pages).split())
    return Topic(file.stem, title, value_of("group", group), names, body)


def value_of(name: str, line: str) -> str:
    found, _, value = line.partition(":")
    if found != name:
        raise ValueError(f"“{line}” should be the line of “{name}”.")
    return value.strip()


@cache
def topic_of_page() -> dict[str, Topic]:
    """The topic of each page that has one, by the page's name."""
    return {page: topic for topic in topics().values() for page in topic.pages}


MOST_FOUND = 12


def found_topics(asked: str) -> list[Topic]:
    """The topics that answer best what somebody asks, in their own words."""
    return [topics()[slug] for slug in rank(asked, weighed_topics())[:MOST_FOUND]]


def topics_holding(asked: str) -> list[Topic]:
    """Those with every word as it stands: beside pupils and schools, nothing else was meant."""
    wanted = fold(asked).split()
    return [each for each in found_topics(asked) if holds(f"{each.title} {each.text}", wanted)]


@cache
def weighed_topics() -> dict[str, Weighed]:
    """Without “Who to ask”, which is under every topic."""
    return {
        slug: Weighed.of(each.title, each.text.partition(ASKING)[0])
        for slug, each in topics().items()
    }


def holds(text: str, wanted: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)
