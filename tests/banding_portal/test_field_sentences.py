"""What every field of every form says when it is wrong is a sentence, not a label in a frame."""

import re
from copy import deepcopy
from importlib import import_module
from pkgutil import walk_packages

import banding
import banding_portal
import funding
import moderation
import schools
from banding_portal.forms import DateField, PortalFormMixin, apply_look, write_messages

RIDDLES = re.compile(
    r"^(Enter|Select|Choose) (opens on|from|to|until|in force|in effect|judged|correct by|date left"
    r"|new deadline|put|place)\b"
    r"|^Choose (who|what|how|has not)|\? must"
    r"|at least one of|, if |This field|Enter a valid|^(From|Correct by|In \w+ from|Opens on) must"
)
CODES = ("required", "invalid_choice")


def forms_of(cls):
    for one in cls.__subclasses__():
        yield one
        yield from forms_of(one)


def sentences_of(form):
    """Each sentence with its field, without the arguments a form needs to be made."""
    for name, declared in getattr(form, "base_fields", {}).items():
        field = deepcopy(declared)
        field.label = field.label or name.replace("_", " ").capitalize()
        apply_look(name, field, getattr(form, "Look", None))
        write_messages(field)
        where = f"{form.__module__}.{form.__name__}.{name}"
        codes = CODES if field.required else CODES[1:]
        texts = [field.error_messages[code] for code in codes if code in field.error_messages]
        if isinstance(field, DateField):
            texts += [field.message_unreal(), field.message_missing(["year"])]
        yield from ((where, str(text)) for text in texts)


def test_no_field_of_any_form_builds_a_riddle_of_its_label():
    for package in (banding, banding_portal, funding, moderation, schools):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name.rsplit(".", 2)[-1] or ".forms." in module.name:
                import_module(module.name)
    ours = [one for one in forms_of(PortalFormMixin) if not one.__module__.startswith("tests")]
    said = {pair for form in ours for pair in sentences_of(form)}
    assert len(said) > 100
    assert sorted(pair for pair in said if RIDDLES.search(pair[1])) == []
