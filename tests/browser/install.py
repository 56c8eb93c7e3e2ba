"""Find a Chrome-family browser and nginx for the tests, or install Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


def find_browser() -> str | None:
    """Return the path of an installed Chrome-family browser."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_proxy() -> str | None:
    """Return the path of an installed nginx."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def main() -> int:
    """Install the browser and the proxy that tests run, where they are missing."""
    found = {"chromium": find_browser(), "nginx": find_proxy()}
    missing = [package for package, path in found.items() if path is None]
    if not missing:
        return 0
    if shutil.which("apt-get") is None:
        print("Install a Chrome-family browser and nginx: the tests run both.", file=sys.stderr)
        return 1
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        check=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
