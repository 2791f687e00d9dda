"""What each option of a preset does, in a sentence, and the pages that they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from studyapp.domain.presets import LeechAction, Mix, NewGather, NewSort, ReviewOrder


class Kind(Enum):
    """How an option is entered."""

    NUMBER = auto()
    STEPS = auto()
    """Spans of time: "1m 10m 1d"."""
    SWITCH = auto()
    CHOICE = auto()
    WEEKDAYS = auto()
    PARAMETERS = auto()


@dataclass(frozen=True, slots=True)
class Option:
    """An option as the window shows it."""

    name: str
    """Of the field of a preset."""
    title: str
    explained: str
    kind: Kind = Kind.NUMBER
    choices: tuple[tuple[str, str], ...] = ()
    """Values and their names."""


_NEW_GATHER = (
    (NewGather.DECK, "Deck by deck"),
    (NewGather.DECK_THEN_RANDOM_NOTES, "Deck by deck, notes at random"),
    (NewGather.LOWEST_POSITION, "Oldest position first"),
    (NewGather.HIGHEST_POSITION, "Newest position first"),
    (NewGather.RANDOM_NOTES, "Notes at random"),
    (NewGather.RANDOM_CARDS, "Cards at random"),
)
_NEW_SORT = (
    (NewSort.TEMPLATE, "First cards of notes first"),
    (NewSort.NO_SORT, "As chosen"),
    (NewSort.TEMPLATE_THEN_RANDOM, "First cards first, else random"),
    (NewSort.RANDOM_NOTE_THEN_TEMPLATE, "Notes at random, cards in order"),
    (NewSort.RANDOM_CARD, "At random"),
)
_REVIEW_ORDER = (
    (ReviewOrder.DAY, "Longest due first"),
    (ReviewOrder.DAY_THEN_DECK, "Longest due first, then by deck"),
    (ReviewOrder.DECK_THEN_DAY, "By deck, then longest due"),
    (ReviewOrder.INTERVALS_ASCENDING, "Short intervals first"),
    (ReviewOrder.INTERVALS_DESCENDING, "Long intervals first"),
    (ReviewOrder.EASE_ASCENDING, "Hardest first"),
    (ReviewOrder.EASE_DESCENDING, "Easiest first"),
    (ReviewOrder.RETRIEVABILITY_ASCENDING, "Most likely forgotten first"),
    (ReviewOrder.RETRIEVABILITY_DESCENDING, "Least likely forgotten first"),
    (ReviewOrder.RELATIVE_OVERDUENESS, "Relatively latest first"),
    (ReviewOrder.RANDOM, "At random"),
    (ReviewOrder.ADDED, "Oldest notes first"),
    (ReviewOrder.REVERSE_ADDED, "Newest notes first"),
)
_MIX = (
    (Mix.MIX_WITH_REVIEWS, "Mixed with reviews"),
    (Mix.AFTER_REVIEWS, "After reviews"),
    (Mix.BEFORE_REVIEWS, "Before reviews"),
)
_LEECH = (
    (LeechAction.SUSPEND, "Tag and suspend"),
    (LeechAction.TAG_ONLY, "Tag only"),
)
_SCHEDULERS = (("sm2", "SM-2"), ("fsrs", "FSRS"))


def _choice(name: str, title: str, explained: str, choices: tuple[tuple[str, str], ...]) -> Option:
    return Option(name, title, explained, Kind.CHOICE, choices)


PAGES: tuple[tuple[str, tuple[Option, ...]], ...] = (
    (
        "Daily limits",
        (
            Option("new_per_day", "New cards/day", "At most so many new cards are shown in a day."),
            Option(
                "reviews_per_day",
                "Maximum reviews/day",
                "At most so many due cards are shown; the others wait.",
            ),
            Option(
                "minutes_per_day",
                "Minutes/day",
                "New cards come only as far as reviews leave time for them, by your own speed; 0: "
                "no such limit.",
            ),
        ),
    ),
    (
        "New cards",
        (
            Option(
                "learning_steps_s",
                "Learning steps",
                "How long until a new card comes again, each time it is good. 10m is ten minutes, "
                "1d a day.",
                Kind.STEPS,
            ),
            Option(
                "graduating_interval_days",
                "Graduating interval",
                "The first interval in days, after good on the last step.",
            ),
            Option(
                "easy_interval_days",
                "Easy interval",
                "The first interval in days of a card that was easy at once.",
            ),
        ),
    ),
    (
        "Reviews",
        (
            Option(
                "maximum_interval_days",
                "Maximum interval",
                "No card waits longer than so many days.",
            ),
            Option(
                "starting_ease_permille",
                "Starting ease",
                "SM-2: good multiplies an interval by the ease of its card, at first by this.",
            ),
            Option(
                "easy_bonus_permille",
                "Easy bonus",
                "SM-2: easy multiplies an interval by this, on top of the ease.",
            ),
            Option(
                "hard_multiplier_permille",
                "Hard interval",
                "SM-2: hard multiplies an interval by this, in place of the ease.",
            ),
            Option(
                "interval_modifier_permille",
                "Interval modifier",
                "SM-2: all intervals are multiplied by this; below 1 there are more reviews and "
                "fewer lapses.",
            ),
            Option(
                "answer_cap_ms",
                "Maximum answer seconds",
                "A review is never logged as having taken longer.",
            ),
        ),
    ),
    (
        "Lapses and leeches",
        (
            Option(
                "relearning_steps_s",
                "Relearning steps",
                "How long until a forgotten card comes again, each time it is good; none: it goes "
                "straight back to review.",
                Kind.STEPS,
            ),
            Option(
                "lapse_multiplier_permille",
                "New interval",
                "SM-2: what a forgotten card keeps of its interval: 0 nothing, 1 all.",
            ),
            Option(
                "minimum_lapse_interval_days",
                "Minimum interval",
                "A forgotten card waits at least so many days after its steps.",
            ),
            Option(
                "leech_threshold",
                "Leech threshold",
                "After so many lapses a card is a leech: it takes more time than it is worth.",
            ),
            _choice("leech_action", "Leech action", "What is done with a leech.", _LEECH),
        ),
    ),
    (
        "Order",
        (
            _choice(
                "new_gather_priority",
                "New card gather order",
                "Which new cards are taken while the daily limit lasts.",
                _NEW_GATHER,
            ),
            _choice(
                "new_sort_order",
                "New card sort order",
                "In which order the new cards of a day are shown.",
                _NEW_SORT,
            ),
            _choice("new_mix", "New/review order", "When new cards are shown among reviews.", _MIX),
            _choice(
                "interday_learning_mix",
                "Interday learning/review order",
                "When cards are shown whose step takes a day or more.",
                _MIX,
            ),
            _choice(
                "review_order",
                "Review sort order",
                "Which due cards come first; it matters while a backlog lasts.",
                _REVIEW_ORDER,
            ),
            Option(
                "walk",
                "Study as a walk",
                "A day's cards come so that each lies near the one before on the map; without it, "
                "far ideas take turns, which has its worth too.",
                Kind.SWITCH,
            ),
        ),
    ),
    (
        "Siblings",
        (
            Option(
                "bury_new_siblings",
                "Bury new siblings",
                "Other new cards of a note wait until tomorrow.",
                Kind.SWITCH,
            ),
            Option(
                "bury_review_siblings",
                "Bury review siblings",
                "Other due cards of a note wait until tomorrow.",
                Kind.SWITCH,
            ),
            Option(
                "bury_interday_learning_siblings",
                "Bury interday learning siblings",
                "Other cards of a note whose step takes a day or more wait until tomorrow.",
                Kind.SWITCH,
            ),
        ),
    ),
    (
        "Scheduler",
        (
            _choice(
                "scheduler",
                "Scheduler",
                "SM-2 multiplies intervals by the ease of a card; FSRS foresees when it would be "
                "forgotten. What was learned counts for both.",
                _SCHEDULERS,
            ),
            Option(
                "desired_retention_permille",
                "Desired retention",
                "FSRS: a card comes when its probability of recall has fallen to this. Higher "
                "means more reviews.",
            ),
            Option(
                "fsrs_parameters",
                "FSRS parameters",
                "FSRS: 21 numbers that describe your memory; none: those of most learners.",
                Kind.PARAMETERS,
            ),
        ),
    ),
    (
        "Easy days",
        (
            Option(
                "load_balance",
                "Load balancing",
                "Within a few days of its date, a card goes to the day with the least to do.",
                Kind.SWITCH,
            ),
            Option(
                "easy_days_percent",
                "Easy days",
                "How much of the usual load each weekday gets.",
                Kind.WEEKDAYS,
            ),
        ),
    ),
)
"""All options but the name."""
