"""What a workbook is made of, free of the database. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banding.templates_io.workbooks.mark import Mark

CellValue = str | int | dt.date | None


@dataclass(frozen=True)
class LevelContent:
    code: str
    descriptor: str


@dataclass(frozen=True)
class AreaContent:
    code: str
    name: str
    levels: Sequence[LevelContent]


@dataclass(frozen=True)
class BandContent:
    code: str
    name: str
    summary: str = ""


@dataclass(frozen=True)
class FrameworkContent:
    name: str
    areas: Sequence[AreaContent]
    bands: Sequence[BandContent]
    tie_rule: str = ""


@dataclass(frozen=True)
class TemplateContent:
    """Everything a workbook shows. Rows hold cells by column key (columns.py)."""

    mark: Mark
    collection: str
    school: str
    deadline: dt.date
    framework: FrameworkContent
    pupils: Sequence[Mapping[str, CellValue]]
