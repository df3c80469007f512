"""`python -m forethought`: the command line without an installed script."""

from forethought.cli import main

if __name__ == "__main__":
    main(prog_name="forethought")
