"""Layers as functions, and losses."""

import torch
import torch.nn.functional as F
from cases import Collection, bind, distinct, floats, grid, ints

cases = Collection()
true_false = (False, True)

cases.op("linear", lambda x, weight, bias=None: F.linear(x, weight, bias), [("nn.functional.linear", bind("x", "weight", "bias"))], lambda: [{"x": floats(*s), "weight": floats(2, 3), "bias": b} for s in ([4, 3], [3], [2, 2, 3], [0, 3]) for b in (None, floats(2))])
cases.op("embedding", lambda index, weight: F.embedding(index, weight), grid=lambda: [{"index": i, "weight": floats(4, 2)} for i in (ints(0, 3, 3), ints(1, 1, 2, 0).reshape(2, 2), ints(3).reshape(()))])
cases.op("oneHot", lambda labels, classes: F.one_hot(labels, classes).float(), grid=[{"labels": i, "classes": n} for i in (ints(0, 2, 1), ints(1, 0, 1, 2).reshape(2, 2)) for n in (3, 5)])

# ------------------------------------------------------------ convolution and pooling


def convolution(run):
    return lambda x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1: run(x, weight, bias, stride, padding, dilation, groups)


CONV1 = [{}, {"stride": 2}, {"padding": 1}, {"padding": "same"}, {"padding": "valid"}, {"dilation": 2}, {"stride": 2, "padding": 2, "dilation": 2}, {"groups": 2}, {"groups": 2, "stride": 3, "padding": 1}]


def conv1():
    return [
        {"x": floats(*s), "weight": floats(4, 4 // more.get("groups", 1), k), "bias": b, **more}
        for more in CONV1
        for s, k, b in [([2, 4, 7], 3, floats(4)), ([4, 6], 2, None)]
    ]


cases.op("conv1d", convolution(F.conv1d), [("nn.functional.conv1d", bind("x", "weight", "bias", "stride", "padding", "dilation", "groups"))], conv1, most=12)
CONV2 = [{}, {"stride": 2}, {"stride": [2, 1]}, {"padding": 1}, {"padding": [0, 2]}, {"padding": "same"}, {"padding": "valid"}, {"dilation": 2}, {"dilation": [1, 2]}, {"stride": 2, "padding": 1}, {"groups": 2}, {"groups": 2, "padding": 1, "stride": [1, 2]}]


def conv2():
    return [
        {"x": floats(*s), "weight": floats(2, 2 // more.get("groups", 1), *k), "bias": b, **more}
        for more in CONV2
        for s, k, b in [([2, 2, 5, 5], (3, 3), floats(2)), ([2, 5, 6], (2, 3), None)]
        if not (more.get("padding") == "same" and k == (2, 3))
    ]


cases.op("conv2d", convolution(F.conv2d), [("nn.functional.conv2d", bind("x", "weight", "bias", "stride", "padding", "dilation", "groups"))], conv2, most=12)
POOL = [{"kernel": 2}, {"kernel": 3, "stride": 1}, {"kernel": 3, "stride": 2, "padding": 1}, {"kernel": 2, "stride": 2, "ceilMode": True}]
MAX = [*POOL, {"kernel": 2, "dilation": 2}, {"kernel": 2, "stride": 1, "padding": 1, "dilation": 2}]
AVERAGE = [*POOL, {"kernel": 3, "stride": 2, "padding": 1, "countIncludePad": False}, {"kernel": 3, "stride": 2, "padding": 1, "ceilMode": True}, {"kernel": 3, "stride": 2, "padding": 1, "ceilMode": True, "countIncludePad": False}]
PLANES = [{"kernel": [2, 3]}, {"kernel": [1, 2], "stride": [2, 1]}, {"kernel": [2, 3], "padding": [0, 1], "stride": 2}]


def max_pool(run):
    return lambda x, kernel, stride=None, padding=0, dilation=1, ceilMode=False: run(x, kernel, stride, padding, dilation, ceilMode)


def average_pool(run):
    return lambda x, kernel, stride=None, padding=0, ceilMode=False, countIncludePad=True: run(x, kernel, stride, padding, ceilMode, countIncludePad)


def images(choices, *shapes):
    return lambda: [{"x": distinct(*s), **more} for more in choices for s in shapes]


cases.op("maxPool1d", max_pool(F.max_pool1d), grid=images(MAX, [2, 2, 7], [2, 6]))
cases.op("maxPool2d", max_pool(F.max_pool2d), grid=images(MAX + PLANES, [1, 2, 5, 6], [2, 4, 5]))
cases.op("maxPool2d", max_pool(F.max_pool2d), grid=[{"x": torch.ones(1, 1, 4, 4), "kernel": 2}])
cases.op("avgPool1d", average_pool(F.avg_pool1d), grid=images(AVERAGE, [2, 2, 7], [2, 6]))
cases.op("avgPool2d", average_pool(F.avg_pool2d), grid=images(AVERAGE + PLANES, [1, 2, 5, 6], [2, 4, 5]))
cases.op("adaptiveAvgPool2d", F.adaptive_avg_pool2d, grid=images([{"size": s} for s in (1, 2, [3, 2], [2, 5])], [1, 2, 5, 6], [2, 4, 5]))

# ------------------------------------------------------------ normalisation and attention
cases.op("normalize", lambda x, p=2, dim=1, eps=1e-12: F.normalize(x, p, dim, eps), [("nn.functional.normalize", bind("x", "p", "dim", "eps"))], lambda: [{"x": floats(2, 3, 2), **more} for more in ({}, {"p": 1}, {"dim": 0}, {"dim": -1, "p": 3}, {"eps": 4.0})] + [{"x": torch.zeros(1, 2).double()}], most=10)
cases.op(
    "layerNorm",
    lambda x, shape, weight=None, bias=None, eps=1e-5: F.layer_norm(x, shape, weight, bias, eps),
    [("nn.functional.layer_norm", bind("x", "shape", "weight", "bias", "eps"))],
    lambda: [{"x": floats(2, 3, 4), "shape": s, "weight": floats(*s) if w else None, "bias": floats(*s) if w else None, "eps": e} for s in ([4], [3, 4]) for w in true_false for e in (None, 0.5)],
)


def batch_norm(x, mean=None, variance=None, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    """The output and the running statistics after it."""
    kept = [None if t is None else t.detach().clone() for t in (mean, variance)]
    made = F.batch_norm(x, *kept, weight, bias, training, momentum, eps)
    return [made] + [t for t in kept if t is not None]


cases.op(
    "batchNorm",
    batch_norm,
    grid=lambda: [
        {"x": floats(*s), "mean": floats(3) if kept else None, "variance": floats(3).abs() + 1 if kept else None, "weight": floats(3) if w else None, "bias": floats(3) if w else None, "training": training, "momentum": momentum}
        for s in ([4, 3], [2, 3, 4], [2, 3, 2, 2])
        for w in true_false
        for kept, training, momentum in [(True, False, None), (True, True, None), (True, True, 0.5), (False, True, None)]
    ],
)
causal = torch.tensor([[True, False, False], [True, True, False], [True, True, True]])


def attention(q, k, v, mask=None, causal=False):
    """Written out: PyTorch 1.13's own is not public yet."""
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if causal:
        mask = torch.ones(q.shape[-2], k.shape[-2]).tril() > 0
    if mask is not None:
        scores = scores.masked_fill(~mask, -float("inf")) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ v


cases.op("scaledDotProductAttention", attention, grid=lambda: [{"q": floats(*s, 3, 2), "k": floats(*s, 3, 2), "v": floats(*s, 3, 4), **more} for s in ([], [2], [1, 2]) for more in ({}, {"mask": causal}, {"mask": floats(3, 3)}, {"causal": True})])

# ------------------------------------------------------------ losses
REDUCTIONS = ["mean", "sum", "none"]


def pairs(*shapes):
    return [(floats(*s), floats(*s)) for s in shapes]


def loss(run):
    return lambda x, target, reduction="mean", **more: run(x, target, reduction=reduction, **more)


for name, run, choices in [
    ("mse", F.mse_loss, [{}]),
    ("l1", F.l1_loss, [{}]),
    ("huber", F.huber_loss, [{}, {"delta": 0.5}, {"delta": 2}]),
    ("smoothL1", F.smooth_l1_loss, [{}, {"beta": 0.5}, {"beta": 2}]),
]:
    cases.op(name, lambda x, target, reduction="mean", run=run, **more: run(x, target, reduction=reduction, **more), grid=lambda choices=choices: [{"x": x, "target": t, "reduction": r, **more} for x, t in pairs([2, 3], [4], []) for r in REDUCTIONS for more in choices])


def weights(n):
    return floats(n).abs() + 0.25


def cross_entropy(x, target, reduction="mean", weight=None, ignoreIndex=-100, labelSmoothing=0.0):
    weight = None if weight is None else weight.detach()
    return F.cross_entropy(x, target, weight=weight, ignore_index=ignoreIndex, reduction=reduction, label_smoothing=labelSmoothing)


def labelled():
    made = []
    for reduction in REDUCTIONS:
        for shape, labels in [([3, 4], ints(0, 3, 1)), ([2, 4, 2], ints(0, 1, 3, 3).reshape(2, 2)), ([4], ints(2).reshape(()))]:
            for more in ({}, {"weight": weights(4).detach()}, {"labelSmoothing": 0.1}, {"ignoreIndex": 3}, {"weight": weights(4).detach(), "labelSmoothing": 0.2, "ignoreIndex": 1}):
                made.append({"x": floats(*shape), "target": labels, "reduction": reduction, **more})
        for shape in ([3, 4], [2, 4, 2], [4]):
            for more in ({}, {"labelSmoothing": 0.1}, {"weight": weights(4).detach()}):
                made.append({"x": floats(*shape), "target": floats(*shape).softmax(0 if len(shape) == 1 else 1), "reduction": reduction, **more})
    return made


cases.op("crossEntropy", cross_entropy, grid=labelled)


def negative(x, target, reduction="mean", weight=None, ignoreIndex=-100):
    return F.nll_loss(x, target, weight=None if weight is None else weight.detach(), ignore_index=ignoreIndex, reduction=reduction)


cases.op(
    "nll",
    negative,
    grid=lambda: [
        {"x": floats(*s), "target": t, "reduction": r, **more}
        for r in REDUCTIONS
        for s, t in [([3, 4], ints(0, 3, 1)), ([2, 4, 2], ints(0, 1, 3, 3).reshape(2, 2))]
        for more in ({}, {"weight": weights(4)}, {"ignoreIndex": 3})
    ],
)


def shares(*shape):
    """Strictly between 0 and 1."""
    return floats(*shape, low=0.125, high=0.875)


def weighted(run):
    def loss(x, target, reduction="mean", weight=None, posWeight=None):
        more = {} if posWeight is None else {"pos_weight": posWeight.detach()}
        return run(x, target, weight=None if weight is None else weight.detach(), reduction=reduction, **more)

    return loss


for name, run, draw in [("bce", F.binary_cross_entropy, shares), ("bceWithLogits", F.binary_cross_entropy_with_logits, floats)]:
    cases.op(
        name,
        weighted(run),
        grid=lambda draw=draw, name=name: [
            {"x": draw(*s), "target": shares(*s), "reduction": r, **more}
            for r in REDUCTIONS
            for s in ([4], [2, 3])
            for more in ({}, {"weight": weights(s[-1])}, *([{"posWeight": weights(s[-1])}] if name == "bceWithLogits" else []))
        ],
    )
cases.op("bceWithLogits", weighted(F.binary_cross_entropy_with_logits), grid=[{"x": torch.tensor([100.0, -100, 50]), "target": torch.tensor([1.0, 0, 0])}])
cases.op(
    "kl",
    lambda x, target, reduction="mean", logTarget=False: F.kl_div(x, target, reduction=reduction, log_target=logTarget),
    grid=lambda: [{"x": floats(*s), "target": shares(*s), "reduction": r, "logTarget": log} for s in ([4], [2, 3]) for r in [*REDUCTIONS, "batchmean"] for log in true_false],
)
cases.op("cosineSimilarity", lambda x, other, dim=1: F.cosine_similarity(x, other, dim), grid=lambda: [{"x": floats(2, 3), "other": floats(2, 3), "dim": d} for d in (0, 1, -1)] + [{"x": floats(4), "other": floats(4), "dim": 0}, {"x": floats(2, 3, 2), "other": floats(2, 3, 2)}])
cases.op("cosineEmbedding", lambda x, other, target, margin=0.0, reduction="mean": F.cosine_embedding_loss(x, other, target, margin, reduction=reduction), grid=lambda: [{"x": floats(4, 3), "other": floats(4, 3), "target": ints(1, -1, -1, 1), "margin": m, "reduction": r} for m in (0, 0.25) for r in REDUCTIONS])
