"""Contacts of schools from a day on, and when a school last confirmed them (rules.md S15)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.choices import ContactKind
from schools.models.register import School

if TYPE_CHECKING:
    from schools.models.people import User


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: "User") -> "ContactQuerySet":
        """Those of the schools the person sees."""
        return self.filter(school__in=School.objects.visible_to(user))


@audited
class Contact(UuidModel):
    """Who is a contact of a school from a day on, until the next of the kind; a contact need not
    be a user. Without a name there is nobody at present.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=12, choices=ContactKind)
    since = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("email address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["school", "kind", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "since"], name="contact_once_a_day"),
            models.CheckConstraint(
                condition=Q(name="", email="", telephone="")
                | (~Q(name="") & ~Q(email="", telephone="")),
                name="contact_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or 'nobody'}"


class ContactConfirmation(UuidModel):
    """Somebody said that the contacts of a school are right."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="confirmations")
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-confirmed_at"]
        indexes = [models.Index(fields=["school", "confirmed_at"], name="contacts_confirmed")]

    def __str__(self) -> str:
        return f"{self.school}, {self.confirmed_at:%d %m %Y}"
