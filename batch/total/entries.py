"""The entries that count: rows without an error, secrets taken out, blank 数量 set to 1."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from batch.areas.contract import AMOUNT
from batch.finding import Finding, Severity
from batch.ledger.ledger import Ledger


@dataclass(frozen=True)
class Entries:
    """The rows of a sheet that may be counted, and those that may not, with the reason for each."""

    ledger: Ledger
    frame: pd.DataFrame
    """Cleaned rows without an error; concealed texts of classified rows are missing."""
    excluded: Mapping[int, str]
    """Row key -> why the row is left out."""
    unsettled: frozenset[int]
    """Keys of rows with a 核实 finding that is neither corrected nor explained."""


def countable(ledger: Ledger, findings: Iterable[Finding]) -> Entries:
    """Return the entries of a ledger that its findings let through."""
    reasons: dict[int, list[str]] = {}
    unsettled: set[int] = set()
    for finding in findings:
        if finding.sheet != ledger.sheet.name or finding.key is None:
            continue
        if finding.severity is Severity.ERROR:
            for key in (finding.key, *finding.also):
                reasons.setdefault(key, []).append(finding.message.rstrip("。"))
        elif finding.severity is Severity.VERIFY and not finding.settled:
            unsettled |= {finding.key, *finding.also}
    excluded = {key: "；".join(messages) for key, messages in reasons.items()}
    frame = ledger.open_frame.drop(index=list(excluded))
    if ledger.sheet.role == "area":
        amounts = frame[AMOUNT] if AMOUNT in frame else pd.Series(1, frame.index, "Int64")
        frame = frame.assign(**{AMOUNT: amounts.fillna(1).astype("int64")})
    repeated = dict.fromkeys(ledger.repeats, "与另一份台账的行相同，只计一次")
    return Entries(ledger, frame, {**excluded, **repeated}, frozenset(unsettled))
