"""Every page that says no leads on: home, what it means and who to ask, the help."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.csrf import csrf_failure

from banding_portal.error_views import server_error
from banding_portal.roles import Role

WAYS = ('href="/"', 'href="/help/errors/"', 'href="/help/"', 'href="/contact/"')


def _odd(request):
    raise SuspiciousOperation


def _forbidden(request):
    raise PermissionDenied


def _breaks(request):
    raise RuntimeError


urlpatterns = [
    path("odd/", _odd),
    path("forbidden/", _forbidden),
    path("breaks/", _breaks),
    path("", include("banding_portal.urls")),
]
handler403 = "banding_portal.error_views.wrong_role"
handler500 = "banding_portal.error_views.server_error"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, SECURE_SSL_REDIRECT=False)
@pytest.mark.parametrize(
    ("url", "status"), [("/odd/", 400), ("/forbidden/", 403), ("/none/", 404), ("/breaks/", 500)]
)
def test_page_leads_on(url, status, sign_in):
    client: Client = sign_in(Role.AUDITOR)
    client.raise_request_exception = False
    response = client.get(url)
    assert response.status_code == status
    assert [way for way in WAYS if way not in response.content.decode()] == []


def test_page_that_was_open_too_long_leads_back_to_itself():
    request = RequestFactory().post("/returns/")
    page = csrf_failure(request).content.decode()
    assert [way for way in (*WAYS, 'href="/returns/"') if way not in page] == []


def test_too_many_tries_lead_on():
    page = render_to_string("429.html")
    assert [way for way in (*WAYS, 'href="/accounts/password/reset/"') if way not in page] == []


def test_page_of_an_error_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        page = server_error(RequestFactory().get("/")).content.decode()
    assert [way for way in WAYS if way not in page] == []
