"""`python -m cleaner`: the same command where the script is not on the path."""

from cleaner.cli import run

if __name__ == "__main__":
    run()
