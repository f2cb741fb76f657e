"""Products of matrices, einsum and linear algebra."""

import torch
from cases import Collection, bind, floats, grid

cases = Collection()
inf = float("inf")

SHAPES = [([3], [3]), ([2, 3], [3]), ([3], [3, 2]), ([2, 3], [3, 4]), ([2, 2, 3], [3, 4]), ([2, 2, 3], [2, 3, 2]), ([2, 1, 2, 3], [3, 3, 2]), ([2, 0], [0, 3]), ([0, 3], [3, 2]), ([3], [2, 3, 2])]
cases.op("matmul", torch.matmul, [("matmul", bind("x", "other"))], lambda: [{"x": floats(*a), "other": floats(*b)} for a, b in SHAPES])
cases.op("mm", torch.mm, [("mm", bind("x", "other"))], lambda: [{"x": floats(*a), "other": floats(*b)} for a, b in (([2, 3], [3, 4]), ([2, 0], [0, 3]))], most=5)
cases.op("bmm", torch.bmm, [("bmm", bind("x", "other"))], lambda: [{"x": floats(*a), "other": floats(*b)} for a, b in (([2, 2, 3], [2, 3, 4]), ([0, 2, 3], [0, 3, 1]))], most=5)
cases.op("cdist", lambda a, b, p=2.0: torch.cdist(a, b, p), grid=lambda: [{"a": floats(*s), "b": floats(*t), "p": p} for s, t in (([3, 2], [4, 2]), ([2, 3, 2], [2, 1, 2])) for p in (None, 1, 3, inf, 0)])
cases.op("dot", torch.dot, [("dot", bind("x", "other"))], lambda: [{"x": floats(n), "other": floats(n)} for n in (4, 1)])
cases.op("outer", torch.outer, [("outer", bind("x", "other"))], lambda: [{"x": floats(3), "other": floats(2)}])
EQUATIONS = {
    "ij,jk->ik": ([2, 3], [3, 4]),
    "ij,jk": ([2, 3], [3, 2]),
    "ij->ji": ([2, 3],),
    "ba": ([2, 3],),
    "ij->": ([2, 3],),
    "ij->i": ([2, 3],),
    "ii->i": ([3, 3],),
    "ii": ([3, 3],),
    "i,i->": ([3], [3]),
    "i,j->ij": ([3], [2]),
    "bij,bjk->bik": ([2, 2, 3], [2, 3, 2]),
    "bhid,bhjd->bhij": ([1, 2, 3, 2], [1, 2, 2, 2]),
    "...ij,...jk->...ik": ([2, 2, 3], [3, 2]),
    "...i->...": ([2, 3],),
    "i...->...": ([2, 3],),
    "...": ([2, 2],),
    "ij,kj,lk->il": ([2, 3], [2, 3], [3, 2]),
    "i,i,i->i": ([3], [3], [3]),
    "bn,anm,bm->ba": ([2, 3], [3, 3, 2], [2, 2]),
    "iij->ij": ([2, 2, 3],),
    "ij,ij->ij": ([2, 1], [1, 3]),
    "i,->i": ([3], []),
}
cases.op("einsum", lambda equation, tensors: torch.einsum(equation, *tensors), [("einsum", lambda s: {"equation": s.args[0], "tensors": list(s.input)})], lambda: [{"equation": e, "tensors": [floats(*s) for s in shapes]} for e, shapes in EQUATIONS.items()])


def regular(*shape):
    """Far from singular."""
    return floats(*shape, low=-1, high=1) + 3 * torch.eye(shape[-1])


def positive(*shape):
    made = floats(*shape, low=-1, high=1).round(decimals=1)
    return torch.round((made @ made.mT + 2 * torch.eye(shape[-1])) * 32) / 32


cases.op("linalg.solve", torch.linalg.solve, grid=lambda: [{"a": regular(*a), "b": floats(*b)} for a, b in [([3, 3], [3]), ([3, 3], [3, 2]), ([2, 2, 2], [2, 2, 1])]])
cases.op("linalg.inv", torch.linalg.inv, grid=lambda: [{"a": regular(*s)} for s in ([3, 3], [2, 2, 2], [1, 1])])
cases.op("linalg.det", torch.linalg.det, grid=lambda: [{"a": a} for a in (regular(3, 3), regular(2, 2, 2), -regular(2, 2), regular(1, 1), floats(3, 3)[[1, 0, 2]])])


def symmetric(run):
    """Through a symmetric matrix made of x, so that the slope of x is one and the same everywhere."""
    return lambda a: run((a + a.mT) / 2)


cases.op("linalg.cholesky", symmetric(torch.linalg.cholesky), grid=lambda: [{"a": positive(*s)} for s in ([3, 3], [2, 2, 2], [1, 1])])
# Vectors have no sign of their own: what is compared does not depend on it.
cases.op("linalg.eigh", symmetric(lambda a: [torch.linalg.eigh(a).eigenvalues, torch.linalg.eigh(a).eigenvectors.square()]), grid=lambda: [{"a": floats(*s)} for s in ([3, 3], [2, 2, 2], [4, 4])])


def svd(a):
    u, s, vh = torch.linalg.svd(a, full_matrices=False)
    return [u.square(), s, vh.square()]


cases.op("linalg.svd", svd, grid=lambda: [{"a": floats(*s)} for s in ([3, 3], [4, 2], [2, 4], [2, 3, 2])])
cases.op(
    "linalg.norm",
    lambda x, ord=None, dim=None, keepdim=False: torch.linalg.norm(x, ord, dim, keepdim),
    grid=lambda: [{"x": floats(2, 3), "ord": p, "dim": d, "keepdim": k} for p in (None, 1, 2, 3, inf) for d in (0, -1) for k in (False, True)]
    + [{"x": floats(3, 3), "ord": p, "keepdim": k} for p in (None, "fro", "nuc", 1, -1, 2, -2, inf, -inf) for k in (False, True)]
    + [{"x": floats(2, 3, 3), "ord": p, "dim": [1, 2]} for p in ("fro", "nuc", 1, 2, inf)]
    + [{"x": floats(4), "ord": p} for p in (None, 0, 1, 2, 3, inf, -inf)]
    + [{"x": floats(2, 3, 2)}],
)
