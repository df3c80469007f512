"""What the makers of office files and books share: packages as their programs zip them, and parts in XML."""

import io
import zipfile
from collections.abc import Mapping

from makers.pictures import CANARY, camera_notes, picture, saved

WHEN = (2026, 5, 3, 14, 10, 0)
STAMP = "2026-05-03T14:10:00Z"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def zipped(parts: Mapping[str, bytes | str], stored: str = "", note: bytes = b"") -> bytes:
    """Return a package as a program that knows the time and the system writes it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            if note and name != stored:
                info.extra = b"\x4b\x00" + len(note).to_bytes(2, "little") + note
                info.comment = note
            archive.writestr(info, text)
        archive.comment = note
    return held.getvalue()


def photo() -> bytes:
    """Return a photo with canaries in its camera notes."""
    return saved(picture(), "JPEG", exif=camera_notes(1), comment=f"{CANARY}-photo".encode())


def plain_photo() -> bytes:
    """Return a PNG with nothing hidden."""
    return saved(picture("RGB"), "PNG")


def types(named: Mapping[str, str], **suffixes: str) -> str:
    """Return the list of a package's content types."""
    by_suffix = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    } | suffixes
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        + "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in by_suffix.items())
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in named.items())
        + "</Types>"
    )


def rels(*held: tuple[str, str, str]) -> str:
    """Return relationships: the number, type and target of each; a target with a scheme lies outside."""
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{id}" Type="{kind if "://" in kind else f"{R}/{kind}"}" Target="{target}"'
            + (' TargetMode="External"' if ":" in target else "")
            + "/>"
            for id, kind, target in held
        )
        + "</Relationships>"
    )


def properties(program: str) -> dict[str, str]:
    """Return the properties of a document, with canaries in each."""
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    return {
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="{dc}" '
        f'xmlns:dcterms="{terms}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{CANARY}-title</dc:title><dc:creator>{CANARY}-creator</dc:creator>"
        f"<cp:keywords>{CANARY}-keywords</cp:keywords><dc:description>{CANARY}-description</dc:description>"
        f"<cp:lastModifiedBy>{CANARY}-modifier</cp:lastModifiedBy><cp:revision>7</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{STAMP}</dcterms:created></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'extended-properties"><Template>{CANARY}.dotm</Template><TotalTime>93</TotalTime>'
        f"<Application>{program}</Application><Company>{CANARY}-company</Company><Manager>{CANARY}-manager</Manager>"
        "<AppVersion>16.0000</AppVersion></Properties>",
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{CANARY}-property">'
        f"<vt:lpwstr>{CANARY}-value</vt:lpwstr></property></Properties>",
        "docProps/thumbnail.jpeg": photo(),  # type: ignore[dict-item]
    }


def root_rels(main: str) -> str:
    """Return the package's own relationships."""
    return rels(
        ("rId1", "officeDocument", main),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
        ("rId4", "custom-properties", "docProps/custom.xml"),
        ("rId5", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
    )
