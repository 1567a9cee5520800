"""Band many at once: the rules of the single page, on one page for a whole return (B2-B8)."""

import pytest
from django.urls import reverse

from banding.choices import DecisionState, PupilChange
from banding.decisions.outcomes import record_moderated_band
from banding.grid.rules import Was, code_in, fingerprint, listed
from banding.models import BandDecision
from banding.returns.services import return_for_correction
from banding_portal.roles import Role
from tests.banding.helpers import band_of, decide, submitted_return
from tests.factories import (
    BandDecisionFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    person,
)
from tests.pages import flat

COLUMNS = ("level_cl", "level_ci", "band", "difference_reason")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


@pytest.fixture
def rows(school):
    pupil_return = ReturnFactory(school=school)
    pupils = [PupilFactory(school=school, surname=name) for name in ("Adair", "Bell", "Cole")]
    return [ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil) for pupil in pupils]


def url(row):
    return reverse("banding:return_grid", args=[row.pupil_return_id])


def key(row):
    return f"r{row.pk.hex[:12]}"


def cells(row, *texts, version=None, before=("", "", "", "")):
    """What the page sends for a row; `before` is what its cells showed."""
    texts = (*texts, *[""] * (4 - len(texts)))
    names = ("level_cl", "level_ci", "band", "reason")
    typed = {f"{key(row)}-{name}": text for name, text in zip(names, texts, strict=True)}
    return typed | {f"{key(row)}-was": str(Was(version, fingerprint(before)))}


def drafts():
    found = BandDecision.objects.filter(state=DecisionState.DRAFT)
    return {d.return_pupil_id: d.band and d.band.code for d in found.select_related("band")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("c", "C"), (" Band  C ", "C"), ("", ""), ("  ", ""), ("Band", None), ("CC", None)),
        *(("1", "1"), ("1.0", "1"), ("01", "1"), ("level 01", "1"), ("1.5", None), ("-1", None)),
        *(("10", None), ("", ""), ("02", "02"), ("2", None)),
    ],
)
def test_code_is_read_however_it_is_written(text, code):
    names = {"A": "Band A", "C": "Band C", "1": "Level 1", "02": "Two"}
    assert code_in("level_cl", text, names) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("7", "7"), (" band  7 ", "7"), ("07", None), ("7.0", None), ("band 07", None)],
)
def test_band_is_taken_as_typed(text, code):
    assert code_in("band", text, {"7": "Band 7", "10": "Band 10"}) == code


def test_codes_are_listed_in_words():
    assert (listed(["A", "B", "C"]), listed(["A"])) == ("A, B or C", "A")


def test_fingerprint_tells_cells_apart_and_what_was_is_read_back():
    assert fingerprint(["1", "2"]) != fingerprint(["12", ""])
    assert Was.parse(str(Was(3, "abc"))) == Was(3, "abc")
    assert Was.parse(".abc") == Was(None, "abc")


def test_page_shows_what_is_saved_and_a_cell_for_every_answer(senco, rows):
    decide(rows[0], code="C", difference_reason="New report")
    text = flat(senco.get(url(rows[0])).content.decode())
    assert text.count('class="grid-cell"') == 9
    assert 'value="New report"' in text
    assert text.count('aria-label="Band, ') == 3


def test_saving_keeps_every_row_and_each_has_its_own_trail(senco, rows):
    sent = cells(rows[0], "2", "1", "b") | cells(rows[1], "3", "0", "Band C") | cells(rows[2])
    response = senco.post(url(rows[0]), sent)
    assert response.url == url(rows[0])
    assert drafts() == {rows[0].pk: "B", rows[1].pk: "C"}
    for draft in BandDecision.objects.all():
        assert [event.pgh_label for event in draft.events.all()] == ["insert"]
        assert (draft.decided_by, draft.suggested_band) == (senco.user, draft.band)
    rows[0].pupil_return.refresh_from_db()
    assert rows[0].pupil_return.state == "in_progress"


def test_last_row_leads_to_the_check(senco, rows):
    sent = {}
    for row in rows:
        sent |= cells(row, "2", "1", "B")
    response = senco.post(url(rows[0]), sent)
    assert response.url == reverse("banding:return_check", args=[rows[0].pupil_return_id])


def test_wrong_code_stands_beside_its_cell_and_nothing_is_saved(senco, rows):
    sent = cells(rows[0], "2", "1", "B") | cells(rows[1], "9", "1", "G")
    text = flat(senco.post(url(rows[0]), sent).content.decode())
    assert "“9” is not a level. Enter 0, 1, 2 or 3" in text
    assert f'<a href="#{key(rows[1])}-band">' in text
    assert "“G” is not a band. Enter A, B or C" in text
    assert f'aria-describedby="{key(rows[1])}-band-error"' in text
    assert 'value="G"' in text
    assert "<title>Error: " in text
    assert drafts() == {}


def test_another_band_than_suggested_needs_its_reason_but_not_in_a_draft(senco, rows):
    sent = cells(rows[0], "2", "1", "C")
    text = senco.post(url(rows[0]), sent).content.decode()
    assert "The levels suggest Band B. Say why the band is Band C" in text
    assert drafts() == {}
    senco.post(url(rows[0]), sent | {"do": "draft"})
    assert drafts() == {rows[0].pk: "C"}


def test_incomplete_row_is_a_draft_and_never_a_band(senco, rows):
    senco.post(url(rows[0]), cells(rows[0], "2"))
    assert drafts() == {rows[0].pk: None}


def test_rationale_of_the_single_page_stays(senco, rows):
    decide(rows[0], senco.user, rationale="Seen in class")
    sent = cells(rows[0], "2", "1", "A", "Progress", version=1, before=("2", "1", "B", ""))
    senco.post(url(rows[0]), sent)
    draft = BandDecision.objects.get()
    assert (draft.band.code, draft.rationale, draft.version) == ("A", "Seen in class", 2)


def test_untouched_row_never_overwrites_what_a_colleague_saved(senco, school, rows):
    decide(rows[0], person(Role.SENCO, school=school), code="B")
    senco.post(url(rows[0]), cells(rows[0]) | cells(rows[1], "2", "1", "B"))
    assert drafts() == {rows[0].pk: "B", rows[1].pk: "B"}


def test_conflict_is_told_beside_the_row_and_either_can_be_kept(senco, school, rows):
    decide(rows[0], person(Role.SENCO, school=school, name="Jo Bell"), code="B")
    sent = cells(rows[0], "3", "0", "C")
    text = flat(senco.post(url(rows[0]), sent).content.decode())
    assert "Jo Bell saved Band B while you were working." in text
    assert drafts() == {rows[0].pk: "B"}
    again = cells(rows[0], "3", "0", "C", version=1)
    assert f'value="{again[key(rows[0]) + "-was"]}"' in text
    senco.post(url(rows[0]), again | {f"{key(rows[0])}-theirs": "1"})
    assert drafts() == {rows[0].pk: "B"}
    senco.post(url(rows[0]), again)
    assert drafts() == {rows[0].pk: "C"}


def test_suggested_bands_are_shown_from_what_is_typed(senco, rows):
    sent = cells(rows[0], "3", "0") | {"do": "suggest"}
    text = flat(senco.post(url(rows[0]), sent).content.decode())
    assert text.count(">C</strong>") == 1
    assert drafts() == {}


def test_kept_text_never_lies_over_newer_answers(senco, rows):
    """What is saved shows; what was typed before stands with it, where it says something else."""
    first, second, _ = rows
    typed = cells(first, "2", "1", "A", "Old words") | cells(second)
    senco.post(url(first), typed | {"typed": "keep"})
    decide(first, senco.user)
    decide(second, senco.user)
    page = senco.get(url(first))
    shown = {row.line.row.pk: row for row in page.context["grid"].rows}
    assert shown[second.pk].texts["band"] == "B"
    assert (shown[first.pk].has_conflict, shown[first.pk].texts["band"]) == (True, "A")
    assert "saved Band B while you were" in flat(page.text)


def test_kept_text_that_is_saved_by_now_is_forgotten(senco, rows):
    senco.post(url(rows[0]), cells(rows[0], "2", "1", "B") | {"typed": "keep"})
    decide(rows[0], senco.user)
    assert "This is what you typed" not in senco.get(url(rows[0])).text
    assert "This is what you typed" not in senco.get("/").text


def test_asking_for_the_suggestion_keeps_nothing(senco, rows):
    answer = senco.post(url(rows[0]), cells(rows[0], "2", "1") | {"do": "ask"})
    assert answer.context["grid"].rows[0].suggested.code == "B"
    assert "You typed something" not in senco.get("/").text


def test_bands_that_are_taken_away_are_said(senco, rows):
    decision = decide(rows[0], senco.user)
    row = cells(rows[0], version=decision.version, before=("2", "1", "B", ""))
    answer = senco.post(url(rows[0]), row | {"do": "save"}, follow=True)
    assert "1 band removed." in answer.text


def test_moderated_and_leaving_pupils_cannot_be_filled_in(senco, school):
    pupil_return, (row, gone) = submitted_return(2, school=school)
    decision = BandDecision.objects.get(return_pupil=row)
    record_moderated_band(
        decision=decision,
        band=band_of(row, "C"),
        effective_from=decision.effective_from,
        reason="Seen",
        by=person(Role.MODERATION_LEAD),
    )
    return_for_correction(pupil_return=pupil_return, by=senco.user, reason="Look again")
    type(gone).objects.filter(pk=gone.pk).update(change=PupilChange.NOT_OURS, change_reason="No")
    text = senco.get(url(row)).content.decode()
    assert "grid-cell" not in text
    assert "Settled by moderation" in text
    senco.post(url(row), cells(row, "3", "0", "C") | cells(gone, "3", "0", "C"))
    assert drafts() == {}


def last_time(row, code="B"):
    """A decision of last term with levels, under the same framework."""
    collection = row.pupil_return.collection
    decision = BandDecisionFactory(
        pupil=row.pupil, framework=collection.framework, band=band_of(row, code)
    )
    for area in collection.framework.areas.all():
        decision.levels.create(area=area, level=area.levels.get(code="2"))
    return decision


def test_no_change_for_many_is_filled_in_and_each_remembers_where_it_began(senco, rows):
    collection = rows[0].pupil_return.collection
    before = last_time(rows[0])
    decide(rows[1], code="C", difference_reason="New report")
    last_time(rows[1])
    text = senco.get(url(rows[0])).content.decode()
    assert "Fill in last time" not in text
    assert f"{key(rows[0])}-last" not in senco.post(url(rows[0]), {"do": "last"}).content.decode()
    type(collection).objects.update(allows_no_change=True)
    text = flat(senco.post(url(rows[0]), {"do": "last"}).content.decode())
    assert "filled in for 1 pupil." in text
    assert f'name="{key(rows[0])}-last" value="1"' in text
    assert BandDecision.objects.filter(return_pupil=rows[0]).count() == 0
    senco.post(url(rows[0]), cells(rows[0], "2", "2", "B") | {f"{key(rows[0])}-last": "1"})
    assert BandDecision.objects.get(return_pupil=rows[0]).started_from == before


def test_page_of_a_round_asks_only_for_what_has_changed(senco, rows):
    asks = "Fill in only the pupils whose band has changed"
    assert asks not in flat(senco.get(url(rows[0])).content.decode())
    type(rows[0].pupil_return.collection).objects.update(kind="round")
    assert asks in flat(senco.get(url(rows[0])).content.decode())


def test_closed_return_leads_back(senco, school):
    pupil_return, (row,) = submitted_return(school=school)
    response = senco.get(url(row))
    assert response.url == reverse("banding:return_detail", args=[pupil_return.pk])


def test_queries_do_not_grow_with_the_pupils(senco, rows, django_assert_max_num_queries):
    def statements(act):
        with django_assert_max_num_queries(80) as seen:
            act()
        return len(seen.captured_queries)

    decide(rows[2], senco.user)
    senco.get(url(rows[0]))
    few = statements(lambda: senco.get(url(rows[0])))
    sent = cells(rows[0], "2", "1", "B") | cells(rows[1], "2", "1", "B")
    few_saved = statements(lambda: senco.post(url(rows[0]), sent | {"do": "save"}))
    more = [ReturnPupilFactory(pupil_return=rows[0].pupil_return) for _ in range(6)]
    sent = {}
    for row in more:
        sent |= cells(row, "2", "1", "B")
    assert statements(lambda: senco.post(url(rows[0]), sent)) <= few_saved
    senco.get(url(rows[0]))  # shows the message, which is in the session till then
    assert statements(lambda: senco.get(url(rows[0]))) <= few
    assert len(drafts()) == 9


def test_pupil_who_left_has_no_levels_and_no_suggestion(senco, rows):
    """A draft of before is kept for when that is undone, and is not shown as an answer."""
    row = rows[0]
    decide(row)

    def shown():
        return next(part for part in senco.get(url(row)).text.split("<tr") if str(row.pk) in part)

    def suggested():
        return shown().split("data-suggestion>")[1].split("</td>")[0].strip()

    assert suggested().startswith("<strong")
    left_on = row.pupil_return.collection.reference_date
    type(row).objects.filter(pk=row.pk).update(change=PupilChange.LEFT, change_date=left_on)
    assert "Left" in shown()
    assert suggested() == "–"
    assert shown().count("–") == 6
