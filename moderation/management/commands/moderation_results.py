"""`moderation_results`: agreement and what would change in a collection, for a script (M7)."""

from typing import Any

from django.core.management.base import CommandParser

from banding.models import Collection
from banding_portal.commands import PortalCommand
from moderation.agreement import Kappa
from moderation.estimate import Estimate
from moderation.models import Sample
from moderation.selectors.results import Results, results_of


class Command(PortalCommand):
    help = "Agreement of moderators and schools in the sample of a collection."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, help="Its code.")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["collection"]
        collection = Collection.objects.filter(code=code).first()
        if collection is None:
            self.refuse([f"There is no collection with the code “{code}”."])
        samples = Sample.objects.standing().filter(collection=collection)
        sample = samples.order_by("pilot").first()
        if sample is None:
            self.refuse([f"No sample of “{collection}” has been drawn."])
        data = figures_of(results_of(sample))
        sentence = "{cases:,} cases counted. Decisions that would change: {would_change}."
        self.done(data, sentence.format(**data))


def figures_of(results: Results) -> dict[str, Any]:
    """By name; null where not defined. Shares 0 to 1, weighted by the design; whole pounds."""
    agreement, effect = results.agreement, results.effect
    exact, near = results.weighted_exact, results.weighted_within_one
    kappas = {
        "kappa": agreement.kappa,
        "kappa_linear": agreement.linear_weighted_kappa,
        "kappa_quadratic": agreement.quadratic_weighted_kappa,
        "ac1": agreement.ac1,
        "ac2": agreement.ac2,
    }
    return {
        "cases": agreement.n,
        "agreement": exact.shares[0] if exact else None,
        "agreement_of_cases": agreement.exact_agreement,
        "within_one": near.shares[0] if near else None,
        **{name: kappa.value if kappa else None for name, kappa in kappas.items()},
        "intervals": {
            "agreement": of_shares(exact),
            "within_one": of_shares(near),
            **{name: of_kappa(kappa) for name, kappa in kappas.items()},
        },
        "would_change": results.estimate.value if results.estimate else None,
        "would_change_low": results.estimate.low if results.estimate else None,
        "would_change_high": results.estimate.high if results.estimate else None,
        "annual_effect": effect.value if effect else None,
        "annual_effect_low": effect.low if effect else None,
        "annual_effect_high": effect.high if effect else None,
        "without_a_value": results.unvalued,
        "final": results.is_final,
        "not_settled": results.unsettled,
    }


def of_shares(estimate: Estimate | None) -> list[float] | None:
    return [*estimate.shares[1:]] if estimate else None


def of_kappa(kappa: Kappa | None) -> list[float] | None:
    return [kappa.low, kappa.high] if kappa else None
