"""Run the command line as ``python -m batch``, as if it were the command ``batch`` itself."""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path[0] == os.getcwd():  # noqa: PTH109 as Python wrote it
    del sys.path[0]  # a json.py that lies beside the workbooks is none of ours

from batch.cli import main

if __name__ == "__main__":
    main()
