"""``python -m uphill`` is ``uphill``."""

from uphill.cli import main

main()
