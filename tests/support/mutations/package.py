"""What holds a workbook together made odd: attributes, elements, relations, parts, bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from support.mutations import odd

Parts = Mapping[str, bytes]
_ATTRIBUTE = re.compile(rb' ([A-Za-z:0-9]+)="([^"]*)"')
_ELEMENT = re.compile(rb"<([A-Za-z0-9:]+)(?: [^<>]*)?(?:/>|>[^<]*</\1>)")
_TEXT = re.compile(rb"(?<=>)[^<>]+(?=</)")
_NAME = re.compile(rb"<[^<>]*>")
_RELATION = re.compile(rb"<Relationship .*?/>")
_TARGET = re.compile(rb'(?<=Target=")[^"]*')
_TYPES = re.compile(rb"<(?:Default|Override) .*?/>")
CONTENT_TYPES = "[Content_Types].xml"
DEEP = 20_000
LONG = 200_000  # bytes of a part in which places are looked for, so that a run stays short


def one_attribute(parts: Parts, chance: Random) -> Parts:
    """Give an odd value to one attribute; rare names are chosen as often as common ones."""
    return _attributes(parts, chance, 1)


def many_attributes(parts: Parts, chance: Random) -> Parts:
    """Give an odd value to an attribute wherever a part has it."""
    return _attributes(parts, chance, 400)


def no_attribute(parts: Parts, chance: Random) -> Parts:
    """Take an attribute away."""
    name, found = _places(parts, chance, _ATTRIBUTE)
    if not found:
        return parts
    wanted = chance.choice(sorted({one[1] for one in found}))
    return _cut(parts, name, chance.choice([one for one in found if one[1] == wanted]), b"")


def no_element(parts: Parts, chance: Random) -> Parts:
    """Take a small element away."""
    return _element(parts, chance, 0)


def element_twice(parts: Parts, chance: Random) -> Parts:
    """Put a small element twice, or many times."""
    return _element(parts, chance, chance.choice((2, 3, 2_000)))


def element_moved(parts: Parts, chance: Random) -> Parts:
    """Put a small element of one part in another."""
    _, found = _places(parts, chance, _ELEMENT)
    name, places = _places(parts, chance, _NAME)
    if not found or not places:
        return parts
    at = chance.choice(places).end()
    return {**parts, name: parts[name][:at] + chance.choice(found)[0] + parts[name][at:]}


def nested(parts: Parts, chance: Random) -> Parts:
    """Put a small element within itself, thousands of times."""
    name, found = _places(parts, chance, _ELEMENT)
    if not found:
        return parts
    one, deep = chance.choice(found), chance.choice((50, 300, DEEP))
    inside = b"<" + one[1] + b">"
    close = b"</" + one[1] + b">"
    return _cut(parts, name, one, inside * deep + one[0] + close * deep)


def inner_text(parts: Parts, chance: Random) -> Parts:
    """Give an odd text to a small element: a formula, a name, a list of references."""
    name, found = _places(parts, chance, _TEXT)
    new = odd.text(chance) if chance.random() < 0.6 else odd.attribute(chance, "A1")
    return _cut(parts, name, chance.choice(found), odd.xml(new)) if found else parts


def relation(parts: Parts, chance: Random) -> Parts:
    """Take a relation away, put it twice, or give it another target: odd, of another, its own."""
    names = sorted(name for name in parts if name.endswith(".rels"))
    name = chance.choice(names) if names else ""
    found = list(_RELATION.finditer(parts.get(name, b"")))
    if not found:
        return parts
    one, other = chance.choice(found), chance.choice(found)
    target = _TARGET.search(other[0])
    wanted = chance.choice((
        odd.xml(chance.choice(odd.TARGETS)), target[0] if target else b"", odd.xml(f"/{name}"),
        odd.xml("/" + chance.choice(sorted(parts))),
    ))  # fmt: skip
    moved = _TARGET.sub(lambda _: wanted, one[0])
    outside = one[0].replace(b"/>", b' TargetMode="External"/>')
    return _cut(parts, name, one, chance.choice((b"", one[0] * 2, moved, moved, moved, outside)))


def content_type(parts: Parts, chance: Random) -> Parts:
    """Take a content type away, put it twice, or give it that of another part."""
    found = list(_TYPES.finditer(parts.get(CONTENT_TYPES, b"")))
    if not found:
        return parts
    one, other = chance.choice(found)[0], chance.choice(found)
    return _cut(parts, CONTENT_TYPES, other, chance.choice((b"", one, other[0] * 2)))


def no_part(parts: Parts, chance: Random) -> Parts:
    """Take a part away."""
    gone = chance.choice(sorted(parts) or [""])
    return {name: part for name, part in parts.items() if name != gone}


def other_part(parts: Parts, chance: Random) -> Parts:
    """Give a part the content of another, none, its beginning, or what is no XML."""
    if not parts:
        return parts
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    part = parts[name]
    return {**parts, name: chance.choice((
        parts[other], b"", part[: chance.randint(0, len(part))], b"\xff\xfe\0", b"<a/>", b"{}",
        part.replace(b"<?xml", b"<!DOCTYPE x><?xml"), b"\xef\xbb\xbf" + part, b"\n" + part,
        part.replace(b"UTF-8", b"ISO-8859-1"), part.decode("utf-8", "replace").encode("utf-16"),
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ))}  # fmt: skip


def part_renamed(parts: Parts, chance: Random) -> Parts:
    """Give a part another name, of another case, in another folder."""
    old = chance.choice(sorted(parts) or [""])
    new = chance.choice((old.upper(), f"/{old}", f"xl/media/{old.rpartition('/')[2]}", f"../{old}",
                         old.replace("/", "\\"), f"{old}.bak"))  # fmt: skip
    return {new if name == old else name: part for name, part in parts.items()}


def namespace(parts: Parts, chance: Random) -> Parts:
    """Give a namespace of a part another name."""
    name, found = _places(parts, chance, re.compile(rb'xmlns(?::[a-z0-9]+)?="([^"]*)"'))
    if not found:
        return parts
    one = chance.choice(found)
    return _cut(
        parts, name, one, one[0].replace(one[1], chance.choice((b"", b"x", one[1] + b"/x")))
    )


def part_bytes(parts: Parts, chance: Random) -> Parts:
    """Change some bytes of a part."""
    name = chance.choice(sorted(parts) or [""])
    return {**parts, name: bytes_changed(parts[name], chance)} if parts.get(name) else parts


def bytes_changed(data: bytes, chance: Random) -> bytes:
    """Return bytes some of which are changed."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _attributes(parts: Parts, chance: Random, most: int) -> Parts:
    name, found = _places(parts, chance, _ATTRIBUTE)
    if not found:
        return parts
    wanted = chance.choice(sorted({one[1] for one in found}))
    same = [one for one in found if one[1] == wanted]
    chosen = same[:most] if most > 1 else [chance.choice(same)]
    value = odd.xml(odd.attribute(chance, chosen[0][2].decode("utf-8", "replace")))
    made = parts[name]
    for one in reversed(chosen):
        made = made[: one.start(2)] + value + made[one.end(2) :]
    return {**parts, name: made}


def _element(parts: Parts, chance: Random, times: int) -> Parts:
    name, found = _places(parts, chance, _ELEMENT)
    if not found:
        return parts
    wanted = chance.choice(sorted({one[1] for one in found}))
    one = chance.choice([one for one in found if one[1] == wanted])
    return _cut(parts, name, one, one[0] * times)


def _places(
    parts: Parts, chance: Random, pattern: re.Pattern[bytes]
) -> tuple[str, list[re.Match[bytes]]]:
    """Return a part and the places of a pattern in a stretch of it."""
    names = [name for name, part in sorted(parts.items()) if part.lstrip()[:1] == b"<"]
    name = chance.choice(names) if names else ""
    part = parts.get(name, b"")
    start = chance.choice((0, max(0, len(part) - LONG)))
    return name, list(pattern.finditer(part, start, start + LONG))


def _cut(parts: Parts, name: str, one: re.Match[bytes], new: bytes) -> Parts:
    part = parts[name]
    return {**parts, name: part[: one.start()] + new + part[one.end() :]}


MUTATORS = (
    one_attribute, many_attributes, no_attribute, no_element, element_twice, element_moved, nested,
    inner_text, relation, content_type, no_part, other_part, part_renamed, namespace, part_bytes,
)  # fmt: skip
