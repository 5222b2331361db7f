"""What is new in a mailbox: by numbers above the mark, in batches, without a trace."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mailflow.ports import ArrivedMail, Belongs, Clock, Watermark
from mailflow.transport.imap_fetch import (
    batches,
    fetch_by_parts,
    fetch_glances,
    fetch_sizes,
    fetch_whole,
)
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.imap_session import ImapSession

LOOK_BACK = timedelta(days=30)
"""How far a folder is read again when its numbers have lost their meaning."""
_UID_WINDOW = 20_000
_NUMBERS_AT_ONCE = 500
_GLANCES_AT_ONCE = 50

Batches = Iterator[tuple[ArrivedMail, ...]]


class Looking:
    """Reads the watched folders of one mailbox.

    Attributes:
        reached: how far each folder was looked through, to the end.
    """

    def __init__(
        self, settings: ImapSettings, session: ImapSession, clock: Clock, belongs: Belongs | None
    ) -> None:
        self._settings = settings
        self._session = session
        self._clock = clock
        self._belongs = belongs
        self._left_alone: dict[tuple[str, int], set[int]] = {}
        self.reached: dict[str, Watermark] = {}

    def watched(self) -> tuple[str, ...]:
        """Return the folders that are looked into.

        The junk folder only where somebody can tell what in it is ours: all else in it is to
        be left alone.
        """
        wanted = self._settings.watch_junk and self._belongs is not None
        junk = self._session.places().junk if wanted else None
        main = self._settings.folder
        return (main,) if junk is None or junk == main else (main, junk)

    def arrivals(self, seen: dict[str, Watermark]) -> Batches:
        """Yield what is new since `seen`, folder by folder."""
        for folder in self.watched():
            unknown_junk = folder != self._settings.folder and folder not in seen
            yield from self._new_in(folder, seen.get(folder, Watermark()), shy=unknown_junk)

    def since(self, day: date, folders: Sequence[str]) -> Batches:
        """Yield all that arrived in `folders` since `day`."""
        for folder in folders:
            validity, _ = self._session.enter(folder)
            yield from self._fetched(folder, validity, self._session.search(["SINCE", day]))

    def watermarks(self) -> dict[str, Watermark]:
        """Return where each folder stands now."""
        for folder in self.watched():
            validity, next_uid = self._session.enter(folder)
            if next_uid is None:
                next_uid = max(self._session.search("ALL"), default=0) + 1
            self.reached[folder] = Watermark(validity, next_uid - 1)
        return dict(self.reached)

    def _new_in(self, folder: str, mark: Watermark, *, shy: bool) -> Batches:
        """Yield what is new in one folder.

        A folder whose numbers were given out anew is read again 30 days back; so is a junk
        folder that was never looked into, because years of junk are nobody's news.
        """
        validity, next_uid = self._session.enter(folder)
        highest = 0
        if shy or mark.uidvalidity not in {0, validity}:
            day = (self._clock.now() - LOOK_BACK).date()
            windows: Iterator[list[int]] = iter([self._session.search(["SINCE", day])])
        else:
            highest = mark.last_uid
            windows = self._windows(folder, validity, highest, next_uid)
        for uids in windows:
            highest = max([highest, *uids])
            yield from self._fetched(folder, validity, uids)
        # A number below UIDNEXT is a mail that is here now, or one that is gone for good.
        self.reached[folder] = Watermark(validity, max(highest, (next_uid or 1) - 1))

    def _windows(
        self, folder: str, validity: int, last: int, next_uid: int | None
    ) -> Iterator[list[int]]:
        """Yield the numbers above `last`, in portions that keep each answer short."""
        if next_uid is None:  # not told; and `n:*` always names the newest mail, too
            found = self._session.search(f"UID {last + 1}:*")
            yield [uid for uid in found if uid > last]
            return
        low, width = last + 1, _UID_WINDOW
        while low < next_uid and self._session.still_in(folder, validity):
            high = min(low + width, next_uid) - 1
            uids = [uid for uid in self._session.search(f"UID {low}:{high}") if low <= uid <= high]
            yield uids
            low = high + 1
            width = _UID_WINDOW if uids else width * 2

    def _fetched(self, folder: str, validity: int, uids: Sequence[int]) -> Batches:
        """Yield the mails of these numbers that are there and ours."""
        for start in range(0, len(uids), _NUMBERS_AT_ONCE):
            if not self._session.still_in(folder, validity):
                return
            ours = self._ours(folder, validity, uids[start : start + _NUMBERS_AT_ONCE])
            with self._session.speaking("the sizes of new mail cannot be read") as line:
                sizes = fetch_sizes(line.wire, ours) if ours else {}
            for batch in batches(sorted(sizes), sizes):
                # Whoever takes the batches may have opened another folder between them.
                if not self._session.still_in(folder, validity):
                    return
                mails = self._mails(folder, validity, {uid: sizes[uid] for uid in batch})
                if mails:
                    yield mails

    def _mails(self, folder: str, validity: int, sizes: dict[int, int]) -> tuple[ArrivedMail, ...]:
        whole = [uid for uid, size in sizes.items() if size <= self._settings.whole_octets]
        great = [uid for uid in sizes if uid not in whole]
        with self._session.speaking("new mail cannot be fetched") as line:
            raw = fetch_whole(line.wire, whole) if whole else {}
            missing = [uid for uid in whole if uid not in raw]
            # Gone meanwhile; or there and refused, and then it must not vanish without a word.
            refused = fetch_sizes(line.wire, missing) if missing else {}
            raw.update(dict.fromkeys(refused, b""))
            by_parts = {uid: fetch_by_parts(line.wire, uid) for uid in great}
            raw.update({uid: text for uid, text in by_parts.items() if text})
        junk = folder != self._settings.folder and folder == self._session.places().junk
        return tuple(
            ArrivedMail(
                mailbox=self._settings.name,
                folder=folder,
                uidvalidity=validity,
                uid=uid,
                raw=raw[uid],
                size=size,
                truncated=uid in by_parts or uid in refused,
                junk=junk,
            )
            for uid, size in sizes.items()
            if uid in raw
        )

    def _ours(self, folder: str, validity: int, uids: Sequence[int]) -> Sequence[int]:
        """Return which numbers belong to us; of the others only the number is remembered."""
        everything = folder == self._settings.folder and not self._settings.shared
        if self._belongs is None or everything:
            return uids
        alone = self._left_alone.setdefault((folder, validity), set())
        asked = [uid for uid in uids if uid not in alone]
        ours: list[int] = []
        for start in range(0, len(asked), _GLANCES_AT_ONCE):
            with self._session.speaking("the headers of new mail cannot be read") as line:
                glances = fetch_glances(line.wire, asked[start : start + _GLANCES_AT_ONCE])
            for uid, glance in glances.items():
                if self._belongs(glance.header, glance.parts):
                    ours.append(uid)
                else:
                    alone.add(uid)
        return ours
