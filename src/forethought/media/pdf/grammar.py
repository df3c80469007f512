"""What a PDF needs to be shown, read aloud and found one's way in; all else in it is hidden, and is not kept.

A kind of dictionary lists the keys that it keeps, each with the kind of what stands there (ISO 32000-2). In an array
each element is of the array's kind. Names, numbers and truth values may stand anywhere, words only where the kind is
one of `WORDED`. A kind that begins with `@` has keys that its file chose itself.
"""

from typing import Final

PLAIN, TEXT, PAGE, PLACE = "plain", "text", "page", "place"
ACTIONS: Final = frozenset({"/GoTo", "/URI", "/Named"})  # what a click may do
WORDED: Final = frozenset({TEXT, "colour", "tree", "attribute", PLACE})
STREAM: Final = "Length:plain Filter:plain DecodeParms:parameters"
ELEMENT: Final = (
    "Type S P:element Pg:page K:element A:attribute C R Lang:text Alt:text E:text ActualText:text ID:text "
    "NS:namespace Ref:element PhoneticAlphabet Phoneme:text Obj:annotation MCID Stm:object"
)


def _keys(*lines: str) -> dict[str, str]:
    """Return the keys of a kind; a word without a colon is a key with a plain value, `_` stands for a space."""
    words = " ".join(lines).split()
    return {f"/{key}": kind.replace("_", " ") or PLAIN for key, _, kind in (word.partition(":") for word in words)}


KEPT: Final = {
    "catalog": _keys(
        "Type Version Pages:pages PageLabels:labels Outlines:outline Lang:text ViewerPreferences:@plain",
        "PageLayout PageMode MarkInfo:@plain StructTreeRoot:structure",
    ),
    "pages": _keys("Type Count Parent:pages Kids:pages Resources:resources MediaBox CropBox Rotate"),
    PAGE: _keys(
        "Type Parent:pages Resources:resources MediaBox CropBox BleedBox TrimBox ArtBox Rotate Contents:content",
        "Group:group Annots:annotation StructParents Tabs UserUnit",
    ),
    "labels": _keys("Nums:label Kids:labels Limits"),
    "label": _keys("Type S P:text St"),
    "outline": _keys(
        "Type First:outline Last:outline Next:outline Prev:outline Parent:outline Count Title:text Dest:place",
        "A:action SE:element C F",
    ),
    "annotation": _keys(
        "Type Subtype Rect Border C BS:@plain H QuadPoints F StructParent P:page A:action Dest:place Contents:text"
    ),
    "action": _keys("Type S D:place URI:text N"),
    # how a page looks
    "content": _keys(STREAM),
    "bytes": _keys(STREAM),
    "resources": _keys(
        "ExtGState:@state ColorSpace:@colour Pattern:@pattern Shading:@shading XObject:@object Font:@font ProcSet",
        "Properties:@marked",
    ),
    "state": _keys(
        "Type LW LC LJ ML D RI OP op OPM Font:font BG:function BG2:function UCR:function UCR2:function TR:function",
        "TR2:function FL SM SA BM SMask:mask CA ca AIS TK",
    ),
    "mask": _keys("Type S G:object BC TR:function"),
    "group": _keys("Type S CS:colour I K"),
    "colour": _keys(
        "WhitePoint BlackPoint Gamma Matrix Range N Alternate:colour Subtype Colorants:@colour Process:process",
        "FunctionType Domain Size BitsPerSample Order Encode Decode C0 C1 Functions:function Bounds",
        STREAM,
    ),
    "process": _keys("ColorSpace:colour Components"),
    "function": _keys(
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions:function Bounds", STREAM
    ),
    "pattern": _keys(
        "Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix Shading:shading",
        "ExtGState:state",
        STREAM,
    ),
    "shading": _keys(
        "ShadingType ColorSpace:colour Background BBox AntiAlias Function:function Coords Domain Extend Matrix",
        "BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
        STREAM,
    ),
    "object": _keys(
        "Type Subtype Width Height ColorSpace:colour BitsPerComponent Intent ImageMask Mask:object Decode Interpolate",
        "SMask:object SMaskInData Matte StructParent StructParents FormType BBox Matrix Resources:resources",
        "Group:group",
        STREAM,
    ),
    "parameters": _keys(
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1",
        "DamagedRowsBeforeError ColorTransform JBIG2Globals:bytes",
    ),
    "marked": _keys("MCID ActualText:text Alt:text E:text Lang:text"),
    # letters
    "font": _keys(
        "Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor:letters Encoding:code ToUnicode:code",
        "DescendantFonts:font FontBBox FontMatrix CharProcs:@content Resources:resources CIDSystemInfo:collection",
        "DW W DW2 W2 CIDToGIDMap:bytes",
    ),
    "letters": _keys(
        "Type FontName FontFamily:text FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading",
        "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile:typeface FontFile2:typeface",
        "FontFile3:typeface CharSet:text CIDSet:bytes Lang Style:@text",
    ),
    "typeface": _keys("Length1 Length2 Length3 Subtype", STREAM),
    "code": _keys("Type BaseEncoding Differences CMapName CIDSystemInfo:collection WMode UseCMap:code", STREAM),
    "collection": _keys("Registry:text Ordering:text Supplement"),
    # how a page is read aloud
    "structure": _keys(
        "Type K:element ParentTree:tree ParentTreeNextKey RoleMap:@plain ClassMap:@attribute Namespaces:namespace",
        "IDTree:tree",
    ),
    "tree": _keys("Nums:tree Names:tree Kids:tree Limits:text", ELEMENT),
    "element": _keys(ELEMENT),
    "namespace": _keys("Type NS:text RoleMapNS:@namespace_role"),
    "namespace role": _keys("NS:text"),
    "attribute": _keys(
        "O Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding Color SpaceBefore",
        "SpaceAfter StartIndent EndIndent TextIndent TextAlign BBox Width Height BlockAlign InlineAlign TBorderStyle",
        "TPadding BaselineShift LineHeight TextDecorationColor TextDecorationThickness TextDecorationType",
        "TextPosition RubyAlign RubyPosition GlyphOrientationVertical ColumnCount ColumnGap ColumnWidths ListNumbering",
        "ContinuedList ContinuedFrom:text RowSpan ColSpan Headers:text Scope Short:text Summary:text Type Subtype",
        "Attached NoteType NS:namespace",
    ),
}  # fmt: skip
