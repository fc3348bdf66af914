"""The program ``netquality``: its verbs under one name, and how it ends."""

from __future__ import annotations

import sys

import click

from netquality import __version__
from netquality.cli import changed, keep, measures, record, verbs, who

__all__ = ["cli", "main"]

INTERRUPTED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample: netquality report Complete_LinkedInDataExport_11-20-2026.zip -o report",
)
@click.version_option(__version__)
def cli() -> None:
    """Fame and intimacy in your own network.

    Reads files that you downloaded yourself (a LinkedIn export, any interaction log), sends
    nothing anywhere. To try it on a fictional archive first: netquality sample demo
    """


for _verb in (
    verbs.report,
    verbs.ties,
    verbs.profile,
    *measures.VERBS,
    verbs.introductions,
    verbs.export,
    verbs.sample,
    verbs.doctor,
    keep.import_,
    keep.forget,
    changed.status,
    changed.changes,
    who.people,
    record.record,
):
    cli.add_command(_verb)


def main() -> None:
    """Run the command line: 0 done, 1 nothing found, 2 bad input, 130 stopped by the user.

    A console that knows few letters (Windows with code page 1252) shows what it can and
    never stops on a name.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(cli(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
