"""What Anki's custom study does, which sessions of our own are made after."""

from __future__ import annotations

from anki.decks import DEFAULT_DECK_ID, DeckId
from anki.scheduler.base import CustomStudyRequest, FilteredDeckForUpdate

from tests.interop.anki_profile import AnkiProfile


def filtered(anki: AnkiProfile, request: CustomStudyRequest) -> FilteredDeckForUpdate:
    """The filtered deck that a request makes."""
    collection = anki.collection
    collection.sched.custom_study(request)
    names = collection.decks.all_names_and_ids()
    (deck_id,) = [each.id for each in names if each.name == "Custom Study Session"]
    return collection.sched.get_or_create_filtered_deck(DeckId(deck_id))


def add_due(anki: AnkiProfile, ahead_days: int) -> None:
    collection = anki.collection
    kind = collection.models.by_name("Basic")
    assert kind is not None
    assert collection.db is not None
    note = collection.new_note(kind)
    note["Front"] = f"in {ahead_days} days"
    collection.add_note(note, DEFAULT_DECK_ID)
    collection.db.execute(
        "UPDATE cards SET type = 2, queue = 2, ivl = 10, factor = 2500, due = ? WHERE nid = ?",
        collection.sched.today + ahead_days,
        note.id,
    )


def test_cards_ahead_are_rescheduled_the_soonest_first(anki: AnkiProfile) -> None:
    for ahead_days in (3, 1, 2, 4):
        add_due(anki, ahead_days)
    made = filtered(anki, CustomStudyRequest(deck_id=1, review_ahead_days=3))
    assert made.config.reschedule
    (term,) = made.config.search_terms
    assert term.search.startswith("prop:due<=3 ")
    assert made.config.SearchTerm.Order.Name(term.order) == "DUE"


def test_forgotten_cards_are_not_rescheduled_and_come_back_after_a_minute_or_ten(
    anki: AnkiProfile,
) -> None:
    add_due(anki, 0)
    collection = anki.collection
    collection.decks.select(DEFAULT_DECK_ID)
    card = collection.sched.getCard()
    assert card is not None
    collection.sched.answerCard(card, 1)
    made = filtered(anki, CustomStudyRequest(deck_id=1, forgot_days=1))
    assert not made.config.reschedule
    assert (made.config.preview_again_secs, made.config.preview_hard_secs) == (60, 600)
    assert made.config.search_terms[0].search.startswith("rated:1:1 ")


def test_more_new_cards_do_not_raise_the_limit_of_reviews(anki: AnkiProfile) -> None:
    collection = anki.collection
    collection.sched.custom_study(CustomStudyRequest(deck_id=1, new_limit_delta=7))
    deck = collection.decks.get(DEFAULT_DECK_ID)
    assert deck is not None
    assert (deck["newToday"][1], deck["revToday"][1]) == (-7, 0)
