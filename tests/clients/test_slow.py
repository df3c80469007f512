"""The slow fingerprint: keyed, of one length, the same again, and remembered without being readable."""

import hashlib
import threading

import pytest

from forethought.clients.slow import LENGTH, Memory, N, P, R, key_of, slow
from forethought.vault.fingerprints import fingerprint

KEY = key_of(b"k" * 32)


class TestSlow:
    def test_it_is_scrypt_under_the_key(self) -> None:
        """A fingerprint is what RFC 7914 says of the form and the key, cut to 16 bytes."""
        assert (2**10, 8, 1, 16) == (N, R, P, LENGTH)
        assert hashlib.scrypt(b"full\0kelly", salt=KEY, n=1024, r=8, p=1, dklen=16) == slow(KEY, "full\0kelly")

    def test_another_key_gives_another(self) -> None:
        """The same form under another vault's key has another fingerprint."""
        assert slow(KEY, "full\0kelly") != slow(key_of(b"j" * 32), "full\0kelly")

    def test_the_key_is_not_the_vaults_own(self) -> None:
        """The key for clients is another than the one that archives use, so that neither tells of the other."""
        assert b"k" * 32 != KEY
        assert slow(KEY, "kelly").hex() != fingerprint(b"k" * 32, "kelly")

    def test_any_letters_can_be_hashed(self) -> None:
        """Halves of characters, as a damaged paste may hold, do no harm."""
        assert LENGTH == len(slow(KEY, "full\0\ud800"))


class TestMemory:
    def test_what_was_asked_is_not_hashed_again(self) -> None:
        """A form is hashed once for each key."""
        asked: list[str] = []

        def hashing(key: bytes, form: str) -> bytes:
            asked.append(form)
            return key + form.encode()

        memory = Memory()
        assert [b"kone"] * 2 == [memory.hashed(b"k", "one", hashing) for _ in range(2)]
        assert b"jone" == memory.hashed(b"j", "one", hashing)
        assert ["one", "one"] == asked

    def test_it_is_bounded(self) -> None:
        """The form unused for longest is dropped first."""
        memory = Memory(2)
        for form in ("one", "two", "one", "three"):
            memory.hashed(b"k", form, lambda key, form: form.encode())
        assert 2 == len(memory)
        assert b"one" == memory.hashed(b"k", "one", lambda key, form: b"anew")
        assert b"anew" == memory.hashed(b"k", "two", lambda key, form: b"anew")

    def test_it_holds_nothing_readable(self) -> None:
        """Neither the form nor the key can be found in what is remembered."""
        memory = Memory()
        memory.hashed(KEY, "full\0kelly siobhan")
        held = b"".join(mark + made for mark, made in memory._kept.items())
        assert not any(part in held for part in (b"kelly", b"siobhan", KEY))

    def test_it_forgets(self) -> None:
        """Nothing is left once it was told to forget."""
        memory = Memory()
        memory.hashed(KEY, "one")
        memory.forget()
        assert 0 == len(memory)

    @pytest.mark.parametrize("most", [1, 50])
    def test_threads_do_not_disturb_one_another(self, most: int) -> None:
        """Several threads that ask at once all get what is right."""
        memory, wrong = Memory(most), list[int]()

        def ask() -> None:
            for number in range(300):
                if memory.hashed(b"", str(number), lambda key, form: form.encode()) != str(number).encode():
                    wrong.append(number)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [] == wrong
        assert most == len(memory)
