"""The door of the command line: turns problems into sentences and an exit status.

A pipe is started often and for little, so one without options is answered without the library
that reads options. Everything else is named in `mailflow/commands/app.py`.
"""

import sys

from mailflow.commands.pipes import print_understood
from mailflow.errors import ConfigError, DeliveryFailure, MailflowError, UnreadableMail


def main() -> None:
    """Run the command line; every problem becomes a sentence and an exit status."""
    try:
        _run(sys.argv[1:])
    except ConfigError as error:
        _complain(f"{error}")
        for problem in error.problems:
            place = f"line {problem.line}  " if problem.line else ""
            _complain(f"  {place}{problem.field}  {problem.message}")
        sys.exit(2)
    except DeliveryFailure as error:
        _complain(f"mailflow: {error}")
        sys.exit(3)
    except UnreadableMail as error:
        _complain(f"mailflow: this mail cannot be read: {error.reason}")
        sys.exit(1)
    except MailflowError as error:
        _complain(f"mailflow: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def _complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _run(arguments: list[str]) -> None:
    if arguments == ["understand"]:
        print_understood(sys.stdin)
    else:
        from mailflow.commands.app import app

        app()


if __name__ == "__main__":
    main()
