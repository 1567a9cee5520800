"""A scenario's outcome as JSON: what the command prints and what a stored scenario keeps. Pure."""

from dataclasses import asdict
from decimal import Decimal
from itertools import pairwise
from typing import Any

from funding.scenarios.outcome import Moves, Outcome, Party
from funding.scenarios.proposing import Proposal
from funding.scenarios.summing import ALL

EDGES = (-2_000, -1_000, -500, -100, 0, 100, 500, 1_000, 2_000)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Every amount in pounds; `headroom` is null without a budget."""
    tables = {f"cost_by_{name}": dict(table) for name, table in outcome.tables.items()}
    averages = {
        f"average_by_{name}": {
            key: {"today": old, "then": new} for key, (old, new) in found.items()
        }
        for name, found in outcome.averages.items()
    }
    whole = averages.pop("average_by_all").get(ALL)
    return {
        "cost_total": outcome.total,
        **tables,
        "cost_today": outcome.today,
        "cost_of_bands": outcome.bands,
        "cost_beside_bands": outcome.extras,
        "protection_in_force": outcome.kept,
        "protection_in_force_today": outcome.kept_today,
        "growth_total": outcome.growth,
        "ceasing_total": outcome.ceasing,
        "unbanded_total": outcome.unbanded,
        "moderation_total": outcome.moderation,
        "moderated": outcome.carried.judged,
        "moderated_of": outcome.carried.population,
        "cost_between": list(outcome.interval) if outcome.interval else None,
        "protection_total": outcome.protection,
        "protection_by_year": outcome.protection_by_year,
        "full_year": outcome.full_year,
        "budget": outcome.budget,
        "headroom": outcome.headroom,
        **averages,
        **({"average_all": whole} if whole else {}),
        "pupils": outcome.pupils_counted,
        **{f"pupils_by_{name}": dict(found) for name, found in outcome.heads.items()},
        "not_banded": outcome.not_banded,
        "unvalued": outcome.unvalued,
        "winners": outcome.pupils.winners,
        "losers": outcome.pupils.losers,
        "by_pupil": moves_as_json(outcome.pupils),
        "by_school": moves_as_json(outcome.schools),
    }


def moves_as_json(moves: Moves) -> dict[str, Any]:
    return {
        "winners": moves.winners,
        "losers": moves.losers,
        "same": moves.same,
        "gained": moves.gained,
        "lost": moves.lost,
        "distribution": distribution_of(moves),
        "most_gained": [party_as_json(each) for each in moves.most_gained],
        "most_lost": [party_as_json(each) for each in moves.most_lost],
    }


def distribution_of(moves: Moves) -> list[dict[str, Any]]:
    """How many change by how much, from the largest loss to the largest gain."""
    found = []
    for low, high in pairwise([None, *EDGES, None]):
        count = sum(
            (low is None or change > low) and (high is None or change <= high)
            for change in moves.changes
            if change
        )
        if high == 0:
            found.append({"from": low, "to": high, "count": count})
            found.append({"from": 0, "to": 0, "count": moves.changes.count(Decimal(0))})
        else:
            found.append({"from": low, "to": high, "count": count})
    return found


def party_as_json(party: Party) -> dict[str, Any]:
    pupil = {"pupil_id": party.reference} if party.reference else {}
    return {
        **pupil,
        "urn": party.urn,
        "school": party.school,
        "today": party.before,
        "then": party.after,
        "change": party.change,
    }


def proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    """Rules in words; `infeasible_because` is empty where values fit."""
    return {
        "status": proposal.status,
        "values": [asdict(value) for value in proposal.values],
        "cost_total": proposal.cost,
        "cost_today": proposal.today,
        "today_on": proposal.day,
        "budget": proposal.budget,
        "headroom": proposal.headroom,
        "moved": proposal.moved,
        "without_value": proposal.without_value,
        "binding": [
            {"rule": rule.words, "kind": rule.kind, "nearer_by": by}
            for rule, by in proposal.binding
        ],
        "infeasible_because": [each.rule.words for each in proposal.because],
        "relaxing": [
            {
                "rule": each.rule.words,
                "kind": each.rule.kind,
                "relax_to": each.relax_to,
                "least_cost": each.least_cost,
                "sentence": each.words,
            }
            for each in proposal.because
        ],
    }
