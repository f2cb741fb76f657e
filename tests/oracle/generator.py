"""Prints, as JSON, samples of PyTorch's CPU generator: what kernel/tensor/random.ts must equal.

Every case starts from its seed and lists the calls made in a row, so that state carried from one
call to the next (the spare normal sample) is covered.
"""

import json

import torch


def weights(n):
    """Quarters and eighths, which f32 holds exactly."""
    return torch.tensor([(3 + 5 * i) % 8 / 8 + 0.125 for i in range(n)])


def draw(kind, *args):
    call = {
        "rand": lambda n: torch.rand(n),
        "rand64": lambda n: torch.rand(n, dtype=torch.float64),
        "randn": lambda n: torch.randn(n),
        "randn64": lambda n: torch.randn(n, dtype=torch.float64),
        "normal": lambda n, mean, std: torch.empty(n).normal_(mean, std),
        "uniform": lambda n, low, high: torch.empty(n).uniform_(low, high),
        "randint": lambda n, low, high: torch.randint(low, high, (n,)),
        "randperm": lambda n: torch.randperm(n),
        "bernoulli": lambda n, p: torch.empty(n).bernoulli_(p),
        "bernoulliEach": lambda n: torch.bernoulli(weights(n)),
        "bernoulliEach64": lambda n: torch.bernoulli(weights(n).double()),
        "multinomial": lambda n, k: torch.multinomial(weights(n), k),
        "multinomialRows": lambda n, k: torch.multinomial(weights(3 * n).reshape(3, n), k).flatten(),
        "replaced": lambda n, k: torch.multinomial(weights(n), k, replacement=True),
        "replacedRows": lambda n, k: torch.multinomial(
            weights(3 * n).reshape(3, n), k, replacement=True
        ).flatten(),
    }[kind](*args)
    return {"kind": kind, "args": list(args), "values": call.tolist()}


SEQUENCES = [
    [("rand", 8)],
    [("randn", 3), ("randn", 4), ("rand", 2), ("randn", 2)],
    [("randn", 16)],
    [("randn", 35), ("rand", 3)],
    [("randn", 5), ("randn", 20), ("randn", 2)],
    [("rand64", 5), ("randn64", 7), ("randn64", 18)],
    [("normal", 6, 2.5, 0.5), ("normal", 17, -1.0, 3.0)],
    [("uniform", 9, -0.25, 0.75)],
    [("randint", 12, 0, 10), ("randint", 5, -7, 1000000)],
    [("randperm", 10), ("randperm", 1), ("randperm", 33)],
    [("bernoulli", 12, 0.3), ("randn", 1), ("bernoulli", 3, 0.9), ("randn", 1)],
    [("bernoulliEach", 9), ("bernoulliEach64", 9)],
    [("multinomial", 12, 1), ("multinomial", 12, 5), ("multinomial", 7, 7), ("multinomialRows", 6, 4)],
    [("replaced", 12, 9), ("replaced", 12, 1), ("replacedRows", 5, 6)],
]

cases = []
for seed in (0, 1, 42, 2147483647, -5):
    for sequence in SEQUENCES:
        torch.manual_seed(seed)
        cases.append({"seed": seed, "calls": [draw(*call) for call in sequence]})

print(json.dumps({"torch": torch.__version__, "cases": cases}))
