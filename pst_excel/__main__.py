"""Let `python -m pst_excel` be the command."""

from pst_excel.cli.commands import main

main()
