"""Prints one golden file: `python3 tests/oracle/ops PART`, or writes all: `... ops write`.

The parts are the modules beside this one; `tests/oracle/golden/ops/PART.json` is what they print.
"""

import importlib
import sys
from pathlib import Path

PARTS = ["elementwise", "reductions", "shapes", "picking", "products", "layers"]


def text(part):
    return str(importlib.import_module(part).cases)


if __name__ == "__main__":
    [wanted] = sys.argv[1:]
    if wanted == "write":
        folder = Path(__file__).parent.parent / "golden" / "ops"
        for part in PARTS:
            (folder / f"{part}.json").write_text(text(part) + "\n")
    else:
        print(text(wanted))
