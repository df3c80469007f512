"""Odd links and messages: each trick found with its reason, ordinary links left alone, and any text survived."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forethought.accounts.hacked.addresses import addresses, site, taken_apart
from forethought.accounts.hacked.links import look, lures
from forethought.accounts.hacked.telling import links_document, links_record


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("See bit.ly/3xk", "short link"),
        ("https://tinyurl.com/abc", "short link"),
        ("http://203.0.113.60/refund", "number instead of a name"),
        ("http://3405803836/x", "number instead of a name"),
        ("http://[2001:db8::1]/x", "number instead of a name"),
        ("https://www.paypal.com@evil.example/a", "before the @"),
        ("https://good.example:8081/", "unusual port"),
        ("http://xn--pypal-4ve.com/", "other alphabets"),
        ("http://xn--pypal-4ve.com/", "look like paypal"),
        ("https://pаypal.com/", "mixes letters"),
        ("https://faceb00k-views.example", "look like facebook"),
        ("https://instagrarn.com/x", "look like instagram"),
        ("https://facebok.com/x", "look like facebook"),
        ("https://paypal.com.evil.example/a", "longer name"),
        ("https://bacp.co.uk.evil.example/", "longer name"),
        ("https://bacp-co-uk.login.example/", "longer name"),
        ("bacp-renewals.login-members.example", "longer name"),
        ("https://hmrc-refunds.example", "longer name"),
        ("http://x.example/invoice.pdf.exe", "is a program"),
        ("javascript:alert(1)", "runs a program"),
        ("data:text/html;base64,AAAA", "inside itself"),
        ("[www.nhs.uk/talk](http://talk-refer.example/start)", "the words name www.nhs.uk"),
        ('<a href="http://evil.example">www.gov.uk</a>', "the words name www.gov.uk"),
        ("https://track.example/c?url=https%3A%2F%2Fevil.example%2F", "sends you on to evil.example"),
        ("https://l.facebook.com/l.php?u=https%253A%252F%252Fevil.example", "sends you on to evil.example"),
        ("https://exam\u200bple.example/", "hidden"),
    ],
)
def test_found(text: str, reason: str) -> None:
    """Each trick is found, with a reason that names it, at the place where it stands."""
    found = look(f"Hello, {text} as said.")
    assert any(reason in each for suspect in found for each in suspect.reasons)
    assert all(7 <= each.start < each.end <= len(text) + 7 for each in found)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.bacp.co.uk/about-us/", "bacp.co.uk", "https://www.gov.uk/browse?next=/benefits",
        "www.nhs.uk/mental-health",
        "https://www.youtube.com/watch?v=abc&t=10", "https://youtu.be/abc", "https://signin.account.gov.uk/", "https://smith-counselling.co.uk/contact",
        "https://www.hazelpractice.example/workshops", "https://babcp.com/", "https://en.wikipedia.org/wiki/Grief_(song)",
        "https://www.facebook.com/sharer/sharer.php?u=https://smith.example", "https://apple-tree-therapy.co.uk",
        "https://amazon.de/dp/1", "https://google.fr", "http://localhost:8000/", "http://192.168.1.1:8080/", "me@x.com",
        "e.g. this", "https://paypal.me/rowan", "https://accounts.google.com/x?continue=https://mail.google.com",
        "https://www.legislation.gov.uk/ukpga/2018/12", "https://dwr-cymru.wales", "[our page](https://smith.example)",
        "[smith.example](https://www.smith.example/a)", "See notes.pdf", "javascript: a language", "data: what we keep",
    ],
)  # fmt: skip
def test_ordinary(link: str) -> None:
    """Ordinary links are left alone, however urgent the words around them are."""
    assert look(link) == ()
    assert look(f"Read this today: {link}, and come along.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "is this you in this video?? http://abc.example",
        "Double your bitcoin today, dm me on telegram",
        "Can you send me the six digit code that comes to you?",
        "I made £4,300 in just 3 days, message me on telegram and I show you how",
        "Free gift cards for the first 20 people to comment, hurry",
    ],
)
def test_scam_messages(text: str) -> None:
    """A message that lures is found without an odd link."""
    assert look(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you get a message from me about crypto or gift cards, it isn't me. Don't click, just delete it.",
        "Scam going round: they say your listing is suspended and offer a free iPhone. Ignore it.",
        "Urgent: the room at the clinic floods, so Tuesday moves online.",
        "Giveaway of old journals on Friday, take what you like.",
    ],
)
def test_warnings_and_work(text: str) -> None:
    """Who warns of scams, and one luring word in ordinary news, is left alone."""
    assert look(text) == ()


def test_urgency_adds_to_an_odd_link() -> None:
    """Pressing words are a reason where a link is odd already."""
    (found,) = look("Act now: http://203.0.113.60/x")
    assert any("act at once" in each for each in found.reasons)


_PIECES = st.sampled_from(
    ["http://", "https://", "www.", "@", ":", "/", "[", "]", "(", ")", "xn--", "%", "..", "paypal", ".com", "?url=",
     "&", "data:", "javascript:", "<a href=", ">", "</a>", "\u200b", "а", "1.2.3.4", "\n", " ", "claim your", "£5 in"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map("".join)))
@example("http://[bad http://%%% http://@@ http://xn--99999999999.com")
@example("İ" * 5 + " claim your prize hurry")
def test_any_text(text: str) -> None:
    """Any text is survived, and what is found lies within it, in order, with reasons."""
    found = look(text)
    assert [*found] == sorted(found, key=lambda each: each.start)
    assert all(0 <= each.start <= each.end <= len(text) and each.reasons for each in found)
    assert all(text[each.start : each.end] for each in addresses(text))


@given(st.text(max_size=80))
def test_taken_apart(url: str) -> None:
    """Whatever is said to be an address comes apart without an error."""
    assert taken_apart(url).url == url


@pytest.mark.parametrize(
    ("host", "own"),
    [("www.a.co.uk", "a.co.uk"), ("a.b.example", "b.example"), ("example", "example"), ("x.nhs.uk", "x.nhs.uk")],
)
def test_site(host: str, own: str) -> None:
    """What somebody had to register is told from what stands before it."""
    assert site(host) == own


def test_told() -> None:
    """A page and the data tell each link with its reasons, and nothing found is never called well."""
    found = look("http://203.0.113.60/x")
    assert json.loads(json.dumps(links_record(found)))[0]["url"] == "http://203.0.113.60/x"
    assert "203.0.113.60" in str(links_document(found))
    assert "does not mean that all is well" in str(links_document(()))


def test_a_number_without_end_takes_no_time() -> None:
    """A sum of a hundred thousand figures, and one of the usual length, are both read to their end."""
    assert look("I made £" + "1" * 100_000) == ()
    assert "money" in {each.id for each, _ in lures("I made £4,300 in just 3 days with bitcoin")}


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Hi Mum, I dropped my phone and this is my new number", "family"),
        ("Hi dad it's me. This is my new number, can you send 400 quid today?", "send money"),
        ("Sorry, I sent you a WhatsApp code by mistake. What is it?", "code"),
        (
            "I will pay ten sessions by certified cheque. Deduct your fee and send the rest to my driver.",
            "rest sent on",
        ),
    ],
)
def test_a_message_without_a_link(message: str, reason: str) -> None:
    """A well-known story is found though it has no link: family, a code, and a fee that is paid too high."""
    (found,) = look(message)
    assert any(reason in each for each in found.reasons)


@pytest.mark.parametrize(
    "message",
    [
        "Hi Jo, can we move Thursday to 3pm? Thanks, Sam", "Hello, this is my new number, from Monday on. Amal",
        "Could you send me 3 dates for supervision?", "The fee can be paid by cheque or bank transfer.",
        "Hi mum, lunch on Sunday?", "I broke my phone, so ring the landline.", "The door code is on the card.",
    ],
)  # fmt: skip
def test_an_everyday_message(message: str) -> None:
    """What people write to each other every day is left alone."""
    assert () == look(message)
