"""A scenario worked out with pandas, as somebody would with a spreadsheet of states: a check of the
figures and the measure of `scenarios.py`. Values that hold all year, and a floor for each pupil.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from funding.scenarios.pricing import Caseload, State, Steps


def frame_of(caseload: Caseload) -> pd.DataFrame:
    """The states with all that tables are by, once for all scenarios."""
    states = pd.DataFrame(caseload.states, columns=State._fields)
    terms = pd.DataFrame(caseload.terms).assign(days=[term.days for term in caseload.terms])
    pupils = pd.DataFrame(caseload.pupils)[["need"]]
    schools = pd.DataFrame(caseload.schools)[["phase", "quadrant"]]
    return (
        states.merge(terms[["code", "numerator", "denominator", "days"]],
                     left_on="term", right_index=True)
        .merge(pupils, left_on="pupil", right_index=True)
        .merge(schools, left_on="school", right_index=True)
    )  # fmt: skip


def amounts_of(frame: pd.DataFrame, values: Mapping[tuple[int, str], Steps]) -> pd.Series:
    """Pence of each state at one value all year, rounded half up."""
    table = pd.DataFrame(
        [(band, sector, steps[-1][1]) for (band, sector), steps in values.items() if steps],
        columns=["band", "sector", "value"],
    )
    found = frame.reset_index().merge(table, on=["band", "sector"], how="left").set_index("index")
    part = found["numerator"] * (found["end"] - found["start"] + 1)
    whole = found["denominator"] * found["days"]
    value = found["value"].fillna(0).astype("int64")
    return ((2 * value * part + whole) // (2 * whole)).where(found["own"], 0)


def worked_out(
    frame: pd.DataFrame,
    today: Mapping[tuple[int, str], Steps],
    then: Mapping[tuple[int, str], Steps],
    floor: int,
) -> dict[str, Any]:
    """Total, tables, protection, winners, losers, averages and counts, in pence."""
    priced = frame.assign(before=amounts_of(frame, today), after=amounts_of(frame, then))
    sums = priced.groupby(["pupil", "school"])[["before", "after"]].sum()
    kept = ((2 * (floor * sums["before"] - 100 * sums["after"]) + 100) // 200).clip(lower=0)
    ends = sums["after"] + kept
    by = ("sector", "band", "need", "phase", "quadrant", "code")
    return {
        "total": int(priced["after"].sum() + kept.sum()),
        "tables": {name: priced.groupby(name)["after"].sum() for name in by},
        "heads": {name: priced.groupby(name)["pupil"].nunique() for name in by},
        "averages": priced.groupby(["sector", "phase", "need"])[["before", "after"]].mean(),
        "schools": priced.groupby("school")[["before", "after"]].sum(),
        "winners": int((ends > sums["before"]).sum()),
        "losers": int((ends < sums["before"]).sum()),
    }
