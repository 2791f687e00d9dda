"""A backlog after an absence, before a plan and with it; what each order of the cards forgets.

    python -m benchmarks.backlog

Somebody learned 20 cards a day for half a year, was away for three weeks, and comes back. Answers
come by chance from a fixed seed, so the figures are the same everywhere but for the times. A plan
for many cards is made besides, to see how long that takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from benchmarks.year import FIRST_DAY, PRESET, RECALL
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.backlog import MOST_DAYS, Overdue, Plan, lost, plan
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.sm2 import answer

STUDIED_DAYS = 180
NEW_PER_DAY = 20
AWAY_DAYS = 21
PER_DAY = 120
MANY = 100_000
_BAR = 50

ORDERS: dict[str, Callable[[Overdue], float]] = {
    "due date": lambda card: card.stability_days - card.elapsed_days,
    "by chance": lambda card: Random(card.card_id).random(),  # noqa: S311 - the same in every run
    "shortest interval first": lambda card: card.stability_days,
    "longest interval first": lambda card: -card.stability_days,
    "most likely forgotten first": lambda card: card.recall(0),
    "best remembered first": lambda card: -card.recall(0),
}


def schedules() -> list[Schedule]:
    """What half a year of study leaves."""
    chance = Random(1)  # noqa: S311 - the same in every run
    cards: list[Schedule] = []
    for day in range(FIRST_DAY, FIRST_DAY + STUDIED_DAYS):
        cards += [NEW_SCHEDULE] * NEW_PER_DAY
        for number, schedule in enumerate(cards):
            if schedule.due_on is None or schedule.due_on <= day:
                cards[number] = studied(number, schedule, day, chance)
    return cards


def studied(number: int, schedule: Schedule, day: int, chance: Random) -> Schedule:
    """A card after it was studied on a day, until it waits for another one."""
    at = day * MS_PER_DAY
    moment = StudyMoment(at, day, at + MS_PER_DAY)
    while schedule.due_on is None or schedule.due_on <= day:
        in_review = schedule.state is CardState.REVIEW
        grade = Grade.AGAIN if in_review and chance.random() > RECALL else Grade.GOOD
        schedule = answer(schedule, grade, PRESET, moment, fuzz_of(number, schedule.reps))
    return schedule


def overdue_on(day: int, cards: list[Schedule]) -> tuple[list[Overdue], list[int]]:
    """The cards that are due on a day, and how many come due on those after it."""
    overdue, coming = [], [0] * MOST_DAYS
    for number, schedule in enumerate(cards):
        assert schedule.due_on is not None
        if schedule.due_on > day:
            ahead = schedule.due_on - day
            coming[ahead] += ahead < MOST_DAYS
            continue
        interval, late = schedule.interval_days, day - schedule.due_on
        back = round((interval + late / 2) * schedule.ease_permille / 1000)
        overdue.append(Overdue(number, interval, interval + late, None, back))
    return overdue, coming


def main() -> None:
    """Print the backlog before and after, and what each order loses."""
    day = FIRST_DAY + STUDIED_DAYS + AWAY_DAYS
    overdue, coming = overdue_on(day, schedules())
    started = time.perf_counter()
    made = plan(overdue, coming, PER_DAY)
    took_ms = (time.perf_counter() - started) * 1000
    assert made is not None
    print(f"{len(overdue)} due after {AWAY_DAYS} days; {PER_DAY} a day: {len(made.days)} days.\n")
    print_days([len(overdue), *coming[1 : len(made.days)]], made)
    print_orders(overdue, made)
    print(f"\nThe plan was made in {took_ms:.0f} ms.")
    started = time.perf_counter()
    many = [card for number in range(MANY // len(overdue)) for card in _renumbered(overdue, number)]
    assert plan(many, coming, 2_000) is not None
    print(f"One for {len(many):,} cards in {time.perf_counter() - started:.1f} s.")


def print_days(before: list[int], made: Plan) -> None:
    print("day  before   with the plan (of the backlog + others)")
    for ahead, planned in enumerate(made.days):
        bar = "▇" * round(_BAR * planned.total / made.per_day)
        numbers = f"{planned.total:6} ({len(planned.cards):3} + {planned.others:3})"
        print(f"{ahead + 1:3} {before[ahead]:7} {numbers} {bar}")


def print_orders(overdue: list[Overdue], made: Plan) -> None:
    print("\nForgotten while waiting, as expected, with as many cards on each day:")
    print(f"{made.lost:7.2f} cards  the plan")
    for name, order in ORDERS.items():
        waiting = iter(sorted(overdue, key=order))
        days = [[next(waiting) for _ in each.cards] for each in made.days]
        print(f"{sum(lost(days)):7.2f} cards  {name}")


def _renumbered(overdue: list[Overdue], times: int) -> list[Overdue]:
    return [
        Overdue(
            card.card_id + times * MANY,
            card.stability_days,
            card.elapsed_days + times % 7,
            None,
            card.next_interval_days,
        )
        for card in overdue
    ]


if __name__ == "__main__":
    main()
