"""The short way for plain texts makes what the conversion of Markdown makes."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from studyapp.anki.cloze_text import with_marks
from studyapp.anki.formulas import Formulas
from studyapp.anki.plain_field import plain_html
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.marks import clean

PARTS = st.lists(
    st.sampled_from(
        [
            *("a", "B", "word", "7", "1.", "e.g.", " ", "  ", ".", ",", ";", "?", "(", ")", "-"),
            *("--", "—", "’", "“x”", "…", "é", "Ü", "$x$", "$x_1 < y$", r"\(a\)", "$5", "$", "\n"),
            *("$$d$$", "*", "_", "`", "[", "]", "<", "&", "www.x.org", ":", "#", r"\R", r"\sin"),
            *("a@b.org", "!", "http://x.org", "'", '"', "%", "{", "}", "|", "~", "=", "+", "/"),
        ]
    ),
    max_size=12,
).map("".join)
CLOZES = st.lists(
    st.sampled_from(
        [
            *("{{c1::", "{{c2::", "}}", "}}", "::", "hint", "a", "b c", ". ", "1. x", "- x", "$x$"),
            *("$", "(", "7", " ", "*", "www", "# h"),
        ]
    ),
    max_size=10,
).map(lambda parts: with_marks("".join(parts)))
LIKELY = st.text("ab AB.,;:?!()%=+/'-–é’“” $x", max_size=30)
MATH = st.text(r"$$$ax1 _^{}\,<`", max_size=20).map(lambda text: f"Let {text}")


@settings(max_examples=600, deadline=None)
@given(CLOZES | (PARTS | LIKELY | MATH | st.text(max_size=20)).map(clean))
@example("a  b")
@example("What is $x_1$, and why?")
@example("a $5 and $6")
def test_equals_the_conversion_of_markdown(text: str) -> None:
    short = plain_html(text, Formulas("n").draw)
    if short is not None:
        long = marked_to_html(text, Formulas("n").draw, str, str, "q")
        assert f"<p>{short}</p>" == long.strip()


def test_takes_plain_texts() -> None:
    html = plain_html(r"Why isn't $\frac{x}{2} < y$, or is it (100 %)?", Formulas("n").draw)
    assert html is not None
    assert html.startswith("Why isn't ")
    assert plain_html("Not *this*", Formulas("n").draw) is None
