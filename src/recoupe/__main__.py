"""`python -m recoupe`: the command line, where the `recoupe` command is not on the path."""

from recoupe.cli import main

if __name__ == "__main__":
    main()
