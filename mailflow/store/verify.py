"""Proving that the store is whole: pages, references, chains and contents."""

from dataclasses import dataclass

from sqlalchemy import select

from mailflow.domain.ids import PlanId
from mailflow.store.blobs import Blobs
from mailflow.store.hot import Desk, Hot
from mailflow.store.journal import ChainReport, verify_chain
from mailflow.store.post_tables import DocumentRow, InboxRow
from mailflow.store.tables import ChainRow, table_of

_inbox = table_of(InboxRow)
_document = table_of(DocumentRow)
_CHAINS = Hot(select(table_of(ChainRow).c.plan).order_by(table_of(ChainRow).c.plan))
_RAW_BLOBS = Hot(select(_inbox.c.blob).where(_inbox.c.blob.is_not(None)))
_DOCUMENTS = Hot(select(_document.c.sha256).where(_document.c.erased_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a full check found.

    Attributes:
        problems: one sentence each; empty when all is well.
        chains: every journal chain, the office's own first.
    """

    problems: tuple[str, ...]
    chains: tuple[ChainReport, ...]


def verify(desk: Desk, blobs: Blobs) -> Verdict:
    """Check the database's pages and references, every chain, and every large content."""
    chains = tuple(verify_chain(desk, PlanId(row[0])) for row in desk.all(_CHAINS))
    broken = [
        f"journal of {'the office' if chain.plan == 0 else f'plan {chain.plan}'}, "
        f"event {chain.broken_at}: {chain.reason}"
        for chain in chains
        if chain.broken_at is not None
    ]
    return Verdict((*_pages(desk), *broken, *_missing(desk, blobs)), chains)


def named_blobs(desk: Desk) -> set[str]:
    """Return every large content that a row names."""
    return {row[0] for row in (*desk.all(_RAW_BLOBS), *desk.all(_DOCUMENTS))}


def _pages(desk: Desk) -> list[str]:
    if desk.connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in desk.connection.exec_driver_sql("PRAGMA integrity_check")]
    loose = desk.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    damage = [] if found == ["ok"] else [f"the database is damaged: {line}" for line in found]
    return damage + [f"a row of {row[0]} names a row of {row[2]} that is gone" for row in loose]


def _missing(desk: Desk, blobs: Blobs) -> list[str]:
    problems = []
    for name in sorted(named_blobs(desk)):
        state = blobs.check(name)
        if state:
            problems.append(f"content {name[:12]}: {state}")
    return problems
