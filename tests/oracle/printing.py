"""Prints, as JSON, how PyTorch writes tensors: what kernel/tensor/format.ts must equal."""

import json
import random

import torch
import torch.nn.functional as F

CASES = [
    ("f32", [], [3.0]),
    ("f32", [], [0.1234567]),
    ("f32", [], [-1e-7]),
    ("f32", [], [1e10]),
    ("f32", [3], [0.3367, 0.1288, 0.2345]),
    ("f32", [3], [1.0, 2.0, -3.0]),
    ("f32", [4], [1.0, float("nan"), float("inf"), -float("inf")]),
    ("f32", [3], [1.5, float("nan"), float("inf")]),
    ("f32", [3], [0.0, 0.0, -0.0]),
    ("f32", [2], [float("nan"), 0.0]),
    ("f32", [3], [1.0, 1000.0, 1001.0]),
    ("f32", [3], [1.0, 1001.5, 0.5]),
    ("f32", [2], [1.0, 123456789.0]),
    ("f32", [2], [0.00001, 0.5]),
    ("f32", [2], [99999.5, 100.25]),
    ("f32", [0], []),
    ("f32", [0, 3], []),
    ("f32", [2, 0], []),
    ("f32", [2, 3], [1.5, -2.0, 3.25, 100.0, 0.0, 7.0]),
    ("f32", [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
    ("f32", [1, 1, 1, 2], [0.5, -0.5]),
    ("f32", [25], [i / 7 for i in range(25)]),
    ("f32", [2, 20], [i - 20 for i in range(40)]),
    ("f32", [1500], [i / 3 for i in range(1500)]),
    ("f32", [40, 40], [i for i in range(1600)]),
    ("f32", [4, 3, 100], [(i % 17) / 8 for i in range(1200)]),
    ("f32", [8, 8, 20], [(i % 11) for i in range(1280)]),
    # With what follows it the line would come to exactly 80 characters: computed, as a leaf.
    ("f32", [6], [1.5, 2.25, 3.125, 0.5, 0.75, 7.0]),
    ("f32", [4], [-1.5, 0.25, 3e-5, 0.5]),
    ("f64", [2], [1.5, 2.25]),
    ("f64", [3, 4], [i / 9 for i in range(12)]),
    ("i32", [4], [1, -20, 300, 4]),
    ("i32", [], [7]),
    ("i32", [2, 3], [0, 1, 2, 3, 40, 5]),
    ("i32", [1200], list(range(1200))),
    ("bool", [3], [1, 0, 1]),
    ("bool", [], [0]),
]

# Our one integer type stands where PyTorch's default integer, int64, does.
DTYPES = {"f32": torch.float32, "f64": torch.float64, "i32": torch.int64, "bool": torch.bool}


def plain(value):
    """JSON has no NaN and infinities."""
    return value if value == value and abs(value) != float("inf") else str(value)


cases = []
for dtype, shape, values in CASES:
    made = torch.tensor(values, dtype=DTYPES[dtype]).reshape(shape)
    case = {"dtype": dtype, "shape": shape, "values": [plain(v) for v in values], "text": str(made)}
    if dtype in ("f32", "f64"):
        case["leaf"] = str(made.clone().requires_grad_())
        case["computed"] = str(made.clone().requires_grad_().mul(1))
    cases.append(case)


def number(kind, rng):
    """Numbers of many sizes: whole, in the middle of two printed ones, tiny, huge, none."""
    if kind == "whole":
        return float(rng.randint(-2000, 2000))
    if kind == "small":
        return float(rng.randint(-9, 9))
    if kind == "middle":
        return rng.randint(-400, 400) / 32
    if kind == "unit":
        return float(f"{rng.gauss(0, 1):.6g}")
    if kind == "wide":
        return float(f"{rng.gauss(0, 1) * 10 ** rng.uniform(-8, 10):.6g}")
    if kind == "large":
        return float(rng.randint(-(10**9), 10**9))
    return float(f"{rng.gauss(0, 1) * 1e-5:.6g}")


def at_random(seed):
    """A tensor of 0 to 4 dimensions, now and then with what has no digits in it, or empty."""
    rng = random.Random(seed)
    dtype = rng.choice(["f32", "f32", "f32", "f64", "i32", "bool"])
    rank = rng.randint(0, 4)
    sizes = [[], [1, 2, 3, 5, 8, 30], [1, 2, 3, 5, 12], [1, 2, 3, 4], [1, 2, 3]][rank]
    shape = [0 if rng.random() < 0.04 else rng.choice(sizes) for _ in range(rank)]
    count = 1
    for size in shape:
        count *= size
    kind = rng.choice(["whole", "small", "middle", "unit", "unit", "wide", "large", "tiny"])
    values = [number(kind, rng) for _ in range(count)]
    if dtype == "i32":
        values = [int(v) % 100_000 for v in values]
    elif dtype == "bool":
        values = [int(v > 0) for v in values]
    elif rng.random() < 0.2:
        for i in range(count):
            if rng.random() < 0.3:
                values[i] = rng.choice([float("nan"), float("inf"), -float("inf"), 0.0, -0.0])
    return dtype, shape, values


def summarised(seed):
    """More than 1,000 elements: the values are (a i mod m) / d, so that the file needs none of them."""
    rng = random.Random(seed)
    shape = rng.choice([[1001], [2000], [35, 35], [2, 700], [700, 2], [11, 10, 12], [3, 4, 5, 30], [1, 1500]])
    a, m, d = rng.randint(1, 99), rng.choice([7, 101, 997]), rng.choice([1, 3, 8, 32])
    dtype = rng.choice(["f32", "f64", "i32"])
    return dtype, shape, (a, m, 1 if dtype == "i32" else d)


samples = []
for seed in range(400):
    dtype, shape, values = at_random(seed)
    text = str(torch.tensor(values, dtype=DTYPES[dtype]).reshape(shape))
    samples.append({"dtype": dtype, "shape": shape, "values": [plain(v) for v in values], "text": text})
for seed in range(40):
    dtype, shape, (a, m, d) = summarised(seed)
    made = torch.tensor([(a * i % m) / d for i in range(torch.Size(shape).numel())], dtype=DTYPES[dtype])
    samples.append({"dtype": dtype, "shape": shape, "pattern": [a, m, d], "text": str(made.reshape(shape))})

# What the node behind a result is called: our expression, and PyTorch's of the same.
x = torch.rand(3, 4, requires_grad=True)
y = torch.rand(3, 4, requires_grad=True)
v = torch.rand(4, requires_grad=True)
w = torch.rand(5, 4, requires_grad=True)
b = torch.rand(5, requires_grad=True)
z = torch.rand(2, 3, 4, requires_grad=True)
labels = torch.tensor([0, 1, 2])
SAME = """add(y) sub(y) mul(y) div(y) pow(2) maximum(y) minimum(y) atan2(y) neg() exp() expm1() log() log1p()
log2() log10() sqrt() rsqrt() square() reciprocal() abs() sign() sin() cos() tan() asin() acos() atan() sinh()
cosh() tanh() erf() floor() ceil() round() trunc() sigmoid() relu() clone() sum() sum(1) mean() mean(1) prod()
prod(1) max() min() logsumexp(1) cumsum(1) cumprod(1) median() reshape(4,3) flatten() T matmul(v)
matmul(w.T) softmax(1) gather(1,i) diagonal()""".split()
RENAMED = [
    ("x.max(1)", x.amax(1)),
    ("x.min(1)", x.amin(1)),
    ("x.clamp({ min: 0 })", x.clamp(min=0)),
    ('x.to("f64")', x.double()),
    ("x.logSoftmax(1)", x.log_softmax(1)),
    ("x.permute(1, 0)", x.permute(1, 0)),
    ("x.expand(2, 3, 4)", x.expand(2, 3, 4)),
    ("x.at(0)", x[0]),
    ("x.at([0, 2])", x[0:2]),
    ("v.matmul(v)", v.matmul(v)),
    ("z.matmul(w.T)", z.matmul(w.T)),
    ("x.gelu()", F.gelu(x)),
    ("x.silu()", F.silu(x)),
    ("x.softplus()", F.softplus(x)),
    ("x.logSigmoid()", F.logsigmoid(x)),
    ("cat([x, y])", torch.cat([x, y])),
    ("F.linear(x, w, b)", F.linear(x, w, b)),
    ("F.linear(v, w, b)", F.linear(v, w, b)),
    ("F.linear(z, w, b)", F.linear(z, w, b)),
    ("F.linear(x, w)", F.linear(x, w)),
    ("F.crossEntropy(x, [0, 1, 2])", F.cross_entropy(x, labels)),
]
i = torch.zeros(3, 1, dtype=torch.int64)
nodes = {f"x.{each}": type(eval(f"x.{each}").grad_fn).__name__ for each in SAME}
nodes.update({text: type(result.grad_fn).__name__ for text, result in RENAMED})

print(json.dumps({"torch": torch.__version__, "cases": cases, "samples": samples, "nodes": nodes}))
