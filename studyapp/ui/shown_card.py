"""The card before the user: which side is shown, and whether it is to be seen yet."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.rendering.page import CardFaces
from studyapp.services.study_values import Prompt


@dataclass(slots=True)
class ShownCard:
    """Keys act on it only when it is painted."""

    prompt: Prompt
    faces: CardFaces
    answer: bool = False
    painted: bool = False
    painted_at: float = 0.0
    """When the question was first to be seen, by the monotonic clock."""

    @property
    def html(self) -> str:
        """The side that is shown."""
        return self.faces.answer_html if self.answer else self.faces.question_html

    @property
    def waits_for_grade(self) -> bool:
        return self.answer and self.painted
