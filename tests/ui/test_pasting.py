"""Pictures and sounds that are pasted, dropped or chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox

from studyapp.ui import pasting
from studyapp.ui.pasting import Pasted, Refused, Sound, holds_media, markdown_of, pasted, read_file
from studyapp.ui.picture_size import Picture, is_large, smaller
from tests.ui.running_app import RunningApp
from tests.ui.writing import open_add, until_previewed

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt "


def image(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("#2b5c8f"))
    return made


def encoded(width: int, height: int, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(width, height).save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def refusal(medium: Pasted) -> str:
    assert isinstance(medium, Refused)
    return medium.message


def test_what_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.PNG").write_bytes(encoded(4, 3, "PNG"))
    (tmp_path / "b.wav").write_bytes(SOUND)
    picture, sound = pasted(files(tmp_path / "a.PNG", tmp_path / "b.wav"))
    assert isinstance(picture, Picture)
    assert (picture.size.width(), picture.size.height()) == (4, 3)
    assert sound == Sound("b.wav", SOUND)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("a.exe", b"MZ", "a.exe is neither a picture nor a sound", id="type"),
        pytest.param("a.png", b"no", "a.png holds no picture", id="no-picture"),
        pytest.param("a.svg", b"<p>", "a.svg holds no picture", id="no-drawing"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refusal(read_file(path))


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.mp3"
    path.write_bytes(b"1234")
    monkeypatch.setattr(pasting, "MAX_FILE_BYTES", 3)
    assert "long.mp3 has 0 MB" in refusal(read_file(path))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert "cannot be read (No such file" in refusal(read_file(tmp_path / "a.png"))


def test_text_goes_before_its_picture() -> None:
    data = QMimeData()
    data.setImageData(image(2, 2))
    assert holds_media(data)
    data.setText("cells of a sheet")
    assert not holds_media(data)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("a.png", "![$0](a.png)", id="plain"),
        pytest.param("a b.png", "![$0](<a b.png>)", id="blank"),
        pytest.param("a(1).png", "![$0](<a(1).png>)", id="parentheses"),
        pytest.param("100%.png", "![$0](100%25.png)", id="percent"),
    ],
)
def test_how_a_picture_is_called(name: str, expected: str) -> None:
    picture = Picture(name, b"", image(1, 1).size())
    assert markdown_of(picture, name) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [pytest.param("PNG", "a.png", id="png"), pytest.param("JPG", "a.jpg", id="jpeg")],
)
def test_a_large_picture_becomes_smaller(kind: str, expected: str) -> None:
    content = encoded(2400, 1200, kind)
    large = Picture(f"a.{kind.lower()}", content, image(2400, 1200).size())
    assert is_large(large)
    small = smaller(large)
    assert small is not None
    assert small.name == expected
    assert (small.size.width(), small.size.height()) == (1600, 800)
    assert len(small.content) < len(content)
    assert not is_large(small)


def test_a_pasted_picture_is_kept_and_shown(app: RunningApp) -> None:
    editor = open_add(app)
    QGuiApplication.clipboard().setImage(image(30, 20))
    until_previewed(app, editor, editor.form.front.paste)
    assert editor.form.front.markdown == "![](pasted.png)"
    assert editor.form.front.index == 2
    kept = app.database.path.parent / "media" / "pasted.png"
    assert QImage(str(kept)).size() == image(30, 20).size()


def test_dropped_files_go_one_after_the_other(app: RunningApp, tmp_path: Path) -> None:
    for name, content in (("a b.png", encoded(5, 5, "PNG")), ("s.wav", SOUND), ("x.txt", b"")):
        (tmp_path / name).write_bytes(content)
    editor = open_add(app)
    back = editor.form.back
    names = ("a b.png", "s.wav", "x.txt")
    back.insertFromMimeData(files(*(tmp_path / name for name in names)))
    assert back.markdown == "![](<a b.png>) [sound:s.wav]"
    assert "x.txt is neither" in app.window.writing.add.banner.text


@pytest.mark.parametrize(
    ("button", "width"),
    [
        pytest.param("Make it smaller", 1600, id="smaller"),
        pytest.param("Keep it as it is", 2400, id="kept"),
        pytest.param("Cancel", 0, id="cancelled"),
    ],
)
def test_a_large_picture_is_asked_about(
    app: RunningApp, tmp_path: Path, button: str, width: int
) -> None:
    (tmp_path / "big.png").write_bytes(encoded(2400, 1200, "PNG"))
    editor = open_add(app)
    editor.form.front.insertFromMimeData(files(tmp_path / "big.png"))
    box = editor.media.question
    assert isinstance(box, QMessageBox)
    assert "2,400 × 1,200 pixels" in box.informativeText()
    assert "1,600 × 800 pixels" in box.informativeText()
    next(each for each in box.buttons() if each.text().replace("&", "") == button).click()
    app.qtbot.waitUntil(lambda: editor.media.question is None)
    kept = QImage(str(app.database.path.parent / "media" / "big.png"))
    assert kept.width() == width
    assert editor.form.front.markdown == ("![](big.png)" if width else "")
