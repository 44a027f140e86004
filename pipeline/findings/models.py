"""A finding: a rule, the place where it is broken, and the value found there."""

from typing import Final, Self

from pydantic import BaseModel, ConfigDict

from ontology.shapes import Severity, is_violation
from pipeline.findings.catalogue import all_rules

HELP: Final = "help/"
"""Below the city's base address: a page for each code."""

LONGEST_VALUE: Final = 300
"""Characters of a cell that a finding shows."""


class Finding(BaseModel):
    """One thing to mend. The place is what a spreadsheet shows: sheet, row, column letter, header.

    `file` is the path below the raw folder; `row` counts from 1 and includes the header.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    header: str | None = None
    value: str | None = None
    message_de: str
    message_en: str
    hint_de: str
    hint_en: str

    @classmethod
    def of(
        cls,
        code: str,
        file: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        header: str | None = None,
        value: str | None = None,
        detail: str = "",
        detail_en: str | None = None,
        suggestion: str | None = None,
    ) -> Self:
        """Return the finding of a rule at a place; `detail` fills the braces of its texts.

        `detail_en` fills those of the English texts, where it differs. `suggestion` is what was probably
        meant; the hints end with it.

        Raises `KeyError` for a code that no rule has.
        """
        rule = all_rules()[code]
        english = detail if detail_en is None else detail_en
        return cls(
            code=code,
            severity=rule.severity,
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            header=header,
            value=shortened(value),
            message_de=rule.message_de.replace("{detail}", detail),
            message_en=rule.message_en.replace("{detail}", english),
            hint_de=rule.remedy_de.replace("{detail}", detail),
            hint_en=rule.remedy_en.replace("{detail}", english),
        ).suggesting(suggestion)

    def suggesting(self, suggestion: str | None) -> Self:
        """Return the finding with what was probably meant at the end of its hints."""
        if suggestion is None:
            return self
        return self.model_copy(
            update={
                "hint_de": f"{self.hint_de} Meinten Sie „{suggestion}“?",
                "hint_en": f"{self.hint_en} Did you mean “{suggestion}”?",
            }
        )

    @property
    def help(self) -> str:
        """Return the path of the help page, below the city's base address."""
        return f"{HELP}{self.code}"

    @property
    def blocks(self) -> bool:
        """Tell whether the finding holds the file back."""
        return is_violation(self.severity)

    def place(self) -> str:
        """Return the place as people say it: file, sheet, cell."""
        cell = f"{self.column or ''}{self.row or ''}"
        sheet = f"'{self.sheet}'!" if self.sheet and cell else ""
        return f"{self.file} {sheet}{cell}".strip()


def shortened(text: str | None) -> str | None:
    """Return the beginning of a text that is too long to be shown in a report."""
    return f"{text[:LONGEST_VALUE]}…" if text and len(text) > LONGEST_VALUE else text
