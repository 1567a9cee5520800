"""Asking, answering, arranging and publishing queries."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from banding_portal.asking import AsksIfSure
from banding_portal.folding import fold
from banding_portal.forms import DateField, PortalForm
from banding_portal.roles import SCHOOL_ROLES
from banding_portal.telling import ToldToMany
from banding_portal.words import short_day
from schools.choices import QueryCategory, QueryState, QueryWay
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import Query, School, User
from schools.naming import Doubt, names_in, parts_in
from schools.queries.places import collection_names
from schools.queries.selectors import ME, NOBODY, others_of_school, possible_owners, pupils_known

ANY = ("", "All")
PERHAPS = (
    "Is {word} a pupil? One of the school is called that. Write the pupil’s reference instead. "
    "If you mean somebody else, tick “It is right anyway”"
)
LONGEST = 8000
NOT_REWRITTEN = (
    "This is still word for word what one school was told. Rewrite it for every school, unless it "
    "fits them all"
)
HINTS = {
    QueryCategory.BANDS: "What a descriptor means, which level fits",
    QueryCategory.PUPILS: "Who is on your list, a plan, a date",
    QueryCategory.RETURNS: "What to send and by when",
    QueryCategory.FUNDING: "What is paid, and why",
    QueryCategory.PORTAL: "Accounts, passwords, a page that does not do what you expect",
}


def text_field(label: str, missing: str, rows: int = 6, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST,
        error_messages={"required": missing},
        **more,
    )


class NamesNobody(AsksIfSure):
    """A pupil is meant by reference alone: a word that is a name of one of the school is asked
    about, for somebody else may be called that. Whole names the service refuses.
    """

    def ask_about_names(self, school: School | None, names: Sequence[str]) -> None:
        if school is None:
            return
        known = pupils_known([school.pk])
        form = cast("forms.Form", self)
        texts = {name: str(form.cleaned_data.get(name) or "") for name in names}
        whole = [(each.forename, each.surname) for each in known]
        # A whole name has to come out in any case, which the service says.
        self.tell(
            Doubt(name, PERHAPS.format(word=word), is_error=False)
            for name, text in texts.items()
            if not names_in(text, whole)
            for word in parts_in(text, known)
        )


class QueryForm(NamesNobody, PortalForm):
    """What a school asks; the school itself where somebody works for several."""

    school = SchoolField(label="School", empty_label="Choose one")
    category = forms.ChoiceField(
        label="What is it about?", choices=QueryCategory.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(label="In a few words", max_length=150)
    text = text_field("Your question", "Enter your question", help_text="Do not name a pupil.")
    pupil = forms.CharField(
        label="Pupil’s reference",
        help_text="If it is about one pupil: the reference or the UPN. Only the reference is kept.",
        max_length=40,
        required=False,
    )

    class Look:
        said = {
            "category": "what it is about",
            "subject": "what it is about in a few words",
            "text": "your question",
            "pupil": "the pupil’s reference",
        }
        choice_hints = {"category": HINTS}
        width = {"pupil": "10"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = School.objects.filter(pk__in=user.school_ids_as(*SCHOOL_ROLES)).order_by("name")
        offer_schools(self, "school", own)
        if len(schools := list(own[:2])) == 1:
            self.only_school = schools[0]
            del self.fields["school"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        school = getattr(self, "only_school", None) or cleaned.get("school")
        self.ask_about_names(school, ("subject", "text"))
        return cleaned

    @property
    def wish(self) -> dict[str, Any]:
        """The arguments of the service that asks."""
        return {"school": getattr(self, "only_school", None)} | self.cleaned_data


class EnterQueryForm(NamesNobody, PortalForm):
    """What a school asked by telephone, post or email."""

    school = SchoolField(label="School", empty_label="Choose one")
    came_by = forms.ChoiceField(
        label="How did it come?",
        choices=[each for each in QueryWay.choices if each[0] != QueryWay.PORTAL],
        widget=forms.RadioSelect,
    )
    asked_on = DateField(label="Which day?", said="the day it came", example="27 11 2026")
    name = forms.CharField(label="Who asked?", max_length=120)
    email = forms.EmailField(
        label="Their email address on the portal",
        help_text="If they have an account, they read the answer there and are told of it. Without "
        "one you have to tell them yourself.",
        required=False,
    )
    category = forms.ChoiceField(
        label="What is it about?", choices=QueryCategory.choices, widget=forms.RadioSelect
    )
    collection = forms.ChoiceField(
        label="Collection", help_text="If it is about one.", required=False
    )
    subject = forms.CharField(label="In a few words", max_length=150)
    text = text_field("The question", "Enter the question", help_text="Do not name a pupil.")
    pupil = forms.CharField(
        label="Pupil’s reference",
        help_text="If it is about one pupil: the reference or the UPN. Only the reference is kept.",
        max_length=40,
        required=False,
    )

    class Look:
        said = {
            "came_by": "the way the query reached you",
            "name": "the name of the person who asked",
            "category": "what it is about",
            "subject": "what it is about in a few words",
            "text": "the question",
            "email": "their email address",
            "pupil": "the pupil’s reference",
        }
        width = {"pupil": "10"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", School.objects.visible_to(user).order_by("name"))
        names = collection_names(user)
        self.offer_choices("collection", [("", "None"), *((name, name) for name in names)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask_about_names(cleaned.get("school"), ("subject", "text"))
        return cleaned


class MessageForm(NamesNobody, PortalForm):
    """A reply of the authority, or what the school writes next."""

    text = text_field("Your reply", "Enter your reply", help_text="Do not name a pupil.")

    def __init__(self, *args: Any, is_school: bool, school: School, **kwargs: Any) -> None:
        self.is_school, self.school = is_school, school
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask_about_names(self.school, ("text",))
        return cleaned

    def name_fields(self) -> None:
        if self.is_school:
            self.fields["text"] = text_field(
                "Write again",
                "Enter what you want to say",
                help_text="Do not name a pupil.",
            )


class NoteForm(PortalForm):
    text = text_field(
        "Internal note",
        "Enter a note",
        4,
        help_text="Whoever answers the query reads it, the school does not. Do not name a pupil.",
    )


class CloseQueryForm(PortalForm):
    text = text_field(
        "Last words for the school",
        "Tell the school why it is closed",
        4,
        help_text="If it was answered already, you need not write anything.",
        required=False,
    )


class ArrangeQueryForm(PortalForm):
    category = forms.ChoiceField(
        label="What is it about?", choices=QueryCategory.choices, widget=forms.RadioSelect
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Owner", empty_label="Nobody yet", required=False
    )
    due_on = DateField(label="Answer due", said="the day the answer is due", example="4 12 2026")

    class Look:
        said = {"category": "what it is about"}

    def __init__(self, *args: Any, query: Query, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_any = (possible_owners(Query(school=query.school, category=c)) for c in QueryCategory)
        people = {person.pk for found in of_any for person in found}
        self.offer("owner", User.objects.filter(pk__in=people).order_by("name", "email"))


class MergeQueryForm(PortalForm):
    into = forms.ModelChoiceField(
        Query.objects.none(), label="Which query is it about the same as?", empty_label="Choose one"
    )

    class Look:
        said = {"into": "the other query"}

    def __init__(self, *args: Any, query: Query, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("into", others_of_school(query, user))
        self.fields["into"].label_from_instance = lambda each: (  # type: ignore[attr-defined]
            f"{each.number}: {each.subject}, {each.school}, asked {short_day(each.asked_on)}"
        )


class QueryFilterForm(PortalForm):
    q = forms.CharField(label="Words, or a pupil’s reference", required=False)
    state = forms.ChoiceField(label="State", choices=[ANY, *QueryState.choices], required=False)
    category = forms.ChoiceField(
        label="About", choices=[ANY, *QueryCategory.choices], required=False
    )
    owner = forms.ChoiceField(label="Owner", choices=[ANY], required=False)
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Query.objects.visible_to(user).exclude(owner=None).order_by("owner__name")
        people = owners.values_list("owner", "owner__name").distinct()
        found = [(str(pk), name) for pk, name in people if pk != user.pk]
        self.offer_choices("owner", [ANY, (NOBODY, "Nobody yet"), (ME, "You"), *found])
        offer_schools(self, "school", School.objects.visible_to(user).order_by("name"))


class SchoolQueryFilterForm(PortalForm):
    """Of a school's own queries, which are few."""

    q = forms.CharField(label="Words, or a pupil’s reference", required=False)
    state = forms.ChoiceField(label="State", choices=[ANY, *QueryState.choices], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class QuestionForm(ToldToMany, PortalForm):
    """An answer as every school reads it."""

    category = forms.ChoiceField(
        label="What is it about?", choices=QueryCategory.choices, widget=forms.RadioSelect
    )
    question = forms.CharField(label="Question", max_length=200)
    answer = text_field(
        "Answer",
        "Enter the answer",
        10,
        help_text="Every school reads this. It must not tell which school asked, or about whom.",
    )

    class Look:
        said = {"category": "what it is about"}

    def __init__(self, *args: Any, reply: str = "", **kwargs: Any) -> None:
        """`reply` is what one school was told, where the answer is made of that."""
        super().__init__(*args, **kwargs)
        self.reply = reply

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.reply and fold(cleaned.get("answer", "")) == fold(self.reply):
            self.tell([Doubt("answer", NOT_REWRITTEN, is_error=False)])
        return cleaned


class QuestionFilterForm(PortalForm):
    q = forms.CharField(label="Words", required=False)
    category = forms.ChoiceField(
        label="About", choices=[ANY, *QueryCategory.choices], required=False
    )
