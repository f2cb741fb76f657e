"""Prints, as JSON, what PyTorch's nn.init draws from seed 5: every function, mode and nonlinearity."""

import json

import torch
from torch.nn import init

CASES = [
    ("uniform_", [3, 4], [-2.0, 3.0], {}),
    ("normal_", [3, 4], [1.0, 2.0], {}),
    ("normal_", [5, 4], [], {}),
    ("truncNormal_", [5, 4], [], {}),
    ("truncNormal_", [5, 4], [1.0, 2.0], {"low": 0.5, "high": 1.5}),
    ("eye_", [2, 3], [], {}),
    ("constant_", [2], [0.3], {}),
    ("xavierUniform_", [3, 4], [], {"gain": 2.0}),
    ("xavierUniform_", [3, 2, 2, 2], [], {}),
    ("xavierNormal_", [6, 4], [], {"gain": 0.5}),
    ("kaimingUniform_", [3, 4], [], {}),
    ("kaimingUniform_", [3, 4, 2], [], {"a": 0.3, "mode": "fanOut"}),
    ("kaimingUniform_", [3, 4], [], {"nonlinearity": "relu"}),
    ("kaimingNormal_", [6, 4], [], {"nonlinearity": "tanh"}),
    ("kaimingNormal_", [6, 4], [], {"nonlinearity": "linear", "mode": "fanOut"}),
    ("kaimingNormal_", [6, 4], [], {"nonlinearity": "selu"}),
    ("orthogonal_", [4, 6], [], {}),
    ("orthogonal_", [6, 4], [], {"gain": 2.0}),
    ("orthogonal_", [4, 2, 3], [], {}),
]
THEIRS = {"fanOut": "fan_out", "low": "a", "high": "b"}


def snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


cases = []
for name, shape, arguments, options in CASES:
    torch.manual_seed(5)
    given = {THEIRS.get(key, key): THEIRS.get(value, value) for key, value in options.items()}
    filled = getattr(init, snake(name))(torch.empty(shape), *arguments, **given)
    cases.append({"name": name, "shape": shape, "arguments": arguments, "options": options,
                  "values": filled.flatten().tolist(), "next": torch.rand(1).item()})

gains = [[name, slope, init.calculate_gain(snake(name), *([] if slope is None else [slope]))]
         for name in ["linear", "sigmoid", "tanh", "relu", "leakyRelu", "selu"] for slope in [None, 0.2]]
print(json.dumps({"torch": torch.__version__, "cases": cases, "gains": gains}))
