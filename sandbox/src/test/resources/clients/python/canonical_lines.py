"""Reads a JSON value per line and writes its canonical form, or ``refused``."""

import json
import sys

from act_agent import canonical

for line in sys.stdin:
    try:
        print(canonical(json.loads(line)).decode("utf-8"))
    except ValueError:
        print("refused")
