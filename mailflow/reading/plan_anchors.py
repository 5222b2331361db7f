"""From "+3 days" and "after #2" to days and an order, once the whole plan is known.

Every To Do and every milestone is a node. A node whose date hangs on others waits for them;
what still waits at the end hangs on itself, and is said so.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mailflow.reading.plan_days import DateContext, shifted
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_spelling import Spelling
from mailflow.reading.plan_timing import Anchor, Fault, Point, Timing
from mailflow.reading.plan_vocabulary import split_words
from mailflow.reading.words import fold


@dataclass(slots=True, eq=False)
class Node:
    """A To Do or the end of a phase, and what was said about its date.

    Attributes:
        title: as it was typed.
        phase: number of its phase, counted from 0.
        n: number of the To Do; 0 for the end of a phase.
        label: the number that was typed before it.
        line: where it stands.
        timings: what was said about when.
        due: the day, once it is found.
        after: numbers that come first.
    """

    title: str
    phase: int
    n: int = 0
    label: int | None = None
    line: PlanLine | None = None
    timings: Sequence[Timing] = ()
    due: date | None = None
    after: list[int] = field(default_factory=list)
    explicit: bool = False

    @property
    def name(self) -> str:
        """How a problem calls it."""
        return f"#{self.n}" if self.n else self.title


def name_key(text: str) -> str:
    """Return a title as names are compared."""
    return " ".join(split_words(fold(text)))


Waiting = Mapping[Node, set[Node]]
"""What each node waits for."""

_LONGEST_TOLD = 8
_MOST_CIRCLES = 20
_MOST_NAMESAKES = 5
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class _Link:
    """One date that hangs on nodes and days."""

    timing: Timing
    nodes: tuple[Node, ...]
    days: tuple[date, ...]


class Anchors:
    """Finds the days and the order of one plan."""

    def __init__(
        self,
        todos: Sequence[Node],
        ends: Sequence[Node],
        context: DateContext,
        problems: Problems,
        standing: Sequence[Node] = (),
    ) -> None:
        """Take the To Dos in order, the end of each phase, and the frame of the plan.

        `standing` are parts of a running plan that the text does not repeat; their days hold.
        """
        self.todos = todos
        self.ends = ends
        self.context = context
        self.problems = problems
        self._above = dict(zip([node.n for node in todos[1:]], todos, strict=False))
        self._standing = frozenset(standing)
        self._numbers = {node.n: node for node in (*standing, *todos) if node.n}
        self._labels = _labels(todos)
        self._names = self._named((*ends, *todos, *standing))
        self._links: dict[Node, list[_Link]] = {}
        self._sorted: list[str] = []
        self._spelling = Spelling((), likeness=_LIKENESS)

    def resolve(self) -> None:
        """Set `due` and `after` of every node; note what cannot be."""
        self._sorted = sorted(self._names)
        titles = {name: nodes[0].title or name for name, nodes in self._names.items()}
        self._spelling = Spelling(titles, likeness=_LIKENESS)
        for node in (*self.todos, *self.ends):
            self._links[node] = [
                link for timing in node.timings if (link := self._link(node, timing)) is not None
            ]
        self._find_days()
        self._check_order()

    # What the words point at

    @staticmethod
    def _named(nodes: Iterable[Node]) -> dict[str, list[Node]]:
        names: dict[str, list[Node]] = {}
        for node in nodes:
            if node.title and node not in names.setdefault(name_key(node.title), []):
                names[name_key(node.title)].append(node)
        return names

    def name_phase(self, title: str, end: Node) -> None:
        """Let the title of a phase stand for its end."""
        found = self._names.setdefault(name_key(title), []) if title else []
        if not found:
            found.append(end)

    def _link(self, node: Node, timing: Timing) -> _Link | None:
        if timing.fault is not None:
            self.problems.fault(node.line, timing.fault)
        if timing.day is not None:
            return _Link(timing, (), (timing.day,))
        nodes: list[Node] = []
        days: list[date] = []
        for anchor in timing.anchors:
            met = self._met(node, anchor)
            if isinstance(met, Fault):
                self.problems.fault(node.line, met)
                return None
            if isinstance(met, Node):
                nodes.append(met)
            else:
                days.append(met)
        if timing.count is None or timing.count > 0:
            self._follow(node, nodes)
        return _Link(timing, tuple(nodes), tuple(days)) if timing.dated else None

    def _met(self, node: Node, anchor: Anchor) -> Node | date | Fault:
        match anchor.point:
            case Point.DAY:
                return anchor.day or self.context.today
            case Point.START:
                return self.context.start or _fault("no_start")
            case Point.END:
                return self.context.end or _fault("no_end")
            case Point.ABOVE:
                return self._above.get(node.n) or _fault("nothing_above")
            case Point.NUMBER:
                return self._numbered(node, anchor.number)
            case Point.NAME:
                return self._called(anchor.name)

    def _numbered(self, node: Node, number: int) -> Node | Fault:
        local = self._labels.get((node.phase, number))
        found = local or self._numbers.get(number)
        if found is None:
            return _fault("unknown_number", number=str(number), count=str(len(self.todos)))
        return found

    def _called(self, name: str) -> Node | Fault:
        found = self._names.get(name) or self._beginning(name)
        if len(found) == 1:
            return found[0]
        if found:
            return _fault("two_of_one_anchor", name=name)
        near = self._spelling.nearest(name)
        if near is not None:
            return _fault("unknown_anchor_near", name=name, near=near)
        return _fault("unknown_anchor", name=name)

    def _beginning(self, name: str) -> list[Node]:
        """Return what is called by a longer name that begins so."""
        names = self._sorted[bisect_left(self._sorted, f"{name} ") :][:_MOST_NAMESAKES]
        begun = [known for known in names if known.startswith(f"{name} ")]
        return [node for known in begun for node in self._names[known]]

    def _follow(self, node: Node, nodes: Iterable[Node]) -> None:
        for other in nodes:
            if not node.n or (not other.n and other.phase < node.phase):
                continue
            if other.phase > node.phase:
                self.problems.add(node.line, "later_phase", number=other.name.lstrip("#"))
            elif not other.n:
                chain = f"{node.name} → {other.name} → {node.name}"
                self.problems.add(node.line, "circular_order", chain=chain)
            elif other.n not in node.after:
                node.after.append(other.n)

    # Days

    def _find_days(self) -> None:
        waiting: dict[Node, set[Node]] = {}
        followers: dict[Node, list[Node]] = {}
        for node, links in self._links.items():
            needs = {other for link in links for other in link.nodes} | self._members(node)
            needs -= self._standing
            waiting[node] = needs
            for other in needs:
                followers.setdefault(other, []).append(node)
        ready = deque(node for node, needs in waiting.items() if not needs)
        while ready:
            node = ready.popleft()
            del waiting[node]
            self._settle(node)
            for follower in followers.get(node, ()):
                waiting[follower].discard(node)
                if not waiting[follower]:
                    ready.append(follower)
        self._circles({node: needs & waiting.keys() for node, needs in waiting.items()})

    def _members(self, node: Node) -> set[Node]:
        """The end of a phase without a date of its own is its latest To Do."""
        if node.n or self._links[node]:
            return set()
        inside = {todo for todo in self.todos if todo.phase == node.phase}
        hanging = any(node in link.nodes for todo in inside for link in self._links.get(todo, ()))
        return set() if hanging else inside

    def _settle(self, node: Node) -> None:
        days = [day for link in self._links[node] if (day := self._day(node, link)) is not None]
        if len(set(days)) > 1:
            shown = ",".join(day.isoformat() for day in dict.fromkeys(days))
            self.problems.add(node.line, "two_dates", days=shown)
        if days:
            node.due, node.explicit = days[0], True
            self._check_past(node, days[0])
        elif not node.n:
            dues = [todo.due for todo in self._members(node)]
            node.due = max((day for day in dues if day), default=None) if all(dues) else None

    def _day(self, node: Node, link: _Link) -> date | None:
        undated = next((other for other in link.nodes if other.due is None), None)
        if undated is not None:
            self.problems.add(node.line, "undated_anchor", name=undated.name)
            return None
        timing = link.timing
        if timing.day is not None:
            return timing.day
        base = max((*link.days, *(other.due for other in link.nodes if other.due)))
        return shifted(base, timing.count or 0, timing.unit, self.context.calendar)

    def _check_past(self, node: Node, day: date) -> None:
        if day < self.context.today:
            near = shifted_year(day, self.context.today)
            self.problems.add(node.line, "past_date", day=day.isoformat(), near=near.isoformat())

    def _circles(self, waiting: Waiting) -> None:
        for chain in circles_in(waiting):
            self.problems.add(chain[0].line, "circular", chain=_told(chain))

    # Order

    def _check_order(self) -> None:
        waiting = {
            node: {self._numbers[n] for n in node.after if n in self._numbers}
            for node in (*self.todos, *self._standing)
            if node.after
        }
        inside: set[Node] = set()
        for chain in circles_in(waiting):
            inside.update(chain)
            line = next((node.line for node in chain if node.line), None)
            self.problems.add(line, "circular_order", chain=_told(chain))
        for node in waiting.keys() - inside - self._standing:
            late = next((o for o in waiting[node] if o.due and node.due and o.due > node.due), None)
            if late is not None and late.due is not None:
                day = late.due.isoformat()
                self.problems.add(node.line, "before_anchor", number=str(late.n), day=day)


def shifted_year(day: date, today: date) -> date:
    """Return the next time that day comes round."""
    for year in range(today.year, today.year + 9):
        try:
            again = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if again >= today:
            return again
    return today


def _labels(todos: Sequence[Node]) -> dict[tuple[int, int], Node]:
    """Typed numbers that begin anew in each phase mean the To Do of that phase."""
    found: dict[tuple[int, int], Node] = {}
    for node in todos:
        if node.label is not None:
            found.setdefault((node.phase, node.label), node)
    return found


def circles_in(waiting: Waiting) -> list[list[Node]]:
    """Return the circles in which nodes wait for each other, each from its first node on.

    Every node is entered once, and nothing recurses; a node is told of in one circle only.
    """
    found: list[list[Node]] = []
    done: set[Node] = set()
    for start in waiting:
        if len(found) >= _MOST_CIRCLES:
            break
        path: dict[Node, list[Node]] = {}
        if start not in done:
            path[start] = _needs(start, waiting)
        while path:
            node, needs = next(reversed(path.items()))
            if not needs:
                done.add(node)
                del path[node]
                continue
            other = needs.pop()
            if other in path:
                found.append(_turned(list(path), other))
            elif other not in done:
                path[other] = _needs(other, waiting)
    return found


def _needs(node: Node, waiting: Waiting) -> list[Node]:
    return sorted(waiting.get(node, ()), key=_place, reverse=True)


def _place(node: Node) -> tuple[int, int, int]:
    return node.phase, node.n == 0, node.n


def _turned(path: list[Node], start: Node) -> list[Node]:
    """Return the end of a path from a node on, turned so that its first node leads."""
    circle = path[path.index(start) :]
    first = circle.index(min(circle, key=_place))
    return circle[first:] + circle[:first]


def _told(chain: list[Node]) -> str:
    names = [node.name for node in (*chain, chain[0])]
    return " → ".join(names if len(names) <= _LONGEST_TOLD else [*names[:_LONGEST_TOLD], "…"])


def _fault(key: str, **facts: str) -> Fault:
    return Fault(key, tuple(facts.items()))
