"""A collection of the real Anki with cards in all states, odd note types, media and a history."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anki.collection import ExportAnkiPackageOptions
from anki.consts import CardQueue, CardType
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer

from studyapp.domain.cards import CardState
from tests.interop.anki_profile import AnkiProfile

RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}
PICTURE = b"\x89PNG not really"


@dataclass(frozen=True)
class Expected:
    """What a card of Anki's must be here."""

    guid: str
    ordinal: int
    deck: str
    state: CardState
    due_at: int | None
    due_in: int | None
    """Days from today."""
    interval_days: int
    ease_permille: int
    steps_left: int
    reps: int
    lapses: int
    suspended: bool
    buried: bool
    flag: int


class RichCollection:
    """Builds it, exports it, and says what is in it."""

    def __init__(self, profile: AnkiProfile) -> None:
        self.profile = profile
        self.collection = profile.collection

    def add(
        self, guid: str, kind: str, deck: str = "Deck", tags: str = "", **fields: str
    ) -> list[Any]:
        note_type = self.collection.models.by_name(kind)
        assert note_type is not None
        note = self.collection.new_note(note_type)
        note.guid = guid
        note.tags = tags.split()
        for name, value in fields.items():
            note[name.replace("_", " ")] = value
        deck_id = self.collection.decks.id(deck)
        assert deck_id is not None
        self.collection.add_note(note, deck_id)
        return note.cards()

    def answer(self, card: Any, *grades: int) -> None:
        scheduler = self.profile._scheduler()
        for grade in grades:
            current = self.collection.get_card(card.id)
            current.start_timer()
            states = self.collection._backend.get_scheduling_states(current.id)
            answer = scheduler.build_answer(card=current, states=states, rating=RATINGS[grade])
            scheduler.answer_card(answer)

    def put(self, card: Any, **values: int) -> None:
        current = self.collection.get_card(card.id)
        for name, value in values.items():
            setattr(current, name, value)
        self.collection.update_card(current, skip_undo_entry=True)

    def fill(self) -> None:
        self._states()
        self._note_types()
        file = Path(self.collection.path).with_name("cat & dog.png")
        file.write_bytes(PICTURE)
        self.collection.media.add_file(str(file))
        self.add("media", "Basic", Front='<img src="cat & dog.png">', Back="[sound:cat & dog.png]")

    def _states(self) -> None:
        today = self.profile._scheduler().today
        for guid in ("new", "learn", "interday", "review", "lapsed", "susp", "flag", "buried"):
            self.add(guid, "Basic", "A::B" if guid == "review" else "A", Front=guid, Back="x")
        cards = {guid: self.profile.cards(guid)[0] for guid in ("learn", "interday", "review")}
        self.answer(cards["learn"], 1, 3)
        self.answer(cards["interday"], 3)
        self.put(cards["interday"], queue=CardQueue(3), due=today + 1)
        self.answer(cards["review"], 4)
        self.put(cards["review"], due=today - 7, ivl=100, factor=2350, reps=9, lapses=2)
        self.answer(cards["review"], 3)
        lapsed = self.profile.cards("lapsed")[0]
        self.answer(lapsed, 3, 3)
        self.put(lapsed, type=CardType(2), queue=CardQueue(2), due=today, ivl=30, factor=2500)
        self.answer(lapsed, 1)
        suspended = self.profile.cards("susp")[0]
        self.answer(suspended, 4)
        self.collection.sched.suspend_cards([suspended.id])
        flagged = self.profile.cards("flag")[0]
        self.collection.set_user_flag_for_cards(5, [flagged.id])
        self.collection.sched.bury_cards([self.profile.cards("buried")[0].id])
        self._filtered()

    def _filtered(self) -> None:
        (card,) = self.add("filtered", "Basic", "A", Front="filtered", Back="x")
        self.answer(card, 4)
        deck = self.collection.sched.get_or_create_filtered_deck(DeckId(0))
        deck.name = "Cram"
        deck.config.search_terms[0].search = "front:filtered"
        deck.config.search_terms[0].limit = 9
        self.collection.sched.add_or_update_filtered_deck(deck)

    def _note_types(self) -> None:
        self.add("both", "Basic (and reversed card)", Front="Term", Back="Meaning")
        self.add("opt", "Basic (optional reversed card)", Front="T", Back="M", Add_Reverse="y")
        self.add("opt0", "Basic (optional reversed card)", Front="T2", Back="M2")
        self.add("typed", "Basic (type in the answer)", Front="q", Back="typed")
        self.add("cloze", "Cloze", Text="{{c1::a}} {{c3::\\(x<y\\)}}", Back_Extra="more")
        self._odd_type()
        self.add(
            "odd", "Odd", "Odd deck", Word="der Hund", Meaning="dog", Example="Ein <b>Hund</b>."
        )

    def _odd_type(self) -> None:
        models = self.collection.models
        odd = models.new("Odd")
        for name in ("Word", "Meaning", "Example", "Unused"):
            models.add_field(odd, models.new_field(name))
        for name, question, answer in (
            ("Recall", "<div class=q>{{Word}}</div>", "{{FrontSide}}<hr id=answer>{{Meaning}}"),
            ("Use", "{{#Example}}Say: {{Meaning}}{{/Example}}", "{{Word}}<br>{{Example}}"),
        ):
            template = models.new_template(name)
            template["qfmt"], template["afmt"] = question, answer
            models.add_template(odd, template)
        models.add(odd)

    def export(self, path: Path, *, legacy: bool) -> Path:
        if path.suffix == ".colpkg":
            self.collection.export_collection_package(str(path), include_media=True, legacy=legacy)
            self.collection.reopen()
            return path
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )
        self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def expected(self) -> dict[tuple[str, int], Expected]:
        """All cards as they must be here, by guid and ordinal."""
        assert self.collection.db is not None
        found = {}
        for card_id in self.collection.db.list("SELECT id FROM cards"):
            card = self.collection.get_card(card_id)
            guid = card.note().guid
            found[guid, card.ord] = self._expected(card, guid)
        return found

    def _expected(self, card: Any, guid: str) -> Expected:
        due = card.odue if card.odid else card.due
        state = CardState(int(card.type))
        learned = state in (CardState.REVIEW, CardState.RELEARNING)
        instant = state in (CardState.LEARNING, CardState.RELEARNING) and due > 10**9
        is_new = state is CardState.NEW
        today = self.profile._scheduler().today
        return Expected(
            guid=guid,
            ordinal=card.ord,
            deck=self.collection.decks.name(DeckId(card.odid or card.did)),
            state=state,
            due_at=due * 1000 if instant else None,
            due_in=None if instant or is_new else due - today,
            interval_days=card.ivl if learned else 0,
            ease_permille=card.factor if learned else 0,
            steps_left=0 if state in (CardState.NEW, CardState.REVIEW) else card.left % 1000,
            reps=card.reps,
            lapses=card.lapses,
            suspended=int(card.queue) == -1,
            buried=int(card.queue) in (-2, -3),
            flag=card.user_flag(),
        )

    def log(self) -> list[tuple[int, str, int, int]]:
        """Instant, guid, grade and duration of each grade in the log."""
        assert self.collection.db is not None
        rows = self.collection.db.all(
            "SELECT r.id, n.guid, r.ease, r.time FROM revlog r JOIN cards c ON c.id = r.cid"
            " JOIN notes n ON n.id = c.nid WHERE r.ease > 0 ORDER BY r.id"
        )
        return [tuple(row) for row in rows]
