"""`python -m rasid`: the same as the command `rasid`."""

from rasid.cli import main

main()
