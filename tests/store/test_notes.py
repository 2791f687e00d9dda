"""What the collection keeps of a note that is not the present one."""

from __future__ import annotations

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.notes import Note
from studyapp.store.notes import note_from_json, note_to_json


@given(st.builds(Note))
def test_a_note_comes_back_from_its_json(note: Note) -> None:
    kept = note_to_json(note)
    assert note_from_json(kept) == note
    assert kept == json.dumps(asdict(note), ensure_ascii=False)
