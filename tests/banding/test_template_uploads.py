"""A filled-in template does what its preview says, once (rules.md T1, T4, T5, T7)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banding.changes.services import account_for
from banding.decisions.services import save_draft
from banding.models import BandDecision, Joiner
from banding_portal.jobs.services import confirm_job
from banding_portal.uploads.states import UploadState
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    ReturnFactory,
    ReturnPupilFactory,
    UserFactory,
)
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
LEVELS = {"cl": "2", "ci": "2"}


def check(upload):
    work_on(upload)
    upload.refresh_from_db()
    return upload


def apply(upload, by=None):
    confirm_job(upload, by=by or UserFactory(), fingerprint=upload.fingerprint)
    return check(upload)


def counts(upload):
    return {key: count for key, count in upload.preview["counts"].items() if count}


def draft(row):
    return BandDecision.objects.get(return_pupil=row, state="draft")


def test_check_previews_and_saves_nothing(pupil_return, amira, ben):
    upload = check(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))

    assert (upload.state, upload.issues, upload.warnings) == (UploadState.READY, [], [])
    assert counts(upload) == {"new": 1, "unchanged": 1}
    [row] = upload.preview["changes"]
    assert (row["who"], row["old"], row["new"]["code"]) == ("Khan, Amira", None, "B")
    assert not BandDecision.objects.exists()
    pupil_return.refresh_from_db()
    assert pupil_return.state == "not_started"


def test_apply_writes_what_the_form_would(pupil_return, amira, ben):
    by = UserFactory()
    filled = Filled(pupil_return)
    filled.decide(amira, Rationale="- why").fill(amira, Reason="+ because", Band="c")
    upload = apply(check(uploaded(pupil_return, filled.content)), by=by)
    in_file = draft(amira)
    save_draft(
        return_pupil=ben,
        by=by,
        levels=LEVELS,
        band=in_file.framework.bands.get(code="C"),
        difference_reason="+ because",
        rationale="- why",
        version=None,
    )
    on_screen = draft(ben)

    assert upload.state == UploadState.APPLIED
    ours = ("id", "pupil", "return_pupil", "decided_at")
    names = [f.name for f in BandDecision._meta.fields if f.name not in ours]
    assert {n: getattr(in_file, n) for n in names} == {n: getattr(on_screen, n) for n in names}
    levels = [set(d.levels.values_list("area", "level")) for d in (in_file, on_screen)]
    assert levels[0] == levels[1]
    pupil_return.refresh_from_db()
    assert pupil_return.state == "in_progress"


def test_rationale_typed_as_text_is_kept_as_text(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira, Rationale="=1+1")
    filled.cell(amira, "Rationale").data_type = "s"

    apply(check(uploaded(pupil_return, filled.content)))

    assert draft(amira).rationale == "=1+1"


def test_csv_of_the_pupils_sheet_does_the_same(pupil_return, amira):
    upload = uploaded(pupil_return, Filled(pupil_return).decide(amira).as_csv, "pupils.csv")

    upload = apply(check(upload))

    assert (upload.state, draft(amira).band.code) == (UploadState.APPLIED, "B")


def test_numbers_and_names_are_understood_as_codes(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira, level=2, band=" band  b ")

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert (upload.issues, draft(amira).band.code) == ([], "B")


def test_same_file_again_changes_nothing(pupil_return, amira):
    content = Filled(pupil_return).decide(amira).content
    apply(check(uploaded(pupil_return, content)))
    before = BandDecision.objects.values().get()

    again = check(uploaded(pupil_return, content))

    assert counts(again) == {"unchanged": 1}
    assert [w["who"] for w in again.warnings] == ["the whole file"]
    assert apply(again).state == UploadState.APPLIED
    assert BandDecision.objects.values().get() == before


def test_applying_twice_is_applying_once(pupil_return, amira):
    upload = apply(check(uploaded(pupil_return, Filled(pupil_return).decide(amira).content)))
    work_on(upload)
    confirm_job(upload, by=UserFactory(), fingerprint=upload.fingerprint)

    assert draft(amira).version == 1


def test_blank_row_changes_nothing(pupil_return, amira):
    save_draft(
        return_pupil=amira,
        by=UserFactory(),
        levels=LEVELS,
        band=None,
        difference_reason="",
        rationale="kept",
        version=None,
    )
    filled = Filled(pupil_return)
    assert filled.cell(amira, "Rationale").value == "kept"
    filled.decide(amira, None, None, Rationale=None)

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert counts(upload) == {"unchanged": 1}
    assert draft(amira).rationale == "kept"


def test_draft_on_screen_is_filled_in_and_changed(pupil_return, amira):
    bands = pupil_return.collection.framework.bands
    save_draft(
        return_pupil=amira,
        by=UserFactory(),
        levels=LEVELS,
        band=bands.get(code="B"),
        difference_reason="",
        rationale="",
        version=None,
    )
    filled = Filled(pupil_return)
    assert filled.cell(amira, "Cognition and learning").value == "2"
    filled.decide(amira, "3", "C")

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert counts(upload) == {"changed": 1}
    [row] = upload.preview["changes"]
    assert (row["old"]["code"], row["new"]["code"], row["what"]) == ("B", "C", "Levels")
    assert (draft(amira).band.code, draft(amira).version) == ("C", 2)
    assert draft(amira).levels.count() == 2


def test_blank_rationale_keeps_the_one_typed_on_screen(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira, "3", "C")
    save_draft(
        return_pupil=amira,
        by=UserFactory(),
        levels=LEVELS,
        band=pupil_return.collection.framework.bands.get(code="B"),
        difference_reason="",
        rationale="Seen in class",
        version=None,
    )

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert upload.preview["changes"][0]["what"] == "Levels"
    assert (draft(amira).band.code, draft(amira).rationale) == ("C", "Seen in class")


def test_change_on_screen_after_the_preview_makes_it_again(pupil_return, amira):
    """T7: what the person confirmed is not what would happen now."""
    upload = check(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))
    bands = pupil_return.collection.framework.bands
    save_draft(
        return_pupil=amira,
        by=UserFactory(),
        levels=LEVELS,
        band=bands.get(code="C"),
        difference_reason="x",
        rationale="typed on screen",
        version=None,
    )

    upload = apply(upload)

    assert (upload.state, upload.outdated) == (UploadState.READY, True)
    assert upload.preview["changes"][0]["old"]["code"] == "C"
    assert draft(amira).rationale == "typed on screen"
    assert apply(upload).state == UploadState.APPLIED
    assert draft(amira).band.code == "B"


def test_return_submitted_after_the_preview_refuses(pupil_return, amira):
    upload = check(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))
    by = UserFactory()
    type(pupil_return).objects.update(
        state="submitted", submitted_by=by, submitted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )

    upload = apply(upload)

    assert upload.state == UploadState.REFUSED
    assert upload.issues[0]["message"][:31] == "This return has been submitted."
    assert not BandDecision.objects.exists()


def test_pupil_who_left_is_warned_about_and_recorded(pupil_return, amira):
    filled = Filled(pupil_return)
    filled.fill(amira, Change="Left", Date_of_change=dt.date(2026, 1, 31))

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert [(w["message"], w["value"]) for w in upload.warnings] == [
        ("This pupil will not be banded", "Left")
    ]
    assert upload.preview["changes"][0]["what"] == "Left on 31 January 2026"
    assert counts(upload) == {"changed": 1, "left": 1}
    amira.refresh_from_db()
    assert (amira.change, amira.change_date) == ("left", dt.date(2026, 1, 31))


def test_pupil_staying_on_may_be_decided_too(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira)
    filled.fill(amira, Change="staying  ON", Reason_for_change="Sixth form here")

    apply(check(uploaded(pupil_return, filled.content)))

    amira.refresh_from_db()
    assert (amira.change, amira.change_reason) == ("staying_on", "Sixth form here")
    assert draft(amira).band.code == "B"


def test_pupil_recorded_as_left_stays_in_the_file(pupil_return, amira, ben):
    account_for(
        return_pupil=amira, change="left", change_date=dt.date(2026, 1, 31), by=UserFactory()
    )

    upload = check(uploaded(pupil_return, Filled(pupil_return).decide(ben).content))

    assert (upload.state, upload.issues) == (UploadState.READY, [])
    assert counts(upload) == {"new": 1, "unchanged": 1}


def test_missing_pupil_is_no_leaver(pupil_return, amira, ben):
    filled = Filled(pupil_return).decide(ben)
    filled.pupils.delete_rows(filled.number_of(amira))

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert [(w["who"], w["message"]) for w in upload.warnings] == [
        ("Khan, Amira", "Not in the file. Nothing about this pupil will change")
    ]
    amira.refresh_from_db()
    assert amira.change == ""


def test_big_jump_is_warned_about(pupil_return, amira):
    earlier = CollectionFactory(
        framework=pupil_return.collection.framework, reference_date=dt.date(2025, 1, 1)
    )
    before = ReturnPupilFactory(
        pupil_return=ReturnFactory(collection=earlier, school=pupil_return.school),
        pupil=amira.pupil,
    )
    BandDecisionFactory(return_pupil=before, band_code="A")
    filled = Filled(pupil_return)
    assert filled.cell(amira, "Last band").value == "Band A"

    upload = check(uploaded(pupil_return, filled.decide(amira, "3", "C").content))

    [warning] = upload.warnings
    assert warning["message"] == "Two bands higher than last time, Band A"
    assert (warning["who"], warning["heading"], warning["value"]) == ("Khan, Amira", "Band", "C")


def test_unfinished_row_is_saved_and_told(pupil_return, amira):
    filled = Filled(pupil_return).fill(amira, Cognition_and_learning="1")

    upload = apply(check(uploaded(pupil_return, filled.content)))

    assert counts(upload) == {"new": 1}
    assert "1 row is not finished. What is there is kept as a draft." in upload.preview["notes"]
    assert upload.preview["changes"][0]["note"] == "Choose a level in 1 more area. Choose a band"
    assert draft(amira).band is None


def test_joiner_is_told_once(pupil_return, amira):
    content = Filled(pupil_return).add_joiner(Need="slcn").content
    upload = apply(check(uploaded(pupil_return, content)))
    again = apply(check(uploaded(pupil_return, content)))

    assert counts(upload)["joiners"] == 1
    assert "1 joiner in the file is known already." in again.preview["notes"]
    joiner = Joiner.objects.get()
    assert (str(joiner), joiner.primary_need, joiner.joined_on, joiner.state) == (
        "Nell Newcomer",
        "SLCN",
        dt.date(2026, 11, 1),
        "waiting",
    )


def test_return_without_pupils_takes_joiners(pupil_return):
    upload = apply(check(uploaded(pupil_return, Filled(pupil_return).add_joiner().content)))

    assert (upload.state, Joiner.objects.count()) == (UploadState.APPLIED, 1)


def test_extra_columns_are_ignored_and_named(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira)
    filled.pupils.insert_cols(1, 2)
    filled.pupils["A1"], filled.pupils["B1"] = "My  notes", "Errors"
    filled.pupils["A2"] = "=1+1"

    upload = check(uploaded(pupil_return, filled.content))

    assert (upload.issues, upload.preview["ignored"]) == ([], ["My notes"])


def test_headings_match_in_any_case_and_order(pupil_return, amira):
    filled = Filled(pupil_return).decide(amira)
    band = filled.headings()["Band"]
    filled.pupils.cell(1, band).value = "  THIS   time "
    filled.pupils.move_range("A1:C2", cols=40)

    upload = check(uploaded(pupil_return, filled.content))

    assert (upload.issues, counts(upload)) == ([], {"new": 1})


def test_queries_do_not_grow_with_rows():
    numbers = []
    for count in (1, 5):
        pupil_return = ReturnFactory()
        rows = [ReturnPupilFactory(pupil_return=pupil_return) for _ in range(count)]
        filled = Filled(pupil_return)
        for row in rows:
            filled.decide(row)
        upload = check(uploaded(pupil_return, filled.content))
        confirm_job(upload, by=UserFactory(), fingerprint=upload.fingerprint)
        with CaptureQueriesContext(connection) as queries:
            check(upload)
        numbers.append(len(queries))
        assert upload.state == UploadState.APPLIED
    assert numbers[0] == numbers[1]
