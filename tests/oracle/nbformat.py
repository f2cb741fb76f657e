"""Judges .ipynb files by Jupyter's own nbformat: valid, and byte for byte what it would write.

Usage: /usr/bin/python3 tests/oracle/nbformat.py FILE...
Prints one line a file and exits 1 if any of them fails. Needs Debian's python3-nbformat.
"""

import difflib
import importlib
import sys
import warnings
from pathlib import Path

# This file bears the name of the package it judges by: its own folder must not come first.
sys.path = [path for path in sys.path if Path(path or ".").resolve() != Path(__file__).parent.resolve()]
nbformat = importlib.import_module("nbformat")


def complaint(path: Path) -> str | None:
    """What is wrong with a file, or None."""
    text = path.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        # nbformat repairs missing ids and only warns: here that is a failure.
        warnings.simplefilter("error")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        written = nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"
    if written == text:
        return None
    diff = difflib.unified_diff(text.splitlines(), written.splitlines(), "ours", "nbformat", lineterm="", n=0)
    return "other bytes: " + " | ".join(list(diff)[2:8])


def main(names: list[str]) -> int:
    failed = 0
    for name in names:
        try:
            wrong = complaint(Path(name))
        except Exception as error:  # nbformat raises of many kinds; each is a verdict on the file
            wrong = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        failed += wrong is not None
        print(f"ok   {name}" if wrong is None else f"FAIL {name}: {wrong}")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
