"""What is wrong with a plan text, as sentences in the provider's language.

The sentences stand in the `[problems]` section of each language. Days travel as ISO 8601 and
are written out here, with their weekday.
"""

from collections.abc import Container, Mapping
from datetime import date

from mailflow.domain.draft import Problem
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_vocabulary import LANGUAGES, plan_words

_MOST_TOLD = 200
_DAYS = ("day", "near", "days")


class Problems:
    """Collects what is wrong, each with its line."""

    def __init__(self, locale: str) -> None:
        """Write the sentences in the language of this locale, or in English."""
        self.locale = locale.replace("-", "_")
        language = self.locale.partition("_")[0]
        own, english = plan_words(language if language in LANGUAGES else "en"), plan_words("en")
        self._sentences: Mapping[str, str] = {**english["problems"], **own.get("problems", {})}
        self._reasons = {**english["sheet_reasons"], **own.get("sheet_reasons", {})}
        self._found: dict[Problem, str] = {}

    @property
    def found(self) -> tuple[Problem, ...]:
        """All of them, in the order of their lines, none twice; of very many the first."""
        unique = sorted(self._found, key=lambda problem: problem.line)
        if len(unique) <= _MOST_TOLD:
            return tuple(unique)
        count = str(len(unique) - _MOST_TOLD)
        more = self._sentences["more_problems"].format_map({"count": count})
        last = unique[_MOST_TOLD]
        return (*unique[:_MOST_TOLD], Problem(last.line, last.text, more))

    def add(self, line: PlanLine | None, key: str, **facts: str) -> None:
        """Note that something is wrong in a line, or with the text as a whole."""
        self.fault(line, Fault(key, tuple(facts.items())))

    def fault(self, line: PlanLine | None, fault: Fault) -> None:
        """Note a fault that was found in a line."""
        facts = {name: self._shown(name, value) for name, value in fault.facts}
        message = self._sentences[fault.key].format_map(facts)
        number, typed = (line.number, line.typed) if line is not None else (0, "")
        self._found.setdefault(Problem(number, typed, message), fault.key)

    def forget(self, lines: Container[int], keys: Container[str]) -> None:
        """Take back problems of these kinds in these lines."""
        self._found = {
            problem: key
            for problem, key in self._found.items()
            if problem.line not in lines or key not in keys
        }

    def _shown(self, name: str, value: str) -> str:
        if name == "weekday":
            return self._weekday(int(value))
        if name == "reason":
            return str(self._reasons[value])
        if name in _DAYS:
            return ", ".join(self._day(part) for part in value.split(","))
        return value

    def _day(self, value: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415 - slow to import, seldom needed

        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return format_date(day, "EEE d MMMM y", locale=self._locale())

    def _weekday(self, weekday: int) -> str:
        from babel.dates import get_day_names  # noqa: PLC0415 - slow to import, seldom needed

        return str(get_day_names("wide", locale=self._locale())[weekday])

    def _locale(self) -> str:
        language = self.locale.partition("_")[0]
        return language if language in LANGUAGES else "en"
