"""A small HTTP server that plays both OData addresses of StatLine, and fails on demand."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import numpy as np

from tests.servers.odata_filters import FilterError, rows_matching
from tests.servers.statline_tables import (
    StatlineTable,
    all_tables,
    regions_of,
    table_50150,
)

MOST_RECORDS = 10_000
PLAIN = "$(),'"


@dataclass
class Fault:
    """What goes wrong: for addresses that contain `match`, `times` times after `skip` good ones.

    Kinds: status, slow, drip, cut_off, cut_json, web_page, link_to_itself, link_elsewhere, no_link,
    empty_pages, redirect, redirect_elsewhere, count_off, lost_column.
    """

    kind: str
    match: str = ""
    times: int = 1_000_000
    skip: int = 0
    status: int = 500
    retry_after: str = ""
    seconds: float = 0.0
    message: str = ""
    column: str = ""


@dataclass
class Service:
    """The tables that are served, what goes wrong, and every address that was asked for."""

    tables: dict[str, StatlineTable]
    page_size: int = MOST_RECORDS
    counts: bool = True
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    base_url: str = ""
    elsewhere: str = "http://127.0.0.2:9"
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, kind: str, **how: Any) -> None:
        """Let something go wrong from now on."""
        self.faults.append(Fault(kind, **how))

    def asked_for(self, part: str) -> list[str]:
        """Return the addresses asked for that contain a part."""
        return [address for address in self.asked if part in address]

    def fault_for(self, address: str, *kinds: str) -> Fault | None:
        """Return the fault that an address meets now, and count it."""
        with self.lock:
            for fault in self.faults:
                if fault.kind in kinds and fault.match in address:
                    if fault.skip:
                        fault.skip -= 1
                    elif fault.times:
                        fault.times -= 1
                        return fault
        return None


class _RefusedError(Exception):
    """An answer with another status than 200."""

    def __init__(self, status: int, message: str = "") -> None:
        self.status = status
        self.message = message


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong, unless it is that a client was killed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    service: Service

    def log_message(self, *_: object) -> None:
        """Keep the console quiet."""

    def do_GET(self) -> None:
        """Answer one request, or let it fail as asked."""
        address = unquote(self.path)
        with self.service.lock:
            self.service.asked.append(address)
        try:
            if not self._has_failed(address):
                kind, body = _answer(self.service, self.path, address)
                self._send(200, body, kind=kind)
        except _RefusedError as refused:
            error = {"odata.error": {"code": "", "message": {"lang": "", "value": refused.message}}}
            self._send(refused.status, json.dumps(error).encode())
        except FilterError as error:
            self._send(
                400, json.dumps({"odata.error": {"message": {"value": str(error)}}}).encode()
            )
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _has_failed(self, address: str) -> bool:
        """Play a fault that takes the place of an answer."""
        fault = self.service.fault_for(
            address, "status", "slow", "web_page", "empty_pages", "redirect", "redirect_elsewhere"
        )
        if fault is None:
            return False
        if fault.kind == "slow":
            time.sleep(fault.seconds)
            return False
        if fault.kind == "web_page":
            self._send(200, b"<!DOCTYPE html><html><body>Onderhoud</body></html>", kind="text/html")
        elif fault.kind == "empty_pages":
            link = f"{self.service.base_url}{self.path}&$skiptoken={len(self.service.asked)}"
            self._send(200, json.dumps({"value": [], "odata.nextLink": link}).encode())
        elif fault.kind == "status":
            if fault.message:
                raise _RefusedError(fault.status, fault.message)
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            self._send(fault.status, b"", headers=headers)
        else:
            host = self.service.elsewhere if fault.kind == "redirect_elsewhere" else ""
            self._send(302, b"", headers={"Location": host + self.path})
        return True

    def _send(
        self,
        status: int,
        body: bytes,
        *,
        kind: str = "application/json;charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send an answer, whole or cut off."""
        address = unquote(self.path)
        if self.service.fault_for(address, "cut_json"):
            body = body[: len(body) // 2]
        cut = self.service.fault_for(address, "cut_off") is not None
        drip = self.service.fault_for(address, "drip")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        while drip and len(body) > 1:
            self.wfile.write(body[:1])
            self.wfile.flush()
            body = body[1:]
            time.sleep(drip.seconds)
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.close_connection = True


def _answer(service: Service, path: str, address: str) -> tuple[str, bytes]:
    """Return content type and body for an address; _RefusedError for one that is not there."""
    parts = urlsplit(path)
    query = dict(parse_qsl(parts.query))
    steps = [unquote(step) for step in parts.path.strip("/").split("/")]
    json_kind = "application/json;charset=utf-8"
    if steps[:1] == ["ODataCatalog"] and steps[1:] == ["Tables"]:
        return json_kind, _json(service, "Tables", [_listing(t) for t in service.tables.values()])
    if len(steps) < 3 or steps[0] not in ("ODataApi", "ODataFeed") or steps[1].lower() != "odata":
        raise _RefusedError(404, "Resource not found")
    table = service.tables.get(steps[2])
    if table is None:
        raise _RefusedError(404, f"no table {steps[2]}")
    entity = steps[3] if len(steps) > 3 else ""
    if entity in ("UntypedDataSet", "TypedDataSet"):
        if steps[4:] == ["$count"]:
            return "text/plain", _count(service, table, query, address)
        return json_kind, _page(service, table, entity, side=steps[0], query=query, address=address)
    records = _entities(service, table, side=steps[0]).get(entity)
    if records is None:
        raise _RefusedError(404, f"no entity {entity}")
    return json_kind, _chunk(service, table, entity, records, side=steps[0], query=query)


def _json(service: Service, entity: str, records: Sequence[dict[str, Any]]) -> bytes:
    document = {"odata.metadata": f"{service.base_url}/$metadata#{entity}", "value": list(records)}
    return json.dumps(document, ensure_ascii=False).encode()


def _listing(table: StatlineTable) -> dict[str, Any]:
    """Return a table as the catalogue lists it."""
    return {
        "Identifier": table.table_id,
        "Title": table.title,
        "ShortTitle": table.title.split(";")[0],
        "Modified": table.modified,
        "MetaDataModified": table.metadata_modified,
        "Catalog": "RIVM",
        "Period": table.period_text,
        "RecordCount": table.rows,
    }


def _entities(
    service: Service, table: StatlineTable, *, side: str
) -> dict[str, list[dict[str, Any]]]:
    """Return every entity but the figures; the empty name is the root document."""
    titles = {table.people[0]: table.people[1], "Marges": table.margins}
    found = {
        "TableInfos": [
            {"ID": 0, "Language": "nl", "Summary": "", "Source": "RIVM", **_listing(table)}
        ],
        "DataProperties": _properties(table),
        "CategoryGroups": [],
        table.geo: [_region_row(table, number) for number in range(len(table.regions))],
        **{
            name: [
                {"Key": code, "Title": title, "Description": "", "CategoryGroupID": None}
                for code, title in codes.items()
            ]
            for name, codes in titles.items()
        },
    }
    if table.periods:
        found["Perioden"] = [
            {"Key": code, "Title": code[:4], "Description": "", "Status": "Definitief"}
            for code in table.periods
        ]
    names = ["TableInfos", "UntypedDataSet", "TypedDataSet", *list(found)[1:]]
    url = f"{service.base_url}/{side}/odata/{table.table_id}"
    found[""] = [{"name": name, "url": f"{url}/{name}"} for name in names]
    return found


def _region_row(table: StatlineTable, number: int) -> dict[str, Any]:
    region = table.regions[number]
    row = {
        "Key": region.code.ljust(table.width),
        "Title": region.name,
        "Description": "",
        "CategoryGroupID": None,
    }
    if table.geo == "WijkenEnBuurten":
        row |= {"Municipality": region.municipality.ljust(10), "DetailRegionCode": None}
    return row


def _properties(table: StatlineTable) -> list[dict[str, Any]]:
    """Return the description of every column."""
    types = {"Perioden": "TimeDimension", table.geo: table.geo_type}
    rows: list[dict[str, Any]] = [
        {"Type": types.get(name, "Dimension"), "Key": name, "Title": name, "Description": ""}
        for name in table.dimensions
    ]
    rows += [
        {
            "Type": "Topic",
            "Key": topic.key,
            "Title": topic.title,
            "Description": topic.description,
            "Datatype": "Double",
            "Unit": "%",
            "Decimals": topic.decimals,
            "ReleasePolicy": False,
            "Default": ".",
        }
        for topic in table.topics
    ]
    return [{"ID": n, "Position": n, "ParentID": None, **row} for n, row in enumerate(rows)]


def _chunk(
    service: Service,
    table: StatlineTable,
    entity: str,
    records: list[dict[str, Any]],
    *,
    side: str,
    query: dict[str, str],
) -> bytes:
    """Return metadata: refused beyond the most records on one side, in pages on the other."""
    if side == "ODataApi":
        if len(records) > MOST_RECORDS:
            raise _RefusedError(500, "The query returns more than 10000 records")
        return _json(service, entity, records)
    skip = int(query.get("$skip", 0))
    document = json.loads(_json(service, entity, records[skip : skip + service.page_size]))
    if skip + service.page_size < len(records):
        url = f"{service.base_url}/{side}/odata/{table.table_id}/{entity}"
        document["odata.nextLink"] = f"{url}?$format=json&$skip={skip + service.page_size}"
    return json.dumps(document, ensure_ascii=False).encode()


def _matching(table: StatlineTable, query: dict[str, str]) -> np.ndarray:
    """Return the numbers of the rows that a filter keeps."""
    if "$filter" not in query:
        return np.arange(table.rows)
    if query["$filter"] not in table.matched:
        mask = rows_matching(query["$filter"], dimensions=table.dimensions, codes=table.codes)
        table.matched[query["$filter"]] = np.flatnonzero(mask)
    return table.matched[query["$filter"]]


def _count(service: Service, table: StatlineTable, query: dict[str, str], address: str) -> bytes:
    if not service.counts:
        raise _RefusedError(404, "Resource not found for the segment '$count'")
    off = 1 if service.fault_for(address, "count_off") else 0
    return str(len(_matching(table, query)) + off).encode()


def _page(
    service: Service,
    table: StatlineTable,
    entity: str,
    *,
    side: str,
    query: dict[str, str],
    address: str,
) -> bytes:
    """Return one page of figures and the link to the next."""
    rows = _matching(table, query)
    top = int(query.get("$top", len(rows)))
    rows = rows[:top]
    skip = int(query.get("$skip", 0))
    if side == "ODataApi" and len(rows[skip:]) > MOST_RECORDS:
        raise _RefusedError(500, "The query returns more than 10000 records")
    size = service.page_size if side == "ODataFeed" else MOST_RECORDS
    body = _rendered(service, table, entity, rows[skip : skip + size], query=query, address=address)
    link = ""
    if skip + size < len(rows):
        following = {**query, "$skip": str(skip + size)}
        link = f"{service.base_url}/{side}/odata/{table.table_id}/{entity}?" + "&".join(
            f"{name}={quote(value, safe=PLAIN)}" for name, value in following.items()
        )
    link = _mislead(service, link, address=address)
    tail = f',"odata.nextLink":{json.dumps(link)}' if link else ""
    head = json.dumps(f"{service.base_url}/{side}/odata/{table.table_id}/$metadata#{entity}")
    return f'{{"odata.metadata":{head},"value":['.encode() + body + f"]{tail}}}".encode()


def _mislead(service: Service, link: str, *, address: str) -> str:
    """Return the link to the next page, or a wrong one where that was asked for."""
    if service.fault_for(address, "link_to_itself"):
        return service.base_url + quote(address, safe="/?&=$(),'")
    if service.fault_for(address, "link_elsewhere"):
        return f"{service.elsewhere}/ODataFeed/odata/50150NED/UntypedDataSet?$skip=10"
    if link and service.fault_for(address, "no_link"):
        return ""
    return link


def _rendered(
    service: Service,
    table: StatlineTable,
    entity: str,
    rows: np.ndarray,
    *,
    query: dict[str, str],
    address: str,
) -> bytes:
    """Return rows as JSON.

    Every value is padded with spaces to the width of its column, so that NumPy can lay out a page
    at once: a slow server would hide how fast its clients are.
    """
    dimensions = table.dimensions
    known = ["ID", *dimensions, *_region_columns(table), *(t.key for t in table.topics)]
    columns = query["$select"].split(",") if query.get("$select") else known
    lost = service.fault_for(address, "lost_column")
    columns = [name for name in columns if lost is None or name != lost.column]
    if unknown := set(columns) - set(known):
        raise _RefusedError(400, f"Could not find a property named '{min(unknown)}'")
    pieces: list[np.ndarray] = []
    for number, name in enumerate(columns):
        pieces.append(_bytes([f'{"," if number else "{"}"{name}":'])[np.zeros_like(rows)])
        words = dimensions.get(name) or _region_columns(table).get(name, [])
        tokens, places = _column(table, name, rows, words, is_text=entity == "UntypedDataSet")
        pieces.append(tokens[places])
    pieces.append(_bytes(["},"])[np.zeros_like(rows)])
    return np.concatenate(pieces, axis=1).tobytes().removesuffix(b",")


def _bytes(texts: Sequence[str]) -> np.ndarray:
    """Return texts as rows of bytes, all of one width."""
    encoded = [text.encode() for text in texts]
    width = max(map(len, encoded))
    joined = b"".join(text.ljust(width) for text in encoded)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(encoded), width)


def _region_columns(table: StatlineTable) -> dict[str, list[str]]:
    """Return the text columns that repeat what a region is."""
    if table.geo == "WijkenEnBuurten" and not table.texts:
        kinds = {"NL": "Land", "GM": "Gemeente", "WK": "Wijk", "BU": "Buurt"}
        names = {region.code: region.name for region in table.regions}
        table.texts.update(
            Gemeentenaam_1=[names.get(r.municipality, r.name).ljust(40) for r in table.regions],
            SoortRegio_2=[kinds[region.code[:2]].ljust(10) for region in table.regions],
            Codering_3=[region.code.ljust(20) for region in table.regions],
        )
    return table.texts


def _column(
    table: StatlineTable, name: str, rows: np.ndarray, words: Sequence[str], *, is_text: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values of a column as JSON, and which of them each row has."""
    if name == "ID":
        mark = '"' if is_text else ""
        return _bytes([f"{mark}{row}{mark}" for row in rows.tolist()]), np.arange(len(rows))
    if words:
        dimension = name if name in table.codes else table.geo
        return _quoted(table, name, words), table.codes[dimension][rows]
    return (UNTYPED if is_text else TYPED), table.figures(name)[rows]


def _quoted(table: StatlineTable, name: str, words: Sequence[str]) -> np.ndarray:
    """Return texts as JSON; remembered, as some tables have very many regions."""
    if name not in table.laid_out:
        table.laid_out[name] = _bytes([json.dumps(word, ensure_ascii=False) for word in words])
    return table.laid_out[name]


UNTYPED = _bytes([*(f'"{tenths / 10:8.1f}"' for tenths in range(1001)), '"       ."', "null"])
TYPED = _bytes([*(f"{tenths / 10:.1f}" for tenths in range(1001)), "null", "null"])
"""How each code of a figure is written, as text and as number."""


@contextmanager
def served(
    *tables: StatlineTable, page_size: int = MOST_RECORDS, counts: bool = True, port: int = 0
) -> Iterator[Service]:
    """Serve tables (all shapes by default) on a free port of this machine."""
    chosen = tables or tuple(all_tables())
    service = Service({t.table_id: t for t in chosen}, page_size=page_size, counts=counts)
    handler = type("Handler", (_Handler,), {"service": service})
    server = _Server(("127.0.0.1", port), handler)
    server.daemon_threads = True
    service.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Serve 50150NED with as many regions and columns as asked, until interrupted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--regions", type=int, help="all tables by default")
    parser.add_argument("--columns", type=int)
    options = parser.parse_args()
    tables: list[StatlineTable] = []
    if options.regions:
        few = len(regions_of(districts=True))
        regions = regions_of(neighbourhoods=max(options.regions - few, 0))
        tables = [table_50150(regions=regions, columns=options.columns)]
    with served(*tables, port=options.port) as service:
        print(service.base_url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
