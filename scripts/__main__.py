"""`python scripts VERB`: hands over to hub.cli."""

import os
import sys

from hub.cli import main

code = main()
sys.stdout.flush()
sys.stderr.flush()
# Everything is written by now: taking a million objects apart one by one would only cost time.
os._exit(code)
