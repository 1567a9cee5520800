"""The quadrants of schools from a file, new quadrants included."""

from collections.abc import Iterable

from django.utils.text import slugify

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.files.tables import TableLine, read_table
from banding_portal.folding import fold
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Progress, Result
from banding_portal.words import NOTHING
from schools.actions.register import actions_on_quadrants
from schools.models import Quadrant, School, User
from schools.people_columns import LIMITS, OUT, QUADRANT_COLUMNS

LOCK = 7_114_712


def import_quadrants(_: Progress, *, filename: str, content: bytes, by: User) -> Result:
    """Put the schools of a file into their quadrants; the same file again changes nothing.

    A blank leaves a school where it is. Call it inside a transaction and roll back when the
    result has issues.
    """
    actions_on_quadrants(by).require("upload")
    one_at_a_time(LOCK)
    table = read_table(filename, content, QUADRANT_COLUMNS, LIMITS)
    schools = {
        school.urn: school for school in School.objects.select_related("quadrant").all()
    }  # fmt: skip
    for line in table.lines:
        if line["urn"] and line["urn"] not in schools:
            line.refuse("urn", "No school in the portal has this URN.")
        if line["quadrant"] and not slugify(line["quadrant"]):
            line.refuse("quadrant", "Enter a name with letters, like North East.")
    if table.issues:
        return Result(issues=table.issues)
    return Result(preview=save(table.lines, schools, table.headings.ignored).as_dict())


def save(
    lines: Iterable[TableLine], schools: dict[str, School], ignored: list[str]
) -> Preview:  # fmt: skip
    wanted = [line for line in lines if line["quadrant"]]
    quadrants, made = named_quadrants(line["quadrant"] for line in wanted)
    changes, moved = [], []
    for line in wanted:
        school = schools[line["urn"]]
        quadrant = quadrants.get(fold(line["quadrant"]))
        if school.quadrant != quadrant:
            who = f"{school} ({school.urn})"
            old, new = (str(one) if one else NOTHING for one in (school.quadrant, quadrant))
            changes.append(Change(who, "Quadrant", old, new))
            school.quadrant = quadrant
            moved.append(school)
    School.objects.bulk_update(moved, ["quadrant"], batch_size=1000)
    return Preview(
        figures=[
            Figure("quadrants", "New quadrants", len(made)),
            Figure("moved", "Schools that move", len(moved)),
            Figure("unchanged", "Schools that stay", len(list(lines)) - len(moved)),
        ],
        new=[New(quadrant.name, "Quadrant") for quadrant in made],
        changes=changes,
        ignored=ignored,
    )


def named_quadrants(names: Iterable[str]) -> tuple[dict[str, Quadrant], list[Quadrant]]:
    """Quadrants by their folded name or code, those that had to be made included."""
    found: dict[str, Quadrant] = {}
    for quadrant in Quadrant.objects.all():
        found[fold(quadrant.code)] = found[fold(quadrant.name)] = quadrant
    by_code = {quadrant.code: quadrant for quadrant in found.values()}
    made = []
    for name in names:
        if fold(name) == OUT or fold(name) in found:
            continue
        code = slugify(name)[:50]
        if code not in by_code:
            by_code[code] = Quadrant.objects.create(code=code, name=name)
            made.append(by_code[code])
        found[fold(name)] = by_code[code]
    return found, made
