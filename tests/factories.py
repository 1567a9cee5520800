"""One factory a model; invented schools and pupils only."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from banding import models as banding
from banding.choices import CollectionKind, CombineKind, DecisionSource, DecisionState
from banding_portal.roles import Role
from funding import models as funding
from moderation import models as moderation
from schools import models as schools
from schools.choices import Sector


class QuadrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.Quadrant
        django_get_or_create = ("code",)

    code = "north"
    name = factory.LazyAttribute(lambda o: o.code.title())


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.School

    urn = factory.Sequence(lambda n: f"{900000 + n}")
    la_code = "999"
    establishment_number = factory.Sequence(lambda n: f"{2000 + n}")
    name = factory.Sequence(lambda n: f"Alderbrook {n} Primary School")
    type_code = 1
    type_name = "Community school"
    type_group_code = 4
    phase = "Primary"
    sector = Sector.MAINSTREAM
    low_age = 4
    high_age = 11
    quadrant = factory.SubFactory(QuadrantFactory)


class UserFactory(factory.django.DjangoModelFactory):
    """A person without a role; `person(role, ...)` below makes one with a role."""

    class Meta:
        model = schools.User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.Membership

    user = factory.SubFactory(UserFactory)
    role = Role.SENCO


def person(role: str, *, school=None, quadrant=None, **fields) -> schools.User:
    """A user with one role, at a school or in a quadrant where the role needs one."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, role=role, school=school, quadrant=quadrant)
    return user


class QueryFactory(factory.django.DjangoModelFactory):
    """A query that waits, with the question as its message."""

    class Meta:
        model = schools.Query
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    category = "other"
    subject = "Which day counts?"
    asked_by = factory.LazyAttribute(lambda o: person(Role.SENCO, school=o.school))
    asked_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyAttribute(lambda o: o.asked_on + dt.timedelta(days=7))

    @factory.post_generation
    def message(self, create, extracted, **kwargs):
        text = extracted or "Is it the first day of term?"
        self.messages.create(kind="question", text=text, written_by=self.asked_by)


class PublishedQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.PublishedQuestion

    category = "returns"
    question = factory.Sequence(lambda n: f"Which day counts, number {n}?")
    answer = "The first day of term."
    published_by = factory.SubFactory(UserFactory)


class PupilFactory(factory.django.DjangoModelFactory):
    """`PupilFactory(school=school)` places the pupil there with an EHCP since 2025."""

    class Meta:
        model = schools.Pupil
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"999-{n:07d}")
    surname = factory.Sequence(lambda n: f"Invented{n}")
    forename = "Amira"
    date_of_birth = dt.date(2018, 3, 4)
    primary_need = "SLCN"
    responsible_la = "999"

    @factory.post_generation
    def school(self, create, extracted, **kwargs):
        if extracted:
            PlacementFactory(pupil=self, school=extracted)
            PlanFactory(pupil=self)


class PlacementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.Placement

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SubFactory(SchoolFactory)
    start = dt.date(2025, 9, 1)


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = schools.Plan

    pupil = factory.SubFactory(PupilFactory)
    plan_type = "EHCP"
    start = dt.date(2025, 5, 5)


class FrameworkFactory(factory.django.DjangoModelFactory):
    """Bands A to C by highest need, over two areas with levels 0 to 3."""

    class Meta:
        model = banding.Framework
        skip_postgeneration_save = True
        django_get_or_create = ("code", "version")

    code = "test-framework"
    version = "1"
    name = "Test framework"
    effective_from = dt.date(2020, 9, 1)
    plan_types = ["EHCP", "SEN_SUPPORT"]
    combine_kind = CombineKind.HIGHEST_NEED

    @factory.post_generation
    def content(self, create, extracted, **kwargs):
        if self.bands.exists():
            return
        bands = [
            banding.Band.objects.create(framework=self, code=code, name=f"Band {code}", rank=rank)
            for rank, code in enumerate("ABC", start=1)
        ]
        for position, (code, name) in enumerate(
            [("cl", "Cognition and learning"), ("ci", "Communication and interaction")]
        ):
            area = banding.Area.objects.create(
                framework=self, code=code, name=name, position=position
            )
            for rank, band in enumerate([None, *bands]):
                banding.Level.objects.create(
                    area=area,
                    code=str(rank),
                    rank=rank,
                    band=band,
                    descriptor=f"{name}, level {rank}.",
                )


class CollectionFactory(factory.django.DjangoModelFactory):
    """Open now: opened a month ago, due in a month."""

    class Meta:
        model = banding.Collection

    code = factory.Sequence(lambda n: f"exercise-{n}")
    name = factory.Sequence(lambda n: f"Banding exercise {n}")
    kind = CollectionKind.EXERCISE
    framework = factory.SubFactory(FrameworkFactory)
    sectors = [Sector.MAINSTREAM]
    reference_date = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=30))
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=30))
    deadline = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))


class ReturnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = banding.Return

    collection = factory.SubFactory(CollectionFactory)
    school = factory.SubFactory(SchoolFactory)


class ReturnPupilFactory(factory.django.DjangoModelFactory):
    """A pupil placed at the return's school, on the return."""

    class Meta:
        model = banding.ReturnPupil

    pupil_return = factory.SubFactory(ReturnFactory)
    plan_type = "EHCP"

    @factory.lazy_attribute
    def pupil(self):
        return PupilFactory(school=self.pupil_return.school)


class BandDecisionFactory(factory.django.DjangoModelFactory):
    """A submitted decision of a school on a return; `band_code` names the band."""

    class Meta:
        model = banding.BandDecision

    class Params:
        band_code = "B"

    return_pupil = factory.SubFactory(ReturnPupilFactory)
    pupil = factory.LazyAttribute(lambda o: o.return_pupil.pupil)
    collection = factory.LazyAttribute(lambda o: o.return_pupil.pupil_return.collection)
    school = factory.LazyAttribute(lambda o: o.return_pupil.pupil_return.school)
    framework = factory.LazyAttribute(lambda o: o.collection.framework)
    band = factory.LazyAttribute(lambda o: o.framework.bands.get(code=o.band_code))
    state = DecisionState.SUBMITTED
    source = DecisionSource.SCHOOL
    effective_from = factory.LazyAttribute(lambda o: o.collection.reference_date)
    submitted_at = factory.LazyFunction(timezone.now)


class SampleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = moderation.Sample

    collection = factory.SubFactory(CollectionFactory)
    seed = "autumn"
    rate = Decimal("0.1")


class CaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = moderation.Case

    decision = factory.SubFactory(BandDecisionFactory)
    sample = factory.LazyAttribute(lambda o: SampleFactory(collection=o.decision.collection))
    reference = factory.Sequence(lambda n: f"{n:04X}")


class PaymentCalendarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = funding.PaymentCalendar
        django_get_or_create = ("year",)

    year = "2026-27"
    proration = "calendar_days"


class PeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = funding.Period

    calendar = factory.SubFactory(PaymentCalendarFactory)
    code = "2026-autumn"
    name = "Autumn term 2026"
    start = dt.date(2026, 9, 1)
    end = dt.date(2026, 12, 31)
    count_date = dt.date(2026, 10, 1)
    numerator = 4
    denominator = 12


class BandValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = funding.BandValue

    band = factory.LazyFunction(lambda: FrameworkFactory().bands.get(code="B"))
    sector = Sector.MAINSTREAM
    annual_value = Decimal("2240.00")
    effective_from = dt.date(2020, 9, 1)


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = funding.Run

    period = factory.SubFactory(PeriodFactory)
    sequence = 1
    prepared_at = factory.LazyFunction(timezone.now)
