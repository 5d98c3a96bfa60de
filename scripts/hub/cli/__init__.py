"""The verbs: `python scripts VERB`. The only package that prints, and the only one that exits.

Exit codes: 0 clean, 1 problems, 2 below a threshold, 3 could not run or bad arguments.
Each module adds its verbs; the others of `hub` are loaded by the verb that needs them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from hub.cli import benches, checks, finding, site
from hub.cli.terminal import Parser, complain
from hub.problem import CLEAN, COULD_NOT_RUN, HubError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(words).parse_args(words)
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()
    except HubError as error:
        complain(error)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        complain(HubError("stopped"))
        return COULD_NOT_RUN
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error, and nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        # A full disk, a folder that may not be written, a file where a folder should be.
        complain(HubError(f"{error.filename}: {error.strerror}" if error.filename else str(error)))
        return COULD_NOT_RUN
    return int(code)


def _parser(words: list[str]) -> Parser:
    parser = Parser(prog="python scripts", description="Build and check the Knowledge Hub.")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=Parser)
    for module in (site, checks, finding, benches):
        module.add(verbs)
    if not words or words[0] not in checks.VERBS:
        # With all that reads and writes pages and catalogs, for which checks need not wait.
        from hub.cli import authoring, catalogs

        authoring.add(verbs)
        catalogs.add(verbs)
    return parser
