"""
Times workloads in PyTorch: `bench.py THREADS`, their specs as JSON on the input; on the output a
line of JSON about this PyTorch, then one for each workload.
"""
import json
import sys
import time

import torch

from workloads import makers

SLICE = 0.01
LOSS_STEPS = 5
FEW_ROUNDS, MOST_ROUNDS = 4, 100
ROUNDS_TAKE = 1
TRAINING = ("mlp", "convnet", "transformer", "skipgram")


def milliseconds(step, count):
    start = time.perf_counter()
    for _ in range(count):
        step()
    return (time.perf_counter() - start) / count * 1e3


def measured(spec):
    step, observe = makers[spec["kind"]](spec)
    first, seen = milliseconds(step, 1), observe()
    if spec["kind"] in TRAINING:
        for _ in range(LOSS_STEPS - 1):
            step()
            seen += observe()
    once = max(min(milliseconds(step, 1), milliseconds(step, 3)), 1e-4)
    count = max(1, round(SLICE * 1e3 / once))
    milliseconds(step, count)
    fitting = round(ROUNDS_TAKE * 1e3 / (count * once))
    rounds = [milliseconds(step, count) for _ in range(min(MOST_ROUNDS, max(FEW_ROUNDS, fitting)))]
    return {"name": spec["name"], "first": first, "seen": seen, "rounds": rounds}


def blas():
    """The library that does the products of matrices, by what is in this process."""
    torch.ones(64, 64) @ torch.ones(64, 64)
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split("/")[-1].strip() for line in maps if "/" in line}
    except OSError:
        return "unknown BLAS"
    names = sorted(name for name in files if "blas" in name or "mkl" in name or "blis" in name)
    return " ".join(names) or "no BLAS"


torch.set_num_threads(int(sys.argv[1]))
print(json.dumps({"version": torch.__version__, "blas": blas()}), flush=True)
for spec in json.load(sys.stdin):
    print(json.dumps(measured(spec)), flush=True)
