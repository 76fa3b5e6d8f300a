"""See that Qt's system libraries are there on Linux: install them as root, else print the line.

Usage: python scripts/qt_libraries.py   (exit 0: there or installed, 1: the line to run is printed)
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# What QtGui and QtWidgets load on Linux, beside what every system has; the second line only with X.
NEEDED = (
    "libEGL.so.1",
    "libGL.so.1",
    "libxkbcommon.so.0",
    "libfontconfig.so.1",
    "libdbus-1.so.3",
    "libgthread-2.0.so.0",
)
NEEDED_FOR_X = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxcb-xinerama.so.0",
    "libxcb-render-util.so.0",
    "libxkbcommon-x11.so.0",
)
LINES = {
    "apt-get": (
        "apt-get install -y libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0"
        " libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-shape0"
        " libxcb-xinerama0 libxcb-render-util0 libxkbcommon-x11-0 fonts-dejavu-core"
    ),
    "dnf": (
        "dnf install -y mesa-libEGL mesa-libGL libxkbcommon fontconfig dbus-libs glib2"
        " xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil"
        " libxkbcommon-x11 dejavu-sans-fonts"
    ),
    "pacman": (
        "pacman -S --needed libglvnd libxkbcommon fontconfig dbus glib2 xcb-util-cursor xcb-util-wm"
        " xcb-util-image xcb-util-keysyms xcb-util-renderutil libxkbcommon-x11 ttf-dejavu"
    ),
    "zypper": (
        "zypper install -y Mesa-libEGL1 Mesa-libGL1 libxkbcommon0 fontconfig libdbus-1-3"
        " libglib-2_0-0 libgthread-2_0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0"
        " libxcb-keysyms1 libxcb-shape0 libxcb-xinerama0 libxcb-render-util0 libxkbcommon-x11-0"
        " dejavu-fonts"
    ),
    "apk": (
        "apk add mesa-egl mesa-gl libxkbcommon fontconfig dbus-libs glib xcb-util-cursor"
        " xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil font-dejavu"
    ),
}


def missing() -> list[str]:
    """The libraries that the loader does not find."""
    absent = []
    wanted = NEEDED + (NEEDED_FOR_X if os.environ.get("DISPLAY") else ())
    for name in wanted:
        try:
            ctypes.CDLL(name)
        except OSError:
            absent.append(name)
    return absent


def main() -> int:
    """Exit status 0 when Qt can start."""
    if sys.platform != "linux" or not (absent := missing()):
        return 0
    manager = next((name for name in LINES if shutil.which(name)), None)
    if manager is None:
        print(f"Qt needs these system libraries: {', '.join(absent)}. Install them and run again.")
        return 1
    if os.geteuid() != 0:
        print(f"Qt needs system libraries that are missing: {', '.join(absent)}. Run:")
        print(f"  sudo {LINES[manager]}")
        return 1
    print(f"Installing Qt's system libraries ({', '.join(absent)}) …", flush=True)
    if manager == "apt-get":
        subprocess.run(["apt-get", "update", "-qq"], check=False)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    status = subprocess.run(LINES[manager].split(), env=environment, check=False).returncode
    if status or missing():
        print(f"That did not work. Run by hand: {LINES[manager]}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
