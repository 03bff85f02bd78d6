"""What is looked at in a file before any reader opens it: its kind by content, sizes, last cells.

A 2 kB workbook with one value in its very last cell makes readers allocate the whole grid, and
an encrypted, truncated or renamed file deserves its own sentence. Limits are far above any PST.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pst_excel.errors import UnreadableFile
from pst_excel.wording import number

MAX_BYTES = 50_000_000
MAX_INFLATED = 400_000_000
MAX_RATIO = 200
MAX_PARTS = 2_000
MAX_ROW = 100_000
MAX_ROW_WHEN_WIDE = 10_000

_OTHER_KINDS = (
    (b"%PDF", "c’est un document PDF"),
    (b"{\\rtf", "c’est un document RTF"),
    (b"\x89PNG", "c’est une image"),
    (b"\xff\xd8\xff", "c’est une image"),
    (b"<htm", "c’est une page web"),
    (b"<!DO", "c’est une page web"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = rb"<(?:\w+:)?c\s[^>]*?\br=[\"']"
_VALUED = re.compile(_CELL + rb"[A-Z]+(\d+)[\"']")
_HOLDS = rb"\d+[\"'][^>]*>\s*<(?:\w+:)?(?:v|is|f)\b"
_FAR = re.compile(_CELL + rb"[A-Z]{3,}" + _HOLDS)
_WIDE = re.compile(_CELL + rb"[L-Z][A-Z]" + _HOLDS)
_MAYBE_WIDE = re.compile(rb"r=[\"'](?:[A-Z]{3}|[L-Z][A-Z]\d)")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError,
    ValueError,
)  # fmt: skip
_LONGEST_CELL = 40_000  # Excel's own limit is 32 767 characters


def inspect(data: bytes) -> None:
    """Look at a file's bytes before it is read.

    Raises: UnreadableFile with the sentence to show when it is not a workbook that may be read.
    """
    if not data:
        raise UnreadableFile("le fichier est vide (0 octet) ; demandez un nouvel envoi")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"le fichier pèse {number(len(data) / 1e6)} Mo, plus que la limite de"
            f" {number(MAX_BYTES / 1e6)} Mo ; enlevez-en les images et les feuilles hors PST"
        )
    for start, sentence in _OTHER_KINDS:
        if data.startswith(start) or data[: len(start)].lower() == start.lower():
            raise UnreadableFile(f"ce n’est pas un classeur Excel : {sentence}")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(
                "le classeur est protégé par un mot de passe ; enlevez-le dans Excel"
                " (Fichier › Informations › Protéger le classeur), puis enregistrez"
            )
        return
    if not data.startswith(b"PK"):
        raise UnreadableFile(
            "ce n’est pas un classeur Excel ; ouvrez-le dans Excel et enregistrez-le en .xlsx"
        )
    _inspect_package(data)


def _inspect_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _inspect_sizes(entries)
            names = {entry.filename for entry in entries}
            if not any(n == "content.xml" or n.startswith("xl/") for n in names):
                raise UnreadableFile("ce n’est pas un classeur Excel, mais un autre fichier zip")
            for part in _sheets(package, names):
                _inspect_extent(part)
    except _BROKEN as error:
        raise UnreadableFile(
            "le fichier est tronqué ou endommagé ; demandez un nouvel envoi"
        ) from error


def _inspect_sizes(entries: list[zipfile.ZipInfo]) -> None:
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_PARTS or inflated > MAX_INFLATED or inflated > MAX_RATIO * (packed + 1e5):
        raise UnreadableFile(
            "le classeur est anormalement volumineux une fois décompressé ; il n’est pas ouvert."
            " Copiez vos lignes dans un modèle neuf"
        )


def _sheets(package: zipfile.ZipFile, names: set[str]) -> Iterator[bytes]:
    for name in sorted(names):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield package.read(name)


def _inspect_extent(part: bytes) -> None:
    """Refuse a sheet whose last value stands so far that a reader would allocate the whole grid."""
    end = max(part.rfind(b"v>"), part.rfind(b"is>"), part.rfind(b"f>"))
    near = [int(found[1]) for found in _VALUED.finditer(part, max(0, end - _LONGEST_CELL), end)]
    last = near[-1] if end > 0 and near else 0
    maybe = _MAYBE_WIDE.search(part) is not None
    wide = maybe and last > MAX_ROW_WHEN_WIDE and _WIDE.search(part) is not None
    if last > MAX_ROW or wide or (maybe and _FAR.search(part) is not None):
        raise UnreadableFile(
            "une valeur se trouve tout au bout d’une feuille, bien au-delà du tableau ;"
            " supprimez les lignes et les colonnes inutiles, puis enregistrez"
        )
