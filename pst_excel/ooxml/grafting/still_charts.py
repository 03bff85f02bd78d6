"""Charts that keep the values that they last showed, where what they look at is not taken.

Source: ECMA-376 part 1, §21.2.2 (charts).
"""

from __future__ import annotations

from lxml import etree

from pst_excel.ooxml.grafting.sheets import drop
from pst_excel.ooxml.package.names import Element, local

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def still(reference: Element) -> bool:
    """Put the values that a reference last gave in its place; tell whether it had any.

    Without them what it was for goes too: the name of a series, its categories or its values.
    """
    purpose = reference.getparent()
    cache = next((child for child in reference if local(child).endswith("Cache")), None)
    if purpose is None:
        return False
    if cache is None or cache.find(f".//{CHART}pt") is None:
        drop(purpose)
        return False
    if local(purpose) == "tx":
        _write_text(purpose, reference, " ".join(cache.itertext(f"{CHART}v")))
        return True
    levels = cache.find(f"{CHART}lvl")
    if levels is not None:  # of several levels of categories, the nearest to the axis
        count = cache.find(f"{CHART}ptCount")
        cache[:] = [*([] if count is None else [count]), *levels]
    kind = "numLit" if local(cache) == "numCache" else "strLit"
    cache.tag = f"{CHART}{kind}"
    purpose.replace(reference, cache)
    return True


def _write_text(name: Element, reference: Element, text: str) -> None:
    """Write a text in the place of a reference: plain for a series, rich for a title."""
    series = name.getparent()
    if series is not None and local(series) == "ser":
        plain = name.makeelement(f"{CHART}v", None, None)
        plain.text = text
        name.replace(reference, plain)
        return
    rich = name.makeelement(f"{CHART}rich", None, None)
    etree.SubElement(rich, f"{_DRAWING}bodyPr")
    run = etree.SubElement(etree.SubElement(rich, f"{_DRAWING}p"), f"{_DRAWING}r")
    etree.SubElement(run, f"{_DRAWING}t").text = text
    name.replace(reference, rich)
