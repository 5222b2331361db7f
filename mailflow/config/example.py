"""Writes `config.example.toml` from the descriptions of the settings themselves."""

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mailflow.config.settings import (
    IntakeConfig,
    MailboxConfig,
    ModeConfig,
    ProviderConfig,
    SendingConfig,
    StateConfig,
)

_SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("[provider]", ProviderConfig),
    ("[[mailbox]]", MailboxConfig),
    ("[sending]", SendingConfig),
    ("[intake]", IntakeConfig),
    ("[state]", StateConfig),
    ("[mode]", ModeConfig),
)
_EXAMPLES = {
    "[provider].name": '"Dana Reed"',
    "[provider].addresses": '["dana@studio.example"]',
    "[[mailbox]].address": '"bot@studio.example"',
    "[[mailbox]].imap": '"imaps://imap.studio.example:993"',
    "[[mailbox]].password_file": '"mailbox-password"',
    "[sending].smtp": '"smtps://smtp.studio.example:465"',
    "[sending].user": '"bot@studio.example"',
    "[sending].password_file": '"mailbox-password"',
}


def example() -> str:
    """Return the example file: every setting with its description and default."""
    lines = ["# mailflow: every setting there is. Lines that begin with # show the default.", ""]
    for heading, section in _SECTIONS:
        lines += [heading, *_section(heading, section), ""]
    return "\n".join(lines)


def _section(heading: str, section: type[BaseModel]) -> Iterator[str]:
    order = sorted(section.model_fields.items(), key=lambda item: not item[1].is_required())
    for name, field in order:
        yield f"# {field.description}"
        shown = _EXAMPLES.get(f"{heading}.{name}")
        yield f"{name} = {shown}" if shown else f"# {name} = {_default(field)}"


def _default(field: FieldInfo) -> str:
    value = field.get_default()
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "20"
    return str(value) if isinstance(value, int | float) else f'"{value}"'
