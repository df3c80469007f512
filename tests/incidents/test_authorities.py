"""The authorities that can be asked: several known ones, and a person's own where address and certificate will do."""

import shutil
from datetime import date

import pytest
from authority import LocalAuthority

from forethought.incidents.authorities import AuthorityError, authorities, own

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the certificates of these tests are openssl's")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    """Return an authority with a root and a signer."""
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


class TestAuthorities:
    def test_several_are_known(self, local: LocalAuthority) -> None:
        """More than one can be asked, each by an address of the web, and its source says that nobody checked it."""
        known = authorities()
        assert len(known) >= 5
        assert all(own(each.address, local.root).address == each.address for each in known.values())
        assert all("not checked" in each.source and each.read == date(2026, 11, 29) for each in known.values())

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "tsa.example",
            "ftp://tsa.example",
            "file:///etc/passwd",
            "https://",
            "https://a b",
            "https://me@tsa.example",
        ],
    )
    def test_what_is_not_an_address(self, local: LocalAuthority, address: str) -> None:
        """What cannot be asked over the web is not taken as an address."""
        with pytest.raises(AuthorityError, match="not an address that can be asked"):
            own(address, local.root)

    @pytest.mark.parametrize(
        "pem", ["", "hello", "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n", "\N{SNOWMAN}"]
    )
    def test_what_is_not_a_certificate(self, pem: str) -> None:
        """Text without a certificate in it is not taken as one."""
        with pytest.raises(AuthorityError, match="no certificate was found"):
            own("https://tsa.example", pem)

    def test_a_signer_is_not_a_root(self, local: LocalAuthority) -> None:
        """The signer's own certificate, which openssl would not end at, is not taken for the root."""
        with pytest.raises(AuthorityError, match="none of these certificates is a root"):
            own("https://tsa.example", (local.folder / "tsa.pem").read_text())

    def test_only_certificates_are_kept(self, local: LocalAuthority) -> None:
        """A key or a remark that was pasted with the certificate is left out."""
        pasted = "Our root\n" + (local.folder / "root.key").read_text() + local.root
        assert local.root == own(" https://tsa.example/tsr ", pasted).root
