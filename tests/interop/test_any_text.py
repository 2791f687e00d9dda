"""Whatever an author writes, the real Anki takes the package and finds nothing to repair."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from anki.sound import TTSTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.anki.export import write_package
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from tests.anki.building import NOON, exported
from tests.interop.anki_profile import AnkiProfile

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NOTATION = st.lists(
    st.sampled_from(
        [
            *("{{c1::", "{{c2::", "{{c3,4::", "{{c0::", "{{c501::", "}}", "}}", "}}", "::", ":"),
            *("{", "}", "$", "$$", r"\(", r"\)", r"\[", r"\]", "\\", "`", "```", r"\\(", "%"),
            *("\n", "\n\n", "\n```\n", " ", "a", "5", "é", "* ", "> ", "[x](y)", "![x](y)", "_"),
            *("<", ">", "&", "&amp;", "<b>", "</div>", "<!--", "-->", '"', "'", "\x1f", "\x00"),
            *("[sound:x.mp3]", "[latex]", "[/latex]", "[$]", "[/$]", "[[type:Front]]", "{{Front}}"),
            *("[type:Front]", "sound:x.mp3", "[", "]", "latex", "[$$]"),
            *(r"\frac{a}{b}", r"x^", "[anki:tts lang=en]", "\U0010f000", "\U0010f001", "\ufdd0"),
        ]
    ),
    max_size=25,
).map("".join)
TEXTS = st.lists(st.tuples(st.sampled_from(NoteKind), ANYTHING | NOTATION), min_size=1, max_size=8)

_keys = count()


@pytest.fixture(scope="module")
def one_anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiProfile]:
    profile = AnkiProfile(tmp_path_factory.mktemp("anki"))
    yield profile
    profile.close()


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_arrives(
    one_anki: AnkiProfile, tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    notes = [
        Note(f"n{next(_keys)}", NoteKind(kind), f"x{text}", f"x{text}", source=f"x{text}")
        for kind, text in texts
    ]
    package = tmp_path_factory.mktemp("package") / "package.apkg"
    made = [exported(note) for note in notes if ordinals(note)]
    if not made:
        return
    report = write_package(package, made, at=NOON)
    assert one_anki.import_package(package).new == report.notes
    for each in made:
        if each.note.key not in report.left_out:
            for ordinal, card in one_anki.cards(each.note.key).items():
                assert "No cloze" not in card.question()
                assert "[[type:" not in card.question()
                assert not any(isinstance(tag, TTSTag) for tag in card.question_av_tags())
                assert ordinal in ordinals(each.note)
    assert one_anki.sound()
