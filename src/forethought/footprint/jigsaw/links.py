"""Links: how strongly two posts of one author are linked, and the groups of posts that hold together.

What links two groups is their links on average, leaning towards the best of them, so every pair counts; and the more
posts they have together, the stronger it must be, since few people are told of so often. Two posts alone are linked by
nothing else, and must be linked better. Pairs are held for so many posts at once; where there are more, they are parted
first along their weakest links.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forethought.footprint.jigsaw.clues import odds
from forethought.footprint.jigsaw.telling import sex_of
from forethought.footprint.jigsaw.words import weighed

LARGEST = 4_000  # posts that are grouped at once: some 130 MB of pairs
AT_ONCE = 64  # posts that are set against all others at a time
NONE = -1e30  # what links a group to itself, or to one that is no more
SIDES = {"man": 1.0, "woman": -1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """What speaks for and against posts being about the same person.

    `words` holds, for each post, how telling each word is that other posts use too, and the numbers of those posts.
    """

    kin: Any
    sides: Any
    sure: Any
    words: tuple[tuple[tuple[float, Any], ...], ...]

    def __len__(self) -> int:
        return len(self.words)

    def against(self, posts: Sequence[int]) -> Any:
        """Return five tables, in each a row for every one of `posts` and a number in it for every post there is.

        How near they point, how much they share in seldom words, and by the most telling of them, whether both tell of
        a man or a woman or one of each, and how surely both are about somebody met through work.
        """
        import numpy as np

        both, best = np.zeros((2, len(posts), len(self)))
        for row, post in enumerate(posts):
            for weight, holders in self.words[post]:  # the most telling last
                both[row, holders] += weight
                best[row, holders] = weight
        here = list(posts)
        sides, sure = np.outer(self.sides[here], self.sides), np.add.outer(self.sure[here], self.sure)
        return np.stack([self.kin[here] @ self.kin.T, both, best, sides, sure])


def signs_of(texts: Sequence[str], weights: Sequence[float], kin: Sequence[bytes]) -> Signs:
    """Return the signs of some posts: their texts, how likely each tells of somebody, and which way each points."""
    import numpy as np

    words = weighed(texts)
    holders: dict[str, list[int]] = {}
    for number, held in enumerate(words):
        for word in held:
            holders.setdefault(word, []).append(number)
    where = {word: np.array(numbers) for word, numbers in holders.items() if len(numbers) > 1}
    return Signs(
        _directions(kin),
        np.array([SIDES.get(sex_of([text]), 0.0) for text in texts]),
        np.array([odds(weight) for weight in weights]),
        tuple(
            tuple(
                (weight, where[word]) for weight, word in sorted((w, word) for word, w in held.items()) if word in where
            )
            for held in words
        ),
    )


def _directions(kin: Sequence[bytes]) -> Any:
    """Return which way each post points; one without a direction is neither near to any other nor far."""
    import numpy as np

    size = max(map(len, kin), default=0) // 2
    found = np.zeros((len(kin), size), np.float32)
    for number, each in enumerate(kin):
        if each and len(each) == 2 * size:
            found[number] = np.frombuffer(each, np.float16)
    return found


def grouped(signs: Signs, linking: Mapping[str, Any]) -> list[list[int]]:
    """Return the groups of two or more that hold together: the best-linked two are joined until no link is enough.

    A mere pair is one only where the two are linked as well as `pair` says.
    """
    found: list[list[int]] = []
    same = linking["same" if signs.kin.size else "alone"]
    for part in _parts(signs, same, float(linking["enough"])):
        groups = _Groups(signs, part, same, linking)
        groups.join(float(linking["enough"]))
        found += groups.that_hold(float(linking["pair"]))
    return sorted(found)


def strength(signs: Signs, posts: Sequence[int], same: Mapping[str, Any]) -> Any:
    """Return how strongly each of `posts` is linked to every post, as log-odds of being about the same person."""
    import numpy as np

    return np.tensordot(np.array(same["weights"]), signs.against(posts), 1) + same["bias"]


def _parts(signs: Signs, same: Mapping[str, Any], enough: float) -> list[list[int]]:
    """Return the posts in parts of which none is too large, the strongest links followed where they are many."""
    if len(signs) <= LARGEST:
        return [list(range(len(signs)))] if len(signs) > 1 else []
    part = {number: [number] for number in range(len(signs))}
    for link, one, other in sorted(_tree(signs, same), reverse=True):
        small, large = sorted((part[one], part[other]), key=len)
        if link >= enough and len(small) + len(large) <= LARGEST:
            large += small
            part |= dict.fromkeys(small, large)
    return [sorted(posts) for first, posts in part.items() if first == min(posts) and len(posts) > 1]


def _tree(signs: Signs, same: Mapping[str, Any]) -> Iterator[tuple[float, int, int]]:
    """Yield the strongest links that hold all posts together, one fewer than posts, as Jarník and Prim find them."""
    import numpy as np

    best, via, left = np.full(len(signs), -np.inf), np.zeros(len(signs), int), np.ones(len(signs), bool)
    at = 0
    for _ in range(len(signs) - 1):
        left[at] = False
        links = strength(signs, [at], same)[0]
        better = left & (links > best)
        best[better], via[better] = links[better], at
        at = int(np.where(left, best, -np.inf).argmax())
        yield float(best[at]), int(via[at]), at


class _Groups:
    """Posts as they are joined into groups: each pair of groups' best link and all their links together.

    What links two groups is their links on average, leaning towards the best of them, less something for every post
    beyond a few that they have together. For each group the nearest is kept. Where the nearest has become part of
    another, the link that was kept is too good or right, never too weak: it is stale, and looked for anew once it is
    the best of all.
    """

    def __init__(self, signs: Signs, part: Sequence[int], same: Mapping[str, Any], linking: Mapping[str, Any]) -> None:
        import numpy as np

        size = len(part)
        self.posts = {group: [post] for group, post in enumerate(part)}
        self.lean, self.few, self.crowding = (float(linking[name]) for name in ("lean", "few", "crowding"))
        self.best = np.empty((size, size), np.float32)
        for start in range(0, size, AT_ONCE):
            for group, links in enumerate(strength(signs, part[start : start + AT_ONCE], same)[:, part], start):
                self.best[group, group:] = self.best[group:, group] = links[group:]
        self.total, self.sizes, self.gone = self.best.copy(), np.ones(size, np.float32), np.zeros(size, bool)
        self.held: dict[int, float] = {}  # the link by which each group was last joined
        self.nearest, self.link, self.stale = np.zeros(size, int), np.full(size, NONE, np.float32), np.zeros(size, bool)
        for group in range(size):
            self._look(group)

    def join(self, enough: float) -> None:
        """Join the best-linked two until no link is enough."""
        while self.link.max() >= enough:
            first = int(self.link.argmax())
            if self.stale[first]:
                self._look(first)
            else:
                one, other = sorted((first, int(self.nearest[first])))
                self.held[one] = float(self.link[first])
                self._join(one, other)

    def that_hold(self, pair: float) -> Iterator[list[int]]:
        """Yield the groups that were joined, a mere pair only where its link is at least `pair`."""
        for group, link in self.held.items():
            posts = self.posts.get(group, ())
            if len(posts) > 2 or (posts and link >= pair):
                yield sorted(posts)

    def _join(self, one: int, other: int) -> None:
        import numpy as np

        self.posts[one] += self.posts.pop(other)
        self.best[one] = self.best[:, one] = np.maximum(self.best[one], self.best[other])
        self.total[one] = self.total[:, one] = self.total[one] + self.total[other]
        self.sizes[one] += self.sizes[other]
        self.gone[other], self.link[other] = True, NONE
        self.stale |= (self.nearest == one) | (self.nearest == other)
        links = self._look(one)
        nearer = (links > self.link) | (self.stale & (links == self.link))
        nearer[one] = False
        self.nearest[nearer], self.link[nearer], self.stale[nearer] = one, links[nearer], False

    def _look(self, group: int) -> Any:
        """Note which group is nearest to a group, and return what links it to each."""
        import numpy as np

        links = self.lean * self.best[group] + (1 - self.lean) * self.total[group] / (self.sizes[group] * self.sizes)
        links -= self.crowding * np.maximum(0, self.sizes[group] + self.sizes - self.few)
        links[self.gone] = links[group] = NONE
        self.nearest[group] = links.argmax()
        self.link[group], self.stale[group] = links[self.nearest[group]], False
        return links
