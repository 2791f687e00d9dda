"""Any actions of a user can be walked back and forth, to the byte, also after a restart.

`STUDYAPP_ACTIONS=5000` takes that many; without it some hundred, since each looks at everything.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from studyapp.domain.macros import Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Listed
from studyapp.domain.replacing import Replacement
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.errors import ContentError, NotFound
from studyapp.services.advising import AdviceSwitches
from studyapp.services.authoring import Authoring, Written
from studyapp.services.backlog import Backlog
from studyapp.services.changing import Changing, Positions
from studyapp.services.chosen import Chosen, Done
from studyapp.services.finding import Finding
from studyapp.services.media_care import MediaCare
from studyapp.services.more_today import MoreToday
from studyapp.services.notation import Notation
from studyapp.services.replacing import Replacing
from studyapp.services.shelf import Shelf
from studyapp.services.study_values import Prompt
from studyapp.services.trash import Trash
from studyapp.services.vacation import Vacation
from studyapp.store import decks, history, search_check, tables
from tests.services.conftest import Desk, MovableClock, basic
from tests.services.test_installing import DECK_FILE

ACTIONS = int(os.environ.get("STUDYAPP_ACTIONS", "250"))
MOST_NOTES = 150
DECKS = ("Deck", "Deck::Part", "A", "A::B::C")
TAGS = ("x", "y::z", "Ü")
WORDS = ("front", "back", "{{c1::one}}", "{{c2::two}}", "$x^2$", "ß", '"', "'", "\\", "\n", "é")


class Somebody:
    """Does any of the things that one can do to a collection."""

    def __init__(self, desk: Desk, choose: random.Random) -> None:
        self.desk = desk
        self.choose = choose
        self.connect()

    def connect(self) -> None:
        database, clock = self.desk.database, self.desk.clock
        self.authoring = Authoring(database, clock, lambda: f"k{self.choose.getrandbits(60)}")
        self.changing = Changing(database, clock, DayOptions(), self.choose)
        self.replacing = Replacing(database, clock)
        self.trash = Trash(database, clock)
        self.shelf = Shelf(database, clock)
        self.media = MediaCare(database, clock)
        self.notation = Notation(database, clock)
        self.switches = AdviceSwitches(database, clock)
        self.finding = Finding(database, clock, DayOptions())
        self.backlog = Backlog(database, clock, DayOptions())
        self.vacation = Vacation(database, clock, DayOptions())
        self.more = MoreToday(database, clock, DayOptions())

    def act(self) -> None:
        """One action; what cannot be done changes nothing, and that is seen to by the test."""
        self.desk.clock.move(minutes=self.choose.choice([0, 0.1, 5, 700]))
        number = self.count("notes")
        if number < 5 or (number < MOST_NOTES and self.choose.random() < 0.2):
            self.add()
            return
        try:
            self.choose.choice(self.choices)()
        except (ContentError, NotFound):
            return

    @property
    def choices(self) -> list[Callable[[], object]]:
        return [
            *[self.bulk] * 8,
            *[self.edit, self.grade, self.replace] * 3,
            *[self.delete, self.restore, self.restore, self.remove_deck],
            *[self.add_file, self.put_file_away, self.change_options, self.change_macros],
            *[self.switch_advice, self.plan_days, self.plan_days],
        ]

    def count(self, table: str) -> int:
        with self.desk.database.read() as tx:
            return int(tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    def any_id(self, table: str) -> int:
        with self.desk.database.read() as tx:
            ids = tx.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars().all()
        return int(self.choose.choice(ids))

    def text(self) -> str:
        return " ".join(self.choose.choices(WORDS, k=self.choose.randint(1, 6)))

    def note(self) -> Note:
        kind = self.choose.choice(list(NoteKind))
        picked = tuple(self.choose.sample(TAGS, self.choose.randint(0, 3)))
        return Note("", kind, self.text(), self.text(), picked, self.text(), ("note-1", "note-2"))

    def add(self) -> None:
        try:
            self.authoring.add(Written(self.note(), self.choose.choice(DECKS)))
        except ContentError:
            self.authoring.add(Written(replace(basic(1), key=""), "Deck"))

    def edit(self) -> None:
        note_id = self.any_id("notes")
        written = self.authoring.open(note_id)
        other = replace(self.note(), kind=written.note.kind)
        self.authoring.change(note_id, Written(other, self.choose.choice(DECKS)))

    def grade(self) -> None:
        self.desk.study.start(self.any_id("decks"))
        prompt = self.desk.study.current()
        if isinstance(prompt, Prompt):
            self.desk.study.grade(prompt, self.choose.choice(list(Grade)), 1000)

    def plan_days(self) -> None:
        today = self.desk.clock.at // MS_PER_DAY
        actions: list[Callable[[], object]] = [
            lambda: self.backlog.accept(per_day=self.choose.randint(1, 9)),
            lambda: self.backlog.accept(self.any_id("decks"), days=self.choose.randint(1, 4)),
            self.backlog.drop,
            lambda: self.vacation.choose(today + self.choose.randint(-1, 9) for _ in range(4)),
            lambda: self.more.add(self.any_id("decks"), new=self.choose.randint(0, 3), due=2),
        ]
        self.choose.choice(actions)()

    def chosen(self) -> Chosen:
        query = self.choose.choice(["", "", "tag:x", "is:new", "front", "deck:A", "is:suspended"])
        found = self.finding.find(query, listed=self.choose.choice(list(Listed)))
        ids = list(found.all_ids())
        self.choose.shuffle(ids)
        return Chosen(ids[: self.choose.randint(1, 12)], found.question.listed)

    def bulk(self) -> None:
        do, these = self.changing, self.chosen()
        actions: list[Callable[[], Done]] = [
            lambda: do.move(these, self.choose.choice(DECKS)),
            lambda: do.suspend(these),
            lambda: do.unsuspend(these),
            lambda: do.flag(these, self.choose.randint(0, 7)),
            lambda: do.bury(these),
            lambda: do.unbury(these),
            lambda: do.set_due(these, self.choose.choice(["0", "3", "1-7!"])),
            lambda: do.reset(these, keep_counts=self.choose.random() < 0.5),
            lambda: do.reposition(these, Positions(3, 2, shuffle=True)),
            lambda: do.add_tags(these, self.choose.sample(TAGS, 2)),
            lambda: do.remove_tags(these, self.choose.sample(TAGS, 2)),
        ]
        self.choose.choice(actions)()

    def replace(self) -> None:
        wanted = Replacement(self.choose.choice(WORDS), self.choose.choice([*WORDS, ""]))
        preview = self.replacing.preview(chosen := self.chosen(), wanted)
        assert self.replacing.apply(chosen, wanted).number == preview.notes

    def delete(self) -> None:
        self.changing.delete(self.chosen())

    def restore(self) -> None:
        batches = self.trash.batches()
        if batches:
            batch = self.choose.choice(batches)
            ids = self.trash.ids(batch.id)
            self.trash.restore(batch.id, ids[::2] if self.choose.random() < 0.5 else None)

    def remove_deck(self) -> None:
        self.shelf.remove(self.any_id("decks"))

    def add_file(self) -> None:
        content = self.choose.choice([b"a", b"b", b"c"])
        self.media.add(self.choose.choice(["one.png", "two.png"]), content)

    def put_file_away(self) -> None:
        unused = self.media.unused()
        self.media.put_away(unused[:1])

    def change_options(self) -> None:
        options = json.dumps({"new_per_day": self.choose.randint(0, 99)})
        with self.desk.database.change("change options", self.desk.clock.at) as tx:
            tx.exec_driver_sql("UPDATE presets SET options = ?", (options,))

    def change_macros(self) -> None:
        self.notation.change(Macros.of({r"\RR": self.choose.choice(["a", "b"])}))

    def switch_advice(self) -> None:
        self.switches.switch("similar-front", on=self.choose.random() < 0.5)


def digest(desk: Desk) -> str:
    """Of every row of every table that undo covers, and of what is in the trash."""
    found = sha256()
    with desk.database.read() as tx:
        for table in tables.JOURNALED:
            rows = tx.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY id").all()
            found.update(repr((table.name, rows)).encode())
        lost = tx.exec_driver_sql(
            "SELECT count(*) FROM trash WHERE id NOT IN (SELECT id FROM trash_contents)"
        )
        assert lost.scalar() == 0
    return found.hexdigest()


class Walk:
    """The states that were seen, and where among them the collection is."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.states = [digest(desk)]
        self.position = 0

    def after_an_action(self, step_before: history.Step | None) -> None:
        step = self.desk.study.next_undo()
        if step is None or (step_before is not None and step.id == step_before.id):
            assert digest(self.desk) == self.states[self.position], "a change without a step"
            return
        del self.states[self.position + 1 :]
        self.states.append(digest(self.desk))
        self.position += 1

    def back(self) -> None:
        if self.desk.study.undo() is not None:
            self.position -= 1
        self.check()

    def forth(self) -> None:
        if self.desk.study.redo() is None:
            assert self.position == len(self.states) - 1
        else:
            self.position += 1
        self.check()

    def check(self) -> None:
        assert digest(self.desk) == self.states[self.position]


def walks(choose: random.Random) -> Iterator[tuple[int, int]]:
    """How often to undo and to redo after each action: mostly never, at times a long way."""
    while True:
        if choose.random() < 0.85:
            yield 0, 0
        else:
            longest = choose.choice([3, 3, 3, 60])
            yield choose.randint(1, longest), choose.randint(0, longest)


@pytest.mark.timeout(120 + ACTIONS // 5)
def test_any_actions_can_be_walked_back_and_forth(tmp_path: Path, clock: MovableClock) -> None:
    choose = random.Random(20261121)  # noqa: S311
    with closing(Desk(tmp_path, clock)) as desk:
        (tmp_path / "sample.md").write_text(DECK_FILE, encoding="utf-8")
        desk.installer.install(tmp_path)
        desk.install([basic(1), basic(2)])
        somebody, walk = Somebody(desk, choose), Walk(desk)
        for _, (back, forth) in zip(range(ACTIONS), walks(choose), strict=False):
            step = desk.study.next_undo()
            somebody.act()
            walk.after_an_action(step)
            for _ in range(back):
                walk.back()
            if choose.random() < 0.02:
                desk.close()
                desk.open()
                somebody.connect()
                walk.check()
            for _ in range(forth):
                walk.forth()
        assert len(walk.states) > ACTIONS / 10
        check_all(desk)


def check_all(desk: Desk) -> None:
    """Nothing is damaged, and the index finds what there is."""
    Finding(desk.database, desk.clock, DayOptions()).refresh()
    with desk.database.read() as tx:
        assert search_check.problems(tx) == ()
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert tx.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert decks.every(tx)
