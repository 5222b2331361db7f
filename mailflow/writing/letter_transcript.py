"""The transcript: each line of a command mail, as typed, and what it did."""

from mailflow.domain.notice import LineFate, Transcript, TranscriptLine
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import paragraphs
from mailflow.writing.letter_parts import Block, Para, Sheet, Step, Tone
from mailflow.writing.words import Said, one_line

_TONES = {
    LineFate.DONE: Tone.GOOD,
    LineFate.SHOWN: Tone.GOOD,
    LineFate.REFUSED: Tone.WARN,
    LineFate.NOT_UNDERSTOOD: Tone.WARN,
    LineFate.ASKED_BACK: Tone.DAY,
    LineFate.NOTHING_TO_DO: Tone.QUIET,
}
_FAILED = frozenset({LineFate.REFUSED, LineFate.NOT_UNDERSTOOD})


def transcript(desk: Desk, notice: Transcript) -> Sheet:
    """Answer a command mail line by line."""
    count = len(notice.lines)
    outcome = _outcome(notice)
    done = count - sum(line.fate in _FAILED for line in notice.lines)
    key = f"headline{outcome}"
    return Sheet(
        subject=_subject(desk, notice, outcome, done),
        headline=desk.tell(f"transcript.{key}", count=count, done=done),
        blocks=(
            Para(desk.tell("transcript.lead" if count else "transcript.empty", count=count)),
            *(_step(desk, line) for line in notice.lines),
            *_after(desk, notice),
        ),
        regards=False,
        pages=notice.pages,
        answering=True,
    )


def _outcome(notice: Transcript) -> str:
    """How the mail went as a whole, as the ending of a key."""
    fates = [line.fate for line in notice.lines]
    if LineFate.ASKED_BACK in fates:
        return "_asked"
    failed = sum(fate in _FAILED for fate in fates)
    if failed == len(fates):
        return "_none"
    if failed:
        return "_some"
    return "" if LineFate.DONE in fates else "_shown"


def _subject(desk: Desk, notice: Transcript, outcome: str, done: int) -> str:
    if len(notice.lines) == 1:
        [line] = notice.lines
        return desk.say(
            "transcript.subject_one", typed=desk.short(line.typed), fate=_fate(desk, line)
        )
    return desk.say(f"transcript.subject{outcome}", count=len(notice.lines), done=done)


def _fate(desk: Desk, line: TranscriptLine) -> Said:
    return desk.tell(f"transcript.{line.fate.value.replace(' ', '_')}")


def _step(desk: Desk, line: TranscriptLine) -> Step:
    return Step(
        typed=one_line(line.typed),
        fate=_fate(desk, line),
        tone=_TONES[line.fate],
        said=desk.words.fact(line.said) if line.said else None,
        block=line.block,
        example=desk.tell("transcript.example", example=line.example) if line.example else None,
    )


def _after(desk: Desk, notice: Transcript) -> tuple[Block, ...]:
    said: list[Said] = [desk.words.fact(note) for note in notice.notes]
    if any(line.fate is LineFate.DONE for line in notice.lines):
        said.append(desk.tell("transcript.undo"))
    if notice.pages:
        said.append(desk.tell("answer.page"))
    if not notice.live:
        said.append(desk.tell("transcript.shadow"))
    return paragraphs(*said)
