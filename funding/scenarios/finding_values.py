"""The page that looks for values that fit a budget and rules (rules.md F15)."""

from typing import Any

from django.urls import reverse

from banding_portal.pages import FormPage
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER
from banding_portal.words import money
from funding.models import Scenario
from funding.scenarios.actions import scenario_actions
from funding.scenarios.changing import page_of
from funding.scenarios.grid import bands_of_scenario
from funding.scenarios.preparing import day_of_today
from funding.scenarios.proposing import Proposal, propose
from funding.scenarios.search_forms import FindForm
from funding.scenarios.selectors import wanted_for
from funding.scenarios.services import keep_found, work_out_scenario
from funding.scenarios.views import AboutScenario

NAME = "Values that fit"


class ScenarioFind(AboutScenario, FormPage[Scenario]):
    """Values found become a scenario; where none fit, the rules that contradict each other."""

    allowed_roles = FINANCE_OFFICER
    form_class = FindForm
    template_name = "funding/scenario_find.html"
    sends_once = True
    leads_to = ""

    def why_closed(self) -> list[str]:
        return list(scenario_actions(self.found, self.user).why_not("find"))

    def form_options(self) -> dict[str, Any]:
        bands = [(band.code, band.name) for band in bands_of_scenario(self.found)]
        return {"base": self.found.terms, "bands": bands}

    def get_initial(self) -> dict[str, Any]:
        budget = self.found.terms.get("budget")
        taken = set(Scenario.objects.visible_to(self.user).values_list("name", flat=True))
        names = (f"{NAME} {number}" if number else NAME for number in (0, *range(2, 10_000)))
        name = next(name for name in names if name not in taken)
        return {"name": name, "budget": budget, "keep_order": True}

    def context(self) -> dict[str, Any]:
        return super().context() | {"day": day_of_today(self.found.terms["year"])}

    def act(self, form: FindForm) -> str:
        assert form.wish is not None  # noqa: S101 (a form without errors has it)
        proposal = propose(wanted_for(self.found, form.wish))
        if proposal.cost is None:
            raise RefusalError(*contradiction(proposal))
        made = keep_found(scenario=self.found, wish=form.wish, proposal=proposal, by=self.user)
        work = work_out_scenario(scenario=made, by=self.user)
        self.leads_to = page_of(work, made)
        return (
            f"Values that cost {money(proposal.cost)} of {money(proposal.budget)} were found. "
            "They are saved as a scenario of yours."
        )

    def next_url(self) -> str:
        return self.leads_to or reverse("funding:scenario_detail", args=[self.found.pk])


def contradiction(proposal: Proposal) -> list[str]:
    """The rules, and once for those that come from one part of the wish what would do instead."""
    first = "No values fit, because these rules contradict each other. Relax one of them."
    if len(proposal.because) == 1:
        first = "No values fit, because this rule cannot be kept. Relax it."
    told, said = set(), [first]
    for each in proposal.because:
        said.append(
            each.rule.words if each.rule.part in told else f"{each.rule.words} {each.words}"
        )
        told.add(each.rule.part)
    return said
