"""One preview for every kind of file (rules.md T4, T7)."""

import datetime as dt
import json

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.results import Result


def preview(**fields):
    return Preview(**fields).as_dict()


def test_what_is_shown_is_json_and_cut_to_what_a_page_lists():
    told = preview(
        figures=[Figure("rows", "Rows", 3), Figure("closed", "Closed", 0, only_some=True)],
        new=[New("Khan, Amira", "born 4 Mar 2018"), New("Lowe, Finn")],
        changes=[Change("Kowalski, Ben", "Band", "B", "D")] * 3,
        notes=["One note."],
        ignored=["Mine"],
        new_listed=1,
        changes_listed=2,
    )
    assert json.loads(json.dumps(told)) == told
    assert told["counts"] == {"rows": 3, "closed": 0}
    assert told["figures"] == [{"label": "Rows", "value": 3}]
    assert (told["new"], told["new_more"]) == (
        [{"who": "Khan, Amira", "what": "born 4 Mar 2018"}],
        1,
    )
    assert (len(told["changes"]), told["changes_more"]) == (2, 1)
    assert (told["notes"], told["ignored"], told["is_empty"]) == (["One note."], ["Mine"], False)


def test_fingerprint_rests_on_what_is_not_listed_too():
    """T7: a change beyond those a page lists makes the preview again."""

    def fingerprint(last, rests_on=None):
        changes = [Change("Ben", "Band", "B", "D")] * 5 + [Change("Finn", "Band", "A", last)]
        shown = preview(changes=changes, changes_listed=2, rests_on=rests_on)
        return Result(preview=shown).fingerprint

    assert fingerprint("C") == fingerprint("C")
    assert fingerprint("C") != fingerprint("D")
    assert fingerprint("C") != fingerprint("C", rests_on=[dt.date(2026, 9, 1), 2])


def test_preview_is_empty_when_nothing_would_be_done():
    assert preview(figures=[Figure("rows", "Rows read", 9)])["is_empty"]
    assert not preview(figures=[Figure("carried", "Carried", 1, is_effect=True)])["is_empty"]
    assert preview(figures=[Figure("carried", "Carried", 0, is_effect=True)])["is_empty"]
    assert not preview(new=[New("Khan, Amira")])["is_empty"]
