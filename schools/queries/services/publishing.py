"""Answers that every school reads: questions with answers, which name no pupil and no school."""

from collections.abc import Iterator

from banding_portal.refusals import RefusalError
from banding_portal.roles import COLLECTION_RUNNERS
from banding_portal.verbs import verb
from schools.models import PublishedQuestion, Query, User
from schools.naming import bare, is_in, padded_words, short_name, upns_in
from schools.queries.actions import question_actions
from schools.queries.services.common import locked_query, refuse_names


@verb
def publish_question(
    *, query: Query | None, category: str, question: str, answer: str, by: User
) -> PublishedQuestion:
    """Put a question and its answer on the page of questions, made of a query or by itself.

    Raises RefusalError where it names the school, a pupil of it or a pupil's reference.
    """
    if not by.has_role(*COLLECTION_RUNNERS):
        raise RefusalError("Your role does not let you do this.")
    locked = locked_query(query) if query else None
    refuse_telling(locked, by, question=question, answer=answer)
    return PublishedQuestion.objects.create(
        category=category,
        question=question.strip(),
        answer=answer.strip(),
        query=locked,
        published_by=by,
    )


@verb
def change_question(
    *, question: PublishedQuestion, category: str, words: str, answer: str, by: User
) -> PublishedQuestion:
    locked = locked_question(question)
    question_actions(locked, by).require("edit")
    refuse_telling(locked.query, by, question=words, answer=answer)
    locked.category, locked.question, locked.answer = category, words.strip(), answer.strip()
    locked.save(update_fields=["category", "question", "answer", "changed_at"])
    return locked


def locked_question(question: PublishedQuestion) -> PublishedQuestion:
    """Raises RefusalError where somebody has taken it off the page meanwhile."""
    locked = PublishedQuestion.objects.select_for_update().filter(pk=question.pk).first()
    if locked is None:
        raise RefusalError("Somebody has taken this question off the page in the meantime.")
    return locked


@verb
def withdraw_question(*, question: PublishedQuestion, by: User) -> None:
    """Take it off the page; the audit trail keeps what it said."""
    locked = locked_question(question)
    question_actions(locked, by).require("withdraw")
    locked.delete()


def refuse_telling(query: Query | None, by: User, **texts: str) -> None:
    if query is None:
        for field, text in texts.items():
            if upns_in(text):
                raise RefusalError("Take out the UPN.", field=field)
        return
    refuse_names(query.school, by, **texts)
    for field, text in texts.items():
        padded = padded_words(bare(text))
        for told, what in telling(query):
            if is_in(padded, told):
                raise RefusalError(f"Take out “{told}”: it tells {what}.", field=field)


def telling(query: Query) -> Iterator[tuple[str, str]]:
    """What tells which school asked, or about whom."""
    school = query.school
    number = school.establishment_number and f"{school.la_code}/{school.establishment_number}"
    codes = (school.urn, number, school.ukprn)
    for words in (school.name, short_name(school.name), *codes, school.postcode):
        yield words, "the school"
    yield query.pupil_reference, "the pupil"
