"""What services know of time: a function that tells the present instant."""

from __future__ import annotations

from collections.abc import Callable

from studyapp.domain.study_day import Instant

Clock = Callable[[], Instant]
