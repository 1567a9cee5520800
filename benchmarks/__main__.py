"""`python -m benchmarks`: every benchmark on a database of its own, which is dropped afterwards."""

import argparse
import os
from contextlib import nullcontext

import django

PARTS = (
    "paths",
    "uploads",
    "matching",
    "pages",
    "county",
    "scenarios",
    "screens",
    "national",
    "mails",
    "exports",
    "growth",
    "runs",
)


def main() -> None:
    options = read_arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banding_portal.settings")
    django.setup()
    from benchmarks.county import measure_county
    from benchmarks.database import own_database
    from benchmarks.exports import measure_exports
    from benchmarks.growth import measure_growth
    from benchmarks.mails import measure_mails
    from benchmarks.matching import measure_matching
    from benchmarks.national import measure_national
    from benchmarks.pages import measure_pages
    from benchmarks.paths import measure_paths
    from benchmarks.runs import measure_runs
    from benchmarks.scenarios import measure_scenarios
    from benchmarks.screens import measure_screens
    from benchmarks.uploads import measure_uploads

    measures = {
        "paths": measure_paths,
        "uploads": lambda: measure_uploads(options.rounds),
        "matching": lambda: measure_matching(options.rounds),
        "pages": lambda: measure_pages(options.rounds),
        "county": lambda: measure_county(options.rounds),
        "scenarios": lambda: measure_scenarios(options.rounds),
        "screens": lambda: measure_screens(options.rounds),
        "national": measure_national,
        "mails": measure_mails,
        "exports": measure_exports,
        "growth": lambda: measure_growth(options.rounds),
        "runs": lambda: measure_runs(options.placements, options.rounds, options.loop_pupils),
    }
    for part in options.parts or options.only or measures:
        # Growth makes a database of its own for each size.
        with nullcontext() if part == "growth" else own_database():
            for line in measures[part]():
                print(line, flush=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="some of them")
    parser.add_argument(
        "--placements", type=int, default=640_000, help="how many placements to calculate"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often; the median counts")
    parser.add_argument(
        "--loop-pupils",
        type=int,
        default=10_000,
        help="how many pupils the loop in Python works through; its time is scaled up by lines",
    )
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"There is no benchmark {', '.join(unknown)}.")
    return options


if __name__ == "__main__":
    main()
