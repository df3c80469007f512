"""SVG drawings: all that is not drawn is told and taken out, and the drawing looks the same."""

import base64
import shutil

import pytest
from canaries import copy_of, sings
from makers.svg import FILES, SIZE, drawing, inkscape, packed, plain

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.drawings import reading
from forethought.media.formats.svg import FORMAT

MAKERS = pytest.mark.parametrize("name", FILES)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def copied(body: str) -> str:
    """Return the copy of a drawing with this in it."""
    return copy_of(FORMAT, drawing(body)).decode()


def told(data: bytes) -> dict[str, str]:
    """Return what a drawing gives away, by field."""
    return {trace.where: trace.value for trace in FORMAT.traces(data)}


class TestTraces:
    def test_a_drawing_program(self) -> None:
        """Who drew it, where it lay, its layers and its hidden words are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(inkscape())}
        assert {
            ("person", "creator"), ("time", "date"), ("file", "SVG docname"), ("file", "SVG export-filename"),
            ("words", "SVG label"), ("words", "comment"), ("words", "hidden g"), ("words", "unused text"),
            ("words", "the name of a part"), ("words", "title"), ("words", "text in svg"), ("other", "SVG onload"),
        } <= found  # fmt: skip

    def test_a_packed_drawing(self) -> None:
        """The time, the name and the comment beside a packed drawing are told."""
        found = told(packed(plain()))
        assert ("2023-11-14 22:13:20", "kestrel.svg", "kestrel") == tuple(
            found[f"gzip {each}"] for each in ("time", "file name", "comment")
        )

    def test_names_that_say_nothing(self) -> None:
        """Names that a program gave by counting are not told."""
        assert {} == told(drawing('<path id="path1234" d="M0 0"/><g id="Layer_2" class="cls-1"/>'))

    def test_a_plain_drawing_gives_nothing_away(self) -> None:
        """A drawing with nothing hidden has no traces."""
        assert {} == told(plain())


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data)
        text = reading.unpacked(copy, reading.Report())
        assert not sings(text)
        assert not any(sings(base64.b64decode(each.split(b'"')[0])) for each in text.split(b";base64,")[1:])
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]
        assert copy == copy_of(FORMAT, copy)

    @MAKERS
    def test_it_looks_the_same(self, name: str) -> None:
        """A browser draws the copy pixel for pixel as it drew the file."""
        if CHROMIUM is None:
            pytest.skip("there is no Chromium on this computer")
        data = FILES[name]()
        before = reading.unpacked(data, reading.Report())
        after = reading.unpacked(copy_of(FORMAT, data), reading.Report())
        first, second = _drawn(before, after)
        assert first == second

    def test_what_is_referred_to_stays(self) -> None:
        """Parts that are used keep their place under a number, whoever refers to them."""
        copy = copied(
            '<defs><path id="mrs-fell" d="M0 0L9 9"/><clipPath id="x y"/></defs><use href="#mrs-fell"/>'
            '<text>a<textPath xlink:href="#mrs-fell">b</textPath></text><set begin="mrs-fell.end" attributeName="x"/>'
        )
        assert 4 == copy.count("i1")
        assert "mrs-fell" not in copy

    def test_styles(self) -> None:
        """A sheet keeps what it says of parts that are there, under numbers."""
        copy = copied(
            "<style>.jo,#fell>g{fill:red!important}@media print{.jo{x:1}}.gone{fill:blue}</style>"
            '<g id="fell"><g class="jo x"/></g>'
        )
        assert "<style>.c1,#i1&gt;g{fill:red!important}\n@media print{\n.c1{x:1}\n}</style>" in copy
        assert '<g id="i1"><g class="c1" /></g>' in copy

    @pytest.mark.parametrize(
        "hidden",
        ['style="DISPLAY : none"', 'class="off"', 'id="off"', 'opacity="0.0"', 'style="opacity:0%"',
         'visibility="collapse"', 'fill="none"', 'fill-opacity="0"'],
    )  # fmt: skip
    def test_hidden_text_goes(self, hidden: str) -> None:
        """Text goes, however it is hidden."""
        copy = copied(f"<style>.off{{display:none}}#off{{visibility:hidden}}</style><text {hidden}>kestrel</text>")
        assert "kestrel" not in copy

    @pytest.mark.parametrize(
        "seen",
        ['<text opacity="0">x<animate attributeName="opacity" values="0;1" dur="1s"/></text>',
         '<g fill="none"><text fill="red">x</text></g>', '<text fill="none" stroke="red">x</text>',
         '<text visibility="visible">x</text>', '<g visibility="hidden"><text visibility="visible">x</text></g>',
         '<text style="display:inline" display="none">x</text>'],
    )  # fmt: skip
    def test_what_is_seen_stays(self, seen: str) -> None:
        """Text that is seen, or comes to be seen, stays."""
        assert ">x<" in copied(seen)

    @pytest.mark.parametrize(
        "kept",
        ['stroke-linecap="round"', 'font-variant-position="sub"', 'style="mix-blend-mode:multiply"',
         'fill="lightgoldenrodyellow"',
         'style="dominant-baseline:central;paint-order:stroke"', 'transform="rotate(45 1,2) skewX(3)"'],
    )  # fmt: skip
    def test_what_is_drawn_by_stays(self, kept: str) -> None:
        """Whatever a drawing is drawn by stays as it is."""
        assert kept in copied(f'<path d="M0 0L9,9" {kept}/>')

    def test_titles(self) -> None:
        """Titles stay where a drawing was made for listeners and they read as words, and go elsewhere."""
        assert "A walk" in copied('<g role="img"><title>A walk</title></g>')
        assert "A walk" in copied('<g aria-labelledby="t"><title id="t">A walk</title></g>')
        assert "<title" not in copied('<title>A walk</title><g role="img"><title>a_walk 2.svg</title></g>')

    def test_text_is_shown(self) -> None:
        """What a person sees as text or hears is yielded."""
        data = drawing('<text>Our <tspan>garden</tspan></text><g role="img" aria-label="A walk"/>')
        assert ["Our garden", "A walk"] == [each for each in FORMAT.shown(data) if each]

    def test_a_packed_drawing_stays_packed(self) -> None:
        """A packed drawing comes out packed, with nothing beside it."""
        copy = copy_of(FORMAT, packed(plain()))
        assert reading.BARE_HEAD == copy[:10]
        assert plain().split(b"><")[1] in reading.unpacked(copy, reading.Report()).replace(b" />", b"/>")

    def test_a_drawing_in_a_drawing(self) -> None:
        """A drawing that lies in another as a picture is made clean too."""
        inner = base64.b64encode(inkscape()).decode()
        copy = copied(f'<image width="9" height="9" href="data:image/svg+xml;base64,{inner}"/>')
        assert not sings(base64.b64decode(copy.split(";base64,")[1].split('"')[0]))


def _drawn(*drawings: bytes) -> list[bytes]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 240, "height": 160})
        seen = []
        for each in drawings:
            address = f"data:image/svg+xml;base64,{base64.b64encode(each).decode()}"
            page.set_content(f'<img src="{address}">')
            page.evaluate("document.images[0].decode()")
            seen.append(page.screenshot())
        browser.close()
        return seen


class TestRefused:
    @pytest.mark.parametrize(
        "body",
        ['<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
         "<style>[id=x]{fill:red}</style>", "<style>g text{display:none}</style>", "<style>a{fill:var(--x)}</style>",
         "<style>a{b:\\63}</style>", "<style>@layer x{a{fill:red}}</style>", "<style>a}</style>",
         "<style>@font-face{src:url(data:font/woff,x)}</style>", '<image href="data:image/png;base64,AAAA"/>',
         '<text>a<tspan visibility="hidden">kestrel</tspan>b</text>',
         '<g filter="url(#f)"><text opacity="0">kestrel</text></g>'],
    )  # fmt: skip
    def test_what_cannot_be_followed(self, body: str) -> None:
        """A drawing that is drawn in ways that cannot be followed is refused."""
        with pytest.raises(CannotCleanError):
            copied(body)

    @pytest.mark.parametrize(
        "entities",
        ['<!ENTITY a "xx"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/hostname">', '<!ENTITY % a "x">',
         '<!ENTITY a "<g>">'.replace("<g>", "&#60;g/>"), "".join(f'<!ENTITY a{n} "x">' for n in range(300))],
    )  # fmt: skip
    def test_entities(self, entities: str) -> None:
        """Text that is put together from pieces, or lies elsewhere, is refused."""
        with pytest.raises(CannotCleanError, match="text"):
            copy_of(FORMAT, f"<!DOCTYPE svg [{entities}]>".encode() + plain())

    def test_too_deep(self) -> None:
        """A drawing nested without end is refused."""
        with pytest.raises(TooLargeError):
            copied("<g>" * 300 + "</g>" * 300)

    def test_too_large_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A packed drawing that unpacks to too much is refused."""
        monkeypatch.setattr(reading, "MOST_BYTES", 10)
        with pytest.raises(TooLargeError):
            copy_of(FORMAT, packed(plain()))

    @pytest.mark.parametrize("data", [b"", b"<svg", plain()[:-3], packed(plain())[:-30], b"<html/>", b"<svg/><svg/>"])
    def test_damaged(self, data: bytes) -> None:
        """What is no drawing, or breaks off, is refused."""
        with pytest.raises(DamagedError):
            copy_of(FORMAT, data)


class TestDoubts:
    @pytest.mark.parametrize(
        "planted",
        ["<!-- x -->", "<?x y?>", "<metadata/>", '<g data-x="1"/>', '<g id="fell"/>', '<g onclick="x"/>', "<g>x</g>",
         '<use href="http://x"/>', '<g xmlns:k="urn:x"/>', "<script/>", "<style>/* x */</style>", '<g class="jo"/>',
         '<text display="none">x</text>', '<g style="fill:url(http://x)"/>', '<image href="data:text/plain,x"/>'],
    )  # fmt: skip
    def test_each_thing_is_doubted(self, planted: str) -> None:
        """Each thing that cleaning should have taken out is found by the second reader."""
        copy = copy_of(FORMAT, plain())
        assert [] == list(FORMAT.doubts(copy))
        assert [] != list(FORMAT.doubts(copy.replace(b"</svg>", f"{planted}</svg>".encode())))

    def test_notes_beside_a_packed_drawing(self) -> None:
        """A name beside a packed drawing is found by the second reader."""
        assert "a name or a time beside the packed drawing" in list(FORMAT.doubts(packed(copy_of(FORMAT, plain()))))


class TestRecognised:
    @pytest.mark.parametrize(
        "before",
        ["", "\ufeff", "  \n", '<?xml version="1.0"?>\n', "<!-- a > b --><?a b?>\n", "<!DOCTYPE svg PUBLIC 'a' 'b'>",
         '<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n'],
    )  # fmt: skip
    def test_by_its_first_bytes(self, before: str) -> None:
        """A drawing is known whatever stands before it, in each encoding, packed or not."""
        text = before + plain().decode()
        assert reading.is_svg(text.encode())
        assert reading.is_svg(text.encode("utf-16"))
        assert reading.is_svg(packed(text.encode()))

    @pytest.mark.parametrize("data", [b"", b"<html><svg/></html>", b"<svgx/>", b"\x1f\x8b\x08", b"<!-- <svg>", b"PK"])
    def test_nothing_else(self, data: bytes) -> None:
        """What only holds a drawing, or names one, is none."""
        assert not reading.is_svg(data)


def test_the_size_of_a_drawing_stays() -> None:
    """The size and the frame of a drawing are kept."""
    assert SIZE in copied("")
