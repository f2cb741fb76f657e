"""Ops that read or write some of the elements: by number, range, index tensor or mask; sorting."""

import torch
import torch.nn.functional as F
from cases import Collection, bind, distinct, floats, grid, ints

cases = Collection()


def unpacked(each):
    if isinstance(each, dict):
        start, stop, step = each["range"]
        return slice(start, stop, step)
    return each


def at(x, indices):
    return x[tuple(unpacked(each) for each in indices)]


def cut(*ends):
    """A range, as JSON has it."""
    start, stop, step = (*ends, None, 1)[:3] if len(ends) < 3 else ends
    return {"range": [start, stop, 1 if step is None else step]}


ALL = cut(None, None)
MASK = torch.tensor([[True, False, True], [False, False, True]])


def indices():
    some = ints(1, 0, 1)
    return [
        [1],
        [-1, 2],
        [ALL, 1, -1],
        [cut(0, 1)],
        [ALL, cut(1, 3), cut(-2, None)],
        [ALL, ALL, cut(0, 4, 2)],
        [cut(5, 9)],
        [some],
        [ALL, ints(2, 2, 0)],
        [ints(-1, 0), ints(1, -1)],
        [ints(0, 1).reshape(2, 1), ints(0, 2)],
        [ints(1, 0), ALL, ints(3, 3)],
        [ALL, ints(0, 2), ints(1, 3)],
        [0, ALL, ints(1, 1, 3)],
        [ints(1, 0), 2],
        [ints(0, 1, 1), cut(1, None), 0],
        [cut(0, 2), ints(2, 0), cut(0, 2)],
        [MASK],
        [torch.tensor([False, True])],
        [ALL, torch.tensor([True, False, True])],
        [ALL, torch.tensor([True, False, True]), ints(0, 3)],
        [torch.zeros(2, dtype=torch.bool)],
        [torch.zeros(0, dtype=torch.int64)],
        [ints(1).reshape(())],
    ]


def plain(sample):
    """OpInfo's index expressions in ours: numbers, slices and tensors."""
    [given] = sample.args
    parts = list(given) if isinstance(given, tuple) else [given]
    if sample.kwargs or not all(type(each) in (int, slice, torch.Tensor) for each in parts):
        return None
    return {"x": sample.input, "indices": [cut(each.start, each.stop, each.step) if isinstance(each, slice) else each for each in parts]}


cases.op("at", at, [("__getitem__", plain)], lambda: [{"x": floats(2, 3, 4), "indices": each} for each in indices()])


def set_(x, indices, value):
    changed = x.detach().clone()
    changed[tuple(unpacked(each) for each in indices)] = value.detach() if isinstance(value, torch.Tensor) else value
    return changed


def written():
    made = []
    for each in indices():
        shape = at(torch.zeros(2, 3, 4), each).shape
        made.append({"x": floats(2, 3, 4), "indices": each, "value": 0.5})
        # With an index named twice, which value stays is not said.
        twice = any(isinstance(i, torch.Tensor) and i.dtype != torch.bool and i.unique().numel() < i.numel() for i in each)
        if not twice:
            made.append({"x": floats(2, 3, 4), "indices": each, "value": floats(*shape)})
    made.append({"x": floats(2, 3), "indices": [ALL, cut(0, 2)], "value": floats(2, 1)})
    return made


cases.op("set", set_, grid=written)
cases.op(
    "slice",
    lambda x, text: eval(f"x[{text}]", {"x": x}),  # Python's own notation, written here
    grid=lambda: [{"x": floats(2, 3, 4), "text": text} for text in ("0", "-1", ":, 1", "..., 1", "0, ..., 1:3", ":, ::2", "1:, :2, -1", "..., -2:", ":, 5:9", "1, 1, 1")],
)
cases.op("select", torch.select, [("select", bind("x", "dim", "index"))], lambda: [{"x": floats(2, 3, 4), "dim": d, "index": i} for d, i in [(0, 1), (1, -1), (-1, 3), (2, 0)]])
cases.op("indexSelect", torch.index_select, [("index_select", bind("x", "dim", "index"))], lambda: [{"x": floats(2, 3, 4), "dim": d, "index": i} for d, i in [(0, ints(1, 1, 0)), (1, ints(2, 0)), (-1, ints(3, 3, 1, 0)), (0, ints())]])
cases.op("takeRows", lambda x, index: F.embedding(index, x), grid=lambda: [{"x": floats(4, 3), "index": i} for i in (ints(0, 3, 3), ints(1, 2, 2, 0).reshape(2, 2), ints(2).reshape(()), ints())])
cases.op("gather", lambda x, dim, index: torch.gather(x, dim, index), [("gather", lambda s: None if s.args[1].dtype == torch.uint8 else bind("x", "dim", "index")(s))], lambda: [{"x": floats(3, 4), "dim": d, "index": i} for d, i in [(0, ints(0, 2, 1, 1).reshape(1, 4)), (1, ints(0, 3, 3, 1, 1, 1).reshape(3, 2)), (-1, ints(2).reshape(1, 1)), (0, ints(2, 0, 2, 0).reshape(2, 2))]])
index23 = ints(0, 2, 1, 1, 0, 2).reshape(2, 3)
cases.op(
    "scatter",
    lambda x, dim, index, src: torch.scatter(x, dim, index, src),
    [("scatter", bind("x", "dim", "index", "src"))],
    lambda: [{"x": floats(3, 3), "dim": d, "index": index23, "src": s} for d in (1, -1) for s in (floats(2, 3), 1.5)] + [{"x": floats(3, 3), "dim": 0, "index": index23, "src": floats(2, 3)}],
)
cases.op("scatterAdd", lambda x, dim, index, src: torch.scatter_add(x, dim, index, src), [("scatter_add", bind("x", "dim", "index", "src"))], lambda: [{"x": floats(3, 3), "dim": d, "index": ints(0, 2, 0, 1, 0, 1).reshape(2, 3), "src": s} for d in (0, 1) for s in (floats(2, 3), floats(2, 3))])
# PyTorch's slope is at fault where the source is larger than the index.
for name, run in {"scatter": torch.scatter, "scatterAdd": torch.scatter_add}.items():
    cases.op(name, lambda x, dim, index, src, run=run: run(x.detach(), dim, index, src.detach()), grid=lambda: [{"x": floats(3, 3), "dim": d, "index": index23, "src": floats(3, 4)} for d in (0, 1)])
cases.op("indexAdd", lambda x, dim, index, source: torch.index_add(x, dim, index, source), [("index_add", bind("x", "dim", "index", "source"))], lambda: [{"x": floats(3, 2), "dim": 0, "index": ints(0, 2, 0), "source": floats(3, 2)}, {"x": floats(2, 3), "dim": -1, "index": ints(1, 1), "source": floats(2, 2)}])
cases.op("takeAlongDim", lambda x, indices, dim: torch.take_along_dim(x, indices, dim), [("take_along_dim", bind("x", "indices", "dim"))], lambda: [{"x": floats(3, 4), "indices": i, "dim": d} for i, d in [(ints(0, 2).reshape(2, 1), 0), (ints(3, 1, 0).reshape(3, 1), 1), (ints(1, 2, 0, 0).reshape(1, 4), -1)]])
cases.op("maskedSelect", torch.masked_select, [("masked_select", bind("x", "mask"))], lambda: [{"x": floats(2, 3), "mask": m} for m in (MASK, torch.tensor([True, False, True]), torch.zeros(2, 1) > 0)])
cases.op("nonzero", torch.nonzero, [("nonzero", bind("x"))], lambda: [{"x": x} for x in (MASK, floats(2, 3) * MASK, ints(0, 3, 0, 1), torch.zeros(0, 2), torch.tensor(2.0))])
nans = torch.tensor([[1.0, float("nan"), -1], [float("inf"), 0, float("nan")]])
ties = torch.tensor([[2.0, 1, 2, 1], [0, 0, 0, -1]])
for name, run in {"sort": lambda x, dim, descending: torch.sort(x, dim=dim, descending=descending, stable=True), "argsort": lambda x, dim, descending: torch.sort(x, dim=dim, descending=descending, stable=True).indices}.items():
    cases.op(
        name,
        lambda x, dim=-1, descending=False, run=run: run(x, dim, descending),
        grid=lambda: [{"x": x, "dim": d, "descending": down} for x in (distinct(3, 4), ties, distinct(2, 2, 2)) for d in (0, 1, -1) for down in (False, True)]
        + [{"x": x, "dim": 0} for x in (floats(), ints(3, -1, 2), floats(0, 2), torch.tensor([True, False, True]))],
    )
    cases.op(name, lambda x, dim, descending, run=run: run(x.detach(), dim, descending), grid=grid(x=[nans], dim=[0, 1], descending=[False, True]))
cases.op("topk", lambda x, k, dim=-1, largest=True: torch.topk(x, k, dim, largest), grid=lambda: [{"x": distinct(3, 5), "k": k, "dim": d, "largest": up} for k in (1, 2, 3) for d in (0, 1, -1) for up in (True, False)] + [{"x": distinct(4), "k": 4}, {"x": distinct(4), "k": 0}])


def unique(x, returnInverse=False, returnCounts=False, dim=None):
    return torch.unique(x.detach(), return_inverse=returnInverse, return_counts=returnCounts, dim=dim)


rows = torch.tensor([[1.0, 2, 2], [0, 1, 1], [1, 2, 2]])
cases.op("unique", unique, grid=[{"x": x, **more} for x in (ties, ints(3, 1, 3, 2, 1), torch.tensor([True, True])) for more in grid(returnInverse=[False, True], returnCounts=[False, True])])
cases.op("unique", unique, grid=grid(x=[rows], dim=[0, 1, -1], returnInverse=[False, True], returnCounts=[True]))
cases.op("bincount", lambda x, weights=None, minlength=0: torch.bincount(x, None if weights is None else weights.detach(), minlength), grid=lambda: [{"x": ints(1, 0, 3, 3)}, {"x": ints(1, 0, 3), "minlength": 6}, {"x": ints(2, 2, 0), "weights": floats(3)}, {"x": ints()}])
