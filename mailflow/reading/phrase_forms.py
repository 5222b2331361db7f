"""The notation of a phrase: from what a language file writes to the forms a text is read for."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

_MOST_FORMS = 4096
_NOTATION = frozenset("()|<>*.")

_GLUED = re.compile(r"(?<![|(])(<\w+>)(?![|)])")
_MACRO = re.compile(r"\{(\w+)\}")


def written_out(pattern: str, macros: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a pattern once for each way to fill its macros."""
    hit = _MACRO.search(pattern)
    if hit is None:
        return [pattern]
    head, tail = pattern[: hit.start()], pattern[hit.end() :]
    return [text for word in macros[hit[1]] for text in written_out(head + word + tail, macros)]


def forms_of(text: str, words: Callable[[str], Sequence[str]]) -> list[list[str]]:
    """Return every row of steps that a pattern stands for.

    Args:
        text: a pattern whose macros are filled.
        words: takes a plain word apart as a text's tokens are.

    Raises:
        ValueError: the pattern stands for too many forms, or for none.
    """
    apart = _GLUED.sub(r" \1 ", text) if "<" in text else text
    steps = apart.strip("^$").split()
    if steps and _NOTATION.isdisjoint(apart):
        return [[word for step in steps for word in words(step)]]
    choices = [_choices(step, words, first=not at) for at, step in enumerate(steps)]
    forms = [
        [word for part in parts for word in part]
        for parts in islice(product(*choices), _MOST_FORMS)
    ]
    kept = [form for form in forms if form and form[-1] != ".." and form not in _OPEN]
    if not kept or len(forms) == _MOST_FORMS:
        msg = f"a pattern that means nothing or too much: {' '.join(steps)}"
        raise ValueError(msg)
    return kept


def unelided(form: Sequence[str]) -> list[str]:
    """Return a form as hasty people type it, "jai" for "j'ai"."""
    joined: list[str] = []
    for step in form:
        if joined and joined[-1].endswith("'") and joined[-1][:1] != "|" and step[:1] not in "<|.":
            joined[-1] = joined[-1][:-1] + step
        else:
            joined.append(step)
    return joined


_OPEN = (["<who>"], ["<whos>"])
"""Somebody's name alone says nothing, so a pattern may not shrink to it."""


def _choices(step: str, words: Callable[[str], Sequence[str]], *, first: bool) -> list[list[str]]:
    """Return the forms of one step; plain words inside a pattern stay together as one set."""
    optional = step.startswith("(") and step.endswith(")") and len(step) > 2
    if not optional and len(step) > 1 and ("(" in step) != (")" in step):
        msg = f"a bracket that is not closed in one step: {step}"
        raise ValueError(msg)
    options = (step[1:-1] if optional else step).split("|")
    found = [_one(option, words) for option in options if option]
    plain = [form[0] for form in found if len(form) == 1 and not _special(form[0])]
    if len(plain) > 1 and not first:
        found = [form for form in found if len(form) != 1 or _special(form[0])]
        found.append(["|" + "|".join(sorted(set(plain)))])
    return [[], *found] if optional else found


def _special(step: str) -> bool:
    return step == ".." or step.startswith("<") or (step.endswith("*") and len(step) > 1)


def _one(option: str, words: Callable[[str], Sequence[str]]) -> list[str]:
    if option == ".." or (option.startswith("<") and option.endswith(">")):
        return [option]
    star = option.endswith("*") and len(option) > 1
    found = [*words(option[:-1] if star else option)]
    return [*found[:-1], found[-1] + "*"] if star and found else found
