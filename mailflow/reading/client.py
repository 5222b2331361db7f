"""What a client's answer means: from the words she typed to readings, one or more per To Do.

`understand` is the door. It changes nothing and remembers nothing; whatever it is not sure of
comes back as a proposal (`Reading.sure` is False) with the best reading first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.lexicon import raw_lexicon
from mailflow.reading.understanding.answer import Setting, read_list, read_single
from mailflow.reading.understanding.asked.kinds import acts_in, kinds_of
from mailflow.reading.understanding.decided.reader import SURE, Judged
from mailflow.reading.understanding.finished.files import real_files
from mailflow.reading.understanding.inline import read_inline
from mailflow.reading.understanding.lists.headed import on_lines, under_titles
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Task
from mailflow.reading.understanding.text.glyphs import (
    as_typed,
    has_other_glyphs,
    in_known_glyphs,
)
from mailflow.reading.understanding.text.language import language_of
from mailflow.reading.understanding.text.layout import only_answer
from mailflow.reading.understanding.text.machine import machine_reading
from mailflow.reading.words import clean


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One To Do of the mail that was answered.

    Attributes:
        n: the number that the client saw; in a mail with one To Do its own number or 1.
        title: its title.
        due: the local date it is due, None if it has none.
        kind: do, send, approve, answer, attend or call; None lets the title tell.
    """

    n: int
    title: str
    due: date | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and what was asked.

    Attributes:
        text: the visible answer, as the client typed it.
        items: the To Dos of the mail that was answered, in its order.
        single: True if that mail carried one To Do.
        sent_at: when the answer was sent, aware; relative dates count from its local date.
        subject: the answer's subject.
        attachments: names of the files that came with it.
        language: the client's language, None if not known; the text may say otherwise.
        segments: what was typed under which item when the client wrote between the quoted
            lines; None: under none of them.
    """

    text: str
    items: tuple[AskedItem, ...]
    single: bool
    sent_at: datetime
    subject: str = ""
    attachments: tuple[str, ...] = ()
    language: str | None = None
    segments: tuple[tuple[int | None, str], ...] = ()


def understand(asked: Asked, *, done_from: float = SURE[Intent.DONE]) -> tuple[Reading, ...]:
    """Return what an answer says, To Do by To Do, the primary reading of each first.

    Args:
        asked: the answer, and what was asked.
        done_from: the confidence from which on a "done" is acted upon; below it is a proposal.
            It can be raised, up to 1.0 for asking always; a lower one than the measured one is
            of no effect.

    A reading with `n` None is about the answer as a whole. A To Do without a reading was not
    spoken of. Never raises on any text; the time taken grows with its length, up to a bound.
    """
    readings = (one.reading for one in judge(asked))
    return tuple(
        replace(one, sure=False)
        if one.intent is Intent.DONE and one.confidence < done_from
        else one
        for one in readings
    )


def judge(asked: Asked) -> tuple[Judged, ...]:
    """Return what `understand` does, each reading with the row and the facts that decided."""
    text = clean(asked.text)
    lang = _language(asked, text)
    if not has_other_glyphs(lang):
        return _judge(asked, text, lang)
    known = _in_known_glyphs(asked, lang)
    read = in_known_glyphs(text, lang)
    judged = _judge(known, read, lang)
    return judged if read == text else tuple(_as_typed(one, read, text) for one in judged)


def _judge(asked: Asked, text: str, lang: str) -> tuple[Judged, ...]:
    subject = clean(asked.subject)[:300]
    machine = machine_reading(subject, text, lang)
    if machine is not None:
        return (Judged(machine, "a machine wrote it", Says(0)),)
    setting = _setting(asked, lang)
    if not asked.items:
        return ()
    if not asked.single and any(n is not None for n, _ in asked.segments):
        pieces = tuple((n, clean(text)) for n, text in asked.segments)
        return tuple(read_inline(pieces, setting))
    if asked.single:
        return tuple(read_single(only_answer(text), setting))
    headed = under_titles(text, setting.numbered)
    if headed:
        return tuple(read_inline(headed, setting))
    return tuple(read_list(on_lines(only_answer(text), len(setting.tasks)), setting))


def _in_known_glyphs(asked: Asked, lang: str) -> Asked:
    """Return what was asked and all beside the text in the glyphs of the language's lexicon."""
    return replace(
        asked,
        subject=in_known_glyphs(asked.subject, lang),
        items=tuple(replace(one, title=in_known_glyphs(one.title, lang)) for one in asked.items),
        attachments=tuple(in_known_glyphs(name, lang) for name in asked.attachments),
        segments=tuple((n, in_known_glyphs(piece, lang)) for n, piece in asked.segments),
    )


def _as_typed(judged: Judged, read: str, typed: str) -> Judged:
    """Return a reading with its words as they were typed."""
    reading = judged.reading
    shown = replace(
        reading,
        delegate=as_typed(reading.delegate, read, typed) if reading.delegate else None,
        evidence=tuple(as_typed(words, read, typed) for words in reading.evidence),
        text=as_typed(reading.text, read, typed),
        clauses=tuple((as_typed(words, read, typed), row) for words, row in reading.clauses),
    )
    return replace(judged, reading=shown)


def _language(asked: Asked, text: str) -> str:
    return language_of(text[:1500], asked.language)


def _setting(asked: Asked, lang: str) -> Setting:
    setting = Setting(
        tasks=tuple([_task(one.n, one.title, one.due, one.kind, lang) for one in asked.items]),
        files=(),
        lang=lang,
        today=asked.sent_at.date(),
        month_first=_month_first(lang, asked.sent_at),
    )
    if not asked.attachments:
        return setting
    return replace(setting, files=real_files(asked.attachments, setting.titles))


def _month_first(lang: str, sent_at: datetime) -> bool:
    """Return whether "3/4" is the fourth of March: in some languages, and in America."""
    if raw_lexicon(lang).get("dates", {}).get("month_first", False):
        return True
    return lang == "en" and (sent_at.utcoffset() or timedelta()) < timedelta(hours=-3)


@lru_cache(maxsize=4096)
def _task(n: int, title: str, due: date | None, kind: str | None, lang: str) -> Task:
    return Task(n, title, due, kinds_of(title, kind, lang), acts_in(title, lang))


def read_corpus_line(line: Mapping[str, Any]) -> Asked:
    """Return one line of a labelled corpus as an answer; fields that are absent stay empty.

    Raises:
        ValueError: the line has no text, no To Do or no date.
    """
    todo = line.get("todo")
    rows = [todo] if isinstance(todo, Mapping) else line.get("items") or ()
    items = tuple(
        AskedItem(int(row.get("n") or at), str(row.get("title") or ""), _day(row.get("due")))
        for at, row in enumerate(rows, 1)
    )
    lang = line.get("lang")
    return Asked(
        text=str(line["text"]),
        items=items,
        single=isinstance(todo, Mapping),
        sent_at=datetime.fromisoformat(str(line["sent_at"])),
        subject=str(line.get("subject") or ""),
        attachments=tuple(str(name) for name in line.get("attachments") or ()),
        language=str(lang) if lang else None,
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def prediction(line_id: str | None, readings: Sequence[Reading]) -> dict[str, Any]:
    """Return readings as one line of predictions."""
    return {
        "id": line_id,
        "predicted": [
            {
                "n": one.n,
                "intent": one.intent.value,
                "until": one.until.isoformat() if one.until else None,
                "delegate": one.delegate,
                "sure": one.sure,
            }
            for one in readings
        ],
    }


_AS_JSON = json.JSONEncoder(ensure_ascii=False)


def predict_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield a line of predictions for each line of a corpus, in order; blank lines are skipped.

    A line that cannot be read gives no prediction but a reason, and never ends the stream.
    """
    return (_AS_JSON.encode(_predicted(line)) for line in lines if line.strip())


def _predicted(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "predicted": [], "reason": f"the line is not JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "predicted": [], "reason": "the line is not a JSON object"}
    try:
        asked = read_corpus_line(row)
    except KeyError as missing:
        reason = f"the line has no {missing}"
    except (ValueError, TypeError, AttributeError) as error:
        reason = f"the line is no answer: {error}"
    else:
        try:
            return prediction(row.get("id"), understand(asked))
        except Exception as fault:  # noqa: BLE001 - our fault at one line, which must not cost the others theirs
            reason = f"the line could not be read: {fault}"
    return {"id": row.get("id"), "predicted": [], "reason": reason}
