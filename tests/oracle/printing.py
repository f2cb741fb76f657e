"""Prints, as JSON, how PyTorch writes tensors: what kernel/tensor/format.ts must equal."""

import json

import torch

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

print(json.dumps({"torch": torch.__version__, "cases": cases}))
