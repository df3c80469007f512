"""WhatsApp chats: every form of header, dates whose order is told or asked for, and nothing kept of other people."""

from pathlib import Path

import pytest
from exports import Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options

OWN = Options(own_messages=True, owner="Wren")
IOS = (
    "\u200e[13/02/2025, 08:30:12] Tea group: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[13/02/2025, 08:30:12] Wren: Running late\r\nby ten minutes\r\n"
    "[13/02/2025, 08:31:00] Ash Moon: No problem at all\r\n"
    "[13/02/2025, 08:32:00] Wren: \u200e<attached: 00001-PHOTO.jpg>\r\n"
    "[13/02/2025, 08:33:00] Wren: \u200eYou deleted this message.\r\n"
    "[14/02/2025, 21:33:00] Wren: See you then \u200e<This message was edited>\r\n"
)
ANDROID = (
    "2/13/25, 8:30\u202fAM - Messages are end-to-end encrypted. Tap to learn more.\n"
    "2/13/25, 8:30\u202fAM - Wren: Running late\n"
    "2/13/25, 8:31\u202fPM - Ash Moon: No problem at all\n"
    "2/13/25, 8:32\u202fPM - Wren: IMG-20250213-WA0001.jpg (file attached)\nThe garden\n"
    "2/14/25, 12:05\u202fAM - Wren: <Media omitted>\n"
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("whatsapp", "WHATSAPP"), ("plain", "PLAIN")))


def chat(tmp_path: Path, text: str | bytes, options: Options = OWN, name: str = "_chat.txt") -> Imported:
    """Return what is read from one chat."""
    return Imported(unpacked(tmp_path / "chat", {name: text}), options=options)


def own(got: Imported) -> list[str]:
    """Return the person's own lines."""
    return [item.text for item in got.of("message") if item.own_words]


def whole(got: Imported) -> dict[str, str]:
    """Return what is told of the chat as a whole."""
    return dict(next(item for item in got.of("message") if not item.own_words).details)


def test_an_iphone_chat_is_counted_without_words(tmp_path: Path) -> None:
    """By default one item tells how many messages, of how many people, over what time."""
    got = chat(tmp_path, IOS, Options(owner="Wren"))
    told = {"messages": "6", "own": "4", "people": "3", "first": "13/02/2025, 08:30:12", "last": "14/02/2025, 21:33:00"}
    assert (1, told) == (len(got.items), whole(got))
    assert "late" not in got.everything()
    assert ("iOS", 0.95, "txt") == tuple(
        getattr(got.recognised[0], name) for name in ("generation", "confidence", "form")
    )


def test_own_lines_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    """With their further lines, their pictures by name, and without marks that the program put there."""
    got = chat(tmp_path, IOS)
    assert ["Running late\nby ten minutes", "", "See you then"] == own(got)
    lines = [item for item in got.of("message") if item.own_words]
    assert ["00001-PHOTO.jpg"] == [media.name for item in lines for media in item.media]
    assert ["line 2", "line 5", "line 7"] == [item.pointer.locator for item in lines]
    assert ("13/02/2025, 08:30:12", "2025-02-13T08:30:12", "device") == (
        lines[0].created.raw,
        lines[0].created.at.isoformat(),  # type: ignore[union-attr]
        lines[0].created.zone,
    )


def test_the_line_of_a_pointer_holds_the_words(tmp_path: Path) -> None:
    """Each own line is found again where its pointer says."""
    item = next(item for item in chat(tmp_path, IOS).of("message") if item.own_words)
    assert item.text.splitlines()[0] in IOS.split("\n")[int(item.pointer.locator.split()[1]) - 1]


def test_an_american_android_chat_is_read(tmp_path: Path) -> None:
    """The month comes first since no month is 13, and the letters say which half of the day."""
    got = chat(tmp_path, ANDROID, name="WhatsApp Chat with Ash Moon.txt")
    assert ["Running late", "The garden"] == own(got)
    lines = [item for item in got.of("message") if item.own_words]
    assert ["2025-02-13T08:30:00", "2025-02-13T20:32:00"] == [item.created.at.isoformat() for item in lines]  # type: ignore[union-attr]
    assert "IMG-20250213-WA0001.jpg" == lines[1].media[0].name
    assert ("Android", "en") == (got.recognised[0].generation, got.recognised[0].language)


def test_other_people_s_words_and_names_are_nowhere(tmp_path: Path) -> None:
    """Neither their lines, nor their names in lines, files and folders, nor their numbers; they are only counted."""
    files = {"WhatsApp Chat with Ash Moon.txt": ANDROID, "WhatsApp Chat - Ash Moon/_chat.txt": IOS}
    got = Imported(zipped(tmp_path / "chat.zip", files), options=OWN)
    for secret in ("Ash", "Moon", "No problem", "Tea group"):
        assert secret not in got.everything()
    assert {"other people's messages"} == {removed.field for removed in got.removed}
    assert {"chat 1 of the file", "chat 2 of the file"} == {item.pointer.member for item in got.items}


def test_a_name_with_a_colon_is_the_person_s(tmp_path: Path) -> None:
    """And what follows it is what they wrote."""
    got = chat(
        tmp_path, "[13/02/2025, 08:30:12] Wren: at work: Tea: now\n", Options(own_messages=True, owner="Wren: at work")
    )
    assert ["Tea: now"] == own(got)


def test_without_the_person_s_name_nothing_is_theirs(tmp_path: Path) -> None:
    """And the person is told what to give."""
    got = chat(tmp_path, IOS, Options(own_messages=True))
    assert [] == own(got)
    assert any("your name" in problem.what for problem in got.problems)


@pytest.mark.parametrize("day_first", [None, True, False])
def test_an_ambiguous_order_is_asked_for(tmp_path: Path, day_first: bool | None) -> None:
    """Where both orders fit, no time is set and a problem says so, unless the person has told the order."""
    text = "04/02/2025, 08:30 - Wren: Tea\n05/02/2025, 08:31 - Wren: Rain\n"
    got = chat(tmp_path, text, Options(own_messages=True, owner="Wren", day_first=day_first))
    expected = {None: None, True: "2025-02-04", False: "2025-04-02"}[day_first]
    at = next(item for item in got.of("message") if item.own_words).created.at
    assert expected == (at and at.date().isoformat())
    assert (day_first is None) == any("day and month" in problem.what for problem in got.problems)


def test_what_settles_the_order_is_not_overruled(tmp_path: Path) -> None:
    """A month of 13 cannot be, whatever the person said."""
    got = chat(tmp_path, ANDROID, Options(own_messages=True, owner="Wren", day_first=True))
    assert "2025-02-13" == next(item for item in got.of("message")).created.at.date().isoformat()  # type: ignore[union-attr]


def test_the_order_that_never_goes_back_in_time_is_taken(tmp_path: Path) -> None:
    """Where every date could be either."""
    text = "".join(f"{day}/2025, 08:30 - Wren: Tea\n" for day in ("02/10", "02/11", "03/01", "03/02"))
    lines = [item for item in chat(tmp_path, text).of("message") if item.own_words]
    assert [2, 2, 3, 3] == [item.created.at.month for item in lines]  # type: ignore[union-attr]


FORMS = {
    "German": "13.02.25, 20:31 - Wren: Tee",
    "Finnish": "13.2.2025 klo 20.31 - Wren: Tee",
    "Swedish": "2025-02-13 20:31 - Wren: Tee",
    "Hungarian": "2025. 02. 13. 20:31 - Wren: Tee",
    "Spanish": "13/2/25, 8:31 p. m. - Wren: Tee",
    "Chinese": "2025/2/13 下午8:31 - Wren: Tee",
    "Korean": "[2025. 2. 13. 오후 8:31:00] Wren: Tee",
    "French": "13/02/2025 à 20:31 - Wren: Tee",
    "en dash": "13/02/2025 20:31 – Wren: Tee",
    "marks": "\u200e[13.02.25, 20:31:00] Wren: Tee",
    "right to left": "\u200f13\u200f/2\u200f/2025, 8:31 م - Wren: Tee",
}


@pytest.mark.parametrize("form", FORMS)
def test_headers_of_many_countries_are_read(tmp_path: Path, form: str) -> None:
    """The same moment in each form, whatever stands between its parts."""
    lines = [item for item in chat(tmp_path, FORMS[form] + "\n").of("message") if item.own_words]
    assert [("Tee", "2025-02-13T20:31:00")] == [(item.text, item.created.at.isoformat()) for item in lines]  # type: ignore[union-attr]


def test_unknown_letters_beside_a_time_leave_it_unset(tmp_path: Path) -> None:
    """Since they could mean either half of the day."""
    lines = [item for item in chat(tmp_path, "13/02/2025, 8:31 xyz - Wren: Tea\n").of("message") if item.own_words]
    assert [("Tea", None)] == [(item.text, item.created.at) for item in lines]


def test_a_quoted_line_of_another_form_is_part_of_the_message(tmp_path: Path) -> None:
    """A header within a message is none where it looks unlike the chat's own."""
    text = "13/02/2025, 08:30 - Wren: She wrote\n[13.02.2025, 08:00:00] Ash: hello\n13/02/2025, 08:31 - Wren: So\n"
    assert ["She wrote\n[13.02.2025, 08:00:00] Ash: hello", "So"] == own(chat(tmp_path, text))


def test_a_chat_in_utf_16_and_under_another_name_is_read(tmp_path: Path) -> None:
    """It is recognised by its first line, with less confidence than under WhatsApp's own name."""
    got = chat(tmp_path, ANDROID.encode("utf-16"), name="renamed.txt")
    assert ["Running late", "The garden"] == own(got)
    assert 0.7 == got.recognised[0].confidence


def test_a_localised_name_tells_the_language(tmp_path: Path) -> None:
    """As the phone wrote it."""
    assert "de" == chat(tmp_path, ANDROID, name="WhatsApp-Chat mit Esche.txt").recognised[0].language


def test_several_chats_in_several_files_are_read(tmp_path: Path) -> None:
    """Each by itself, with a pointer to its own file."""
    one = zipped(tmp_path / "a.zip", {"_chat.txt": IOS})
    two = zipped(tmp_path / "b.zip", {"_chat.txt": ANDROID})
    got = Imported(one, two, options=Options(owner="Wren"))
    assert 2 == len({item.pointer.source for item in got.items})
    assert 2 == len({item.id for item in got.items})


def test_a_group_is_told_from_two_people(tmp_path: Path) -> None:
    """By how many wrote; it is never public."""
    audiences = {chat(tmp_path, text, Options(owner="Wren")).items[0].audience.who for text in (IOS, ANDROID)}
    assert {"group", "named people"} == audiences


@pytest.mark.parametrize("content", ["", "no chat\n"])
def test_an_empty_or_unknown_chat_is_said_to_be_one(tmp_path: Path, content: str) -> None:
    """By its name it is a chat; that nothing could be read of it is said."""
    got = chat(tmp_path, content)
    assert "empty" == got.tables["messages"].state
    assert bool(content) == bool(got.problems)


def test_another_text_is_no_chat(tmp_path: Path) -> None:
    """A file of notes is refused."""
    with pytest.raises(UnknownArchiveError):
        chat(tmp_path, "Dear Wren,\n13/02/2025 was fine.\n", name="notes.txt")


def test_broken_bytes_cost_only_themselves(tmp_path: Path) -> None:
    """A chat cut off within a letter is read to its end."""
    assert ["Running late", "Caf�"] == own(
        chat(tmp_path, b"13/02/2025, 08:30 - Wren: Running late\n13/02/2025, 08:31 - Wren: Caf\xc3")
    )


def test_ten_thousand_lines_are_read_fast(tmp_path: Path) -> None:
    """With the order of their dates found out."""
    text = "".join(
        f"[{1 + n // 400:02}/01/2025, {n % 24:02}:00:00] {'Wren' if n % 2 else 'Ash'}: line {n}\n"
        for n in range(10_000)
    )
    got = chat(tmp_path, text)
    assert 5000 == len(own(got))
