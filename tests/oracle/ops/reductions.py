"""Ops that fold dimensions away, or run along one."""

import torch
from cases import Collection, bind, floats, grid, ints

cases = Collection()
inf = float("inf")
DIMS = [None, 0, -1, [0, 2], [1], [-3, 1, 2]]


def everywhere(**more):
    return lambda: [
        {"x": floats(2, 3, 4), "dim": dim, "keepdim": keepdim, **more} for dim in DIMS for keepdim in (False, True) if dim is not None or not keepdim
    ]


def along(*, keepdim=True):
    """One dimension at a time, as ops that take a single dim do."""
    return lambda: [
        {"x": floats(2, 3, 4), "dim": dim, **({"keepdim": k} if keepdim else {})} for dim in (0, 1, -1) for k in ((False, True) if keepdim else (False,))
    ] + [{"x": floats(), "dim": 0}]


def reduction(run):
    def reduce(x, dim=None, keepdim=False, **more):
        every = list(range(x.ndim))
        return run(x, every if dim is None else dim, keepdim, **more)

    return reduce


only = bind("x", "dim", "keepdim")
both = (torch.float64, torch.int64)
cases.op("sum", lambda x, dim=None, keepdim=False: torch.sum(x) if dim is None else torch.sum(x, dim, keepdim), [("sum", only)], everywhere(), both)
cases.op("sum", lambda x, dim=None: torch.sum(x) if dim is None else torch.sum(x, dim), grid=lambda: [{"x": floats(0, 3)}, {"x": floats(0, 3), "dim": 0}, {"x": floats(0, 3), "dim": 1}, {"x": torch.tensor([[True, False], [True, True]]), "dim": 0}])
cases.op("mean", lambda x, dim=None, keepdim=False: torch.mean(x) if dim is None else torch.mean(x, dim, keepdim), [("mean", only)], everywhere())
cases.op("mean", lambda x, dim: torch.mean(x, dim), grid=lambda: [{"x": floats(0, 3), "dim": 0}, {"x": floats(3, 0), "dim": 0}])
ties = [{"x": torch.tensor([[1.0, 3, 3], [2, 2, 2]]), **more} for more in ({}, {"dim": 0}, {"dim": 1}, {"dim": 1, "keepdim": True})]
broken = [{"x": torch.tensor([[1.0, float("nan")], [inf, -inf]]), **more} for more in ({}, {"dim": 0}, {"dim": 1})]
for name, run in {"max": torch.amax, "min": torch.amin}.items():
    info = f"a{name}"
    whole = [{"x": ints(3, -2, 5)}, {"x": ints(3, -2, 5).reshape(3, 1), "dim": 0}]
    cases.op(name, reduction(run), [(info, only)], everywhere())
    cases.op(name, reduction(run), grid=ties + whole)
    cases.op(name, lambda x, dim=None, run=run: reduction(run)(x.detach(), dim), grid=broken)
for name, run in {"argmax": torch.argmax, "argmin": torch.argmin}.items():
    plain = lambda x, dim=None, keepdim=False, run=run: run(x) if dim is None else run(x, dim, keepdim)  # noqa: E731
    cases.op(name, plain, [(name, only)], along())
    cases.op(name, plain, grid=ties + broken + [{"x": floats(2, 3)}])


def prod(x, dim=None, keepdim=False):
    return torch.prod(x) if dim is None else torch.prod(x, dim, keepdim)


zeroed = [torch.tensor([[1.5, 0, 2], [0, 0, 3], [-1, 2, 4]])]
cases.op("prod", prod, [("prod", only)], along(), both)
cases.op("prod", prod, grid=[{"x": x, **more} for x in zeroed for more in ({}, {"dim": 0}, {"dim": 1}, {"dim": 1, "keepdim": True})])
cases.op("prod", prod, grid=lambda: [{"x": floats(3)}, {"x": floats(0)}, {"x": floats(0, 2), "dim": 0}, {"x": torch.tensor([2.0, 0, 3])}])


def norm(x, p=2, dim=None, keepdim=False):
    return torch.linalg.vector_norm(x, float(p), dim, keepdim)


cases.op(
    "norm",
    norm,
    grid=lambda: [{"x": floats(2, 3, 4), "p": p, "dim": dim, "keepdim": keepdim} for p in (0, 0.5, 1, 2, 3, inf) for dim in (None, 0, [1, 2]) for keepdim in (False, True)]
    + [{"x": torch.zeros(2, 2), "p": p, "dim": 1} for p in (1, 2)]
    + [{"x": torch.tensor([0.0, 3, -4])}, {"x": torch.tensor([2.0, -2, 1]), "p": inf}, {"x": torch.tensor([0.0, 3, -4]), "p": 1}],
)
for name, run in {"var": torch.var, "std": torch.std}.items():
    cases.op(
        name,
        lambda x, dim=None, keepdim=False, correction=1, run=run: run(x, dim if dim is None or isinstance(dim, list) else [dim], correction=correction, keepdim=keepdim),
        [(name, bind("x", "dim", "keepdim", "correction"))],
        lambda: [
            {"x": floats(2, 3, 4), "dim": dim, "keepdim": keepdim, "correction": correction}
            for dim in (None, 1, [0, 2])
            for keepdim in (False, True)
            for correction in (0, 1, 2)
            if dim != 1 or correction < 2
        ],
    )
cases.op("logsumexp", reduction(torch.logsumexp), [("logsumexp", only)], everywhere())
cases.op("logsumexp", lambda x, dim: torch.logsumexp(x, dim), grid=[{"x": torch.tensor([[1000.0, 1000], [-1000, -1001]]), "dim": 1}])
for name, run in {"any": torch.any, "all": torch.all}.items():
    plain = lambda x, dim=None, keepdim=False, run=run: run(x) if dim is None else run(x, dim, keepdim)  # noqa: E731
    cases.op(
        name,
        plain,
        grid=lambda: [{"x": x, "dim": dim, "keepdim": keepdim} for x in (floats(2, 3, 4) > 2, floats(2, 3) * (floats(2, 3) > 0), ints(0, 1, 0).reshape(1, 3)) for dim in (None, 0, -1) for keepdim in (False, True) if dim is not None or not keepdim]
        + [{"x": torch.zeros(0, 2) > 0, **more} for more in ({}, {"dim": 0})],
    )
cases.op(
    "countNonzero",
    lambda x, dim=None: torch.count_nonzero(x, dim),
    [("count_nonzero", bind("x", "dim"))],
    lambda: [{"x": x, "dim": dim} for x in (floats(2, 3) * (floats(2, 3) > 0), floats(2, 3) > 0) for dim in (None, 0, 1)],
)
for name, run in {"cumsum": torch.cumsum, "cumprod": torch.cumprod}.items():
    cases.op(name, run, [(name, bind("x", "dim"))], along(keepdim=False))
    cases.op(name, run, grid=[{"x": zeroed[0], "dim": dim} for dim in (0, 1)] + [{"x": ints(2, 3, -4), "dim": 0}, {"x": torch.zeros(0, 3), "dim": 0}])


def median(x, dim=None, keepdim=False):
    return torch.median(x) if dim is None else torch.median(x, dim, keepdim).values


cases.op("median", median, grid=lambda: [{"x": floats(*shape)} for shape in ([5], [6], [2, 3], [])] + along()() + [{"x": ints(5, 1, 4, 2)}])
cases.op("quantile", lambda x, q, dim=None, keepdim=False: torch.quantile(x, torch.tensor(q, dtype=x.dtype), dim, keepdim), grid=lambda: [{"x": x, "q": q, **more} for x in (floats(2, 5), floats(4, 3)) for q in (0.0, 0.3, 0.5, [0.25, 1.0]) for more in ({}, {"dim": 0}, {"dim": -1, "keepdim": True})] + [{"x": floats(3), "q": 0.9, "keepdim": True}, {"x": floats(), "q": 0.4}])
cases.op("quantile", lambda x, q, dim: torch.quantile(x.detach(), q, dim), grid=[{"x": torch.tensor([[1.0, float("nan"), 2], [3, 5, 4]]), "q": 0.25, "dim": 1}])
for name, run in {"softmax": torch.softmax, "logSoftmax": torch.log_softmax}.items():
    info = "softmax" if name == "softmax" else "log_softmax"
    cases.op(name, run, [(info, bind("x", "dim"))], along(keepdim=False))
    cases.op(name, run, grid=[{"x": torch.tensor([[1000.0, 1001], [-1000, -1000]]), "dim": 1}, {"x": torch.tensor([[0.0, -inf, 1]]), "dim": -1}])
