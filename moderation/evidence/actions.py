"""What a person may do with a request for evidence now (rules.md M5)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import JUDGES, SENCO
from moderation.choices import EvidenceState
from moderation.evidence.models import EvidenceRequest
from moderation.selectors.conflicts import conflict_of
from moderation.selectors.sight import Stage, stage_of
from schools.models import User

MOST_DOCUMENTS = 20
FULL = f"There are {MOST_DOCUMENTS} documents already. Take one away, or put several into one PDF."


@actions_for.register
def evidence_actions(asked: EvidenceRequest, user: User) -> Actions:
    """The school's SENCO answers; those on the case take the request back."""
    over = [] if asked.state == EvidenceState.ASKED else [closed_words(asked)]
    found: list[Action] = []

    def url(name: str) -> str:
        return reverse(f"moderation:evidence_{name}", args=[asked.pk])

    if user.school_ids_as(*SENCO) & {asked.school.pk, asked.case.decision.school_id}:
        full = [FULL] if not over and asked.documents.count() >= MOST_DOCUMENTS else []
        found += [
            Action("add", "Add a document", url("detail"), why_not=over or full),
            Action("answer", "Answer the request", url("answer"), primary=True, why_not=over),
        ]
    if user.has_role(*JUDGES):
        found.append(
            Action(
                "withdraw",
                "Withdraw the request",
                url("withdraw"),
                why_not=lambda: over or why_not_on_the_case(asked, user),
            )
        )
    return Actions(*found)


def closed_words(asked: EvidenceRequest) -> str:
    if asked.state == EvidenceState.ANSWERED:
        return "This request is answered already."
    return "The authority has withdrawn this request. Nothing is needed any more."


def why_not_on_the_case(asked: EvidenceRequest, user: User) -> list[str]:
    if bar := conflict_of(user, asked.case):
        return [f"{bar.own}, so you cannot withdraw this request."]
    if stage_of(asked.case, user) != Stage.COMPARING:
        return ["Those on the case withdraw this request."]
    return []
