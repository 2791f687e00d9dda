"""A comparison of the schedulers in words, as plots and as figures."""

from __future__ import annotations

from collections.abc import Callable

from studyapp.scheduling.calibration import Accuracy
from studyapp.scheduling.simulation import Workload
from studyapp.services.comparing import Comparison
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.spans import counted

ACCURACY_HEADINGS = ("Measure", "SM-2", "FSRS")
CALIBRATION_HEADINGS = ("Scheduler", "Predicted", "Recalled", "Reviews")
WORKLOAD_HEADINGS = ("Retention", "Reviews", "Lapses", "Minutes", "Remembered")
_NOTHING = "–"
_percent: Callable[[float], str] = "{:.0%}".format


def verdict(comparison: Comparison) -> str:
    """Which scheduler foresaw recall better, with what to think of that."""
    sm2, fsrs = comparison.sm2, comparison.fsrs
    if sm2 is None or fsrs is None:
        return (
            "There are no reviews of cards that were due yet, so nothing can be compared. The "
            "workload is simulated with habits of others."
        )
    better = "FSRS" if fsrs.log_loss < sm2.log_loss else "SM-2"
    told = (
        f"On {counted(fsrs.reviews, 'review')} of {counted(comparison.cards, 'card')}, {better} "
        "foresaw better what was recalled. A lower log loss is better; 0 would be clairvoyance."
    )
    if comparison.has_own_parameters:
        told += " FSRS may have learned from these very reviews, which flatters it."
    return told


def accuracy_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """The measures of both."""
    measures: tuple[tuple[str, Callable[[Accuracy], str]], ...] = (
        ("Log loss", lambda each: f"{each.log_loss:.4f}"),
        ("RMSE (bins)", lambda each: f"{each.rmse_bins:.4f}"),
        ("Predicted recall", lambda each: f"{each.predicted:.1%}"),
        ("Real recall", lambda each: f"{each.recalled:.1%}"),
    )
    return [
        (name, *(_NOTHING if each is None else read(each) for each in _both(comparison)))
        for name, read in measures
    ]


def calibration(comparison: Comparison) -> Chart:
    """Recalled against predicted; on the line between the corners both are the same."""
    series = [
        Series(name, tuple((each.predicted, each.recalled) for each in found.calibration), style)
        for name, found, style in zip(
            ("SM-2", "FSRS"), _both(comparison), (Style.DASHES, Style.LINE), strict=True
        )
        if found is not None
    ]
    low = min((x for each in series for point in each.points for x in point), default=0.0)
    ideal = Series("Ideal", ((low, low), (1.0, 1.0)), Style.GUIDE)
    return Chart(
        "Recalled against predicted",
        Axis("Predicted recall", _percent, low=low, high=1.0),
        Axis("Recalled", _percent, low=low, high=1.0),
        (ideal, *series),
    )


def calibration_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """The points of the plot."""
    return [
        (name, f"{each.predicted:.1%}", f"{each.recalled:.1%}", f"{each.reviews:,}")
        for name, found in zip(("SM-2", "FSRS"), _both(comparison), strict=True)
        if found is not None
        for each in found.calibration
    ]


def workload(comparison: Comparison) -> Chart:
    """Minutes in a year by desired retention, per 100 cards."""
    points = tuple((_retention(each), 100 * each.minutes) for each in comparison.workloads)
    return Chart(
        "Minutes in a year for 100 cards",
        Axis("Desired retention", _percent),
        Axis("Minutes in a year for 100 cards", "{:,.0f}".format, low=0),
        (Series("Minutes", points),),
    )


def workload_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """For 100 cards in a year."""
    return [
        (
            _percent(_retention(each)),
            f"{100 * each.reviews:,.0f}",
            f"{100 * each.lapses:,.0f}",
            f"{100 * each.minutes:,.0f}",
            f"{each.remembered:.0%}",
        )
        for each in comparison.workloads
    ]


def _retention(each: Workload) -> float:
    return each.retention_permille / 1000


def _both(comparison: Comparison) -> tuple[Accuracy | None, Accuracy | None]:
    return comparison.sm2, comparison.fsrs
