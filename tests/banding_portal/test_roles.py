"""Roles that nobody may hold together (M9)."""

import pytest

from banding_portal.roles import Role, counted, in_the_way

READERS = [
    Role.SEND_OFFICER,
    Role.AUDITOR,
    Role.FINANCE_OFFICER,
    Role.FINANCE_AUTHORISER,
    Role.INCLUSION_PARTNER,
]


@pytest.mark.parametrize("role", READERS)
def test_role_that_reads_bands_and_moderating_are_in_each_others_way(role):
    assert in_the_way(role, {Role.MODERATOR, Role.SENCO}) == Role.MODERATOR
    assert in_the_way(Role.MODERATOR, {role, Role.SENCO}) == role


def test_other_roles_go_together():
    others = set(Role.values) - {*READERS}
    assert [role for role in others if in_the_way(role, others - {role})] == []
    assert in_the_way(Role.AUDITOR, {Role.SEND_OFFICER, Role.FINANCE_OFFICER}) == ""


def test_only_moderating_counts_where_both_are_held_from_before():
    both = {Role.MODERATOR, Role.AUDITOR, Role.SENCO}
    assert counted(both) == {Role.MODERATOR, Role.SENCO}
    assert counted({Role.AUDITOR, Role.SENCO}) == {Role.AUDITOR, Role.SENCO}
