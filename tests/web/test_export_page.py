"""The page Export: what it previews, what it gives, what it refuses, and the command it shows."""

from __future__ import annotations

import csv
import io
import shlex
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.exporting import Request, command_of, file_name, gather, mistakes, sample, write
from allegedly.records.document import Document
from allegedly.store.opening import add_ledgers
from allegedly.web.pages.export import page_of, wanted_of
from allegedly.web.site import Site
from tests.cli.conftest import call
from tests.fakes import FakeReader
from tests.hostile import HOSTILE
from tests.web.pages import client_of, demo_site, links_of

TABLES = ("claims", "incidents", "conflicts", "ucdp", "acled", "polecat", "gdelt")
OTHERS = ("geojson", "jsonld", "label-studio", "brat", "webanno")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the demo's reports; nobody changes it."""
    with demo_site(tmp_path_factory.mktemp("export")) as made:
        yield made


@pytest.fixture(scope="module")
def client(site: Site) -> TestClient:
    """A browser on it."""
    return client_of(site)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_previewed(site: Site, name: str) -> None:
    """The preview has the headers of the file, and no row that the file has not."""
    page = page_of(site, wanted_of({"profile": name}))
    assert page.preview is not None
    with site.view() as view:
        stream = io.BytesIO()
        write(page.wanted, gather(page.wanted, site.store, view), stream)
    delimiter = "\t" if file_name(page.wanted).endswith(".tsv") else ","
    header, *rows = csv.reader(io.StringIO(stream.getvalue().decode(), newline=""), delimiter=delimiter)
    assert list(page.preview.columns) == header
    assert [list(row) for row in page.preview.rows] == rows[: len(page.preview.rows)]
    assert page.preview.rows


@pytest.mark.parametrize("name", OTHERS)
def test_other_forms_are_previewed(client: TestClient, name: str) -> None:
    """Forms that are no tables show their beginning as text."""
    answer = client.get("/export", params={"profile": name})
    assert answer.status_code == 200
    assert '<pre class="preview"' in answer.text


@pytest.mark.parametrize("name", [*TABLES, *OTHERS])
def test_the_file_is_that_of_the_command(client: TestClient, site: Site, name: str, tmp_path: Path) -> None:
    """What is downloaded is byte for byte what the command that is shown writes."""
    answer = client.get("/export/download", params={"profile": name})
    words = shlex.split(command_of(Request(name=name), out=False))[1:]
    out = tmp_path / "file.zip"
    result = call(*words, "--store", site.store.name, *(["--out", str(out)] if name in {"brat", "webanno"} else []))
    assert (answer.status_code, result.code) == (200, 0)
    assert answer.content == (out.read_bytes() if out.exists() else result.out)
    assert file_name(Request(name=name)) in answer.headers["content-disposition"]


def test_folders_come_as_archives(client: TestClient) -> None:
    """Several files come as one ZIP archive that is whole."""
    content = client.get("/export/download", params={"profile": "brat"}).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 7


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"profile": "nothing"}, "name"),
        ({"profile": "brat", "coarsen": "25"}, "coarser"),
        ({"coarsen": "a little"}, "coarser"),
        ({"profile": "geojson", "format": "parquet"}, "table_format"),
        ({"format": "xlsx"}, "table_format"),
        ({"best": "mine"}, "policy"),
        ({"q": "stance:"}, "query"),
    ],
)
def test_mistakes_stand_beside_their_field(client: TestClient, query: dict[str, str], field: str) -> None:
    """What cannot be is marked where it was filled in, and no file is given."""
    answer = client.get("/export", params=query)
    assert answer.status_code == 400
    assert f'id="wrong-{field}"' in answer.text
    assert "--coarsen" not in answer.text
    assert client.get("/export/download", params=query).status_code == 400


def test_a_query_and_a_gate(site: Site) -> None:
    """Only found claims are previewed, and of a store that nobody has reviewed nothing passes the gate."""
    found = page_of(site, wanted_of({"q": "stance:deny"})).preview
    gated = page_of(site, wanted_of({"only": "accepted"})).preview
    assert found is not None
    assert {row[found.columns.index("stance")] for row in found.rows} == {"deny"}
    assert gated is not None
    assert gated.rows == ()


def test_a_sample_is_small(site: Site) -> None:
    """A preview reads no more claims than it says."""
    with site.view() as view:
        assert len(list(sample(Request(name="claims"), site.store, view, most=3).told())) == 3


def test_everything_stands_in_the_command() -> None:
    """Each choice is an option, quoted for the shell."""
    asked = Request(
        name="acled", table_format="parquet", only="accepted", query="it's killed>=10", policy="median", coarser="25",
        raw_cells=True, incidents=True,
    )  # fmt: skip
    words = shlex.split(command_of(asked))
    assert words[:9] == [
        "allegedly", "export", "acled", "--format", "parquet", "--only", "accepted", "--query", "it's killed>=10",
    ]  # fmt: skip
    assert words[9:] == [
        "--best", "median", "--coarsen", "25", "--raw-cells", "--incidents", "--out",
        "allegedly-acled-accepted.parquet",
    ]  # fmt: skip
    assert list(mistakes(asked)) == []


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_words_are_text(tmp_path: Path, name: str) -> None:
    """Whatever a report holds stands in the preview as text, and no sign turns the line round."""
    text = f"<script>alert(1)</script> said Orr killed 3 rebels. {HOSTILE[name][:200]}"
    with demo_site(tmp_path, demo=False) as site:
        add_ledgers(site.store, [FakeReader().read(Document(text.replace("\ud83d", ""), id="<b>x"))])
        page = client_of(site).get("/export").text
    assert "<script>alert" not in page
    assert not set(page) & set("\x00\u202e\u2066\u200b")


def test_an_empty_store(tmp_path: Path) -> None:
    """Without a document there is a file with its header, and the page says so."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        assert "nothing in the store fits" in client.get("/export").text
        assert client.get("/export/download").text.count("\n") == 1


def test_links_lead_somewhere(client: TestClient) -> None:
    """The page's own links are answered."""
    paths = [path for path in links_of(client.get("/export").text) if path.startswith(("/export", "/static"))]
    assert {client.get(path).status_code for path in paths} == {200}
