"""A wrong placement removed in a browser: asked, shown with what it brings, done, undone."""

from django.urls import reverse

from banding.collections.services import sync_return_pupils
from banding.models import ReturnPupil
from banding_portal.roles import Role
from tests.factories import CollectionFactory, PupilFactory, SchoolFactory


def test_wrong_placement_is_removed_and_put_back(visit, member):
    collection, pupil = CollectionFactory(), PupilFactory(school=SchoolFactory())
    sync_return_pupils(collection)
    page = visit(member(Role.SEND_OFFICER)).page
    page.goto(page.url.rstrip("/") + reverse("schools:pupil_detail", args=[pupil.pk]))
    page.locator("a", has_text="Entered by mistake").first.click()
    page.get_by_label("Why?").fill("Another Amira")
    page.get_by_role("button", name="Show what this will change").click()
    page.get_by_text("no longer lists the pupil").wait_for()
    assert page.get_by_text("Another Amira", exact=True).count() == 1
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("The placement no longer counts").wait_for()
    assert not ReturnPupil.objects.filter(pupil=pupil).exists()
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo the correction").click()
    page.get_by_text("The correction is taken back").wait_for()
    assert ReturnPupil.objects.filter(pupil=pupil).exists()
