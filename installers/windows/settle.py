"""Run by the setup with the new runtime: every file read again, held to its hash, flushed to the disk.

``packed.txt`` beside it names all files with their SHA-256. A runtime that passes is marked ``whole``. Exit
codes: 0 all as packed, 1 some are not (named on standard output).
"""

import hashlib
import os
import sys


def main(folder: str) -> int:
    """Compare and flush everything ``packed.txt`` in ``folder`` names."""
    runtimes, wrong = set(), []
    with open(os.path.join(folder, "packed.txt"), encoding="utf-8") as listed:
        for line in listed:
            digest, name = line.rstrip("\n").split(" ", 1)
            if name.startswith("runtime-"):
                runtimes.add(name.split("/", 1)[0])
            if not settled(os.path.join(folder, *name.split("/")), digest):
                wrong.append(name)
    for name in wrong:
        print(f"not as packed: {name}")
    for runtime in () if wrong else runtimes:
        with open(os.path.join(folder, runtime, "whole"), "wb") as mark:
            os.fsync(mark.fileno())
    return 1 if wrong else 0


def settled(path: str, digest: str) -> bool:
    """Does the file hold what was packed? It lies on the disk afterwards."""
    try:
        with open(path, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                return False
        try:
            with open(path, "r+b") as file:
                os.fsync(file.fileno())
        except PermissionError:
            pass  # a program that runs: it was flushed when it was written
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
