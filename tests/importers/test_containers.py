"""Containers: parts by name, every byte counted, nothing taken on trust."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import containers
from annotator.importers.containers import Container

PARTS = {"word/document.xml": b"<a/>" * 5000, "é.txt": "für".encode(), "empty": b"", "dir/": b""}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def refused(data: bytes, name: str | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        container = Container(data)
        container.read(name or container.names[0])
    said = str(caught.value)
    assert "\n" not in said and said.endswith(".")
    return said


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_parts_are_read_by_name(method: int):
    container = Container(zipped(PARTS, method))
    assert container.names == ("word/document.xml", "é.txt", "empty")
    assert "é.txt" in container and "dir/" not in container
    assert all(container.read(name) == PARTS[name] for name in container.names)


def test_a_part_is_found_whatever_its_case():
    container = Container(zipped(PARTS))
    assert container.find("Word/Document.XML") == "word/document.xml"
    assert container.find("word/NULL") is None


def test_names_with_backslashes_or_from_the_root_are_ordinary_names():
    data = zipped({"/a/b": b"1"}).replace(b"a/b", b"a\\b")
    assert Container(data).read("a/b") == b"1"


def test_names_that_climb_are_only_names():
    assert Container(zipped({"../../etc/passwd": b"1"})).read("../../etc/passwd") == b"1"


def test_what_stands_before_the_container_and_behind_it_is_no_harm():
    assert Container(b"MZ" + bytes(100) + zipped(PARTS) + bytes(50)).read("é.txt") == "für".encode()


def test_large_container_records_are_understood():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed, packed.open("a", "w", force_zip64=True) as part:
        part.write(b"hello")
    data = file.getvalue()
    end = data.rfind(b"PK\x05\x06")
    *_, count, size, offset, _ = struct.unpack_from("<4s4H2LH", data, end)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    narrow = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert Container(data[:end] + wide + place + narrow).read("a") == b"hello"
    assert "table of contents is missing" in refused(data[:end] + place + narrow)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no zip container"),
        (b"just words", "no zip container"),
        (zipped(PARTS)[:-10], "damaged"),
        (zipped(PARTS)[:40], "end is missing"),
        (b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, 46, 9999, 0), "damaged"),
    ],
)
def test_what_is_no_whole_container_is_refused(data: bytes, word: str):
    assert word in refused(data)


def test_too_many_parts_are_refused_before_they_are_all_looked_at():
    assert "10,000 parts" in refused(zipped({f"{n}": b"" for n in range(containers.ENTRIES + 1)}))


def test_the_number_of_parts_is_counted_not_believed():
    data = bytearray(zipped({f"{n}": b"" for n in range(containers.ENTRIES + 1)}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<2H", 1, 1)
    assert "10,000 parts" in refused(bytes(data))


def test_a_bomb_stops_at_the_limit_over_all_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(containers, "UNPACKED_BYTES", 1_000_000)
    container = Container(zipped({"a": bytes(700_000), "b": bytes(700_000)}))
    container.read("a")
    with pytest.raises(ReadError, match="more than 1 MB"):
        container.read("b")


def test_a_part_that_says_it_is_small_is_counted_as_it_unpacks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(containers, "UNPACKED_BYTES", 1_000_000)
    data = zipped({"a": bytes(2_000_000)}).replace(struct.pack("<L", 2_000_000), struct.pack("<L", 5))
    assert "more than 1 MB" in refused(data)


def test_two_parts_of_one_name_are_refused_where_the_name_is_read():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in (("a", "1"), ("a", "2"), ("b", "3")):
            packed.writestr(name, content)
    assert Container(file.getvalue()).read("b") == b"3"
    assert "twice" in refused(file.getvalue(), "a")


def test_an_encrypted_part_is_refused():
    data = bytearray(zipped({"a": b"secret"}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "password" in refused(bytes(data))


def test_parts_over_each_other_are_refused():
    data = bytearray(zipped({"a": b"1" * 100, "b": b"2" * 100}, zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<L", 20)
    assert "over each other" in refused(bytes(data))


def test_a_wrong_checksum_and_broken_packing_are_told():
    plain = zipped({"a": b"words of the article"}, zipfile.ZIP_STORED)
    assert "checksum" in refused(plain.replace(b"words", b"sword"))
    packed = zipped({"a": b"words " * 1000})
    assert "cannot be unpacked" in refused(packed[:31] + b"\xff" * 8 + packed[39:])


def test_an_unknown_way_of_packing_is_told():
    data = zipped({"a": b"words " * 99}, zipfile.ZIP_BZIP2)
    assert "packs “a” in a way" in refused(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
def test_whatever_is_broken_only_a_read_error_comes_out(at: int, junk: bytes):
    data = zipped(PARTS)
    at %= len(data)
    with suppress(ReadError):
        container = Container(data[:at] + junk + data[at + len(junk) :])
        for name in container.names:
            container.read(name)
