from schools.contacts.models import Contact, ContactConfirmation
from schools.information_sheets.models import InformationSheet, SheetLine, SheetReading
from schools.looks.models import Look, UnusualDay
from schools.models.answers import PupilAnswer
from schools.models.corrections import Correction
from schools.models.history import FormerFact, FormerSector
from schools.models.imports import ImportedRow, ImportRecord
from schools.models.invitations import InvitationRound
from schools.models.merges import PupilMerge
from schools.models.people import Membership, User
from schools.models.pupils import Placement, Plan, Pupil
from schools.models.register import Quadrant, School, SchoolLink
from schools.models.role_requests import RoleRequest
from schools.models.uploads import PeopleUpload, QuadrantUpload, RegisterUpload
from schools.queries.models import PublishedQuestion, Query, QueryMessage
from schools.resources.models import Resource, ResourceDocument
from schools.training.models import Place, SchoolVisit, TrainingSession

__all__ = [
    "Contact",
    "ContactConfirmation",
    "Correction",
    "FormerFact",
    "FormerSector",
    "ImportRecord",
    "ImportedRow",
    "InformationSheet",
    "InvitationRound",
    "Look",
    "Membership",
    "PeopleUpload",
    "Place",
    "Placement",
    "Plan",
    "PublishedQuestion",
    "Pupil",
    "PupilAnswer",
    "PupilMerge",
    "Quadrant",
    "QuadrantUpload",
    "Query",
    "QueryMessage",
    "RegisterUpload",
    "Resource",
    "ResourceDocument",
    "RoleRequest",
    "School",
    "SchoolLink",
    "SchoolVisit",
    "SheetLine",
    "SheetReading",
    "TrainingSession",
    "UnusualDay",
    "User",
]
