"""Makes presentations as PowerPoint writes them, with a canary in every hidden field."""

from collections.abc import Callable

from makers.packages import HEAD, A, R, photo, properties, rels, root_rels, types, zipped
from makers.pictures import CANARY

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
POINT = "application/vnd.openxmlformats-officedocument.presentationml"
NAMES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" xmlns:p14="{P14}"'


def shape(id: int, name: str, text: str, more: str = "") -> str:
    """Return a box with text."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{name}"{more}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(inside: str, more: str = "", tag: str = "sld", name: str = "") -> str:
    """Return a slide, or what slides are laid out by."""
    named = f' name="{name}"' if name else ""
    tree = f"<p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{inside}</p:spTree>"
    return f"{HEAD}<p:{tag} {NAMES}{more}><p:cSld{named}>{tree}</p:cSld></p:{tag}>"


def presentation() -> str:
    """Return the main part."""
    section = f'<p14:sectionLst><p14:section name="{CANARY}-section" id="{{1}}"/></p14:sectionLst>'
    return (
        f'{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f"</p:sldMasterIdLst>"
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId5"/></p:notesMasterIdLst>'
        '<p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId3"/></p:sldIdLst><p:sldSz '
        'cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:custShowLst><p:custShow name="{CANARY}-show" id="0"/></p:custShowLst>'
        f'<p:extLst><p:ext uri="{{521415D9}}">{section}</p:ext></p:extLst></p:presentation>'
    )


def powerpoint() -> bytes:
    """Return a presentation as PowerPoint saves it."""
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="A garden"/></p:nvPicPr><p:blipFill>'
        '<a:blip r:embed="rId3"/></p:blipFill></p:pic>'
    )
    named = {
        "ppt/presentation.xml": "presentation.main", "ppt/slides/slide1.xml": "slide", "ppt/slides/slide2.xml": "slide",
        "ppt/slideLayouts/slideLayout1.xml": "slideLayout", "ppt/slideMasters/slideMaster1.xml": "slideMaster",
    }  # fmt: skip
    return zipped({
        "[Content_Types].xml": types({name: f"{POINT}.{kind}+xml" for name, kind in named.items()}, jpeg="image/jpeg"),
        "_rels/.rels": root_rels("ppt/presentation.xml"),
        "ppt/presentation.xml": presentation(),
        "ppt/_rels/presentation.xml.rels": rels(
            ("rId1", "slideMaster", "slideMasters/slideMaster1.xml"), ("rId2", "slide", "slides/slide1.xml"),
            ("rId3", "slide", "slides/slide2.xml"), ("rId4", "commentAuthors", "commentAuthors.xml"),
            ("rId5", "notesMaster", "notesMasters/notesMaster1.xml"), ("rId6", "viewProps", "viewProps.xml"),
        ),
        "ppt/slides/slide1.xml": slide(
            shape(2, "Title 1", "Seen") + shape(3, f"{CANARY}-shape", f"{CANARY}-hidden-shape", ' hidden="1"') + picture
            + '<p:custDataLst><p:tags r:id="rId4"/></p:custDataLst>'
        ),
        "ppt/slides/_rels/slide1.xml.rels": rels(
            ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
            ("rId2", "notesSlide", "../notesSlides/notesSlide1.xml"), ("rId3", "image", "../media/image1.jpeg"),
            ("rId4", "tags", "../tags/tag1.xml"), ("rId5", "comments", "../comments/comment1.xml"),
        ),
        "ppt/slides/slide2.xml": slide(shape(2, "Title 1", f"{CANARY}-hidden-slide"), ' show="0"'),
        "ppt/slides/_rels/slide2.xml.rels": rels(("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")),
        "ppt/slideLayouts/slideLayout1.xml": slide("", tag="sldLayout", name=f"{CANARY}-layout"),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": rels(
            ("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/slideMasters/slideMaster1.xml": slide("", tag="sldMaster"),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": rels(
            ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
        ),
        "ppt/notesSlides/notesSlide1.xml": slide(shape(2, "Notes", f"{CANARY}-notes"), tag="notes"),
        "ppt/notesMasters/notesMaster1.xml": slide(shape(2, "Notes", f"{CANARY}-notes-master"), tag="notesMaster"),
        "ppt/tags/tag1.xml": f'{HEAD}<p:tagLst {NAMES}><p:tag name="A" val="{CANARY}-tag"/></p:tagLst>',
        "ppt/comments/comment1.xml": f"{HEAD}<p:cmLst {NAMES}><p:cm><p:text>{CANARY}-comment</p:text></p:cm></p:cmLst>",
        "ppt/commentAuthors.xml": f'{HEAD}<p:cmAuthorLst {NAMES}><p:cmAuthor name="{CANARY}-author" initials="KA"/>'
        "</p:cmAuthorLst>",
        "ppt/viewProps.xml": f'{HEAD}<p:viewPr {NAMES} lastView="{CANARY}View"/>',
        "ppt/media/image1.jpeg": photo(),
        **properties("Microsoft Office PowerPoint"),
    })  # fmt: skip


FILES: dict[str, Callable[[], bytes]] = {"powerpoint": powerpoint}
