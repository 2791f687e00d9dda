"""The corpus is what it says it is, and becomes HTML in which nothing acts."""

from __future__ import annotations

from collections import Counter

from tests.attacks.corpus import faces, read_attacks
from tests.rendering.markup import check_html


def test_there_are_many_attacks_each_with_a_name_of_its_own() -> None:
    attacks = read_attacks()
    assert len(attacks) >= 300
    assert [name for name, count in Counter(map(str, attacks)).items() if count > 1] == []
    assert all(attack.text.strip("\n") for attack in attacks)
    texts = Counter(attack.text for attack in attacks)
    assert [text for text, count in texts.items() if count > 1] == []


def test_attacks_reach_for_what_they_are_given() -> None:
    texts = [attack.text for attack in read_attacks()]
    assert sum("127.0.0.1:9" in text for text in texts) > 50
    assert sum("etc/hostname" in text for text in texts) > 10
    assert any("<div>" * 10_000 in text for text in texts)
    assert any("\ud800" in text for text in texts)


def test_all_that_short_attacks_become_is_listed_and_balanced() -> None:
    for attack in read_attacks():
        if len(attack.text) < 500:
            for face in faces(attack):
                check_html(face.question_html)
                check_html(face.answer_html)
