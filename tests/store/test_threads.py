"""Long work in a thread of its own: others read meanwhile, and take turns to change."""

from __future__ import annotations

from threading import Event, Thread

from studyapp.store import decks, history
from studyapp.store.database import Database

DEADLINE_S = 30


def triggers(database: Database) -> int:
    """How many of those there are that write down changes."""
    with database.read() as tx:
        return len(tx.exec_driver_sql("SELECT name FROM temp.sqlite_schema").all())


def names(database: Database) -> list[str]:
    with database.read() as tx:
        return sorted(deck.name for deck in decks.every(tx))


def test_who_reads_meanwhile_sees_the_state_before_and_need_not_wait(database: Database) -> None:
    with database.change("make a deck", 1) as tx:
        decks.ensure(tx, "Before")
    begun, may_end = Event(), Event()

    def work() -> None:
        with database.change("long work", 2) as tx:
            decks.ensure(tx, "After")
            begun.set()
            assert may_end.wait(DEADLINE_S)

    thread = Thread(target=work)
    thread.start()
    assert begun.wait(DEADLINE_S)
    assert names(database) == ["Before"]
    may_end.set()
    thread.join()
    assert names(database) == ["After", "Before"]


def test_changes_of_many_threads_are_all_kept(database: Database) -> None:
    def work(thread: int) -> None:
        for number in range(20):
            with database.change("make a deck", 1) as tx:
                decks.ensure(tx, f"{thread}-{number}")

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 4 * 20


def test_getting_ready_makes_what_writes_down_the_first_change(database: Database) -> None:
    assert triggers(database) == 0
    database.get_ready()
    ready = triggers(database)
    assert ready > 0
    with database.change("make a deck", 1) as tx:
        decks.ensure(tx, "Deck")
    assert triggers(database) == ready
    with database.rewind() as tx:
        assert history.undo(tx) is not None
    assert names(database) == []


def test_getting_ready_waits_for_no_change_of_another_thread(database: Database) -> None:
    begun, may_end = Event(), Event()

    def work() -> None:
        with database.change("long work", 2) as tx:
            decks.ensure(tx, "After")
            begun.set()
            assert may_end.wait(DEADLINE_S)

    thread = Thread(target=work)
    thread.start()
    assert begun.wait(DEADLINE_S)
    database.get_ready()
    assert thread.is_alive()
    may_end.set()
    thread.join()
    assert names(database) == ["After"]
