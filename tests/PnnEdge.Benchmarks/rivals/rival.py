"""What every rival script does around its arithmetic.

Arguments: shots, samples per shot, a file of the drive (32-bit floats, [shot, sample], V), a file for the node (the same), a JSON file of
parameters. Prints the seconds that the arithmetic for all shots takes, imports, files and preparation apart. Exit code 77: a package is
missing.
"""

import json
import pathlib
import sys
import time

PACKAGE_MISSING = 77

try:
    import numpy as np
except ImportError:
    sys.exit(PACKAGE_MISSING)

LEAST_SECONDS = 0.5

# The tests' oracles, for a rival that takes its constants or its equations from one of them.
sys.path.extend(str(folder) for folder in (pathlib.Path(__file__).parent.parent / "oracles").glob("*"))


def run(prepare):
    """prepare(parameters) gives a function from drive [shot, sample] to node [shot, sample], V, in double precision."""
    shots, samples = int(sys.argv[1]), int(sys.argv[2])
    drive = np.fromfile(sys.argv[3], "<f4").reshape(shots, samples).astype(float)
    with open(sys.argv[5], encoding="utf-8") as file:
        compute = prepare(json.load(file))
    compute(drive[:1])
    times = 0
    begin = time.perf_counter()
    while True:
        node = compute(drive)
        times += 1
        seconds = time.perf_counter() - begin
        if seconds >= LEAST_SECONDS:
            break
    node.astype("<f4").tofile(sys.argv[4])
    print(seconds / times)
