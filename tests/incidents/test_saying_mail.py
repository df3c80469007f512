"""What e-mails, mailboxes and pages saved as MHTML say of themselves."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from forethought.incidents.saying.mail import MORE
from forethought.incidents.saying.model import Said
from forethought.incidents.saying.reading import said


def letter() -> EmailMessage:
    """Return an e-mail as a mail program saves it."""
    made = EmailMessage()
    made["Received"] = "from mx.example by box.example with ESMTP; Tue, 3 Mar 2026 11:00:09 +0100"
    made["Received"] = "from sender.example by mx.example with ESMTP; Tue, 3 Mar 2026 10:00:02 +0000"
    made["From"] = "Järvi Quill <quill@mail.example>"
    made["To"] = "one@mail.example, Two <two@mail.example>"
    made["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    made["Subject"] = "You will regret – this"
    made["Message-ID"] = "<abc@mail.example>"
    made.set_content("Nobody wants you here.\nLeave the group.")
    made.add_alternative("<p>Nobody wants you <b>here</b>.</p>", subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="list.pdf")
    return made


def values(found: Said) -> dict[str, object]:
    """Return the values of what was read, each by its name in the file."""
    return {name.removeprefix("file: "): each["value"] for name, each in found.fields.items()}


def saved_page() -> bytes:
    """Return a page as Chrome saves it in MHTML."""
    made = MIMEMultipart("related")
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://forum.example/thread/7"
    made["Subject"] = "Thread seven"
    made["Date"] = "Wed, 4 Mar 2026 05:06:07 -0000"
    made.attach(MIMEText("<html><title>Thread seven</title><p>She is a fraud.</p></html>", "html", "utf-8"))
    made.attach(MIMEText("p { color: red }", "css"))
    return made.as_bytes()


class TestMail:
    def test_headers(self) -> None:
        """An e-mail tells from whom, when and about what it is, its way, and what is attached, but not to whom."""
        found = said(letter().as_bytes(), "nasty.eml")
        assert ("e-mail", "message/rfc822", "eml", ()) == (found.kind, found.media_type, found.suffix, found.remarks)
        assert values(found) == {
            "From": "Järvi Quill <quill@mail.example>",
            "To": 2,
            "Date": "Tue, 03 Mar 2026 10:00:00 +0000",
            "Subject": "You will regret – this",
            "Message-ID": "<abc@mail.example>",
            "Received, first": "Tue, 3 Mar 2026 10:00:02 +0000",
            "Received, last": "Tue, 3 Mar 2026 11:00:09 +0100",
            "Attachments": ["list.pdf"],
            "posted": "2026-03-03T10:00:00+00:00",
        }

    def test_every_field_is_from_the_file(self) -> None:
        """What an e-mail says is marked as read from the file, and named so."""
        found = said(letter().as_bytes(), "nasty.eml").fields
        assert {"file"} == {each["from"] for each in found.values()}
        assert ["posted"] == [name for name in found if not name.startswith("file: ")]

    def test_the_text_is_the_preview(self) -> None:
        """The text of an e-mail is shown once, not its page as well."""
        assert said(letter().as_bytes(), "").preview == "Nobody wants you here.\nLeave the group."

    def test_a_page_alone(self) -> None:
        """An e-mail that is a page alone is read as its words."""
        made = EmailMessage()
        made["From"], made["Message-ID"] = "a@mail.example", "<a@mail.example>"
        made.set_content("<style>p{}</style><p>Shame on <b>you</b></p><p>Leave</p>", subtype="html")
        assert said(made.as_bytes(), "").preview == "Shame on you\nLeave"

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("Tue, 03 Mar 2026 10:00:00", "Tue, 03 Mar 2026 10:00:00, no time zone given"),
            ("Tue, 03 Mar 2026 10:00:00 -0000", "Tue, 03 Mar 2026 10:00:00 -0000, the sender's time zone is not given"),
            ("Tue, 03 Mar 2026 10:00:00 GMT", "Tue, 03 Mar 2026 10:00:00 GMT"),
            ("Tue, 03 Mar 2026 10:00:00 -0500 (EST)", "Tue, 03 Mar 2026 10:00:00 -0500 (EST)"),
        ],
    )
    def test_zones(self, given: str, shown: str) -> None:
        """A date keeps the zone that it has, and one without says so."""
        made = Message()
        made["From"], made["Message-ID"], made["Date"] = "a@mail.example", "<a@mail.example>", given
        assert shown == values(said(made.as_bytes(), "x.eml"))["Date"]

    def test_a_badly_coded_subject_stays_as_it_is(self) -> None:
        """A subject whose coding is unknown is kept as it stands, with the rest of the e-mail."""
        raw = b"From: a@mail.example\nMessage-ID: <1>\nSubject: =?no-such?q?abc?=\n\nhello"
        found = said(raw, "x.eml")
        assert ("=?no-such?q?abc?=", "hello") == (values(found)["Subject"], found.preview)

    def test_nested_too_deeply(self) -> None:
        """An e-mail nested without end still tells its headers."""
        head = b"From: a@mail.example\nMessage-ID: <1>\n"
        deep = b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (at, at) for at in range(100, 2_000)
        )
        assert values(said(head + deep, "x.eml"))["From"] == "a@mail.example"


class TestMailbox:
    def test_only_the_first_is_read(self) -> None:
        """Of a mailbox the first message is read, and the others are remarked upon."""
        head = b"From quill Tue Mar  3 10:00:00 2026\nFrom: q@mail.example\nMessage-ID: <1>\n"
        one = head + b"Subject: One\n\nFirst words\n\n"
        found = said(one + one.replace(b"One", b"Two").replace(b"First", b"Other"), "in.mbox")
        assert ("e-mail", "application/mbox", (MORE,)) == (found.kind, found.media_type, found.remarks)
        assert ("One", "First words") == (values(found)["Subject"], found.preview)

    def test_a_mailbox_of_one(self) -> None:
        """A mailbox with one message needs no remark."""
        one = b"From quill Tue Mar  3 10:00:00 2026\nFrom: q@mail.example\nMessage-ID: <1>\n\nFirst words\n"
        assert () == said(one, "in.mbox").remarks


class TestSavedPage:
    def test_where_and_when(self) -> None:
        """A page saved as MHTML tells its address, title and time, and its words are those of the page alone."""
        found = said(saved_page(), "thread.mhtml")
        told = values(found)
        assert ("page", "multipart/related", "mhtml") == (found.kind, found.media_type, found.suffix)
        assert told["Snapshot-Content-Location"] == "https://forum.example/thread/7"
        assert ("Thread seven", "Thread seven") == (told["Subject"], told["title"])
        assert str(told["Date"]).startswith("Wed, 4 Mar 2026 05:06:07 -0000")
        assert found.preview == "Thread seven\nShe is a fraud."
