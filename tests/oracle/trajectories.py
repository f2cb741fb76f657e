"""Prints, as JSON, what PyTorch does in 20 steps of training: start values, losses, end values.

A small network with an embedding is trained on fixed examples from seed 7 with each optimiser;
kernel/tensor must start from the same values and take the same steps.
"""

import json

import torch
from torch import nn, optim


def network():
    return nn.Sequential(
        nn.Embedding(9, 3),
        nn.Flatten(),
        nn.Linear(6, 5),
        nn.Tanh(),
        nn.Linear(5, 6),
        nn.ReLU(),
        nn.Linear(6, 4),
    )


OPTIMISERS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}),
    ("SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.05, "momentum": 0.8, "dampening": 0.3}),
    ("Adam", {"lr": 0.02}),
    ("Adam", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.1}),
]

runs = []
for name, options in OPTIMISERS:
    torch.manual_seed(7)
    net = network()
    start = {key: value.flatten().tolist() for key, value in net.state_dict().items()}
    x = torch.randint(0, 9, (16, 2))
    y = torch.randint(0, 4, (16,))
    opt = getattr(optim, name)(net.parameters(), **options)
    losses = []
    for _ in range(20):
        loss = nn.functional.cross_entropy(net(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    end = {key: value.flatten().tolist() for key, value in net.state_dict().items()}
    runs.append({"optimiser": name, "options": options, "start": start, "losses": losses, "end": end})

print(json.dumps({"torch": torch.__version__, "runs": runs}))
