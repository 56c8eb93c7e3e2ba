"""Which addresses are those of the service."""

from __future__ import annotations

import pytest

from etl.errors import InputError, NetworkError
from etl.sources.odata_addresses import checked_base_url, is_loopback, next_address

BASE = "https://dataderden.cbs.nl"
PAGE = f"{BASE}/ODataFeed/odata/50150NED/UntypedDataSet"
NO_ADDRESSES = (
    "https://[::1/x",
    "https://dataderden.cbs.nl:99999/x",
    "https://dataderden.cbs.nl:abc/x",
    "https://\u2100.example/x",
)


@pytest.mark.parametrize("link", NO_ADDRESSES)
def test_a_link_that_is_no_address_is_refused_and_named(link: str) -> None:
    with pytest.raises(NetworkError, match=r"only https://dataderden\.cbs\.nl") as error:
        next_address(link, page_url=PAGE, base_url=BASE)
    assert repr(link) in str(error.value)


@pytest.mark.parametrize(
    "base_url", [*NO_ADDRESSES, "", "dataderden.cbs.nl", f"{BASE}/x", "https://a@b"]
)
def test_what_is_no_address_of_a_service_is_refused(base_url: str) -> None:
    with pytest.raises(InputError, match="--base-url"):
        checked_base_url(base_url)


def test_http_goes_no_further_than_this_machine() -> None:
    assert [is_loopback(url) for url in ("http://127.0.0.1:1", "http://[::1]", BASE)] == [
        True,
        True,
        False,
    ]
    with pytest.raises(InputError, match="only for"):
        checked_base_url("http://dataderden.cbs.nl")
