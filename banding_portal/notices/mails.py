"""What the email of each kind says: what happened, and what to do now.

None of it comes from what anybody typed: a message may name a pupil, and emails hold no pupil
data (rules.md R3). The page that the email leads to has the message. The one message that is sent
along is that of a return sent back, where it says nothing of who a pupil is (decision 19).
"""

from banding_portal.notices.choices import NoticeKind

SAID: dict[str, str] = {
    NoticeKind.RETURNED: (
        "The authority has sent your return back. Its message is on the page of the return. It is "
        "not in this email because it may say who a pupil is. Read it, correct what it asks about, "
        "and submit the return again."
    ),
    NoticeKind.ACCEPTED: (
        "The authority has read your return and accepted it. You do not need to do anything."
    ),
    NoticeKind.JOINER_PLACED: (
        "The authority has placed a pupil at your school. Open the page to see which return the "
        "pupil is on, and whether you need to choose a band."
    ),
    NoticeKind.JOINER_REFUSED: (
        "The authority has not placed a pupil whom you reported as a joiner. Open the page to read "
        "why. You can report the pupil again with what was missing."
    ),
    NoticeKind.LEAVER_ACCEPTED: (
        "The authority has taken a pupil whom you reported as a leaver off your roll. You do not "
        "need to do anything."
    ),
    NoticeKind.LEAVER_REFUSED: (
        "A pupil whom you reported as a leaver stays on your roll. Open the page to read why. If "
        "the pupil did leave, report it again with what was missing."
    ),
    NoticeKind.DETAILS: (
        "You asked for the details of a pupil to be corrected, and the authority has answered. "
        "Open the page to see what was changed."
    ),
    NoticeKind.TRANSFER_ASKED: (
        "Your school was named for a pupil who moves on in September. Open the page and say "
        "whether the pupil is coming to you."
    ),
    NoticeKind.TRANSFER_ANSWERED: (
        "A school that you named for one of your pupils has said whether the pupil is coming. If "
        "not, open the page and name another school."
    ),
    NoticeKind.CHANGE: (
        "You asked for another band for a pupil, and the authority has answered. Open the page to "
        "read the answer and why."
    ),
    NoticeKind.FILE_READY: (
        "The check of a file is finished. Open the page to see what was found and what to do next."
    ),
    NoticeKind.READY: (
        "Every pupil on the return is done. Open the page, read the answers and submit the return."
    ),
    NoticeKind.MESSAGE: "The authority has written to your school. Open the page to read it.",
    NoticeKind.COLLECTION: (
        "The dates of a collection have changed, or it has closed. Open the page to see what this "
        "means for your school."
    ),
    NoticeKind.QUERY: (
        "There is an answer to a query of your school. Open the page to read it. You can write "
        "again there if something is still unclear."
    ),
    NoticeKind.EXCEPTIONAL: (
        "You asked for more than a band provides, and the authority has answered. Open the page to "
        "read the answer and why."
    ),
    NoticeKind.OUTCOME: (
        "The authority has moderated a band that your school chose. Open the page to see the "
        "outcome, why it was decided, and until when you can challenge it."
    ),
    NoticeKind.FEEDBACK: (
        "The outcomes of moderation for your school are ready. Open the page to read them, and to "
        "see until when you can challenge one."
    ),
    NoticeKind.EVIDENCE: (
        "A moderator needs to know more about a band that your school chose. Open the page to see "
        "what is asked for and by when to send it."
    ),
    NoticeKind.STATEMENT: (
        "A statement shows what your school is paid for which pupils, and why. Open the page to "
        "read, print or download it."
    ),
    NoticeKind.CASES: (
        "There are cases for you to judge. Open the page to see them, and judge those that wait "
        "longest first."
    ),
    NoticeKind.EVIDENCE_IN: (
        "Open the page to see what the school has sent about a case of yours, or that its answer "
        "is late."
    ),
    NoticeKind.PANEL_CALLED: (
        "Open the page to see the agenda. If you cannot come, tell who leads moderation."
    ),
    NoticeKind.SHEET: "Open the page to read the information sheet.",
    NoticeKind.RESOURCE: "Open the page to read or download the resource.",
    NoticeKind.TRAINING: "Open the page to see when and where it is, and whether you have a place.",
    NoticeKind.QUERY_DUE: (
        "A school waits for an answer. Open the page to answer it, or to hand it to somebody else."
    ),
    NoticeKind.DRAFT: (
        "Nobody is paid from a draft. Open the run to clear what is left and send it for checking, "
        "or delete it if it is not needed."
    ),
    NoticeKind.DIGEST: "Open your home page to see what is due and what came in.",
}
SENT_BACK_WITH = """The authority has sent your return back. This is what it wrote:

{message}

Correct what it asks about, and submit the return again."""


def told_by_mail(kind: str) -> str:
    """The sentences of a kind that is sent by email."""
    return SAID.get(kind, "")
