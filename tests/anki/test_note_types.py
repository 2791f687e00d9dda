"""What must never change about our note types, or Anki would copy them and split its notes."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest

from studyapp.anki.blank_collection import model
from studyapp.anki.card_style import DARK_CARD, card_css
from studyapp.anki.note_types import ALL, BASIC, CHANGED_AT, CLOZE, NoteType, note_type
from studyapp.domain.notes import NoteKind
from studyapp.rendering.design import DARK, LIGHT

each_type = pytest.mark.parametrize("given", [pytest.param(given, id=given.name) for given in ALL])


def test_every_kind_has_its_note_type() -> None:
    assert {kind: note_type(kind) for kind in NoteKind} == {
        NoteKind.BASIC: BASIC,
        NoteKind.REVERSED: BASIC,
        NoteKind.CLOZE: CLOZE,
    }


def test_identities_are_those_of_the_first_release() -> None:
    assert [(each.id, each.name) for each in ALL] == [
        (1_659_387_240_611, "Basic (studyapp)"),
        (1_659_387_240_612, "Cloze (studyapp)"),
    ]
    assert [(field.id % 1000, field.name) for field in BASIC.fields] == [
        (1, "Front"),
        (2, "Back"),
        (3, "Source"),
        (4, "Related"),
        (5, "Add Reverse"),
    ]
    assert [(field.id % 1000, field.name) for field in CLOZE.fields] == [
        (1, "Text"),
        (2, "Extra"),
        (3, "Source"),
        (4, "Related"),
    ]
    assert [template.name for template in BASIC.templates] == ["Forward", "Backward"]
    assert [template.name for template in CLOZE.templates] == ["Cloze"]


def test_ids_are_unique() -> None:
    ids = [field.id for each in ALL for field in each.fields]
    ids += [template.id for each in ALL for template in each.templates]
    assert len(set(ids)) == len(ids)


@each_type
def test_templates_show_all_fields(given: NoteType) -> None:
    for template in given.templates:
        used = re.findall(r"\{\{(?:cloze:)?([A-Z][^}]*)\}\}", template.question + template.answer)
        names = {field.name for field in given.fields} - {"Add Reverse"}
        assert names - {"Front", "Back"} <= set(used)


def test_style_has_the_colours_of_both_themes() -> None:
    lines = card_css().splitlines()
    for selector, theme in ((".card {", LIGHT), (f"{DARK_CARD} {{", DARK)):
        (colours,) = (line for line in lines if line.startswith(f"{selector} --"))
        assert f"--text: {theme.text};" in colours
        assert f"--window: {theme.window};" in colours


def test_style_knows_every_colour_it_uses() -> None:
    used = set(re.findall(r"var\((--[a-z-]+)\)", card_css()))
    assert {"--accent", "--line", "--code-face"} <= used
    assert used <= set(re.findall(r"(--[a-z-]+):", card_css()))


def test_style_colours_code_as_the_app_does() -> None:
    assert ".code .k," in card_css()
    assert "studyapp://" not in card_css()


def test_a_change_of_templates_or_style_is_dated() -> None:
    made = [model(each).to_json(0, 0) for each in ALL]
    digest = sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:12]
    assert (CHANGED_AT, digest) == (1_795_266_229, "3cc27ce4048d"), (
        "Set CHANGED_AT to now and take over the digest: Anki replaces only older templates"
    )
