"""The operator's settings: one TOML file, read once, handed down as frozen values."""

from mailflow.config.settings import (
    Config,
    MailboxConfig,
    ProviderConfig,
    Secret,
    SendingConfig,
    environment,
    fixed_now,
    locale_name,
    parse_instant,
    read_config,
)

__all__ = [
    "Config",
    "MailboxConfig",
    "ProviderConfig",
    "Secret",
    "SendingConfig",
    "environment",
    "fixed_now",
    "locale_name",
    "parse_instant",
    "read_config",
]
