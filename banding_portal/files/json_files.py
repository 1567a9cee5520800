"""JSON files by models of pydantic: every problem with its path, in sentences of ours.

A field's `description` is the sentence for whatever is wrong with it, and a model's title the one
for a value that is no object; texts have sentences of their own below.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from banding_portal.files.gate import check_file
from banding_portal.files.limits import Limits, RefusedFileError
from banding_portal.jobs.results import Issue

M = TypeVar("M", bound="Part")
SHOWN = 80
LARGEST = Decimal("9999.99")
SLUG = re.compile(r"[-\w]+", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SENTENCES = {
    "missing": "The key {key} is missing.",
    "string_type": "The {key} must be text in quotation marks.",
    "string_unicode": "The {key} holds a character that can’t be stored.",
    "empty": "The {key} is empty.",
    "spaces": "The {key} starts or ends with a space.",
    "slug": "The {key} is made of letters a to z, digits, - and _ only.",
    "too_long": "The {key} has {count} characters; the most is {most}.",
}
NOT_JSON = "The file is not JSON: something is wrong in line {}, at character {}."


class Part(BaseModel):
    """An object of a file. Nothing is turned into something else; other keys are ignored."""

    model_config = ConfigDict(strict=True, frozen=True)


def read_json(filename: str, content: bytes, limits: Limits) -> Any:
    """What a JSON file holds, numbers as written. Raises RefusedFileError with a sentence."""
    check_file(filename, content, limits)
    try:
        text = content.decode("utf-8-sig")
        return json.loads(
            text, parse_float=Decimal, parse_constant=no_number, object_pairs_hook=once_each
        )
    except json.JSONDecodeError as error:
        raise RefusedFileError(NOT_JSON.format(error.lineno, error.colno)) from None
    except RefusedFileError:
        raise
    except (ValueError, RecursionError):
        raise RefusedFileError("The file is not JSON in UTF-8.") from None


def no_number(name: str) -> None:
    raise RefusedFileError(f"The file is not JSON: {name} is not a number.")


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RefusedFileError(f"The key “{shown(twice)}” is there twice in one object.")
    return found


def validate(model: type[M], data: Any, context: Any = None) -> tuple[M | None, list[Issue]]:
    """The model of a file's content, or None and an issue for every problem."""
    try:
        return model.model_validate(data, context=context), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        return None, [issue for details in found for issue in issues_of(model, details)]


def issues_of(model: type[Part], details: ErrorDetails) -> Iterator[Issue]:
    place = details["loc"]
    for sentence in sentences_of(model, details):
        yield issue_at(path_of(place), sentence, details["input"])


def issue_at(path: str, sentence: str, value: Any = "") -> Issue:
    """An issue of a JSON file; it is named by its path, such as areas[0].levels[2].band."""
    is_shown = isinstance(value, str | int | float | Decimal)
    return Issue(sentence, heading=path, value=shown(value) if is_shown else "")


def sentences_of(model: type[Part], details: ErrorDetails) -> list[str]:
    context = details.get("ctx", {})
    if details["type"] == "said":
        return list(context["sentences"])
    described = sentence_for(model, details["loc"])
    if described:
        return [described]
    key = details["loc"][-1] if details["loc"] else "file"
    sentence = SENTENCES.get(details["type"], "The {key} is not right.")
    return [sentence.format(key=key, **context)]


def sentence_for(model: type[Part], place: Iterable[int | str]) -> str | None:
    """The description of a field, or the title of the model of an item."""
    held: Any = model
    said: str | None = model.model_config.get("title")
    for step in place:
        if isinstance(step, int):
            held = get_args(held)[0]
            said = held.model_config.get("title") if is_part(held) else said
        else:
            field = held.model_fields[named(held, step)]
            held, said = without_none(field.annotation), field.description
    return said


def without_none(annotation: Any) -> Any:
    """What an optional value is when it is there."""
    parts = [each for each in get_args(annotation) if each is not type(None)]
    is_optional = len(parts) < len(get_args(annotation))
    return parts[0] if is_optional else annotation


def named(model: type[Part], key: str) -> str:
    """The name of the field with this key in the file."""
    return next((name for name, each in model.model_fields.items() if each.alias == key), key)


def is_part(held: Any) -> bool:
    return isinstance(held, type) and issubclass(held, Part)


def path_of(place: Iterable[int | str]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def said(*sentences: str) -> PydanticCustomError:
    """To be raised by a validator that knows better than the field's description."""
    return PydanticCustomError("said", "said", {"sentences": sentences})


def shown(value: Any) -> str:
    """A value as it may stand in a sentence: short and printable."""
    return str(value)[:SHOWN].encode("utf-8", "replace").decode()


# Kinds of value


def Text(  # noqa: N802 - stands where a type does
    longest: int | None = None,
    *,
    is_code: bool = False,
    is_slug: bool = False,
    may_be_empty: bool = False,
) -> Any:
    """Text of at most `longest` characters; a code has no space around it."""

    def check(value: str) -> str:
        if not value.strip() and not may_be_empty:
            raise PydanticCustomError("empty", "empty")
        if (is_code or is_slug) and value != value.strip():
            raise PydanticCustomError("spaces", "spaces")
        if longest is not None and len(value) > longest:
            count = {"count": len(value), "most": longest}
            raise PydanticCustomError("too_long", "too_long", count)
        if "\0" in value:
            raise PydanticCustomError("string_unicode", "string_unicode")
        if is_slug and not SLUG.fullmatch(value):
            raise PydanticCustomError("slug", "slug")
        return value

    return Annotated[str, AfterValidator(check)]


def is_hundredths(value: Any) -> bool:
    """Whether it is a number from 0 to 9999.99 with at most two decimals."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return number.is_finite() and 0 <= number <= LARGEST and round(number, 2) == number


def hundredths(value: Any) -> Decimal:
    if not is_hundredths(value):
        raise PydanticCustomError("number", "number")
    return Decimal(str(value))


def day(value: Any) -> dt.date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("day", "day")
    return dt.date.fromisoformat(value)


Day = Annotated[dt.date, BeforeValidator(day)]
Hundredths = Annotated[Decimal, BeforeValidator(hundredths)]
AboveZero = Annotated[Decimal, BeforeValidator(hundredths), Field(gt=0)]
