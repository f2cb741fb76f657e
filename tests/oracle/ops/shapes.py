"""Ops that lay another shape over the values, put tensors together or take them apart."""

import torch
import torch.nn.functional as F
from cases import Collection, bind, floats, grid, ints

cases = Collection()


def cube():
    return floats(2, 3, 4)


def with_(x, **choices):
    return [{"x": x, **more} for more in grid(**choices)]


def spread(adapt):
    """`x.reshape(2, 3)` and `x.reshape((2, 3))` alike: sizes in one list."""

    def gather(sample):
        first, *_ = sample.args or [None]
        sizes = list(sample.args) if isinstance(first, int) else first
        return None if sizes is None or sample.kwargs else {"x": sample.input, adapt: list(sizes)}

    return gather


cases.op("reshape", torch.reshape, [("reshape", spread("shape"))], lambda: with_(cube(), shape=[[24], [-1], [4, -1], [2, 12], [3, 2, 4], [1, 24, 1]]) + with_(floats(0, 3), shape=[[3, 0], [0], [0, -1, 3]][:2]) + with_(floats(), shape=[[1], []]))
cases.op("view", lambda x, shape: x.view(shape), [("view", spread("shape"))], lambda: with_(cube(), shape=[[24], [4, -1], [3, 2, 4]]) + with_(floats(), shape=[[1], []]), most=10)
cases.op("flatten", lambda x, start=0, end=-1: torch.flatten(x, start, end), [("flatten", bind("x", "start", "end", start_dim="start", end_dim="end"))], lambda: [{"x": cube(), "start": s, "end": e} for s, e in [(0, -1), (1, -1), (0, 1), (-2, -1), (1, 1)]] + [{"x": floats()}])
cases.op("unflatten", lambda x, dim, sizes: x.unflatten(dim, sizes), [("unflatten", bind("x", "dim", "sizes"))], lambda: [{"x": floats(2, 6), "dim": d, "sizes": s} for d, s in [(1, [2, 3]), (-1, [3, -1]), (0, [1, 2]), (1, [6, 1])]])
cases.op("permute", torch.permute, [("permute", spread("order"))], lambda: with_(cube(), order=[[2, 0, 1], [0, 1, 2], [-1, 0, -2]]))
cases.op("transpose", torch.transpose, [("transpose", bind("x", "a", "b", dim0="a", dim1="b"))], lambda: [{"x": cube(), "a": a, "b": b} for a, b in [(0, 1), (-1, 0), (1, 1), (0, -1)]])
cases.op("T", lambda x: x.T, grid=lambda: [{"x": floats(2, 3)}, {"x": floats(3)}, {"x": cube()}, {"x": floats()}])
cases.op("squeeze", lambda x, dim=None: x.squeeze() if dim is None else x.squeeze(dim), [("squeeze", bind("x", "dim"))], lambda: with_(floats(1, 3, 1), dim=[None, 0, 1, -1]) + [{"x": floats(1, 1)}])
cases.op("unsqueeze", torch.unsqueeze, [("unsqueeze", bind("x", "dim"))], lambda: with_(floats(2, 3), dim=[0, 1, 2, -1, -3]) + [{"x": floats(), "dim": 0}])
cases.op("expand", lambda x, shape: x.expand(shape), [("expand", spread("shape"))], lambda: [{"x": floats(*a), "shape": b} for a, b in [([3], [2, 3]), ([1, 3], [4, -1]), ([], [2, 2]), ([2, 1, 3], [5, 2, 4, 3]), ([1], [0])]])
cases.op("broadcastTo", lambda x, shape: torch.broadcast_to(x, shape), [("broadcast_to", spread("shape"))], lambda: [{"x": floats(2, 1), "shape": [3, 2, 2]}])
cases.op("narrow", torch.narrow, [("narrow", lambda s: None if isinstance(s.args[1], torch.Tensor) else bind("x", "dim", "start", "length")(s))], lambda: [{"x": cube(), "dim": d, "start": s, "length": n} for d, s, n in [(0, 0, 1), (1, 1, 2), (-1, 2, 2), (2, 0, 0)]])
cases.op("movedim", torch.movedim, [("movedim", bind("x", "source", "destination"))], lambda: [{"x": cube(), "source": a, "destination": b} for a, b in [(0, 2), (-1, 0), ([0, 1], [1, 2]), ([0, 2], [-1, 0])]])
for name in ("contiguous", "clone"):
    cases.op(name, lambda x, name=name: getattr(x, name)(), grid=lambda: [{"x": cube()}, {"x": floats()}])
cases.op("flip", torch.flip, [("flip", lambda s: {"x": s.input, "dims": list(s.args[0] if s.args else s.kwargs["dims"])})], lambda: with_(cube(), dims=[[0], [1, 2], [-1], [0, 1, 2], []]))
cases.op("roll", lambda x, shifts, dims=None: torch.roll(x, shifts) if dims is None else torch.roll(x, shifts, dims), [("roll", bind("x", "shifts", "dims"))], lambda: [{"x": cube(), "shifts": s, "dims": d} for s, d in [(1, 0), (-1, 1), (7, 2), ([1, 2], [0, 2]), (3, None), ([2, -1], [-1, 0])]])
for name, info in {"tile": "tile", "repeat": "repeat"}.items():
    cases.op(name, (lambda x, sizes: torch.tile(x, tuple(sizes))) if name == "tile" else (lambda x, sizes: x.repeat(sizes)), [(info, spread("sizes"))], lambda: [{"x": floats(2, 3), "sizes": s} for s in ([2, 1], [1, 3], [2, 1, 2])] + [{"x": floats(), "sizes": [3]}])
cases.op("tile", lambda x, sizes: torch.tile(x, tuple(sizes)), grid=lambda: [{"x": cube(), "sizes": [2]}])
cases.op(
    "repeatInterleave",
    lambda x, repeats, dim=None: torch.repeat_interleave(x, repeats, dim),
    [("repeat_interleave", bind("x", "repeats", "dim"))],
    lambda: [{"x": floats(2, 3), "repeats": r, "dim": d} for r, d in [(2, None), (2, 0), (3, 1), (ints(1, 2), 0), (ints(0, 2, 1), 1), (ints(2, 1, 0), -1)]],
)
cases.op("split", lambda x, sizes, dim=0: torch.split(x, sizes, dim), [("split", bind("x", "sizes", "dim")), ("split.list_args", bind("x", "sizes", "dim"))], lambda: [{"x": floats(5, 3), "sizes": s, "dim": d} for s, d in [(2, 0), (5, 0), (7, 0), ([1, 4], 0), ([2, 1], 1), (1, -1), ([0, 3], 1)]])
cases.op("chunk", torch.chunk, [("chunk", bind("x", "chunks", "dim"))], lambda: [{"x": floats(5, 3), "chunks": n, "dim": d} for n, d in [(2, 0), (4, 0), (5, 0), (6, 0), (2, 1), (3, -1)]])
cases.op("unbind", torch.unbind, [("unbind", bind("x", "dim"))], lambda: with_(cube(), dim=[0, 1, -1]))
cases.op("diagonal", lambda x, offset=0, dim1=0, dim2=1: torch.diagonal(x, offset, dim1, dim2), [("diagonal", bind("x", "offset", "dim1", "dim2"))], lambda: with_(floats(3, 4), offset=[0, 1, -1, 3, -2]) + [{"x": cube(), "offset": o, "dim1": a, "dim2": b} for o, a, b in [(0, 0, 1), (1, -2, -1), (-1, 2, 0)]])
cases.op("diag", lambda x, diagonal=0: torch.diag(x, diagonal), [("diag", bind("x", "diagonal"))], lambda: [{"x": floats(*s), "diagonal": k} for s in ([3], [3, 3], [2, 4]) for k in (0, 1, -1)])
for name, run in {"tril": torch.tril, "triu": torch.triu}.items():
    cases.op(name, lambda x, diagonal=0, run=run: run(x, diagonal), [(name, bind("x", "diagonal"))], lambda: [{"x": floats(*s), "diagonal": k} for s in ([3, 4], [4, 2], [2, 3, 3]) for k in (0, 1, -1, 5)] + [{"x": ints(1, 2, 3, 4).reshape(2, 2)}])
cases.op("trace", torch.trace, [("trace", bind("x"))], lambda: [{"x": floats(*s)} for s in ([3, 3], [2, 4], [0, 3])])
# PyTorch 1.13's slope of a tall matrix is at fault: it goes on below the square.
cases.op("trace", lambda x: torch.trace(x.detach()), grid=lambda: [{"x": floats(4, 2)}])
modes = [("constant", [1, 2]), ("constant", [-1, 2]), ("constant", [1, 0, 0, 2]), ("constant", [0, -1, 1, -1]), ("constant", [1, 1, 0, 0, 2, 0])]
modes += [(mode, pad) for mode in ("reflect", "replicate", "circular") for pad in ([1, 2], [2, 0], [0, 1])]
cases.op(
    "pad",
    lambda x, pad, mode="constant", value=None: F.pad(x, pad, mode, value),
    [(f"nn.functional.pad.{mode}", bind("x", "pad", "mode", "value")) for mode in ("constant", "reflect", "replicate", "circular")],
    lambda: [{"x": floats(2, 3, 4), "pad": pad, "mode": mode} for mode, pad in modes]
    + [{"x": floats(1, 2, 3, 4), "pad": [1, 2, 2, 1], "mode": mode} for mode in ("reflect", "replicate", "circular")]
    + [{"x": floats(2, 3), "pad": [1, 1], "value": 1.5}],
    most=12,
)
cases.op("cat", lambda tensors, dim=0: torch.cat(tensors, dim), [("cat", bind("tensors", "dim"))], lambda: [{"tensors": [floats(*s) for s in shapes], "dim": d} for shapes, d in [([[2, 3], [1, 3]], 0), ([[2, 3], [2, 1], [2, 2]], 1), ([[2, 0], [2, 3]], -1), ([[3]], 0), ([[2], [0], [1]], 0)]] + [{"tensors": [ints(1, 2), floats(2)], "dim": 0}])
cases.op("stack", lambda tensors, dim=0: torch.stack(tensors, dim), [("stack", bind("tensors", "dim"))], lambda: [{"tensors": [floats(2, 3) for _ in range(3)], "dim": d} for d in (0, 1, 2, -1, -3)] + [{"tensors": [floats(), floats()]}])
STACKS = [([2, 3], [2, 3]), ([3], [2]), ([], [2]), ([2, 1], [2, 4]), ([2, 3], [4, 3]), ([2, 3], [3]), ([3], [3]), ([1, 2, 2], [1, 2, 2])]
for name, run in {"hstack": torch.hstack, "vstack": torch.vstack}.items():
    fitting = {"hstack": [0, 1, 2, 3, 7], "vstack": [0, 4, 5, 6, 7]}[name]
    cases.op(name, lambda tensors, run=run: run(tensors), [(name, bind("tensors"))], lambda: [{"tensors": [floats(*s) for s in STACKS[i]]} for i in fitting], most=10)
cases.op("logspace", lambda start, end, step, base=10: torch.logspace(start, end, step, base, dtype=torch.float64), grid=[{"start": a, "end": b, "step": c, "base": d} for a, b, c in [(-2, 1, 4), (0, 3, 7), (1, -1, 5), (2, 3, 1), (0, 1, 0)] for d in (None, 2, 0.5)])
cases.op("meshgrid", lambda tensors, indexing="xy": torch.meshgrid(*tensors, indexing=indexing), grid=lambda: [{"tensors": [floats(n) for n in sizes], "indexing": way} for sizes in ([2, 3], [3], [2, 1, 3]) for way in ("ij", "xy")])
for name, run in {"arange": torch.arange, "linspace": torch.linspace}.items():
    ends = [(0, 5, 1), (2, 9, 3), (1, 2, 0.25), (5, 0, -2), (0, 1, 0.1), (-1, 1, 0.3), (0, 0, 1)] if name == "arange" else [(0, 1, 5), (-2, 3, 1), (3, -1, 7), (0, 0, 2), (1, 2, 0)]
    cases.op(name, lambda start, end, step, run=run: run(start, end, step, dtype=torch.float64), grid=[{"start": a, "end": b, "step": c} for a, b, c in ends])
cases.op("eye", lambda n, m: torch.eye(n, m, dtype=torch.float64), grid=grid(n=[1, 3], m=[1, 3, 2]))
