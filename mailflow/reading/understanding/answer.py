"""From a taken-apart answer to readings, for one To Do and for a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mailflow.domain.intent import Intent
from mailflow.reading.lexicon import lexicon
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.asked.titles import Titles
from mailflow.reading.understanding.decided.reader import Judged, proposed, reading_of
from mailflow.reading.understanding.finished.files import (
    files_by_item,
    is_of_other_month,
    is_of_other_number,
    is_of_other_year,
    is_unfinished,
    tells_of_another,
)
from mailflow.reading.understanding.finished.other_files import are_too_few, speak_of_another
from mailflow.reading.understanding.finished.singled import names_another
from mailflow.reading.understanding.lists.digest import assign
from mailflow.reading.understanding.lists.spoken import POINTED, Spoken
from mailflow.reading.understanding.lists.states import ticked_in
from mailflow.reading.understanding.said.table import Says, within
from mailflow.reading.understanding.said.typed import Task, Typed, asked_words, said_by
from mailflow.reading.understanding.text.family import is_spoken_home


@dataclass(frozen=True, slots=True)
class Setting:
    """What the clauses of one answer are read against.

    Attributes:
        tasks: the To Dos of the answered mail.
        files: the real files that came with the answer.
        lang: the language of the answer.
        today: the writer's local date.
        month_first: whether "3/4" is the fourth of March.
    """

    tasks: tuple[Task, ...]
    files: tuple[str, ...]
    lang: str
    today: date
    month_first: bool

    @property
    def numbered(self) -> dict[int, Task]:
        """The To Dos by the number that the client saw."""
        return {task.n: task for task in self.tasks if task.n is not None}

    @property
    def titles(self) -> Titles:
        """Their titles, for finding the one that a word belongs to."""
        return _titles(self.tasks, self.lang)

    def sorted_files(self) -> dict[int, list[str]]:
        """Return the files by the To Do that their names tell."""
        return files_by_item(self.files, self.titles) if self.files else {}


@lru_cache(maxsize=1024)
def _titles(tasks: tuple[Task, ...], lang: str) -> Titles:
    """Return the titles of a list, indexed once for all who look into them."""
    return Titles({task.n: task.title for task in tasks if task.n is not None}, lexicon(lang))


def file_facts(names: Sequence[str], task: Task, lang: str, *, shared: bool = False) -> Says:
    """Return what the files say about a To Do that they belong to.

    Args:
        names: the files.
        task: the To Do.
        lang: the language of the answer.
        shared: whether they may belong to another To Do as well: one odd one is then too many.
    """
    if not names:
        return Says(0)
    odd = [_is_odd(name, task.title, lang) for name in names]
    return Says.ODD_FILE if all(odd) or (shared and any(odd)) else Says.FILE


def _strangers(names: Sequence[str], task: Task, setting: Setting) -> Says:
    """Return the doubt that the files are something else than was asked for, or a part of it."""
    if not names or Kind.SEND not in task.kinds:
        return Says(0)
    others = all(tells_of_another(name, setting.titles) for name in names)
    others = others or speak_of_another(names, task.title, setting.lang)
    others = others or are_too_few(names, task.title, setting.lang)
    return Says.HEDGED if others else Says(0)


def _is_odd(name: str, title: str, lang: str) -> bool:
    """Return whether a file is not, or not yet, what was asked for."""
    other = is_of_other_month(name, title, lang) or is_of_other_year(name, title)
    other = other or is_of_other_number(name, title)
    return other or is_unfinished(name, title)


def read_single(body: str, setting: Setting) -> list[Judged]:
    """Return the readings of an answer to a mail that carried one To Do."""
    task = setting.tasks[0]
    typed = take_apart(body, setting)
    facts = file_facts(setting.files, task, setting.lang) | _strangers(setting.files, task, setting)
    said = said_by(typed.clauses)
    if not said and not setting.files:
        return []
    if not facts and is_spoken_home(body, typed.tokens, typed.book, typed.asked, task.title):
        facts |= Says.ASTRAY
    return reading_of(said, typed, task, facts)


def take_apart(body: str, setting: Setting) -> Typed:
    """Return a body as tokens, phrases, dates and clauses."""
    book = lexicon(setting.lang)
    asked = asked_words(setting.tasks, setting.lang)
    return Typed(body, book, asked, setting.today, month_first=setting.month_first)


def read_list(body: str, setting: Setting) -> list[Judged]:
    """Return the readings of an answer to a list, those for the whole answer last."""
    typed = take_apart(body, setting)
    spoken = assign(typed, setting.titles, setting.tasks)
    files = setting.sorted_files()
    shared = _place_files(files, setting, spoken)
    ticked = ticked_in(spoken, typed)
    readings: list[Judged] = []
    for n, task in setting.numbered.items():
        said = [one.said for one in spoken if n in one.items]
        facts = file_facts(files.get(n, ()), task, setting.lang, shared=n in shared)
        facts |= _strangers(files.get(n, ()), task, setting)
        if any(n in one.items and one.how in POINTED for one in spoken):
            facts |= Says.POINTED
        if n in ticked:
            facts |= Says.TICKED
        if said or files.get(n):
            read = reading_of(said, typed, task, facts)
            guessed = any(n in one.guessed and n in one.items for one in spoken)
            readings += [_asked(one) if guessed else one for one in read]
    rest = [one for one in spoken if not one.items]
    if rest and not readings:
        whole = Task(None, "", None, frozenset({Kind.DO}), frozenset())
        read = reading_of([one.said for one in rest], typed, whole, Says(0))
        elsewhere = any(one.how == "shared" or _singles_one(one, typed, setting) for one in rest)
        readings += [_asked(one) if elsewhere else one for one in read]
    return readings


def _singles_one(one: Spoken, typed: Typed, setting: Setting) -> bool:
    """Return whether what seems said of all is of one that a letter singles out ("B is signed")."""
    return any(names_another(one.said.clause, typed, task.title) for task in setting.tasks)


def _asked(judged: Judged) -> Judged:
    """Return a finish that may be another To Do's as a proposal."""
    return proposed(judged) if judged.reading.intent is Intent.DONE else judged


def _place_files(
    files: dict[int, list[str]], setting: Setting, spoken: Sequence[Spoken]
) -> frozenset[int]:
    """Give files that no title claims to the To Dos that the text says are attached.

    Returns those that have to share them.
    """
    if not setting.files:
        return frozenset()
    placed = {name for names in files.values() for name in names}
    free = [name for name in setting.files if name not in placed]
    wanting = [
        n
        for one in spoken
        for n in one.items
        if within(one.said.row.says, Says.ATTACHES | Says.HERE) and n not in files
    ]
    if not free:
        return frozenset()
    files.update({n: list(free) for n in wanting})
    return frozenset(wanting) if len(set(wanting)) > 1 else frozenset()
