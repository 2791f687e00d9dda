"""`studyapp compare-schedulers`: SM-2 and FSRS on the user's own history."""

from __future__ import annotations

import json
from dataclasses import asdict

from studyapp.scheduling.calibration import Accuracy
from studyapp.scheduling.simulation import Workload
from studyapp.services.comparing import Comparison

NOTHING = "No card was reviewed on a later day yet, so there is nothing to compare."


def told(comparison: Comparison, *, as_json: bool) -> str:
    """The comparison, as text or as JSON."""
    if as_json:
        return json.dumps(asdict(comparison), indent=2)
    return _as_text(comparison)


def _as_text(comparison: Comparison) -> str:
    if comparison.sm2 is None or comparison.fsrs is None:
        return NOTHING
    own = "your own" if comparison.has_own_parameters else "the default"
    return "\n".join(
        [
            f"{comparison.fsrs.reviews} reviews of {comparison.cards} cards, by {own} parameters.",
            "",
            f"{'':6}{'log loss':>9}{'RMSE(bins)':>12}{'predicted':>11}{'recalled':>10}",
            _accuracy("SM-2", comparison.sm2),
            _accuracy("FSRS", comparison.fsrs),
            "",
            "Lower log loss and RMSE are better. What was predicted, and what was recalled:",
            f"{'':6}{'predicted':>10}{'recalled':>10}{'reviews':>9}",
            *_calibration("SM-2", comparison.sm2),
            *_calibration("FSRS", comparison.fsrs),
            "",
            "What a desired retention costs with FSRS, for each card in a year (simulated):",
            f"{'retention':>10}{'reviews':>9}{'lapses':>8}{'minutes':>9}{'remembered':>12}",
            *(_workload(each) for each in comparison.workloads),
        ]
    )


def _accuracy(name: str, accuracy: Accuracy) -> str:
    return (
        f"{name:6}{accuracy.log_loss:9.4f}{accuracy.rmse_bins:12.4f}"
        f"{accuracy.predicted:11.1%}{accuracy.recalled:10.1%}"
    )


def _calibration(name: str, accuracy: Accuracy) -> list[str]:
    return [
        f"{name:6}{each.predicted:10.1%}{each.recalled:10.1%}{each.reviews:9}"
        for each in accuracy.calibration
    ]


def _workload(each: Workload) -> str:
    return (
        f"{each.retention_permille / 1000:10.0%}{each.reviews:9.1f}{each.lapses:8.1f}"
        f"{each.minutes:9.1f}{each.remembered:12.0%}"
    )
