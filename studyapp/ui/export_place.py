"""Where an export is written to."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studyapp.services.exchange import Form
from studyapp.ui.export_form import FORMS

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def ask_for_place(parent: QWidget, ending: str, name: str) -> QFileDialog:
    """Ask for a file, or for a folder if decks are written; `fileSelected` answers."""
    dialog = QFileDialog(parent, "Export", str(usual_folder()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if ending == Form.DECKS:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Export here")
    else:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)  # so that the dialog asks before it is written over
        dialog.setNameFilter(f"{FORMS[ending][0].partition(' (')[0]} (*.{ending})")
        dialog.selectFile(file_name(name, ending))
    dialog.open()
    return dialog


def usual_folder() -> Path:
    """The user's documents, or home if there is no such folder."""
    location = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(location))
    return folder if folder.is_dir() else Path.home()


def file_name(name: str, ending: str) -> str:
    """A name that every file system takes."""
    plain = " ".join(_NOT_IN_FILE_NAMES.sub(" ", name).split()).strip(". ")
    return f"{plain or 'deck'}.{ending}"
