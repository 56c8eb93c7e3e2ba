"""Who may import whom, and what stays in one place (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ETL = sorted((ROOT / "etl").rglob("*.py"))
DASHBOARD = sorted((ROOT / "dashboard").rglob("*.py"))
QUERIES = [file for file in DASHBOARD if file.parent.name == "queries"]
VIEWS = [file for file in DASHBOARD if file.parent.name == "views"]
STREAMLIT_MODULES = {
    *("app", "components", "data", "document", "frame", "selection", "server"),
    *(
        "views",
        "warm_up",
        "http_layers",
        "page_charts",
        "page_files",
        "succession",
        "socket_layer",
        "export_command",
        "page_tables",
        "filters",
    ),
}
"""Modules of the dashboard that may know Streamlit, directly or through each other."""

SQL = re.compile(r"\b(select\s[\s\S]+\sfrom|insert\s+into|from\s+\w+\.\w+|pragma_\w+)\b", re.I)
MIGHTY = {"streamlit", "duckdb"}


def imports(file: Path) -> set[str]:
    """Return the modules that a file imports, wherever it does so, with their full names."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def libraries(file: Path) -> set[str]:
    """Return the top-level packages that a file imports."""
    return {name.split(".")[0] for name in imports(file)}


def texts(file: Path) -> list[str]:
    """Return the string literals of a file that are not docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
    ]


def name(file: Path) -> str:
    """Name a file in a test report."""
    return str(file.relative_to(ROOT))


def module(file: Path) -> str:
    """Return the name of a module or subpackage of the dashboard, such as `views`."""
    return file.relative_to(ROOT / "dashboard").parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", ETL, ids=name)
def test_the_pipeline_knows_no_dashboard(file: Path) -> None:
    assert libraries(file).isdisjoint({"dashboard", "streamlit", "plotly"})


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_the_dashboard_knows_no_pipeline(file: Path) -> None:
    assert "etl" not in libraries(file)


@pytest.mark.parametrize("stem", ["paths", "errors"])
def test_paths_and_errors_need_the_standard_library_alone(stem: str) -> None:
    assert libraries(ROOT / "etl" / f"{stem}.py").isdisjoint(
        {"etl", "duckdb", "pandas", "numpy", "pyarrow", "yaml", "pydantic", "requests"}
    )


@pytest.mark.parametrize(
    "stem",
    [
        *("estimation", "comparability", "evidence", "progress", "trend"),
        *("picks", "tracks", "verdicts"),
        *("crosswalk", "crosswalk_rules", "crosswalk_waves"),
        *("healthy_people", "fingertips", "open_sdg"),
    ],
)
def test_statistics_know_no_files_and_no_database(stem: str) -> None:
    file = ROOT / "etl" / f"{stem}.py"
    assert libraries(file).isdisjoint({"duckdb", "yaml", "pydantic", "pathlib", "requests"})
    assert not any(imported.startswith("etl.sources") for imported in imports(file))


@pytest.mark.parametrize("file", sorted((ROOT / "etl").glob("metrics*.py")), ids=name)
def test_metrics_know_no_database_and_no_source(file: Path) -> None:
    assert "duckdb" not in libraries(file)
    assert not any(imported.startswith("etl.sources.") for imported in imports(file))


@pytest.mark.parametrize("file", sorted((ROOT / "etl" / "sources").glob("*.py")), ids=name)
def test_a_source_knows_no_metrics_and_no_warehouse(file: Path) -> None:
    forbidden = {"etl.metrics", "etl.warehouse", "etl.draft", "etl.pipeline", "etl.checks"}
    assert imports(file).isdisjoint(forbidden)


@pytest.mark.parametrize("stem", ["warehouse", "draft", "checks"])
def test_the_warehouse_knows_no_sources_and_no_metrics(stem: str) -> None:
    used = imports(ROOT / "etl" / f"{stem}.py")
    assert not any(imported.startswith(("etl.sources", "etl.metrics")) for imported in used)


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_only_the_outer_rooms_know_streamlit(file: Path) -> None:
    if module(file) in STREAMLIT_MODULES:
        return
    assert "streamlit" not in libraries(file)
    inner = {imported.split(".")[1] for imported in imports(file) if imported[:10] == "dashboard."}
    assert inner.isdisjoint(STREAMLIT_MODULES - {"server"}) or module(file) == "__main__"


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_only_the_read_path_knows_the_database(file: Path) -> None:
    if module(file) not in ("data", "warehouse", "queries"):
        assert "duckdb" not in libraries(file)


@pytest.mark.parametrize("file", QUERIES, ids=name)
def test_queries_know_no_page_and_no_chart(file: Path) -> None:
    assert libraries(file).isdisjoint({"streamlit", "plotly"})


@pytest.mark.parametrize("file", [*VIEWS, ROOT / "dashboard" / "app.py"], ids=name)
def test_a_page_uses_streamlit_and_our_own_rooms_alone(file: Path) -> None:
    assert libraries(file).isdisjoint({"duckdb", "pandas", "plotly", "yaml", "numpy", "etl"})


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_only_queries_hold_sql(file: Path) -> None:
    if module(file) not in ("queries", "data", "warehouse"):
        assert [text for text in texts(file) if SQL.search(text)] == []


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_no_schema_but_marts_is_named(file: Path) -> None:
    said = " ".join(texts(file))
    assert re.findall(r"\b(raw|staging|computed|main|previous)\.\w+\b", said) == []
    for schema, table in re.findall(r"\b(?:from|join)\s+(\w+)\.(\w+)", said, flags=re.I):
        assert schema == "marts", f"{schema}.{table}"


@pytest.mark.parametrize("file", QUERIES, ids=name)
def test_queries_bind_their_parameters(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    assert ".format(" not in file.read_text(encoding="utf-8")
    assert [node for node in ast.walk(tree) if not is_bound(node)] == []


def is_bound(node: ast.AST) -> bool:
    """Whether a node puts no value into a text; `|` stands between types."""
    if not isinstance(node, ast.BinOp) or isinstance(node.op, ast.BitOr):
        return True
    return isinstance(node.op, ast.Add) and is_constant(node.left) and is_constant(node.right)


def is_constant(node: ast.expr) -> bool:
    """Whether it is a text as written, a name of one, or some of them after each other."""
    if isinstance(node, ast.BinOp):
        return is_bound(node)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("QUERY + 'order by year'", True),
        ("'a' + PART + 'b'", True),
        ("QUERY + order", False),
        ("QUERY + order()", False),
        ("'a' + part + 'b'", False),
        ("'%s' % WHAT", False),
    ],
)
def test_the_judge_of_queries_knows_a_value_from_a_constant(source: str, safe: bool) -> None:
    assert all(map(is_bound, ast.walk(ast.parse(source)))) == safe


@pytest.mark.parametrize("file", DASHBOARD, ids=name)
def test_only_selection_touches_the_session_and_the_address(file: Path) -> None:
    if module(file) != "selection":
        source = file.read_text(encoding="utf-8")
        assert "session_state" not in source
        assert "st.query_params" not in source


@pytest.mark.parametrize("file", VIEWS, ids=name)
def test_a_page_is_thin(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 100


@pytest.mark.parametrize("file", [*ETL, *DASHBOARD], ids=name)
def test_no_room_for_odds_and_ends(file: Path) -> None:
    assert file.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


@pytest.mark.parametrize("file", [*ETL, *DASHBOARD], ids=name)
def test_no_error_is_swallowed_unnamed(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert not (isinstance(node.type, ast.Name) and node.type.id == "Exception")
