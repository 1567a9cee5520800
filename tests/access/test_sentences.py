"""What pages answer to nonsense, and what each of their forms could say as it was made."""

import pytest
from django import forms
from django.db import transaction
from django.test import Client

from tests.access.rules import RULES
from tests.access.walking import address, send, used_methods
from tests.banding_portal.sentences import keep_for_reading, made
from tests.banding_portal.test_field_sentences import riddles

pytestmark = pytest.mark.django_db
NONSENSE = "nonsense \x00"


def test_no_page_answers_with_a_riddle(world):
    said = set()
    for name, rule in RULES.items():
        role = min(rule.holders(reading=False) or rule.roles)
        client = Client()
        client.force_login(world.people[role])
        url = address(name, rule, world)
        shown = forms_on(send(client, "get", url))
        said |= {each for form in shown for each in made(form)}
        if shown and "post" in used_methods(name):
            typed = {part: NONSENSE for form in shown for part in parts_of(form)}
            said |= told(name, forms_on(post(client, url, typed)))
    keep_for_reading("Pages", said)
    assert len(said) > 300
    assert riddles(said) == []


def told(name, answered):
    """What a page says of nonsense in every field."""
    errors = [texts for form in answered for texts in form.errors.values()]
    return {(name, str(text)) for texts in errors for text in texts}


def forms_on(response):
    shown = getattr(response, "context_data", None) or {}
    return [each for each in shown.values() if isinstance(each, forms.BaseForm)]


def parts_of(form):
    """The names of the inputs; a date has three."""
    for field in form:
        parts = len(getattr(field.field.widget, "widgets", ()))
        name = field.html_name
        yield from (f"{name}_{number}" for number in range(parts)) if parts else (name,)


def post(client, url, data):
    with transaction.atomic():
        response = client.post(url, data)
        transaction.set_rollback(True)
    return response
