"""Ops of one element, or of two broadcast against each other."""

import torch
import torch.nn.functional as F
from cases import Collection, bind, floats, grid, ints

cases = Collection()
f64, i64, flag = torch.float64, torch.int64, torch.bool
EDGES = torch.tensor([float("nan"), float("inf"), -float("inf"), 0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 1e-5, 40, -40], dtype=f64)

FLOAT = ["exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "rsqrt", "square", "reciprocal"]
FLOAT += ["abs", "neg", "sign", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"]
FLOAT += ["erf", "floor", "ceil", "round", "trunc", "sigmoid"]


def sizes():
    return [floats(5), floats(2, 3), floats(), floats(0, 3), floats(2, 1, 3)]


for name in FLOAT:
    run = getattr(torch, name)
    positive = name in ("log", "log2", "log10", "sqrt", "rsqrt", "reciprocal", "log1p")
    inside = name in ("asin", "acos")

    def points(positive=positive, inside=inside):
        made = [t.abs() + 1 / 8 if positive else t / 4 if inside else t for t in sizes()]
        return [{"x": t} for t in made]

    cases.op(name, run, [(name, bind("x"))], points, most=6)

# No slope is asked for at the edges: PyTorch's own is arbitrary at infinities.
for name in FLOAT:
    cases.op(name, lambda x, name=name: getattr(torch, name)(x.detach()), grid=[{"x": EDGES}])
for name in ["abs", "neg", "sign", "square"]:
    cases.op(name, getattr(torch, name), grid=[{"x": ints(-3, 0, 5)}])

for name, run in {
    "isNan": torch.isnan,
    "isInf": torch.isinf,
    "isFinite": torch.isfinite,
    "logicalNot": torch.logical_not,
}.items():
    cases.op(name, run, grid=[{"x": EDGES}, {"x": ints(0, 1, -2)}, {"x": floats(2, 0)}])

ACTIVATIONS = {
    "relu": (F.relu, "relu", bind("x")),
    "gelu": (lambda x, approximate="none": F.gelu(x, approximate=approximate), "gelu", bind("x", "approximate")),
    "silu": (F.silu, "silu", bind("x")),
    "softplus": (F.softplus, "softplus", bind("x")),
    "leakyRelu": (lambda x, slope=0.01: F.leaky_relu(x, slope), "leaky_relu", bind("x", "slope", negative_slope="slope")),
    "elu": (lambda x, alpha=1.0: F.elu(x, alpha), "elu", bind("x", "alpha")),
    "logSigmoid": (F.logsigmoid, "logsigmoid", bind("x")),
}
OWN = {
    "gelu": [{"approximate": "none"}, {"approximate": "tanh"}],
    "leakyRelu": [{}, {"slope": 0.25}, {"slope": 0}],
    "elu": [{}, {"alpha": 0.5}, {"alpha": 2}],
}
for name, (run, info, adapt) in ACTIVATIONS.items():
    chosen = OWN.get(name, [{}])
    cases.op(
        name,
        run,
        [(f"nn.functional.{info}", adapt)],
        lambda chosen=chosen: [{"x": x, **more} for more in chosen for x in [*sizes(), torch.tensor([30.0, -30, 0, 100, -100])]],
        most=6,
    )

PAIRS = [([3], [3]), ([2, 3], [3]), ([2, 1], [1, 4]), ([], [2, 2]), ([0, 3], [3]), ([4, 1, 2], [3, 1]), ([1], [])]


def pairs(change=lambda a, b: (a, b)):
    return [dict(zip(("x", "other"), change(floats(*a), floats(*b)))) for a, b in PAIRS]


def flat(run):
    """`run` where PyTorch has no slope of it."""
    return lambda x, other: run(x.detach(), other.detach() if isinstance(other, torch.Tensor) else other)


apart = lambda a, b: (a, torch.where(b.abs() < 0.25, b + 0.5, b))  # noqa: E731
raised = lambda a, b: (a.abs() + 0.25, b)  # noqa: E731
BINARY = {
    "add": (torch.add, "add", None),
    "sub": (torch.sub, "sub", None),
    "mul": (torch.mul, "mul", None),
    "div": (torch.div, "div.no_rounding_mode", apart),
    "pow": (torch.pow, "pow", raised),
    "maximum": (torch.maximum, "maximum", None),
    "minimum": (torch.minimum, "minimum", None),
    "remainder": (torch.remainder, "remainder", apart),
    "fmod": (torch.fmod, "fmod", apart),
    "floorDivide": (flat(torch.floor_divide), "floor_divide", apart),
    "atan2": (torch.atan2, "atan2", apart),
    "eq": (torch.eq, "eq", None),
    "ne": (torch.ne, "ne", None),
    "lt": (torch.lt, "lt", None),
    "le": (torch.le, "le", None),
    "gt": (torch.gt, "gt", None),
    "ge": (torch.ge, "ge", None),
    "logicalAnd": (torch.logical_and, "logical_and", None),
    "logicalOr": (torch.logical_or, "logical_or", None),
    "logicalXor": (torch.logical_xor, "logical_xor", None),
}
ties = [{"x": torch.tensor([1.0, 2, 3, -1]), "other": torch.tensor([1.0, 3, 2, -1])}]
for name, (run, info, change) in BINARY.items():
    made = lambda change=change: (pairs(change) if change else pairs()) + ties  # noqa: E731
    cases.op(name, run, [(info, bind("x", "other"))], made, most=6)
    if name.startswith("logical"):
        truth = {"x": torch.tensor([True, True, False, False]), "other": torch.tensor([True, False, True, False])}
        cases.op(name, run, grid=[truth])
    else:
        whole = [{"x": ints(7, -7, 5, -5), "other": ints(2, 2, -3, -3)}, {"x": ints(3, 0, 2, 1), "other": 2}]
        if name == "pow":
            whole = [{"x": ints(2, -3, 1, 0), "other": ints(3, 2, 0, 1)}, {"x": ints(3, 0, -2), "other": 2}]
        # maximum() and its like take no number in PyTorch.
        named = [case for case in whole if isinstance(case["other"], torch.Tensor) or name not in ("maximum", "minimum", "atan2")]
        cases.op(name, run, grid=named)
        if name not in ("maximum", "minimum", "atan2"):
            cases.op(name, run, grid=lambda: [{"x": floats(2, 3).abs() + 0.5, "other": n} for n in (2, 0.5, -1.5)])
    cases.op(
        name,
        lambda x, other, run=run: run(x.detach(), other.detach()),
        grid=[{"x": EDGES[:6].reshape(6, 1), "other": EDGES[:6]}],
    )
for name in ("remainder", "fmod", "floorDivide"):
    run = BINARY[name][0]
    cases.op(name, run, grid=[{"x": torch.tensor([7.5, -7.5, 7.5, -7.5, 6, -6]), "other": torch.tensor([2.0, 2, -2, -2, 3, 3])}])
# Integers and floats, bools and integers meet.
for name in ("add", "sub", "mul", "div", "pow", "lt", "maximum"):
    run = BINARY[name][0]
    mixed = [{"x": floats(3).abs() + 1, "other": ints(1, 2, 3)}, {"x": ints(1, 2, 3), "other": floats(3).abs() + 1}]
    bools = [{"x": ints(1, 2, 3), "other": torch.tensor([True, False, True])}] if name in ("add", "mul") else []
    cases.op(name, run, grid=mixed + bools)

cases.op(
    "lerp",
    lambda x, end, weight: torch.lerp(x, end, weight),
    [("lerp", bind("x", "end", "weight"))],
    lambda: [{"x": floats(2, 3), "end": floats(2, 3), "weight": w} for w in (0, 0.25, 1, 1.5)]
    + [{"x": floats(2, 3), "end": floats(2, 3), "weight": floats(2, 3)}, {"x": floats(3), "end": floats(2, 1), "weight": floats(1, 3)}],
)
cases.op(
    "clamp",
    lambda x, min=None, max=None: torch.clamp(x, min=min, max=max),
    [("clamp", bind("x", "min", "max"))],
    lambda: [{"x": floats(2, 5), **limits} for limits in ({"min": -1}, {"max": 0.5}, {"min": -1, "max": 1}, {"min": 1, "max": -1})]
    + [{"x": torch.tensor([-1.0, 1, 0, 2, -2]), "min": -1, "max": 1}]
    + [{"x": floats(2, 3), "min": floats(3)}, {"x": floats(2, 3), "min": floats(2, 1), "max": floats(2, 1) + 1}, {"x": floats(3), "max": floats(2, 3)}]
    + [{"x": ints(-5, 0, 7), "min": -1, "max": 3}],
)
cases.op("clamp", lambda x, min, max: torch.clamp(x.detach(), min=min, max=max), grid=[{"x": EDGES, "min": -1, "max": 1}])


def chosen(x, condition, other):
    return torch.where(condition, x, other)


cases.op(
    "where",
    chosen,
    [("where", bind("x", "condition", "other"))],
    lambda: [
        {"x": floats(*a), "condition": floats(*c) > 0, "other": floats(*b)}
        for c, a, b in [([3], [3], [3]), ([2, 1], [3], [2, 3]), ([3], [], [2, 1]), ([], [2], [1]), ([0], [1], [1])]
    ]
    + [{"x": ints(1, 2), "condition": torch.tensor([True, False]), "other": ints(3, 4)}],
)
cases.op("where", lambda x, condition, other: torch.where(condition, x, torch.tensor(other, dtype=f64)), grid=lambda: [{"x": floats(2, 3), "condition": floats(3) > 0, "other": 1.5}])
cases.op(
    "maskedFill",
    lambda x, mask, value: torch.masked_fill(x, mask, value),
    [("masked_fill", lambda s: None if isinstance(s.args[1], torch.Tensor) else {"x": s.input, "mask": s.args[0], "value": float(s.args[1])})],
    lambda: [{"x": floats(2, 3), "mask": floats(*m) > 0, "value": v} for m in ([2, 3], [3], [2, 1]) for v in (0.5, -float("inf"))],
)
cases.op(
    "to",
    lambda x, dtype: x.to(dtype),
    grid=lambda: [{"x": x, "dtype": d} for x in (floats(2, 3), ints(-1, 0, 3), torch.tensor([True, False])) for d in (torch.float32, f64, i64, flag)],
)
close = torch.tensor([1.0, -2, 0, float("inf"), float("nan")])
cases.op(
    "allclose",
    lambda x, other, rtol=1e-5, atol=1e-8, equalNan=False: torch.tensor(torch.allclose(x, other, rtol, atol, equalNan)),
    grid=[{"x": x, "other": y, **more} for x, y in [(close[:3], close[:3] * (1 + 1e-6)), (close[:3], close[:3] + 0.01), (close[:4], close[:4]), (close, close), (close[3:4], -close[3:4]), (close[:1], close[3:4])] for more in ({}, {"atol": 0.02}, {"rtol": 0.1}, {"equalNan": True})],
)
