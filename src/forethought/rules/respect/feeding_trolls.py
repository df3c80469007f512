"""Whether a reply keeps a provocation going: a hostile message, answered with more than one line that closes."""

from collections.abc import Iterator
from functools import cache

from forethought.reading import Draft, Reading, Span, read
from forethought.reading.lexicon import classes
from forethought.reading.phrases import PhraseBook, compile_phrase
from forethought.rules.engine import Hit, lines

_LIKELY = 0.7  # answering back without a taunt: right less often than a phrase
_ONE_LINE = 2  # sentences; more than this, with nothing that closes, is another round

_PROVOKES = (
    "a ~1 scam", "scammers", "a con", "con artist|artists", "you fraud", "frauds",
    "quack|quacks|grifter|grifters|shill|shills", "parasite|parasites|leeches|vultures|vermin|scum",
    "sheep|sheeple|charlatan|charlatans|cranks", "snake oil",
    "snowflake|snowflakes|losers|saddos|saddo|weirdos|freaks|muppets|idiots|morons|clowns", "prove me wrong",
    "change my mind", "cry about it|more", "^ wake up", "get|got a ~1 real|proper job", "a real|proper job $",
    "^ get a", "should get a job|life|grip", "you lot", "lot|all of you|em|them $", "the lot of you",
    "daylight robbery", "need|want|wants ~1 locking|shooting|stringing up?",
    "nobody|noone likes|wants|needs you|your|this", "nobody|noone ~3 asked", "no one ~3 asked|likes",
    "rent a friend|mum|mate|shoulder", "rented friends",
    "lol|lmao|rofl ~4 @therapy|@workers|still|you|the|what", "🤡|🤮|💩|🖕", "your|their own kind", "shut up",
    "go back to your|where", "can not even|answer ~2 answer|spell|reply|simple|question",
    "hope your|you ~3 burns|burn|rot|rots|die|dies|fail|fails|struck|sued|sacked|closed|shut",
    "how stupid|thick|pathetic",
    "you|@workers|they ~4 stupid|thick|pathetic|disgusting|vile|evil|idiot|moron|clown|liar|liars|joke",
    "pathetic $", "^ pathetic", "your pathetic|stupid|silly|little", "a disgrace", "do gooder|gooders",
    "thought police", "wokery|brainwashing", "woke ~1 nonsense|rubbish|brigade|lot", "witch doctors|doctor",
    "big pharma", "mumbo jumbo", "imagine paying",
    "failed|glorified hairdressers|hairdresser|mates|friends|agony|priests|nurses|teachers",
    "sticking plasters", "just|only ~1 hairdressers|prostitutes|friends|babysitters",
    "therapy|counselling was ~1 fine|better till|until|before", "feelings are for",
    "@therapy is|'s ~1 for losers|wimps|weak|girls|women|snowflakes", "to ~1 nod $", "must be nice",
    "typical sheep|lefty|liberal|woke|feminist|@worker", "who|that can not be bothered",
    "never did|done a ~1 days|day", "spongers|scroungers|sponging", "still peddling", "hiding behind",
    "for ~2 rich|lonely women|losers|people",
)  # fmt: skip
_GOOD_FAITH = (
    "i feel|felt|tried|wonder|wondered|waited|struggle|need|want",
    "i am|was ~2 scared|struggling|lost|worried|ashamed|sorry", "how do|can i", "can you help",
    "do you have|take|offer", "are you taking", "thank|thanks", "honest question",
)  # fmt: skip
_TAUNTS = (
    "i will|'ll wait", "still|am|here waiting", "^ go on $", "go on then",
    "go on ~1 i|prove|try|answer|tell|define|name", "all night|day|evening", "your move|turn",
    "come back when|once", "followers", "keyboard warrior", "bring it|evidence", "try me", "i dare you",
    "dare you to", "prove you|me|us|it wrong", "what have you ~1 got",
    "can|could you ~2 name|say|show|spell|define|cite|manage", "tell me more|why|about", "let us do this",
    "right let us", "let 's do this|see", "since you ask|asked", "round again",
    "keep digging|going|replying|talking|it|them", "same time tomorrow", "you must be",
    "says|say a|the ~1 man|bloke|woman|one|lad|girl|person", "rich|bold|big|brave coming|from|words|talk",
    "jog on", "sit down", "for a face", "🍿|🤡|🥱|💅|💋|😘", "kettle on", "any other questions", "be back for",
    "comebacks", "what ~1 we|they|you|i think of", "reply and counting", "right back at you", "come and say",
    "to my face", "^ aw|aww|diddums", "oh bless|mate|look|sweetheart|petal", "who hurt you",
    "you would need to", "cope ~1 harder", "cry harder|more", "do better pal|mate", "did mummy|nobody|someone",
    "got left", "methinks", "i saw you blocked", "have the screenshots", "floor is|'s yours",
    "look who is|'s back", "how is|'s that ~2 working", "how well that", "check your facts", "do your research",
    "own research", "educate yourself", "third|fourth|fifth time", "doth protest", "say hello to",
    "let his|her|their boss|wife|husband|employer",
)  # fmt: skip
_CLOSES = (
    "leave it|this|that|things ~1 here|there", "leave that|this one", "not rising",
    "not|never engage|engaging|reply|argue|arguing|debate|respond|comment|discuss|continue",
    "comment|comments|thread|post|replies ~2 hidden|closed|off|removed|deleted|locked|paused",
    "hidden|removed|deleted|muted|blocked|reported ~2 comment|under|and|the|that|this|it",
    "closing|close|locking|locked|pausing|muting ~1 comments|this|the|that|it", "off comments|replies",
    "page|group|our|house|under|see rule|rules", "do not answer|reply|respond|engage", "take care",
    "wish you well", "all the best", "thanks|thank you ~1 for", "thank you",
    "good|decent|nice|lovely day|evening|night|weekend|one", "see it|this|things differently",
    "agree to differ|disagree", "do not agree", "you are|'re right", "fair question|point|challenge|comment",
    "welcome", "sorry", "helpline|samaritans|line is|116|999|111|gp",
    "if you are|'re ~3 struggling|having|finding|worried", "if it is ever",
    "for anyone|anybody ~1 else? ~1 reading|who", "complaints", "register|registers|directory", "get in touch",
    "bow|bowing|step|stepping out|away", "said my piece", "could|can we ~1 argue|keep|talk",
    "keep it kind|civil", "can not ~3 say|discuss|comment|confirm",
)  # fmt: skip


def detect(reading: Reading) -> list[Hit]:
    """Return where the draft keeps a hostile exchange going; nothing where no hostile message is answered."""
    if not _provoked(reading.draft.context.reply_to):
        return []
    if taunts := tuple(_said("taunts", reading)):
        return [Hit(taunts)]
    if any(_said("closes", reading)):
        return []
    back = tuple(_talking_back(reading))
    return [Hit(back, _LIKELY)] if back else []


def _provoked(answered: str | None) -> bool:
    """Say whether the message being answered is bait; someone who asks or suffers is no troll."""
    if not answered:
        return False
    message = read(Draft(answered))
    return any(_said("provokes", message)) and not any(_said("good faith", message))


@cache
def _book() -> PhraseBook:
    kinds = {"provokes": _PROVOKES, "good faith": _GOOD_FAITH, "taunts": _TAUNTS, "closes": _CLOSES}
    pairs = ((kind, phrase) for kind, phrases in kinds.items() for phrase in phrases)
    return PhraseBook((kind, compile_phrase(phrase, classes())) for kind, phrase in pairs)


def _said(kind: str, reading: Reading) -> Iterator[Span]:
    """Yield the spans of the phrases of one kind."""
    for line in lines(reading):
        yield from (span for owner, _, span in _book().matches(line) if owner == kind)


def _talking_back(reading: Reading) -> Iterator[Span]:
    """Yield the sentences that ask or address the other person, or all of them where there are many."""
    many = len(reading.sentences) > _ONE_LINE
    for sentence in reading.sentences:
        speaks = any(token.folded in ("you", "your", "yours") for token in sentence.tokens)
        if many or speaks or reading.quote(sentence.span).endswith("?"):
            yield sentence.span
