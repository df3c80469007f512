"""Fields of Meta's exports whose names follow the account's language: told by what they hold, else by known names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forethought.footprint.archives.values import epoch, many, moment, text
from forethought.footprint.item import Moment, Pointer, Removed

# What each role is called. A name may be taken over from another language; the guess at a language skips shared ones.
ALIASES: dict[str, dict[str, str]] = {
    "neutral": {
        "text": "message|post_text|caption|body|content|description", "comment": "comment_text",
        "url": "url|link|uri|href",
        "username": "user_name|handle", "bio": "biography|about", "phone": "phone_number",
        "birth": "date_of_birth|birthday",
        "private": "private_account|is_private", "time": "timestamp|creation_time|created_at|taken_at",
        "name": "full_name",
    },
    "en": {
        "comment": "Comment", "owner": "Media Owner|Owner|Author", "time": "Time|Date|Creation time|Saved on",
        "username": "Username|User name", "name": "Name", "bio": "Bio", "website": "Website", "gender": "Gender",
        "email": "Email|Email address", "phone": "Phone Number|Phone Confirmed|Phone Confirmation Method",
        "birth": "Date of birth|Birthday", "private": "Private Account",
        "text": "Text|Post|Message|Caption|Description",
        "place": "Place|Location|Check-in", "group": "Group|Group name",
    },
    "de": {
        "comment": "Kommentar", "owner": "Medieninhaber|Inhaber|Autor", "time": "Zeit|Uhrzeit|Datum|Gespeichert am",
        "username": "Benutzername|Nutzername", "name": "Name", "bio": "Steckbrief|Biografie", "website": "Webseite",
        "gender": "Geschlecht", "email": "E-Mail|E-Mail-Adresse", "phone": "Telefonnummer|Telefon bestätigt",
        "birth": "Geburtsdatum|Geburtstag", "private": "Privates Konto",
        "text": "Nachricht|Beitrag|Bildunterschrift|Beschreibung",
        "place": "Ort|Standort", "group": "Gruppe",
    },
    "fr": {
        "comment": "Commentaire", "owner": "Propriétaire du média|Propriétaire|Auteur",
        "time": "Heure|Date|Enregistré le",
        "username": "Nom d’utilisateur|Identifiant", "name": "Nom", "bio": "Bio|Biographie", "website": "Site web",
        "gender": "Genre|Sexe", "email": "E-mail|Adresse e-mail", "phone": "Numéro de téléphone",
        "birth": "Date de naissance", "private": "Compte privé", "text": "Texte|Publication|Légende|Message",
        "place": "Lieu", "group": "Groupe",
    },
    "es": {
        "comment": "Comentario", "owner": "Propietario del contenido multimedia|Propietario|Autor",
        "time": "Hora|Fecha|Guardado el", "username": "Nombre de usuario", "name": "Nombre",
        "bio": "Presentación|Biografía",
        "website": "Sitio web", "gender": "Sexo|Género", "email": "Correo electrónico",
        "phone": "Número de teléfono",
        "birth": "Fecha de nacimiento", "private": "Cuenta privada", "text": "Texto|Publicación|Pie de foto|Mensaje",
        "place": "Lugar", "group": "Grupo",
    },
    "it": {
        "comment": "Commento", "owner": "Proprietario del contenuto multimediale|Proprietario|Autore",
        "time": "Ora|Data|Salvato il", "username": "Nome utente", "name": "Nome", "bio": "Biografia",
        "website": "Sito web",
        "gender": "Genere", "email": "Indirizzo e-mail", "phone": "Numero di telefono", "birth": "Data di nascita",
        "private": "Account privato", "text": "Testo|Post|Didascalia|Messaggio", "place": "Luogo", "group": "Gruppo",
    },
    "pt": {
        "comment": "Comentário", "owner": "Proprietário da mídia|Proprietário|Autor",
        "time": "Horário|Data|Salvo em",
        "username": "Nome de usuário|Nome de utilizador", "name": "Nome", "bio": "Biografia", "website": "Site",
        "gender": "Gênero|Género", "email": "E-mail", "phone": "Número de telefone", "birth": "Data de nascimento",
        "private": "Conta privada", "text": "Texto|Publicação|Legenda|Mensagem", "place": "Local", "group": "Grupo",
    },
    "nl": {
        "comment": "Opmerking|Reactie", "owner": "Media-eigenaar|Eigenaar|Auteur", "time": "Tijd|Datum|Opgeslagen op",
        "username": "Gebruikersnaam", "name": "Naam", "bio": "Bio|Biografie", "website": "Website",
        "gender": "Geslacht",
        "email": "E-mailadres", "phone": "Telefoonnummer", "birth": "Geboortedatum", "private": "Privéaccount",
        "text": "Tekst|Bericht|Bijschrift", "place": "Plaats|Locatie", "group": "Groep",
    },
    "pl": {
        "comment": "Komentarz", "owner": "Właściciel mediów|Właściciel", "time": "Godzina|Data|Zapisano",
        "username": "Nazwa użytkownika", "name": "Nazwa|Imię i nazwisko", "bio": "Biogram", "website": "Witryna",
        "gender": "Płeć", "email": "Adres e-mail", "phone": "Numer telefonu", "birth": "Data urodzenia",
        "private": "Konto prywatne", "text": "Tekst|Post|Podpis|Wiadomość", "place": "Miejsce", "group": "Grupa",
    },
    "sv": {
        "comment": "Kommentar", "owner": "Medieägare|Ägare", "time": "Tid|Datum", "username": "Användarnamn",
        "name": "Namn",
        "bio": "Biografi", "website": "Webbplats", "gender": "Kön", "email": "E-postadress", "phone": "Telefonnummer",
        "birth": "Födelsedatum", "private": "Privat konto", "text": "Text|Inlägg|Bildtext|Meddelande",
        "place": "Plats",
        "group": "Grupp",
    },
    "tr": {
        "comment": "Yorum", "owner": "Medya sahibi|Sahip|Yazar", "time": "Saat|Zaman|Kaydedilme tarihi",
        "username": "Kullanıcı adı", "name": "Ad|İsim", "bio": "Biyografi", "website": "İnternet sitesi",
        "gender": "Cinsiyet", "email": "E-posta adresi", "phone": "Telefon numarası", "birth": "Doğum tarihi",
        "private": "Gizli hesap", "text": "Metin|Gönderi|Açıklama|Mesaj", "place": "Konum|Yer", "group": "Grup",
    },
}  # fmt: skip

# The keys that records have. Where a file is one object whose first key is none of these, that key wraps the records.
RECORD = frozenset(
    "timestamp title data attachments media label_values fbid string_map_data string_list_data media_map_data "
    "media_list_data creation_timestamp uri tags participants".split()
)
# Fields that are dropped and counted: secrets, and what is the person's own but beyond what a check-up needs.
SECRET = re.compile(
    r"cookie|datr|token|secret|passw|credential|session_?(key|id)|udid|uuid|device_?id|fb_?id$|ip_?address|upload_?ip|"
    r"(^|_)ip($|_)|phone|e_?mail|birth|latitude|longitude|coordinate|machine|payment|card_|key$",
)
_SHAPES = re.compile(
    r"(\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}|\S+@\S+\.\S+|"
    r"(?!\d{4}-\d\d-\d\d)\+?[\d\s().\-]{7,}|-?\d{1,3}\.\d{3,}|"
    r"(?=\S*\d)(?=\S*[A-Za-z])(?!https?:)[\w\-+/=.:|]{22,}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_ADDRESS = re.compile(r"(https?:|www\.)\S+|\S+@\S+\.\S+|\+?[\d\s().,:/\-]+")


def words(value: Any) -> str:
    """Return what a person wrote, exactly: unlike a field, it may be the word None."""
    return value if isinstance(value, str) else ""


def folded(label: str) -> str:
    """Return a label as it is compared: without case, accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


ROLES: dict[str, str] = {}
_LANGUAGES: dict[str, set[str]] = {}
for _language, _roles in ALIASES.items():
    for _role, _names in _roles.items():
        for _name in _names.split("|"):
            ROLES.setdefault(folded(_name), _role)
            _LANGUAGES.setdefault(folded(_name), set()).add(_language)


def language_of(labels: Iterable[str]) -> str:
    """Return the language whose names these labels are, or `unknown`."""
    found = [_LANGUAGES.get(folded(label), set()) - {"neutral"} for label in labels]
    votes = Counter(next(iter(each)) for each in found if len(each) == 1)
    return votes.most_common(1)[0][0] if votes else "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a record: its label, what it says, where it leads, its time, its role, and the fields within."""

    label: str
    value: str = ""
    href: str = ""
    at: Any = None
    role: str = ""
    within: tuple["Entry", ...] = ()


def entries(record: Any) -> list[Entry]:
    """Return the fields of a record in any of Meta's three shapes, or the plain values where it has none of them."""
    mapped = record.get("string_map_data")
    found = [_entry(label, each) for label, value in (mapped or {}).items() for each in many(value)]
    found += [_entry("", each) for each in many(record.get("string_list_data"))]
    found += [_labelled(each) for each in many(record.get("label_values"))]
    if found or mapped is not None:
        return found
    return [_plain(name, value) for name, value in record.items() if not isinstance(value, dict | list)]


def _labelled(each: Any) -> Entry:
    inner = tuple(
        _labelled(part) for part in (*many(each.get("dict")), *many(each.get("vec"))) if isinstance(part, dict)
    )
    label = text(each.get("label")) or text(each.get("title"))
    return _entry(label, each, ROLES.get(folded(text(each.get("ent_field_name"))), ""), inner)


def _entry(label: str, each: Any, role: str = "", inner: tuple[Entry, ...] = ()) -> Entry:
    at = each.get("timestamp_value") or each.get("timestamp")
    return Entry(
        label, text(each.get("value")), text(each.get("href")), at, role or ROLES.get(folded(label), ""), inner
    )


def _plain(name: str, value: Any) -> Entry:
    if "timestamp" in name and isinstance(value, int | float):
        return Entry(name, at=value, role="time")
    said = str(value) if isinstance(value, bool) else text(value)
    return Entry(name, said, role=ROLES.get(folded(name), ""))


def said(fields: Iterable[Entry], *roles: str) -> str:
    """Return what the first field of one of these roles says."""
    return next((field.value for field in fields if field.role in roles and field.value), "")


def everywhere(fields: Iterable[Entry]) -> Iterator[Entry]:
    """Yield every field and every field within it."""
    for field in fields:
        yield field
        yield from everywhere(field.within)


def link_of(fields: Iterable[Entry]) -> str:
    """Return the first address among the fields."""
    links = (each for field in fields for each in (field.href, field.value) if each.startswith(("http:", "https:")))
    return next(links, "")


def time_of(record: Any, fields: Iterable[Entry] = ()) -> Moment:
    """Return when a record was made: from a field named alike in every language, else from any with a time."""
    known = (record.get("timestamp"), record.get("creation_timestamp"), *(field.at for field in fields))
    found = next((epoch(each) for each in known if isinstance(each, int | float) and each), None)
    if found:
        return found
    written = [field.value for field in fields if field.role == "time"] + [text(record.get("taken_at"))]
    return next((moment(each) for each in written if each), Moment())


def words_among(fields: Iterable[Entry], *roles: str) -> str:
    """Return the person's words: the field of that role; in an unknown language, whichever can only be words.

    Addresses, numbers and handles are none. Where two fields look like handles the first is taken,
    since the words come
    before the name of the one they were for; of several that can be words the longest is taken.
    """
    fields = list(fields)
    known = said(fields, *roles)
    if known or any(field.role in roles for field in fields):
        return known
    unknown = [
        field.value for field in fields if field.value and not field.role and not _ADDRESS.fullmatch(field.value)
    ]
    worded = [value for value in unknown if not _HANDLE.fullmatch(value)]
    if worded:
        return max(worded, key=len)
    return unknown[0] if len(unknown) > 1 else ""


def handle_of(record: Any, fields: Iterable[Entry]) -> str:
    """Return the handle that a record of a contact names: in a field, in its title, or at the end of its address."""
    fields = list(everywhere(fields))
    known = said(fields, "username") or next((field.value for field in fields if not field.label and field.value), "")
    last = link_of(fields).rstrip("/").rpartition("/")[2].partition("?")[0]
    return known or text(record.get("title")) or last or said(fields, "name")


def secret(name: str, value: str = "") -> bool:
    """Say whether a field is dropped: by its name, by its role, or by the shape of what it holds."""
    plain = re.sub(r"[\s\-]+", "_", name.casefold())
    hidden = bool(SECRET.search(plain)) or ROLES.get(folded(name)) in ("email", "phone", "birth")
    return hidden or shaped(name) or shaped(value)


def shaped(value: str) -> bool:
    """Say whether a text looks like an address, a number, a place on the map, or a key."""
    return bool(_SHAPES.fullmatch(value.strip()))


def kept(fields: Iterable[Entry], pointer: Pointer) -> tuple[tuple[tuple[str, str], ...], list[Removed]]:
    """Return the fields that may be kept, as pairs, and those that are dropped."""
    facts, dropped = [], []
    for field in fields:
        value = field.value or field.href or (str(field.at) if field.at else "")
        if value and secret(field.label, field.value):
            dropped.append(Removed(pointer, field.label, 1))
        elif value:
            facts.append((field.role or field.label, value))
    return tuple(facts), dropped
