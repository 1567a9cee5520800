"""The demonstration's mail pages; anywhere else there is nothing to find."""

import pytest
from django.core.mail import send_mail, send_mass_mail
from django.urls import reverse

from banding_portal.roles import Role

pytestmark = pytest.mark.django_db
LIST = "/demonstration/mail/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def rows(response):
    return [(each.subject, each.to) for each in response.context["page_obj"]]


def detail(name, number=1):
    return reverse("demo_mail_detail", args=[name, number])


def test_list_shows_every_message_of_every_file(folder, sign_in):
    send_mail("An invitation", "Hello", None, ["sam@example.org"])
    send_mass_mail(
        [
            ("First reminder", "One", None, ["a@example.org"]),
            ("Second reminder", "Two\n\n-----\n", None, ["b@example.org"]),
        ]
    )
    response = sign_in(Role.ADMINISTRATOR).get(LIST)
    assert sorted(rows(response)) == [
        ("An invitation", "sam@example.org"),
        ("First reminder", "a@example.org"),
        ("Second reminder", "b@example.org"),
    ]


def test_list_without_a_folder_is_empty(folder, sign_in):
    assert rows(sign_in(Role.AUDITOR).get(LIST)) == []


def test_message_is_shown_as_text_with_its_links(folder, sign_in):
    body = "Open http://localhost:8000/invitations/abc/\n<script>alert(1)</script> £5"
    send_mail("Your account", body, None, ["sam@example.org"])
    [path] = folder.iterdir()
    text = sign_in(Role.ADMINISTRATOR).get(detail(path.name)).content.decode()
    assert 'href="http://localhost:8000/invitations/abc/"' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; £5" in text


@pytest.mark.parametrize("number", [0, 2])
def test_message_that_is_not_in_the_file_is_not_found(folder, sign_in, number):
    send_mail("Your account", "Hello", None, ["sam@example.org"])
    [path] = folder.iterdir()
    assert sign_in(Role.ADMINISTRATOR).get(detail(path.name, number)).status_code == 404


@pytest.mark.parametrize("name", ["..", "%2e%2e%2fsecret", "..%2fsecret", "linked", "folder"])
def test_names_outside_the_folder_are_not_found(folder, sign_in, name):
    folder.mkdir()
    secret = folder.parent / "secret"
    secret.write_text("Subject: secret\n\nsecret")
    (folder / "linked").symlink_to(secret)
    (folder / "folder").mkdir()
    response = sign_in(Role.ADMINISTRATOR).get(f"{LIST}{name}/1/")
    assert response.status_code == 404


def test_outside_the_demonstration_there_is_no_such_page(folder, sign_in, settings):
    send_mail("Your account", "Hello", None, ["sam@example.org"])
    settings.DEMO = False
    client = sign_in(Role.ADMINISTRATOR)
    assert client.get(LIST).status_code == 404
    assert client.get(detail("anything")).status_code == 404


@pytest.mark.parametrize(
    ("to", "offered"),
    [("new-senco@demo.example", ["New SENCO"]), ("senco@elsewhere.example", [])],
)
def test_message_offers_to_sign_in_as_who_got_it(folder, sign_in, to, offered):
    send_mail("Returned", "Hello", None, [to])
    [path] = folder.iterdir()
    shown = sign_in(Role.ADMINISTRATOR).get(detail(path.name)).context
    assert [guest.words for guest in shown["guests"]] == offered
