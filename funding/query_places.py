"""Which school and line a statement’s page is about from which a school asks (QUERY_PLACES)."""

from django.urls import ResolverMatch

from banding_portal.words import money
from funding.selectors.statements import statement_for
from schools.choices import QueryCategory
from schools.models import User
from schools.queries.places import About


def about_page(match: ResolverMatch, user: User) -> About | None:
    """Of a statement, and of a line in it: the query keeps what the line says, without a name."""
    run, school = match.kwargs.get("run"), match.kwargs.get("school")
    if match.namespace != "funding" or not (run and school):
        return None
    statement = statement_for(user, run, school)
    if statement is None:
        return None
    line = match.kwargs.get("line")
    found = next((each for each in statement.lines if each.line.pk == line), None)
    if found is None:
        return About(statement.school, category=QueryCategory.FUNDING)
    return About(
        statement.school,
        pupil_reference=found.line.reference if found.names_pupil else "",
        category=QueryCategory.FUNDING,
        subject=f"{money(found.line.amount)} for {found.line.reference}, {statement.term}",
        attached=f"{statement.term}: {found.said}",
    )
