"""Addresses of an OData service: one host, over https or (to this machine only) http."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from etl.errors import InputError, NetworkError, Problem

_PORTS = {"https": 443, "http": 80}
_SAFE = "$(),':"


def checked_base_url(base_url: str) -> str:
    """Return scheme and host of a service; InputError unless https, or http to this machine."""
    parts = _parts(base_url.strip())
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))
    is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    if not (host and is_safe and is_bare and parts.username is None):
        raise InputError(
            Problem(
                where="--base-url",
                found=repr(base_url),
                expected="https://host (http only for 127.0.0.1 or localhost), nothing behind it",
                remedy="give scheme and host of the service only",
            )
        )
    return f"{parts.scheme}://{parts.netloc}"


def next_address(link: str, *, page_url: str, base_url: str) -> str:
    """Return the address that a page or a redirect leads to; NetworkError on another host.

    The service behind an https address may write its links with http: those are mended.
    """
    base = urlsplit(base_url)
    try:
        given = _with_https_of(base, urlsplit(urljoin(page_url, link)))
        is_ours = _place(given) == _place(base)
        named = f"{given.scheme}://{given.netloc}"
    except ValueError:  # a link that is no address at all
        is_ours, named = False, repr(link[:200])
    if not is_ours:
        raise NetworkError(
            Problem(
                where=page_url,
                found=f"a link to {named}",
                expected=f"only {base_url}",
                remedy="nothing was taken from there; ask the producer, or wait and try again",
            )
        )
    return given.geturl()


def is_loopback(base_url: str) -> bool:
    """Whether a service is on this machine."""
    return _is_this_machine(urlsplit(base_url).hostname or "")


def question(parameters: Mapping[str, str]) -> str:
    """Return the question part of an address, with %20 and not + for a space."""
    text = "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in parameters.items())
    return f"?{text}" if text else ""


def _parts(base_url: str) -> SplitResult:
    """Return the parts of an address; empty ones for what is none."""
    try:
        parts = urlsplit(base_url)
        _place(parts)
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _place(address: SplitResult) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port; ValueError where the port is no number of a port."""
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)


def _with_https_of(base: SplitResult, given: SplitResult) -> SplitResult:
    """Return an address with https where only that is missing, behind an https address."""
    if base.scheme == "https" and given.scheme == "http" and given.port in (None, 80):
        return given._replace(scheme="https", netloc=given.hostname or "")
    return given


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
