"""New pupils of a caseload who are perhaps known already, or are in the file twice (S8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from banding.caseload.changes import Difference
from banding.caseload.checking import CaseloadPupil
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import CaseloadChoice
from banding_portal.jobs.results import Issue
from banding_portal.words import short_day
from schools.actions.pupils import actions_on_pairs
from schools.choices import MatchReason
from schools.matching import Identity, compare
from schools.models import Pupil, User
from schools.selectors.matches import PupilMatch, matches_for, pairs_sharing_a_key
from schools.services.answers import tell_apart

ALIKE = (MatchReason.NAME_AND_BIRTH, MatchReason.SWAPPED_DATE)


@dataclass
class Identified:
    """What was found; `same` are pupils of the portal by the reference the file has for them."""

    same: dict[str, Pupil] = field(default_factory=dict)
    others: dict[str, Pupil] = field(default_factory=dict)
    """Pupils of the portal whom a new one is not, though they are alike."""
    differences: list[Difference] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)

    def take(self, given: CaseloadPupil, match: PupilMatch, choices: Mapping[str, str]) -> None:
        """The surest match of a new pupil: surely the same one, or a question."""
        key, ours = f"same {match.pupil.reference}", in_words(match.pupil)
        usual = CaseloadAnswer.OURS if match.match.is_strong else CaseloadAnswer.FILE
        answer = choices.get(f"{given.reference} {key}", usual)
        decided = f"{given.reference} {key}" in choices
        self.differences.append(
            Difference(
                kind=DifferenceKind.PERHAPS,
                reference=given.reference,
                key=key,
                who=who_is(given),
                what=str(match.match)[:250],
                ours=ours[:250],
                theirs=given.reference,
                answer=answer,
                decided=decided,
            )
        )
        pupils = self.same if answer == CaseloadAnswer.OURS else self.others
        pupils[given.reference] = match.pupil
        if not decided and not match.match.is_strong:
            said = (
                f"A second record would be made, much like one the portal has: {ours}. "
                f"{match.match}. If it is the same child, say so under "
                f"“{DifferenceKind.PERHAPS.label}”."
            )
            self.warnings.append(given.row.note("pupil_id", said))


def identify(pupils: Mapping[str, CaseloadPupil], found: Identified) -> None:
    """Whom the new pupils of a file may be. A strong match is the pupil; a weak one is asked."""
    known = set(Pupil.everything.filter(reference__in=pupils).values_list("reference", flat=True))
    new = [pupil for reference, pupil in pupils.items() if reference not in known]
    identities = [identity_of(pupil) for pupil in new]
    choices = answers_about([pupil.reference for pupil in new])
    for given, matches in zip(new, matches_for(identities) if new else [], strict=True):
        if matches:
            found.take(given, matches[0], choices)
    found.warnings += alike_in_file(new, identities)


def alike_in_file(new: Sequence[CaseloadPupil], identities: Sequence[Identity]) -> list[Issue]:
    """A warning for each two new pupils alike but for their reference: both would be paid."""
    warnings = []
    for one, other in sorted(pairs_sharing_a_key(identities)):
        match = compare(identities[one], identities[other])
        if match and match.reasons[0] in ALIKE:
            first = new[one]
            said = (
                f"Two records would be made, perhaps of one child: {match}, as "
                f"{first.reference} in row {first.row.number}. If it is one child, give both rows "
                "one pupil_id and upload the file again."
            )
            warnings.append(new[other].row.note("pupil_id", said))
    return warnings


def keep_apart(found: Identified, new: Iterable[Pupil], by: User | None) -> None:
    """Whoever applies the file has answered for the others; the standing check asks no more."""
    if by is None or not actions_on_pairs(by).may("answer"):
        return
    for pupil in new:
        if other := found.others.get(pupil.reference):
            tell_apart(pupil=pupil, others=[other], reason="Answered with a caseload", by=by)


def answers_about(references: Sequence[str]) -> dict[str, str]:
    """What people have said, by reference and key."""
    kept = CaseloadChoice.objects.filter(kind=DifferenceKind.PERHAPS, reference__in=references)
    rows = kept.order_by("decided_at").values_list("reference", "key", "answer")
    return {f"{reference} {key}": answer for reference, key, answer in rows}


def identity_of(given: CaseloadPupil) -> Identity:
    row = given.row
    return Identity(
        row["surname"], row["forename"], row["date_of_birth"], given.reference, given.upn
    )


def in_words(pupil: Pupil) -> str:
    born = short_day(pupil.date_of_birth)
    return f"{pupil} ({pupil.reference}), born {born}, UPN {pupil.upn or 'missing'}"


def who_is(given: CaseloadPupil) -> str:
    return f"{given.row['surname']}, {given.row['forename']} ({given.reference})"
