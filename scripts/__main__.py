"""`python scripts VERB`: hands over to hub.cli."""

import sys

from hub.cli import main

sys.exit(main())
