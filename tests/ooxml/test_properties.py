"""The properties of a document: read as they are, and set without touching the others."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.office import opened
from support.ooxml.grafts import made, other_writers, parts, plan, replaced, zipped
from support.ooxml.torture import torture
from support.validator import microsoft, objections

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.properties import Property
from pst_excel.ooxml.workbook import Workbook

FILES = other_writers()
TEXTS = {
    "title": "Plan <&> d’été", "subject": "sujet", "creator": "Zoé", "keywords": "a, b",
    "description": "deux\nlignes _x0041_", "lastModifiedBy": "Éric", "category": "plan",
    "contentStatus": "À revoir", "language": "fr-FR",
}  # fmt: skip
MOMENT = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)
CUSTOM: dict[str, Property] = {
    "Référence": "PST-2026 <&>", "Version": 3, "Taux": 0.25, "Grand": 2**40, "Clos": True,
    "Ouvert": False, "Le": MOMENT,
}  # fmt: skip
CORE, OWN, RELS = "docProps/core.xml", "docProps/custom.xml", "_rels/.rels"


def with_all(data: bytes) -> bytes:
    book = Workbook(data)
    book.properties.update(TEXTS)
    book.properties.update(created=MOMENT, modified=MOMENT)
    book.properties.custom.update(CUSTOM)
    return book.to_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_is_set_is_read_back_and_the_rest_is_the_same_bytes(name: str) -> None:
    after = with_all(FILES[name])
    found = Workbook(after).properties
    assert dict(found) == TEXTS | {"created": MOMENT, "modified": MOMENT}
    assert {key: found.custom[key] for key in CUSTOM} == CUSTOM
    before = Workbook(FILES[name]).properties.custom
    assert {key: found.custom[key] for key in before if key not in CUSTOM} == {
        key: before[key] for key in before if key not in CUSTOM
    }
    had, has = parts(FILES[name]), parts(after)
    free = {CORE, OWN, RELS, "[Content_Types].xml"}
    assert {one for one in had if has.get(one) != had[one]} <= free
    assert has.keys() - had.keys() <= free


@pytest.mark.parametrize("name", FILES)
def test_set_twice_is_the_same_bytes(name: str) -> None:
    assert with_all(with_all(FILES[name])) == with_all(FILES[name])


_LETTERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
_TEXTS = _LETTERS | st.sampled_from(("", " é ", "_x000D_", "a\r\nb", "]]>", "\x00\x1f", "\ufffe"))
_TIMES = st.datetimes(timezones=st.just(dt.UTC)).map(lambda one: one.replace(microsecond=0))
_NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
_NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)


def set_and_saved(book: Workbook, core: dict[str, Property], own: dict[str, Property]) -> bytes:
    book.properties.update(core)
    book.properties.custom.update(own)
    return book.to_bytes()


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(tuple(TEXTS)), _TEXTS),
    st.dictionaries(st.sampled_from(("created", "modified")), _TIMES),
    st.dictionaries(_NAMES, st.one_of(_TEXTS, st.booleans(), _NUMBERS, _TIMES), max_size=5),
)
def test_any_value_is_read_back_and_set_again_changes_nothing(
    texts: dict[str, Property], times: dict[str, Property], own: dict[str, Property]
) -> None:
    own = {name.casefold(): value for name, value in own.items()}
    once = set_and_saved(Workbook(plan()), texts | times, own)
    found = Workbook(once).properties
    assert {name: found[name] for name in texts | times} == texts | times
    kinds = {name: (found.custom[name], isinstance(found.custom[name], bool)) for name in own}
    assert kinds == {name: (value, isinstance(value, bool)) for name, value in own.items()}
    again = Workbook(once)
    assert set_and_saved(again, texts | times, own) == once
    assert not again.package.changed


@pytest.mark.parametrize("name", ["", "é" * 256, "a\nb", "\x00", "\ufffe"])
def test_a_name_that_excel_cannot_show_is_refused_and_nothing_is_changed(name: str) -> None:
    data = plan()
    book = Workbook(data)
    with pytest.raises(Refused, match="nom"):
        book.properties.custom[name] = 1
    assert book.to_bytes() == data


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused_and_leaves_the_property(value: float) -> None:
    data = with_all(plan())
    book = Workbook(data)
    for name in ("Version", "Nouvelle"):
        with pytest.raises(Refused):
            book.properties.custom[name] = value
    assert book.to_bytes() == data


def test_what_is_set_as_it_was_changes_nothing() -> None:
    data = with_all(plan())
    book = Workbook(data)
    for name, value in dict(book.properties).items():
        book.properties[name] = value
    for name, value in dict(book.properties.custom).items():
        book.properties.custom[name.upper()] = value
    assert not book.package.changed


def test_other_programs_read_what_was_set() -> None:
    bare = parts(plan())
    for name in (CORE, "docProps/app.xml"):
        del bare[name]
    bare[RELS] = re.sub(rb'<Relationship Id="rId[23]"[^>]*>', b"", bare[RELS])
    bare["[Content_Types].xml"] = re.sub(
        rb'<Override PartName="/docProps[^>]*>', b"", bare["[Content_Types].xml"]
    )
    for data in (plan(), torture(), zipped(bare)):
        with opened(with_all(data)) as book:
            found = book.properties
            assert (found.title, found.creator) == (TEXTS["title"], "Zoé")
            assert found.modified == MOMENT.replace(tzinfo=None)
            custom = {one.name: one.value for one in book.custom_doc_props.props}
        assert {key: custom[key] for key in ("Version", "Taux", "Clos")} == {
            "Version": 3, "Taux": 0.25, "Clos": True,
        }  # fmt: skip


@microsoft
def test_microsofts_validator_objects_to_nothing_new(tmp_path: Any) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = objections(FILES, tmp_path / "before")
    after = objections({name: with_all(data) for name, data in FILES.items()}, tmp_path / "after")
    for name in FILES:
        assert len(after[name]) <= len(before[name]), (name, after[name])


def test_what_the_properties_have_is_listed_and_may_be_taken_away() -> None:
    book = Workbook(with_all(plan()))
    del book.properties["title"]
    del book.properties.custom["version"]
    after = Workbook(book.to_bytes()).properties
    assert "title" not in after
    assert after.get("title") is None
    assert set(after.custom) == CUSTOM.keys() - {"Version"}
    assert len(after.custom) == len(CUSTOM) - 1
    assert len(after) == len(TEXTS) + 1
    for mapping in (after, after.custom):
        with pytest.raises(KeyError):
            del mapping["title"]


def test_a_property_that_the_format_does_not_know_is_no_property() -> None:
    book = Workbook(plan())
    assert "inconnu" not in book.properties
    for ask in (lambda: book.properties["inconnu"], lambda: book.properties.custom["inconnu"]):
        with pytest.raises(KeyError):
            ask()
    with pytest.raises(KeyError):
        book.properties["inconnu"] = "x"
    with pytest.raises(TypeError):
        book.properties["created"] = "hier"
    assert not book.package.changed


def test_a_time_of_another_zone_is_told_in_utc() -> None:
    book = Workbook(plan())
    paris = dt.timezone(dt.timedelta(hours=1))
    book.properties["modified"] = dt.datetime(2026, 1, 1, 0, 30, tzinfo=paris)
    assert book.properties["modified"] == dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)
    book.properties["modified"] = dt.datetime(2026, 1, 1)
    assert book.properties["modified"] == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_what_cannot_be_read_as_its_kind_is_given_as_text() -> None:
    data = replaced(with_all(plan()), CORE, b"2026-03-01T12:30:00Z", b"au printemps")
    data = replaced(data, OWN, b"<vt:i4>3</vt:i4>", b"<vt:i4>trois</vt:i4>")
    data = replaced(data, OWN, b"<vt:bool>true</vt:bool>", b"")
    found = Workbook(data).properties
    assert found["created"] == "au printemps"
    assert found.custom["Version"] == "trois"
    assert found.custom.get("Clos") is None


def test_a_time_names_its_kind_with_the_prefix_that_the_part_has() -> None:
    data = parts(plan())
    data[CORE] = data[CORE].replace(b"xmlns:dcterms", b"xmlns:t").replace(b"dcterms:", b"t:")
    book = Workbook(zipped(data))
    book.properties["modified"] = MOMENT
    content = parts(book.to_bytes())[CORE]
    assert b'xsi:type="t:W3CDTF">2026-03-01T12:30:00Z<' in content
    data[CORE] = re.sub(rb"<t:\w+[^>]*>[^<]*</t:\w+>", b"", data[CORE]).replace(
        b"xmlns:t=", b"xmlns:u="
    )
    book = Workbook(zipped(data))
    book.properties["created"] = MOMENT
    root = etree.fromstring(parts(book.to_bytes())[CORE])
    (made_,) = root.iter("{http://purl.org/dc/terms/}created")
    (said,) = (value for key, value in made_.attrib.items() if str(key).endswith("}type"))
    assert made_.nsmap[said.split(":")[0]] == "http://purl.org/dc/terms/"


def test_the_properties_of_a_strict_workbook_are_in_its_own_names() -> None:
    strict = made(lambda book: book.add_worksheet().write("A1", 1))
    contents = {
        name: re.sub(rb"http://schemas.openxmlformats.org/(officeDocument|spreadsheetml)/2006/",
                     rb"http://purl.oclc.org/ooxml/\1/", one)
        for name, one in parts(strict).items()
    }  # fmt: skip
    book = Workbook(zipped(contents))
    book.properties.custom["Clé"] = "é"
    after = parts(book.to_bytes())
    assert b'"http://purl.oclc.org/ooxml/officeDocument/customProperties"' in after[OWN]
    assert b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes" in after[OWN]
    assert b"/officeDocument/relationships/customProperties" in after[RELS]
    assert Workbook(book.to_bytes()).properties.custom["clé"] == "é"


def test_a_property_linked_to_a_cell_is_no_longer_once_it_is_set() -> None:
    data = replaced(with_all(plan()), OWN, b'name="Version"', b'name="Version" linkTarget="choix"')
    book = Workbook(data)
    book.properties.custom["Version"] = 4
    assert b"linkTarget" not in parts(book.to_bytes())[OWN]


def test_a_workbook_of_openpyxl_keeps_the_numbers_of_its_properties() -> None:
    made_ = openpyxl.Workbook()
    made_.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="a", value="b"))
    buffer = io.BytesIO()
    made_.save(buffer)
    book = Workbook(buffer.getvalue())
    book.properties.custom["c"] = "d"
    content = parts(book.to_bytes())[OWN]
    assert re.findall(rb'pid="(\d+)"', content) == [b"2", b"3"]
