"""Golden cases: an op run by PyTorch in float64 on small inputs, with its values and its slopes.

Inputs come from PyTorch's own OpInfo samples, made smaller, and from grids of ours. Floats are put
on multiples of 1/32, so that float32 holds the same inputs. Slopes are those of the outputs weighted
by `weight(i)`, which the test computes as well, so it is not printed.
"""

import inspect
import itertools
import json
import math
import random
import sys
import types
import unittest
import warnings
import zlib

import numpy
import torch

# OpInfo lives among PyTorch's tests, which want a package that only compares printed text.
stub = types.ModuleType("expecttest")
stub.TestCase, stub.ACCEPT = unittest.TestCase, False
sys.modules.setdefault("expecttest", stub)
from torch.testing._internal import common_methods_invocations as invocations  # noqa: E402
from torch.testing._internal.opinfo import core  # noqa: E402

warnings.simplefilter("ignore")

INFOS = {
    info.name + ("." + info.variant_test_name if info.variant_test_name else ""): info
    for info in invocations.op_db
}
NAMES = {
    torch.float64: "f64",
    torch.float32: "f32",
    torch.int64: "i32",
    torch.int32: "i32",
    torch.bool: "bool",
    torch.uint8: "u8",
}
MOST = 125  # elements of one tensor
SIZES = [(3, 4, 6), (5, 10, 20)]  # OpInfo's S, M and L: ours, and its own where samples count on them


def weight(count):
    """What each element of an output is multiplied with before they are added up."""
    return [((i * 7 + 3) % 11 - 5) / 4 for i in range(count)]


def floats(*shape, low=-3, high=3):
    """Random multiples of 1/32."""
    return torch.randint(int(low * 32), int(high * 32), shape).double() / 32


def distinct(*shape):
    """Like `floats`, but no two alike."""
    count = math.prod(shape)
    return (torch.randperm(count).double() - count // 2).reshape(shape) / 4


def ints(*values):
    return torch.tensor(values, dtype=torch.int64)


class Collection:
    """The cases of one file."""

    def __init__(self):
        self.cases = []
        self.seen = set()

    def op(self, name, run, samples=(), grid=(), dtypes=(torch.float64,), most=30):
        """Cases of op `name` of ours: `run(**args)` with arguments named as ours are.

        `samples` are pairs of an OpInfo's name and a function from its sample to `args`, or None;
        `grid` makes a list of `args`, after seeding.
        """
        seed(name)
        for args in grid() if callable(grid) else grid:
            self.add(name, run, args, True)
        for info, adapt in samples:
            found = []
            for dtype in dtypes:
                found += [args for args in map(adapt, drawn(name, info, dtype)) if args is not None]
            # Evenly spread where there are too many: neighbours are alike.
            for i in range(min(most, len(found))):
                self.add(name, run, found[i * len(found) // min(most, len(found))], False)

    def add(self, name, run, args, must):
        leaves = []
        args = {key: value for key, value in args.items() if value is not None}
        made = walk(args, lambda tensor: leaf(tensor, leaves))
        key = json.dumps([name, [[list(t.shape), NAMES.get(t.dtype)] for t in leaves], printed(made, leaves)], default=str)
        if key in self.seen and not must:
            return
        if any(t.dtype not in NAMES or t.numel() > MOST for t in leaves):
            return
        try:
            result = call(run, made)
        except (RuntimeError, IndexError, TypeError, ValueError) as error:
            if must:
                raise RuntimeError(f"{name} {printed(made, leaves)}") from error
            return
        outputs = list(result) if isinstance(result, (tuple, list)) else [result]
        if any(t.dtype not in NAMES or t.numel() > MOST * 2 for t in outputs):
            return
        if not must and not all(torch.isfinite(t).all() for t in outputs if t.is_floating_point()):
            return
        self.seen.add(key)
        case = {"op": name, "inputs": [tensor(t) for t in leaves], "args": printed(made, leaves)}
        case["outputs"] = [tensor(t) for t in outputs]
        slopes = gradients(outputs, leaves)
        if slopes is not None:
            case["gradients"] = slopes
        self.cases.append(case)

    def __str__(self):
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in self.cases)
        return f'{{"torch":"{torch.__version__}","cases":[\n{lines}\n]}}'


def drawn(name, info, dtype):
    """The samples of an OpInfo."""
    for sizes in SIZES:
        for module in (invocations, core):
            module.S, module.M, module.L = sizes
        seed(name)
        try:
            return list(INFOS[info].sample_inputs("cpu", dtype, requires_grad=False))
        except (RuntimeError, IndexError):
            if sizes == SIZES[-1]:
                raise


def call(run, args):
    """By name where `run` has our names, else in their order."""
    try:
        inspect.signature(run).bind(**args)
    except (ValueError, TypeError):
        return run(*args.values())
    return run(**args)


def seed(name):
    number = zlib.crc32(name.encode())
    torch.manual_seed(number)
    random.seed(number)
    numpy.random.seed(number)


def leaf(given, leaves):
    made = given.detach().clone()
    if made.is_floating_point():
        made = made.double()
        rounded = torch.where(made.abs() < 1e4, torch.round(made * 32) / 32, made)
        made = rounded.requires_grad_()
    leaves.append(made)
    return made


def walk(value, change):
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, dict):
        return {key: walk(each, change) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [walk(each, change) for each in value]
    return value


def printed(value, leaves):
    """Arguments as JSON: a tensor is the number of its input, a dtype its name."""
    if isinstance(value, torch.Tensor):
        return {"input": next(i for i, each in enumerate(leaves) if each is value)}
    if isinstance(value, dict):
        return {key: printed(each, leaves) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printed(each, leaves) for each in value]
    if isinstance(value, torch.dtype):
        return NAMES[value]
    if isinstance(value, slice):
        return {"range": [value.start, value.stop, 1 if value.step is None else value.step]}
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    return value


def tensor(t):
    made = {"shape": list(t.shape), "values": numbers(t)}
    if t.dtype != torch.float64:
        made["dtype"] = NAMES[t.dtype]
    return made


def numbers(t):
    if not t.is_floating_point():
        return [int(value) for value in t.flatten().tolist()]
    return [number(value) for value in t.detach().flatten().tolist()]


def number(value):
    if not math.isfinite(value):
        return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]
    short = float(f"{value:.12g}")
    return int(short) if short == int(short) and abs(short) < 1e9 else short


def gradients(outputs, leaves):
    """The slope of each input, null where there is none; None when no output has a slope."""
    steep = [t for t in outputs if t.requires_grad]
    wanted = [t for t in leaves if t.requires_grad]
    if not steep or not wanted:
        return None
    total = sum((t.flatten() * torch.tensor(weight(t.numel()), dtype=t.dtype)).sum() for t in steep)
    found = dict(zip(map(id, wanted), torch.autograd.grad(total, wanted, allow_unused=True)))
    return [None if found.get(id(t)) is None else numbers(found[id(t)]) for t in leaves]


def bind(*names, **renamed):
    """An adapter: the sample's positional arguments get `names`, keywords must be among them."""

    def adapt(sample):
        values = [sample.input, *sample.args]
        if len(values) > len(names):
            return None
        args = dict(zip(names, values))
        for key, value in sample.kwargs.items():
            ours = renamed.get(key, key)
            if ours not in names or ours in args:
                return None
            args[ours] = value
        return args

    return adapt


def grid(**choices):
    """Every combination of the choices."""
    return [dict(zip(choices, values)) for values in itertools.product(*choices.values())]
