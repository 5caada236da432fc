"""Run the command line as ``python -m batch``."""

from batch.cli import main

if __name__ == "__main__":
    main()
