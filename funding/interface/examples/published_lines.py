"""Writes the lines of the newest published run as CSV. Needs Python 3.9 and nothing else.

PORTAL_URL=https://… PORTAL_TOKEN=bpt_… python3 published_lines.py lines.csv
"""

import csv
import json
import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def read(address: str) -> Any:
    """One answer of the interface."""
    shown = {"Authorization": f"Bearer {os.environ['PORTAL_TOKEN']}"}
    with urlopen(Request(address, headers=shown), timeout=60) as answer:
        return json.load(answer)


def pages(address: str) -> Iterator[Any]:
    """Every page of a list: each names the next one."""
    while address:
        page = read(address)
        yield page
        address = page["next"]


def main(path: str) -> None:
    start = f"{os.environ['PORTAL_URL']}/api/v1/runs/"
    runs = [run for page in pages(start) for run in page["items"]]
    if not runs:
        sys.exit("No run has been published yet.")
    newest = runs[-1]
    lines = [line for page in pages(f"{start}{newest['id']}/lines/") for line in page["items"]]
    paid = sum(Decimal(line["amount"]) for line in lines if line["is_paid"])
    if len(lines) != newest["lines"] or paid != Decimal(newest["control_total"]):
        sys.exit("Not every line came. Nothing was written.")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=lines[0])
        writer.writeheader()
        writer.writerows(lines)
    print(f"{newest['period_name']}: {len(lines)} lines, £{paid}")


try:
    main(sys.argv[1])
except HTTPError as error:
    # A token that was revoked meanwhile, say. Nothing was written.
    sys.exit(f"The portal answered {error.code}: {json.load(error)['problem']}")
