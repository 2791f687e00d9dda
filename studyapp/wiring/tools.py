"""The services, together as each part of the window uses them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studyapp.services.authoring import Authoring
from studyapp.services.backlog import Backlog
from studyapp.services.card_history import CardHistories
from studyapp.services.changing import Changing
from studyapp.services.checking import Checking
from studyapp.services.comparing import Comparing
from studyapp.services.cramming import Cram
from studyapp.services.drafts import EditDrafts
from studyapp.services.exchange import Exchange
from studyapp.services.finding import Finding
from studyapp.services.installing import Installer
from studyapp.services.looking_over import LookingOver
from studyapp.services.media_care import MediaCare
from studyapp.services.more_today import MoreToday
from studyapp.services.optimising import Optimising
from studyapp.services.presets import Presets
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.sessions import Sessions
from studyapp.services.shelf import Shelf
from studyapp.services.study import Study
from studyapp.services.switching import Switching
from studyapp.services.trash import Trash
from studyapp.services.vacation import Vacation
from studyapp.store import media
from studyapp.ui.advice_rules import SwitchedRule
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.exchange_tools import ExchangeTools
from studyapp.ui.more_ways import MoreServices
from studyapp.ui.options.fsrs_services import FsrsServices
from studyapp.ui.preferences import Preferences
from studyapp.ui.scheduling_windows import SchedulingServices
from studyapp.ui.writing_tools import WritingTools
from studyapp.wiring.world import World

if TYPE_CHECKING:
    from studyapp.services.importing import Importing
    from studyapp.services.linking import Linking
    from studyapp.services.printing import Printing
    from studyapp.services.statistics import Statistics


def sessions_of(world: World, study: Study) -> Sessions:
    """All ways to study."""
    cram = Cram(world.database, world.clock, world.options)
    return Sessions(study, cram, Finding(world.database, world.clock, world.options))


def writing_tools(world: World, preferences: Preferences) -> WritingTools:
    """What the editor uses of the collection."""
    looking_over = LookingOver(world.database.path)
    return WritingTools(
        Authoring(world.database, world.clock, world.new_key),
        MediaCare(world.database, world.clock).add,
        preferences,
        EditDrafts(world.folder),
        looking_over.remarks,
        looking_over.notes_called,
        partial(switch_advice, world),
        looking_over.stop,
    )


def browse_tools(world: World, study: Study, writing: WritingTools) -> BrowseTools:
    """What the Browse screen uses of the collection."""
    database, clock, options = world.database, world.clock, world.options
    return BrowseTools(
        Finding(database, clock, options),
        Changing(database, clock, options, world.chance),
        Replacing(database, clock),
        Trash(database, clock),
        SavedSearches(database, clock),
        study,
        writing,
        clock,
        options,
    )


def exchange_tools(world: World, study: Study, writing: WritingTools) -> ExchangeTools:
    """What import and export use of the collection."""
    authoring = writing.authoring
    return ExchangeTools(
        partial(importing, world),
        partial(linking, world),
        partial(printing, world),
        Exchange(world.database.path, world.clock, world.options),
        study,
        authoring.deck_names,
        authoring.tag_names,
        media.folder_of(world.database.path),
    )


def importing(world: World) -> Importing:
    """Takes files in."""
    from studyapp.services.importing import Importing  # noqa: PLC0415 - takes long to import

    return Importing(world.database, world.clock, world.options, world.new_key)


def linking(world: World) -> Linking:
    """Keeps folders of deck files equal with the decks."""
    from studyapp.services.linking import Linking  # noqa: PLC0415 - takes long to import

    return Linking(world.database, world.clock)


def printing(world: World) -> Printing:
    """Makes documents of cards."""
    from studyapp.services.printing import Printing  # noqa: PLC0415 - takes long to import

    return Printing(world.database.path, world.clock, world.options)


def scheduling_services(world: World, sessions: Sessions) -> SchedulingServices:
    """What the window uses of the collection for all that is about scheduling."""
    database, clock, options = world.database, world.clock, world.options
    return SchedulingServices(
        CardHistories(database, clock, options),
        Presets(database, clock, options),
        FsrsServices(
            Optimising(database.path, clock, options), Switching(database, clock, options)
        ),
        MoreServices(
            sessions, MoreToday(database, clock, options), Vacation(database, clock, options)
        ),
        Backlog(database, clock, options),
        Comparing(database.path, clock, options),
        Checking(database, clock, options),
    )


def statistics_of(world: World) -> Statistics:
    """Figures of the collection, by a connection of its own."""
    from studyapp.services.statistics import Statistics  # noqa: PLC0415 - takes long to import

    return Statistics(world.database.path, world.clock, world.options)


def switch_advice(world: World, rule: str, on: bool = False) -> None:
    """Let a rule speak, or not; raises NotFound for one that does not exist, StorageError."""
    from studyapp.services.advising import AdviceSwitches  # noqa: PLC0415 - takes long to import

    AdviceSwitches(world.database, world.clock).switch(rule, on=on)


def advice_rules(world: World) -> list[SwitchedRule]:
    """All rules, and which of them speak."""
    from studyapp.advice.catalogue import RULES  # noqa: PLC0415 - takes long to import
    from studyapp.services.advising import Advising  # noqa: PLC0415

    off = Advising(world.database).switched_off()
    return [
        SwitchedRule(rule.name, rule.title, rule.reason, rule.source, name not in off)
        for name, rule in RULES.items()
    ]


def install_again(world: World, shelf: Shelf, key: str) -> tuple[str, ...]:
    """Install a removed deck; returns a message for each file that could not be installed."""
    shelf.want_again(key)
    return Installer(world.database, world.clock).install(world.decks)
