"""The known article as another program writes it, read back: the same text, but for what the report lists."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module

import pytest

from annotator.errors import ReadError
from annotator.importers.readers import READERS
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_open, known_word

WRITTEN = {"docx": "word", "odt": "opendocument", "fodt": "opendocument", "rtf": "rich_text"}
FROM = {"article.docx": known_word.article, "article.odt": known_open.article}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice, which writes the files, is not installed"),
]


@pytest.fixture(scope="module", params=sorted(FROM))
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The article in every format, as LibreOffice makes it of a file written by hand; by format."""
    folder = tmp_path_factory.mktemp("written")
    original = folder / request.param
    original.write_bytes(FROM[request.param]())
    for kind in (*WRITTEN, "doc"):
        profile = (folder / "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir"]
        made_in = folder / kind
        subprocess.run([*command, str(made_in), str(original)], check=True, capture_output=True, timeout=120)
    return {path.parent.name: path.read_bytes() for path in folder.glob("*/article.*") if path.parent.name != "profile"}


def drafted(data: bytes, kind: str, *, footnotes: bool = False) -> Draft:
    module = import_module(READERS[WRITTEN[kind]].module)
    return module.read(data, f"article.{kind}", ReadOptions(footnotes=footnotes), lambda: None)


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_text_is_equal(written: dict[str, bytes], kind: str):
    assert drafted(written[kind], kind).text == known.TEXT


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_blocks_are_what_they_were(written: dict[str, bytes], kind: str):
    blocks = drafted(written[kind], kind).blocks
    assert [(b.kind, b.zone) for b in blocks] == [(p.kind, p.zone) for p in known.PIECES]
    assert [b.level for b in blocks if b.kind == "list"] == [p.level for p in known.PIECES if p.kind == "list"]


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_is_left_out_is_listed_with_its_words(written: dict[str, bytes], kind: str):
    shown = " | ".join(words for _, words in drafted(written[kind], kind).passages)
    assert all(words.strip() in shown for kinds in known.LEFT_OUT.values() for words in kinds)


@pytest.mark.parametrize("kind", WRITTEN)
def test_notes_are_kept_on_demand(written: dict[str, bytes], kind: str):
    text = drafted(written[kind], kind, footnotes=True).text
    assert all(words in text for words in known.LEFT_OUT["note"])


def test_an_old_word_file_is_told_what_to_do_with_it(written: dict[str, bytes]):
    from annotator.importers import word

    with pytest.raises(ReadError, match=r"old Word.*save it as \.docx"):
        word.read(written["doc"], "article.docx", ReadOptions(), lambda: None)
