"""What a file is, by its content: a workbook of four kinds, or what it is called and the remedy."""

from __future__ import annotations

from collections.abc import Collection

from pst_excel.reading.guard.ole import loops
from pst_excel.reading.guard.package import SourcePackage, damaged
from pst_excel.reading.guard.streams import renamed, streams_of
from pst_excel.text.errors import UnreadableFile

PROTECTED = (
    "le classeur est protégé par un mot de passe ; enlevez-le dans Excel"
    " (Fichier › Informations › Protéger le classeur), puis enregistrez"
)
LABELLED = (
    "une étiquette de confidentialité, ou un accès restreint, chiffre le classeur pour"
    " l’organisation de son auteur ; demandez-lui de choisir dans Excel une étiquette qui ne"
    " chiffre pas (Accueil › Confidentialité), ou de lever la restriction (Fichier › Informations"
    " › Protéger le classeur › Restreindre l’accès), puis d’enregistrer"
)
_NOT = "ce n’est pas un classeur Excel : c’est"
_ASK = "demandez le classeur dont il vient"
_EXTRACT = "extrayez-en le classeur"
_SAVE = "ouvrez-le dans Excel et enregistrez-le en .xlsx"
_IMAGE = f"{_NOT} une image ; demandez le classeur dont elle vient"
_ARCHIVE = f"{_NOT} une archive compressée ; {_EXTRACT}"
_PAGE = f"{_NOT} une page web ; {_SAVE}"
_STARTS = (
    (b"%PDF", f"{_NOT} un document PDF ; {_ASK}"),
    (b"{\\rtf", f"{_NOT} un document RTF ; {_ASK}"),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"RIFF", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"L\0\0\0\x01\x14\x02\0", f"{_NOT} un raccourci ; donnez le classeur vers lequel il mène"),
    (
        b"\0\x05\x16\x07",
        f"{_NOT} un fichier « ._ » que macOS pose à côté du classeur ; donnez le classeur lui-même",
    ),
)
_LOCK = (
    f"{_NOT} le témoin « ~$ » qu’Excel pose à côté d’un classeur ouvert ; donnez le classeur"
    " lui-même"
)
_WORDS = (
    (
        "docs.google.com",
        f"{_NOT} un lien vers Google Sheets, sans les données ; dans Google Sheets, choisissez"
        " Fichier › Télécharger › Microsoft Excel",
    ),
    (
        "urn:schemas-microsoft-com:office:spreadsheet",
        f"le classeur est dans l’ancien format XML d’Excel 2003 ; {_SAVE}",
    ),
    (
        "urn:oasis:names:tc:opendocument",
        "le classeur est en OpenDocument à plat (.fods) ; enregistrez-le en .ods ou en .xlsx",
    ),
    ("<html", _PAGE),
    ("<!doctype html", _PAGE),
    ("<table", _PAGE),
    ("mime-version:", _PAGE),
    ("[internetshortcut]", f"{_NOT} un raccourci ; donnez le classeur vers lequel il mène"),
    ("<?xml", f"{_NOT} un fichier XML ; {_SAVE}"),
)
_TEXT = f"{_NOT} un fichier texte, en CSV peut-être ; {_SAVE}"
_UNKNOWN = f"ce n’est pas un classeur Excel ; {_SAVE}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RIGHTS = ("drmencrypted", "\tdrm")
_WORKBOOK, _OLD_WORKBOOK = "Workbook", "Book"
_ENCRYPTED = "EncryptedPackage"
_STREAMS = (
    (_ENCRYPTED, PROTECTED),
    (_WORKBOOK, ""),
    (_OLD_WORKBOOK, ""),
    ("WordDocument", f"{_NOT} un document Word ; {_ASK}"),
    ("PowerPoint Document", f"{_NOT} une présentation PowerPoint ; {_ASK}"),
    ("__substg1.0_", f"{_NOT} un message Outlook ; enregistrez la pièce jointe, puis donnez-la"),
)
_BEGINNINGS = (b"\x09\x08\x10\0\0\x06\x05\0", b"\x09\x08\x08\0\0\x05\x05\0")
_FILEPASS, _FIRST_RECORDS = 0x2F, 5
_WORD = f"{_NOT} un document Word ; {_ASK}"
_SLIDES = f"{_NOT} une présentation PowerPoint ; {_ASK}"
_FORMS = (("wordprocessingml", _WORD), ("presentationml", _SLIDES))
_FOLDERS = (
    ("xl/", ""),
    ("word/", _WORD),
    ("ppt/", _SLIDES),
    (
        "index/",
        f"{_NOT} un document d’Apple ; dans Numbers, choisissez Fichier › Exporter vers › Excel",
    ),
    (
        "index.",
        f"{_NOT} un document d’Apple ; dans Numbers, choisissez Fichier › Exporter vers › Excel",
    ),
)
_OTHERS = ("word/", "ppt/")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SHEETS = f"{_OPEN_DOCUMENT}spreadsheet".encode()
_HEAD = 4096


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what neither a zip nor an OLE file holds. Raises: UnreadableFile."""
    if not data:
        raise UnreadableFile("le fichier est vide (0 octet) ; demandez un nouvel envoi")
    for start, sentence in _STARTS:
        if data.startswith(start):
            raise UnreadableFile(sentence)
    if data[4:8] == b"ftyp":
        raise UnreadableFile(_IMAGE)
    if len(data) == 165 and 0 < data[0] == data[55] < 55:
        raise UnreadableFile(_LOCK)
    if data.startswith((b"PK", _OLE)):
        return
    text = _text(data[:_HEAD])
    if text is None:
        raise UnreadableFile(_UNKNOWN)
    raise UnreadableFile(next((reason for word, reason in _WORDS if word in text), _TEXT))


def _text(head: bytes) -> str | None:
    """Return the beginning of a text in small letters; None when it is none."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "latin-1", errors="ignore").lower()
    return None if any(sign < " " and sign not in "\t\r\n\f" for sign in text) else text


def xls_of(data: bytes) -> bytes:
    """Return an xls as its reader knows it. Raises: UnreadableFile when it is something else."""
    streams = streams_of(data)
    if _is_labelled(streams):
        raise UnreadableFile(LABELLED)
    for stream, sentence in _STREAMS:
        key = stream.lower()
        if key in streams or (sentence and any(name.startswith(key) for name in streams)):
            if sentence or _is_encrypted(data):
                raise UnreadableFile(sentence or PROTECTED)
            if loops(data):  # calamine would follow it for ever
                raise damaged()
            return renamed(data, streams[key], stream)
    if _ENCRYPTED.encode("utf-16-le") in data:  # its directory is not whole, its kind is sure
        raise UnreadableFile(PROTECTED)
    raise damaged()


def _is_labelled(streams: Collection[str]) -> bool:
    """Tell whether a workbook is encrypted by the rights of a label: a password has its own way."""
    by_rights = any(name.startswith(_RIGHTS) for name in streams)
    return by_rights or ("labelinfo" in streams and "encryptioninfo" not in streams)


def _is_encrypted(data: bytes) -> bool:
    """Tell whether one of the first records of a workbook says that the next are encrypted."""
    at = max(data.find(beginning) for beginning in _BEGINNINGS)
    for _ in range(_FIRST_RECORDS if at >= 0 else 0):
        if int.from_bytes(data[at : at + 2], "little") == _FILEPASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


def kind_of_package(package: SourcePackage) -> str:
    """Return the kind of a zipped workbook. Raises: UnreadableFile when it is something else."""
    names = package.names
    form = package.small("mimetype").decode("latin-1").strip()
    if not form and _SHEETS in package.small("meta-inf/manifest.xml"):
        form = _SHEETS.decode()
    if form.startswith(_OPEN_DOCUMENT):
        if not form.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
            raise UnreadableFile(f"{_NOT} un document OpenDocument d’une autre sorte ; {_ASK}")
        if b"encryption-data" in package.small("meta-inf/manifest.xml"):
            raise UnreadableFile(PROTECTED)
        return "ods"
    book = package.main_part()
    form = package.content_type(book) if book else ""
    for word, sentence in _FORMS:
        if word in form:
            raise UnreadableFile(sentence)
    if book and not book.lower().startswith(_OTHERS):
        return "xlsb" if package.is_binary(book) else "xlsx"
    for folder, sentence in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            if sentence:
                raise UnreadableFile(sentence)
            return "xlsx"
    inside = any(name.endswith((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")) for name in names)
    remedy = _EXTRACT if inside else "demandez le classeur lui-même"
    raise UnreadableFile(f"ce n’est pas un classeur Excel, mais un autre fichier zip ; {remedy}")
