"""Finds the shared libraries that Qt needs and this machine lacks, and gets them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import debian

BINDINGS = (
    "QtCore",
    "QtGui",
    "QtNetwork",
    "QtPdf",
    "QtSvg",
    "QtTest",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
    "QtWidgets",
)
"""The modules of PySide6 that the app or its tests import."""

NEEDED = (
    *(f"{binding}.abi3.so" for binding in BINDINGS),
    "Qt/libexec/QtWebEngineProcess",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/imageformats/*.so",
    "Qt/plugins/platforminputcontexts/*.so",
    "Qt/plugins/xcbglintegrations/*.so",
)
"""Without what these link to no window opens."""

WANTED = (
    "Qt/plugins/platforms/libqwayland*.so",
    "Qt/plugins/wayland-*-client/*.so",
    "Qt/plugins/wayland-shell-integration/*.so",
)
"""A window opens without these, since every Wayland desktop speaks X11 too."""

PACKAGES: dict[str, debian.Names] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libXcomposite.so.1": ("libxcomposite1",),
    "libXdamage.so.1": ("libxdamage1",),
    "libXext.so.6": ("libxext6",),
    "libXfixes.so.3": ("libxfixes3",),
    "libXrandr.so.2": ("libxrandr2",),
    "libXtst.so.6": ("libxtst6",),
    "libasound.so.2": ("libasound2t64", "libasound2"),
    "libbrotlicommon.so.1": ("libbrotli1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libdrm.so.2": ("libdrm2",),
    "libexpat.so.1": ("libexpat1",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libgbm.so.1": ("libgbm1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libnspr4.so": ("libnspr4",),
    "libnss3.so": ("libnss3",),
    "libnssutil3.so": ("libnss3",),
    "libpulse.so.0": ("libpulse0",),
    "libsmime3.so": ("libnss3",),
    "libstdc++.so.6": ("libstdc++6",),
    "libudev.so.1": ("libudev1",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-dri3.so.0": ("libxcb-dri3-0",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbfile.so.1": ("libxkbfile1",),
    "libz.so.1": ("zlib1g",),
    "libzstd.so.1": ("libzstd1",),
}
"""By the name that the loader looks for."""

FONT: debian.Names = ("fonts-dejavu-core",)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def complete(pyside: Path) -> bool:
    """Whether Qt finds all it needs now; only Linux leaves that to the user's system.

    `pyside` is the folder of the installed PySide6 package.
    """
    if sys.platform != "linux":
        return True
    lacking = packages_to_install(pyside)
    if lacking:
        debian.install(lacking, "Qt needs libraries or fonts that this system lacks")
    still = missing(pyside, NEEDED)
    unnamed = still - PACKAGES.keys() if debian.is_here() else still
    if unnamed:
        debian.tell(f"Qt cannot start without these libraries: {', '.join(sorted(unnamed))}.")
    return not still


def packages_to_install(pyside: Path) -> list[debian.Names]:
    """What to ask for; nothing, if it would only be wanted and may not be had without asking."""
    needed = packages_of(missing(pyside, NEEDED)) | (set() if has_font() else {FONT})
    wanted = packages_of(missing(pyside, WANTED))
    return sorted(needed | wanted) if needed or debian.privilege() else []


def missing(pyside: Path, patterns: tuple[str, ...]) -> set[str]:
    """The names of the libraries that the files, or what they link to, ask for in vain."""
    files = [str(file) for pattern in patterns for file in pyside.glob(pattern)]
    listing = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"^\s*(\S+) => not found", listing, re.M))


def packages_of(libraries: set[str]) -> set[debian.Names]:
    """The packages that hold the libraries, as far as we know them."""
    return {PACKAGES[library] for library in libraries if library in PACKAGES}


def has_font() -> bool:
    """Whether there is any font to draw the window's text with."""
    files = (file for folder in FONT_FOLDERS for file in Path(folder).expanduser().rglob("*.?tf"))
    return any(file.suffix in {".ttf", ".otf"} for file in files)
