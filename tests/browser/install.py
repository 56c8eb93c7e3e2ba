"""Find a Chrome-family browser for the tests, or install Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


def find_browser() -> str | None:
    """Return the path of an installed Chrome-family browser."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install a browser and the libraries of the paper exports where they are missing."""
    if find_browser():
        return 0
    if shutil.which("apt-get") is None:
        print("No Chrome-family browser found: install Chromium, Chrome or Edge.", file=sys.stderr)
        return 1
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        check=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
