"""`python -m bot` and `strong-back`."""

import sys

from bot.command_line import run


def main() -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
