"""Invitations to many people at once: put down first, mailed by a worker."""

from django.utils import timezone

from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.jobs.services import start_job
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import lower_first
from schools.actions.people import actions_on_people
from schools.choices import Invited
from schools.models import InvitationRound, User
from schools.selectors.people import people_to_invite
from schools.services.people import mail_invitation


@verb
def start_invitations(*, whom: str, by: User) -> InvitationRound:
    """Put down that all of them are invited now, and ask for their emails.

    The moment is what each link rests on: it is kept before the first email goes, so that a
    worker that dies, or a cancel, leaves no link behind that does not work. Raises RefusalError
    where nobody waits, so that of two rounds at once one finds nobody.
    """
    actions_on_people(by).require("invite_all")
    people = list(people_to_invite(whom).select_for_update(of=("self",)))
    if not people:
        raise RefusalError(f"There are no {lower_first(str(Invited(whom).label))}.")
    now = timezone.now()
    for person in people:
        person.invited_at = now
    User.objects.bulk_update(people, ["invited_at"], batch_size=1000)
    return start_job(InvitationRound(invited_at=now, started_by=by))


def mail_round(job: InvitationRound, progress: Progress) -> Result:
    """The work of a round: an email to each who has not signed in since.

    Whom the mail server did not take waits to be invited again. A round that is done twice, for
    its worker died, mails the same link twice.
    """
    people = list(
        User.objects.filter(invited_at=job.invited_at, is_active=True, last_login=None)
    )  # fmt: skip
    refused = []
    for done, person in enumerate(people):
        progress(done, len(people))
        try:
            mail_invitation(person)
        except OSError:
            refused.append(person)
    User.objects.filter(pk__in=[person.pk for person in refused]).update(invited_at=None)
    progress(len(people), len(people))
    return Result(
        warnings=[Issue("The email could not be sent", who=person.email) for person in refused],
        preview={"sent": len(people) - len(refused), "refused": len(refused)},
    )
