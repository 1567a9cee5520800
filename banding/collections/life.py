"""A collection after it was opened: changed, closed, opened again, deleted (rules.md B7)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.utils import timezone

from banding.choices import OPEN_STATES, CollectionMoveKind, FrameworkState, ReturnState
from banding.collections.milestones import problems_of_order
from banding.collections.services import LONGEST_NAME, problems_to_open
from banding.collections.telling import tell_office, tell_schools
from banding.collections.terms import TOLD, Terms
from banding.collections.untouched import begun_returns, problems_of_deleting
from banding.models import Collection, CollectionMove, Return
from banding.reminders.shifting import shift_reminders
from banding.returns.following import follow_in
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import counted, day, upper_first
from schools.choices import Sector
from schools.models import User
from schools.services.following import hold_places

SOMEBODY_CHANGED = "Somebody has changed this collection in the meantime. Look at what it says now."


@dataclass(frozen=True)
class Done:
    """What was done with a collection, as sentences."""

    collection: Collection
    said: list[str] = field(default_factory=list)


def locked_collection(collection: Collection) -> Collection:
    """Nobody else changes it; schools work on, for rows that point to it need no lock of it.

    Raises RefusalError where it is there no more.
    """
    found = Collection.objects.select_for_update(of=("self",), no_key=True)
    locked = found.select_related("framework").filter(pk=collection.pk).first()
    if locked is None:
        raise RefusalError("Somebody has deleted this collection in the meantime.")
    return locked


def lock_returns(collection: Collection) -> list[Return]:
    """All its returns, those put aside included, in the order everybody locks them."""
    found = Return.everything.select_for_update(of=("self",)).filter(collection=collection)
    return list(found.select_related("school").order_by("pk"))


def reason_given(reason: str) -> str:
    if not reason.strip():
        raise RefusalError("Say why.")
    return reason.strip()


@verb
def change_collection(
    *, collection: Collection, terms: Terms, reason: str, by: User, seen: str = ""
) -> Done:
    """Change the name, the sectors, the days and how schools answer, while it is open.

    `seen` is the mark of the terms that the person has seen. Returns what follows from it, who is
    told included. Raises RefusalError with every problem.
    """
    hold_places()
    locked = locked_collection(collection)
    before = Terms.of(locked)
    if seen and seen != before.mark():
        raise RefusalError(SOMEBODY_CHANGED)
    differences = before.differences(terms)
    if problems := problems_of_change(locked, before, terms, differences):
        raise RefusalError(*problems)
    why = reason_given(reason)
    said = [f"{upper_first(words)}." for words in differences.values()]
    had = list(locked.returns.select_related("school"))
    for name in differences:
        setattr(locked, name, getattr(terms, name))
    locked.save(update_fields=[*differences])
    said += follow_terms(locked, before, terms, by)
    what = "; ".join(differences.values())
    move = locked.moves.create(kind=CollectionMoveKind.CHANGED, moved_by=by, what=what, reason=why)
    said += tell_of_change(locked, move, differences)
    said += tell_not_asked(locked, move, had)
    return Done(locked, said)


def problems_of_change(
    collection: Collection, before: Terms, terms: Terms, differences: dict[str, str]
) -> list[str]:
    """Why these terms cannot be, as sentences."""
    if collection.is_closed:
        return ["It is closed. Open it again to change it."]
    if not differences:
        return ["Nothing would change."]
    days = asdict(terms)
    asked = [days[name] for name in ("sectors", "reference_date", "opens_on", "deadline")]
    problems = problems_to_open(collection.framework, *asked)
    later = {name: days[f"{name}_from"] for name in ("processing", "moderation")}
    wrong = problems_of_order(deadline=terms.deadline, **later, feedback=terms.feedback_on)
    problems += [f"{sentence}." for sentence in wrong.values()]
    if not terms.name.strip() or len(terms.name) > LONGEST_NAME:
        problems.append(f"The name must have 1 to {LONGEST_NAME} characters.")
    today = timezone.localdate()
    if "deadline" in differences and terms.deadline < today:
        problems.append("The new deadline must be today or later. To end it now, close it.")
    if "opens_on" in differences and before.opens_on <= today:
        problems.append("It has opened already, so the day it opens can no longer change.")
    if "reference_date" in differences and (begun := begun_returns(collection).count()):
        problems.append(
            f"{counted(begun, 'school')} {'has' if begun == 1 else 'have'} begun with the present "
            "reference date, so it can no longer change."
        )
    return problems


def follow_terms(collection: Collection, before: Terms, terms: Terms, by: User) -> list[str]:
    """Bring returns, extensions and reminders in line; what that brought, as sentences."""
    said = []
    if terms.deadline != before.deadline:
        overtaken = collection.returns.filter(extended_to__lte=terms.deadline)
        if count := overtaken.update(extended_to=None):
            said.append(had_more_time(count))
        shift_reminders(collection, (terms.deadline - before.deadline).days)
    dropped = set(before.sectors) - set(terms.sectors)
    if terms.reference_date != before.reference_date:
        dropped |= set(terms.sectors)
    if dropped:
        said += drop_returns(collection, dropped, keeps_some=bool(set(terms.sectors) - dropped))
    if dropped or set(terms.sectors) != set(before.sectors):
        had = set(Return.everything.filter(collection=collection).values_list("school", flat=True))
        follow_in(collection, None, by=by, is_opening=True)
        added = collection.returns.exclude(school__in=had).count()
        said.append(f"{counted(added, 'return')} made, each with its pupils.")
    return said


def had_more_time(count: int) -> str:
    schools = "1 school had" if count == 1 else f"{count:,} schools had"
    return f"{schools} more time until then or earlier: the new deadline now applies there too."


def drop_returns(collection: Collection, sectors: set[str], *, keeps_some: bool) -> list[str]:
    """Take out the returns of these sectors; raises RefusalError where a school has begun."""
    lock_returns(collection)
    begun = begun_returns(collection).filter(school__sector__in=sectors)
    if count := begun.count():
        named = ", ".join(str(Sector(sector).label) for sector in sorted(sectors))
        raise RefusalError(
            f"{counted(count, 'return')} of {named} {'has' if count == 1 else 'have'} been begun. "
            "A sector can be taken out only while nothing has been saved in it."
        )
    gone = Return.everything.filter(collection=collection)
    if keeps_some:
        gone = gone.filter(school__sector__in=sectors)
    count = gone.filter(put_aside_at=None).count()
    gone.delete()
    return [f"{counted(count, 'return')} taken out. Nothing had been saved there."]


def tell_of_change(
    collection: Collection, move: CollectionMove, differences: dict[str, str]
) -> list[str]:
    news = [words for name, words in differences.items() if name in TOLD]
    if not news:
        return ["Schools are not told: nothing changes for them."]
    returns = collection.returns.select_related("school")
    title = f"{collection.name} has changed: {'; '.join(news)}"
    return [told_words(tell_schools(returns, key=str(move.pk), title=title))]


def tell_not_asked(
    collection: Collection, move: CollectionMove, had: Sequence[Return]
) -> list[str]:
    """Tell the schools that had a return and have none any more, once it has opened."""
    asked = set(collection.returns.values_list("school", flat=True))
    gone = [each for each in had if each.school_id not in asked]
    if not gone or collection.opens_on > timezone.localdate():
        return []
    title = f"{collection.name} no longer asks your school: there is nothing to fill in"
    told = told_words(tell_schools(gone, key=str(move.pk), title=title, path="/"))
    return [f"{counted(len(gone), 'school')} no longer asked. {told}"]


def told_words(count: int) -> str:
    if not count:
        return "Nobody is told: none of the schools has a SENCO or headteacher who can sign in."
    people = "1 SENCO or headteacher is" if count == 1 else f"{count:,} SENCOs and headteachers are"
    return f"{people} told, on their home page and by email."


@verb
def close_collection(*, collection: Collection, reason: str, by: User) -> Done:
    """Close it: no school changes or submits a return any more. Schools that owe one are told.

    Raises RefusalError while submitted returns wait to be accepted.
    """
    hold_places()
    locked = locked_collection(collection)
    if locked.is_closed:
        raise RefusalError("It is closed already.")
    states = [each.state for each in lock_returns(locked) if each.put_aside_at is None]
    if waiting := states.count(ReturnState.SUBMITTED):
        wait = "return waits" if waiting == 1 else "returns wait"
        raise RefusalError(f"{waiting:,} submitted {wait} to be accepted. Deal with them first.")
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    why = reason_given(reason)
    move = locked.moves.create(kind=CollectionMoveKind.CLOSED, moved_by=by, reason=why)
    tell_office(locked, "is closed", key=move.pk, by=by)
    owing = locked.returns.filter(state__in=OPEN_STATES).select_related("school")
    owed = len(owing)
    said = ["Schools can read their returns but not change or submit them."]
    if not owed:
        return Done(locked, [*said, "Every return has been accepted."])
    said.append(f"{counted(owed, 'return')} not submitted: what was saved there does not count.")
    title = f"{locked.name} is closed. Your return was not submitted"
    return Done(locked, [*said, told_words(tell_schools(owing, key=str(move.pk), title=title))])


@verb
def reopen_collection(*, collection: Collection, reason: str, by: User) -> Done:
    """Open a closed collection again; its lists follow whoever moved meanwhile."""
    hold_places()
    locked = locked_collection(collection)
    if not locked.is_closed:
        raise RefusalError("It is open already.")
    if locked.framework.state != FrameworkState.PUBLISHED:
        raise RefusalError(
            f"{locked.framework} is retired: nobody is banded under it. Publish it again first."
        )
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    why = reason_given(reason)
    move = locked.moves.create(kind=CollectionMoveKind.REOPENED, moved_by=by, reason=why)
    tell_office(locked, "is open again", key=move.pk, by=by)
    follow_in(locked, None, by=by)
    owing = locked.returns.filter(state__in=OPEN_STATES).select_related("school")
    said = ["Schools that have not submitted their return can go on with it."]
    if locked.deadline < timezone.localdate():
        was = f"The deadline was {day(locked.deadline)}."
        said = [f"{was} Schools can go on once you change it, or give them more time."]
    title = f"{locked.name} is open again"
    told = tell_schools(owing, key=str(move.pk), title=title)
    return Done(locked, [*said, told_words(told)])


@verb
def delete_collection(*, collection: Collection, reason: str, by: User) -> Done:
    """Delete a collection with which no school has begun. The audit trail keeps that it was there.

    Raises RefusalError where anything was saved, a template is out or a sample was drawn.
    """
    hold_places()
    returns = lock_returns(collection)
    # After the returns, which whoever saves something holds while pointing to the collection.
    locked = Collection.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if locked is None:
        raise RefusalError("Somebody has deleted this collection in the meantime.")
    if problems := problems_of_deleting(locked):
        raise RefusalError(*problems)
    why = reason_given(reason)
    move = locked.moves.create(kind=CollectionMoveKind.DELETED, moved_by=by, reason=why)
    said = [f"{counted(len(returns), 'return')} deleted with it. Nothing had been saved there."]
    if locked.opens_on <= timezone.localdate():
        title = f"{locked.name} is withdrawn: there is nothing to fill in"
        owed = [each for each in returns if each.put_aside_at is None]
        said.append(told_words(tell_schools(owed, key=str(move.pk), title=title, path="/")))
    Return.everything.filter(collection=locked).delete()
    locked.delete()
    return Done(collection, said)
