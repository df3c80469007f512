"""XML read with its names as written, sifted, and written anew; hostile XML is refused."""

from xml.etree.ElementTree import tostring

import pytest

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.office import xml


def sifted(text: str, judge: dict[str, xml.Fate]) -> str:
    """Return a document after it was sifted."""
    root = xml.parsed(text.encode())
    xml.sift(root, xml.fates(judge))
    return tostring(root, encoding="unicode")


class TestParsed:
    def test_names_stay_as_written(self) -> None:
        """Prefixes, namespaces and white space come out as they went in."""
        text = '<w:a xmlns:w="urn:w" w:b="1" xml:space="preserve"> x <c>é &amp; &lt;</c> y\n</w:a>'
        assert text == xml.written(xml.parsed(text.encode())).partition(b"\n")[2].decode()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
    def test_encodings(self, encoding: str) -> None:
        """Documents in other encodings are read as they say."""
        text = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode(encoding)
        assert "é" == xml.parsed(text).text

    def test_what_is_passed_over_is_told(self) -> None:
        """Comments and processing instructions are left out, and can be asked for."""
        text = b'<?xml version="1.0"?><!-- one --><?two three?><a><!-- --></a>'
        assert "<a />" == tostring(xml.parsed(text), encoding="unicode")
        assert ["one", "two three"] == xml.notes(text)

    @pytest.mark.parametrize(
        "text",
        [b"<!DOCTYPE a><a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<!DOCTYPE a SYSTEM "file:///etc/x"><a/>'],
    )
    def test_document_types_are_refused(self, text: bytes) -> None:
        """A document type is refused, and with it every entity."""
        with pytest.raises(CannotCleanError, match="document type"):
            xml.parsed(text)

    def test_the_document_type_of_a_page(self) -> None:
        """A page's bare document type is allowed where that is said, and letters by name are letters."""
        assert "\xa0…&" == xml.parsed(b"<!DOCTYPE html><p>&nbsp;&hellip;&amp;</p>", doctype=True).text
        with pytest.raises(CannotCleanError):
            xml.parsed(b'<!DOCTYPE html [<!ENTITY x "y">]><p/>', doctype=True)

    @pytest.mark.parametrize(
        "text", [b"", b"<a>", b"<a></b>", b"a", b"<a>&x;</a>", b'<?xml version="1.0" encoding="x"?><a/>']
    )
    def test_damaged(self, text: bytes) -> None:
        """What is not XML is refused."""
        with pytest.raises(DamagedError):
            xml.parsed(text)

    def test_too_deep(self) -> None:
        """Elements that are nested without end are refused."""
        with pytest.raises(TooLargeError):
            xml.parsed(b"<a>" * 5_000)


class TestSift:
    def test_text_stays_in_its_place(self) -> None:
        """What is dropped leaves the text behind it, and what is unwrapped all that it holds."""
        text = "<a>1<b>2</b>3<c>4<d>5</d>6</c>7</a>"
        assert "<a>13<c>4<d>5</d>6</c>7</a>" == sifted(text, {"b": xml.DROP})
        assert "<a>1<b>2</b>34<d>5</d>67</a>" == sifted(text, {"c": xml.UNWRAP})
        assert "<a>12345<e />67</a>" == sifted(text.replace("5</d>", "5<e/></d>"), dict.fromkeys("bcd", xml.UNWRAP))

    def test_inside_what_is_unwrapped(self) -> None:
        """What an unwrapped element holds is judged too."""
        assert "<a>xz</a>" == sifted("<a><b>x<c>y</c>z</b></a>", {"b": xml.UNWRAP, "c": xml.DROP})


class TestLooking:
    def test_by_local_names(self) -> None:
        """Elements and attributes are found by their names without prefixes."""
        root = xml.parsed(b'<a xmlns:p="urn:p"><p:b p:c="1" c="2"/><b/></a>')
        assert 2 == len(list(xml.named(root, "b")))
        found = xml.child(root, "b")
        assert found is not None
        assert "1" == xml.value(found, "c")
        assert xml.child(root, "z") is None
        assert xml.has(root, "b")
        assert not xml.has(root, "z")
        assert [("p", "urn:p")] == [(prefix, address) for _, prefix, address in xml.declared(root)]
