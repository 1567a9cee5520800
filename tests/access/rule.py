"""What is said of an address: who may read it, who may change it, what it answers."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """Roles that may read, roles that may change, and what fills the address.

    A value of `objects` is a noun of tests/access/world.py; one that begins with "=" stands for
    itself. `get` is what reading answers: 200, or 405 where an address only takes changes.
    """

    roles: frozenset[str]
    write: frozenset[str] | None = None
    objects: dict[str, str] = field(default_factory=dict)
    get: frozenset[int] = frozenset({200})
    shows: frozenset[str] = frozenset()
    """Words this page may show in spite of NEVER_SHOWN."""
    public: bool = False

    def holders(self, reading: bool) -> frozenset[str]:
        return self.roles if reading or self.write is None else self.write


def rule(
    *roles: str, write: tuple[str, ...] | None = None, get: int | set[int] = 200, **objects: str
) -> Rule:
    statuses = frozenset({get} if isinstance(get, int) else get)
    writers = frozenset(write) if write is not None else None
    return Rule(frozenset(roles), writers, objects, statuses)


def change(*roles: str, **objects: str) -> Rule:
    """An address behind a button; who opens it is led back."""
    return rule(*roles, get=302, **objects)
