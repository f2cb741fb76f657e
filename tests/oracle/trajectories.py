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
    ("SGD", {"lr": 0.01, "momentum": 0.5, "weight_decay": 0.1, "maximize": True}),
    ("Adam", {"lr": 0.02}),
    ("Adam", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.05, "betas": [0.5, 0.6], "amsgrad": True}),
    ("Adam", {"lr": 0.01, "maximize": True, "weight_decay": 0.01}),
    ("AdamW", {"lr": 0.02}),
    ("AdamW", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.3}),
    ("AdamW", {"lr": 0.05, "betas": [0.5, 0.6], "amsgrad": True}),
    ("AdamW", {"lr": 0.01, "maximize": True}),
    ("RMSprop", {"lr": 0.01}),
    ("RMSprop", {"lr": 0.01, "alpha": 0.9, "eps": 1e-5, "weight_decay": 0.1, "momentum": 0.7}),
    ("RMSprop", {"lr": 0.002, "alpha": 0.8, "eps": 1e-3, "centered": True}),
    ("RMSprop", {"lr": 0.002, "eps": 1e-2, "centered": True, "momentum": 0.5, "maximize": True}),
    ("Adagrad", {"lr": 0.1}),
    ("Adagrad", {"lr": 0.2, "lr_decay": 0.1, "weight_decay": 0.05, "eps": 1e-6}),
    ("Adagrad", {"lr": 0.1, "initial_accumulator_value": 0.2, "maximize": True}),
]

# Settings of the parameters of the embedding, and of the others, by number.
GROUPS = [
    ("SGD", {"lr": 0.1}, {"lr": 0.5, "momentum": 0.9}, {"weight_decay": 0.1}),
    ("AdamW", {"lr": 0.02}, {"betas": [0.5, 0.9]}, {"lr": 0.05, "weight_decay": 0}),
]


def parameters(net):
    return {key: value.flatten().tolist() for key, value in net.state_dict().items()}


def train(name, options, groups=None):
    torch.manual_seed(7)
    net = network()
    start = parameters(net)
    x = torch.randint(0, 9, (16, 2))
    y = torch.randint(0, 4, (16,))
    own = list(net.parameters())
    if groups is not None:
        own = [{"params": own[:1], **groups[0]}, {"params": own[1:], **groups[1]}]
    opt = getattr(optim, name)(own, **options)
    losses = []
    for _ in range(20):
        loss = nn.functional.cross_entropy(net(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return start, {"optimiser": name, "options": options, "groups": groups, "losses": losses, "end": parameters(net)}


trained = [train(name, options) for name, options in OPTIMISERS]
trained += [train(name, options, groups) for name, options, *groups in GROUPS]
print(json.dumps({"torch": torch.__version__, "start": trained[0][0], "runs": [run for _, run in trained]}))
