"""Both schedulers are compared on the user's reviews: in words, as plots and as figures."""

from __future__ import annotations

import random
from collections.abc import Callable

from studyapp.domain.notes import DeckText
from studyapp.store import cards, reviews
from studyapp.ui import comparison_charts as charts
from studyapp.ui.comparison_dialog import ComparisonDialog
from tests.services.simulated_user import STRONG, life
from tests.ui.running_app import RunningApp, basic
from tests.ui.test_card_history import is_drawn

StartApp = Callable[..., RunningApp]
NOTES = tuple(basic(f"n{number}", f"Front {number}?", "b") for number in range(30))


def studied(app: RunningApp) -> RunningApp:
    """With the reviews of some years."""
    chance = random.Random(3)  # noqa: S311
    with app.database.maintain(0) as tx:
        for (card_id,) in app.rows("SELECT id FROM cards"):
            for review in life(card_id, STRONG, chance):
                reviews.add(tx, review)
                cards.set_schedule(tx, card_id, review.after)
    return app


def compared(app: RunningApp, deck: str | None) -> ComparisonDialog:
    with app.qtbot.waitSignal(app.scheduling.comparing.compared, timeout=20_000) as signal:
        app.scheduling.comparing.begin(deck)
    assert signal.args is not None
    dialog = signal.args[0]
    assert isinstance(dialog, ComparisonDialog)
    return dialog


def test_measures_points_and_work_are_shown(start_app: StartApp) -> None:
    app = studied(start_app([DeckText("Many", "many", notes=NOTES)]))
    dialog = compared(app, "Many")
    assert "of 30 cards" in dialog.said.text()
    names = [dialog.accuracy.texts(row)[0] for row in range(dialog.accuracy.row_count)]
    assert names == ["Log loss", "RMSE (bins)", "Predicted recall", "Real recall"]
    assert {dialog.points.texts(row)[0] for row in range(dialog.points.row_count)} == {
        "SM-2",
        "FSRS",
    }
    work = [dialog.work.texts(row) for row in range(dialog.work.row_count)]
    assert [row[0] for row in work] == ["70%", "75%", "80%", "85%", "90%", "95%", "97%"]
    assert float(work[0][1].replace(",", "")) < float(work[-1][1].replace(",", ""))
    for page in range(2):
        dialog.tabs.setCurrentIndex(page + 1)
        assert is_drawn(dialog.plots[page])
    with app.qtbot.waitSignal(app.scheduling.comparing.compared, timeout=20_000):
        dialog.all_button.click()


def test_without_reviews_it_says_so(app: RunningApp) -> None:
    dialog = compared(app, None)
    assert "nothing can be compared" in dialog.said.text()
    assert dialog.accuracy.texts(0) == ["Log loss", "–", "–"]
    assert dialog.points.row_count == 0
    assert dialog.all_button.isHidden()
    assert charts.calibration(dialog.comparison).series[0].name == "Ideal"
    dialog.reject()


def test_a_deck_that_is_gone_is_told(app: RunningApp) -> None:
    app.scheduling.comparing.begin("Gone")
    app.qtbot.waitUntil(lambda: "There is no deck “Gone”" in app.window.decks.banner.text)
