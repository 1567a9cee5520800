"""Who may open each address of resources."""

from tests.access.people import EVERYBODY, RUNNERS
from tests.access.rule import Rule, change, rule

RESOURCES = {
    "resource_list": Rule(EVERYBODY),
    "resource_detail": Rule(EVERYBODY, objects={"pk": "resource"}),
    "resource_file": Rule(EVERYBODY, objects={"pk": "resource"}),
    "resource_create": rule(*RUNNERS),
    "resource_edit": rule(*RUNNERS, pk="draft_resource"),
    "resource_attach": rule(*RUNNERS, pk="draft_resource"),
    "resource_publish": change(*RUNNERS, pk="draft_resource"),
    "resource_delete": change(*RUNNERS, pk="draft_resource"),
    "resource_renew": rule(*RUNNERS, pk="resource"),
    "resource_withdraw": rule(*RUNNERS, pk="resource"),
}
