"""Parts and elements of the torture workbook that no library writes, as Excel writes them."""

from __future__ import annotations

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
THREADS = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
XM = f"{MICROSOFT}/excel/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:x14="{X14}" xmlns:x15="{X15}" xmlns:xm="{XM}"'
    f' xmlns:mc="{MC}" xmlns:xdr="{XDR}"'
)
ZOE, THREAD = "{A1B2C3D4-0000-4000-8000-00000000000A}", "{0F3A1C52-7B1E-4D0C-9A55-1D2E3F4A5B6C}"
VIEW = "{11112222-3333-4444-8555-666677778888}"

THREADED = f"""<ThreadedComments xmlns="{THREADS}" xmlns:x="{MAIN}">\
<threadedComment ref="B8" dT="2026-01-05T10:11:12.34" personId="{ZOE}" id="{THREAD}">\
<text>Est-ce bien l’échéance ?</text></threadedComment>\
<threadedComment ref="B8" dT="2026-01-06T10:11:12.34" personId="{ZOE}" \
id="{{0F3A1C52-7B1E-4D0C-9A55-1D2E3F4A5B6D}}" parentId="{THREAD}"><text>Oui.</text>\
</threadedComment></ThreadedComments>"""

PERSONS = f"""<personList xmlns="{THREADS}" xmlns:x="{MAIN}">\
<person displayName="Zoé Lefèvre" id="{ZOE}" userId="zoe@example.org" providerId="None"/>\
</personList>"""

EXTERNAL = f"""<externalLink {NAMES}><externalBook r:id="rId1"><sheetNames>\
<sheetName val="Feuil1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1">\
<cell r="A1"><v>12</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"""

CUSTOM_XML = '<plan xmlns="urn:example:plan"><version>3</version></plan>'

CUSTOM_XML_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{D7B3A7A0-0000-4000-8000-00000000000D}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    '<ds:schemaRef ds:uri="urn:example:plan"/></ds:schemaRefs></ds:datastoreItem>'
)

CHECK_BOX = (
    f'<formControlPr xmlns="{X14}" objectType="CheckBox" checked="Checked" '
    'fmlaLink="$D$3" lockText="1" noThreeD="1"/>'
)

CHECK_BOX_SHAPE = """<v:shape id="_x0000_s2052" type="#_x0000_t201" style="position:absolute;\
margin-left:49pt;margin-top:76pt;width:96pt;height:15pt;z-index:4" filled="f" stroked="f" \
o:insetmode="auto"><o:lock v:ext="edit" rotation="t"/><v:textbox style="mso-direction-alt:auto" \
o:singleclick="f"><div style="text-align:left"><font face="Segoe UI" size="160" color="auto">\
Validé</font></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:SizeWithCells/><x:Anchor>\
1, 1, 5, 1, 3, 1, 6, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:AutoLine>False</x:AutoLine>\
<x:TextVAlign>Center</x:TextVAlign><x:Checked>1</x:Checked><x:FmlaLink>$D$3</x:FmlaLink>\
<x:NoThreeD/></x:ClientData></v:shape>"""

CONTROLS = f"""<mc:AlternateContent {NAMES}><mc:Choice Requires="x14"><controls>\
<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="2052" r:id="{{id}}" \
name="Case 1"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0">\
<anchor moveWithCells="1"><from><xdr:col>1</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>5\
</xdr:row><xdr:rowOff>9525</xdr:rowOff></from><to><xdr:col>3</xdr:col><xdr:colOff>9525\
</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>9525</xdr:rowOff></to></anchor></controlPr></control>\
</mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"""

SLICERS = (
    f'<slicers xmlns="{X14}"><slicer name="Code" cache="Slicer_Code" caption="Code" '
    'rowHeight="241300"/></slicers>'
)

SLICER_CACHE = f"""<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" xmlns:x15="{X15}" \
name="Slicer_Code" sourceName="Code"><extLst><x:ext \
uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}"><x15:tableSlicerCache tableId="1" column="1"/>\
</x:ext></extLst></slicerCacheDefinition>"""

SLICER_CACHES = f"""<ext {NAMES} uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}">\
<x15:slicerCaches><x14:slicerCache r:id="{{id}}"/></x15:slicerCaches></ext>"""

SLICER_LIST = f"""<ext {NAMES} uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}">\
<x14:slicerList><x14:slicer r:id="{{id}}"/></x14:slicerList></ext>"""

SLICER_FRAME = f"""<xdr:twoCellAnchor xmlns:xdr="{XDR}" xmlns:a="{DRAWING}" editAs="oneCell">\
<xdr:from><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0\
</xdr:rowOff></xdr:from><xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>14\
</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
<mc:AlternateContent xmlns:mc="{MC}" xmlns:sle15="{MICROSOFT}/drawing/2012/slicer">\
<mc:Choice Requires="sle15"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>\
<xdr:cNvPr id="2" name="Code"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>\
<a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>\
<a:graphicData uri="{MICROSOFT}/drawing/2010/slicer">\
<sle:slicer xmlns:sle="{MICROSOFT}/drawing/2010/slicer" name="Code"/></a:graphicData></a:graphic>\
</xdr:graphicFrame></mc:Choice><mc:Fallback><xdr:sp macro="" textlink=""><xdr:nvSpPr>\
<xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>\
<a:ext cx="1800000" cy="2400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>\
</xdr:spPr></xdr:sp></mc:Fallback></mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"""

DRAWING_PART = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{DRAWING}">{SLICER_FRAME}</xdr:wsDr>'

X14_VALIDATIONS = f"""<ext {NAMES} uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">\
<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1" \
showInputMessage="1" showErrorMessage="1"><x14:formula1><xm:f>Listes!$A$1:$A$3</xm:f>\
</x14:formula1><xm:sqref>I4:I11</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"""

TABLE_ALT_TEXT = f"""<extLst {NAMES}><ext uri="{{504A1905-F514-4f6f-8877-14C23A59335A}}">\
<x14:table altText="Les actions" altTextSummary="Une ligne par action"/></ext></extLst>"""

TABLE_STYLE = f"""<tableStyles {NAMES} count="1" defaultTableStyle="TableStyleMedium9" \
defaultPivotStyle="PivotStyleLight16"><tableStyle name="Style maison" pivot="0" count="1">\
<tableStyleElement type="headerRow" dxfId="2"/></tableStyle></tableStyles>"""

PROTECTED_RANGES = f"""<protectedRanges {NAMES}>\
<protectedRange password="CC2B" sqref="B2:B9 D2" name="Saisie"/></protectedRanges>"""

BOOK_VIEWS = f"""<customWorkbookViews {NAMES}><customWorkbookView name="Vue de Zoé" \
guid="{VIEW}" maximized="1" windowWidth="1600" windowHeight="900" activeSheetId="5"/>\
</customWorkbookViews>"""

SHEET_VIEWS = f"""<customSheetViews {NAMES}><customSheetView guid="{VIEW}" scale="85" \
hiddenRows="1"><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" \
footer="0.3"/></customSheetView></customSheetViews>"""

RICH_INLINE = f"""<is {NAMES}><r><t xml:space="preserve">en </t></r><r><rPr><b/>\
<sz val="11"/><rFont val="Calibri"/></rPr><t>ligne</t></r></is>"""

UNKNOWN_CHILD = f"""<ext {NAMES} uri="{{99999999-AAAA-4BBB-8CCC-DDDDDDDDDDDD}}">\
<u:future xmlns:u="urn:example:future" u:part="{{id}}"/></ext>"""

UNKNOWN_PART = '<future xmlns="urn:example:future"><?keep me?><!-- and me --><a/></future>'
