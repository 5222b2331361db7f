"""`mailflow explain`: what would be understood of a mail and done, and why."""

import json
from pathlib import Path

from mailflow.bootstrap import Wiring, open_office
from mailflow.commands.running import clock
from mailflow.config import Config
from mailflow.daemon.logs import open_log
from mailflow.flow.explaining import Explanation, explain_mail


def explain(config: Config, message: Path, *, as_json: bool) -> str:
    """Return the chain from the mail to what would be sent, for people or as JSON.

    Raises:
        UnreadableMail: the mail breaks a bound or cannot be parsed.
    """
    office = open_office(config, Wiring(clock(), open_log(), network=False))
    try:
        found = explain_mail(
            office.store, office.settings, message.read_bytes(), office.works.clock.now()
        )
    finally:
        office.store.close()
    return _json(found) if as_json else _words(found)


def _json(found: Explanation) -> str:
    row = {
        "from": found.sender,
        "authentic": found.authentic,
        "kind": found.kind,
        "matched_by": found.matched_by,
        "readings": [
            {
                "todo": ref,
                "intent": reading.intent.value,
                "until": reading.until.isoformat() if reading.until else None,
                "delegate": reading.delegate,
                "confidence": reading.confidence,
                "evidence": list(reading.evidence),
                "rule": reading.rule,
                "clauses": [{"text": text, "says": says} for text, says in reading.clauses],
            }
            for ref, reading in found.readings
        ],
        "would_do": list(found.would_do),
        "would_send": [
            {"to": to, "kind": kind, "subject": subject} for to, kind, subject in found.would_send
        ],
    }
    return json.dumps(row, ensure_ascii=False)


def _words(found: Explanation) -> str:
    lines = [
        f"from        {found.sender or 'nobody that can be trusted'}",
        f"proven      {found.authentic or 'nothing'}",
        f"kind        {found.kind}",
        f"matched by  {found.matched_by or 'no mark of ours'}",
        "typed",
        *(f"  | {line}" for line in found.visible.splitlines()),
        "understood",
    ]
    for ref, reading in found.readings:
        sure = "" if reading.sure else "  (to be asked)"
        until = f" {reading.until}" if reading.until else ""
        words = " … ".join(reading.evidence)
        lines.append(
            f"  {ref or 'the whole'}: {reading.intent.value}{until}"
            f"  {reading.confidence:.3f}  “{words}”{sure}"
        )
        lines += [f"      “{text}” says: {says}" for text, says in reading.clauses]
        lines += [f"      decided by the rule: {reading.rule}"] if reading.rule else []
    lines += ["would do", *(f"  {event}" for event in found.would_do)]
    lines += [
        "would send",
        *(f"  {to}  {kind}  {subject}" for to, kind, subject in found.would_send),
    ]
    return "\n".join(lines)
