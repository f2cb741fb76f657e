"""The workloads in PyTorch: each gives a step and what can be observed after it."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from draw import Draw


def begin(parameter, values):
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(values).reshape(parameter.shape))


def linear(draw, inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    for parameter, values in zip((layer.weight, layer.bias), draw.linear(inputs, outputs)):
        begin(parameter, values)
    return layer


def training(optimizer, loss_of):
    seen = []

    def step():
        loss = loss_of()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen[:] = [loss]

    return step, lambda: [seen[0].item()]


def mlp(spec):
    draw, sizes, batch = Draw(), spec["sizes"], spec["batch"]
    is_tanh = spec["activation"] == "tanh"
    x = torch.from_numpy(draw.uniform(batch, sizes[0]))
    targets = torch.from_numpy(draw.uniform(batch, sizes[-1]))
    labels = torch.from_numpy(draw.integers(batch, below=sizes[-1]))
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        if layers:
            layers.append(nn.Tanh() if is_tanh else nn.ReLU())
        layers.append(linear(draw, inputs, outputs))
    net = nn.Sequential(*layers)
    if is_tanh:
        sgd = torch.optim.SGD(net.parameters(), lr=spec["lr"])
        return training(sgd, lambda: F.mse_loss(net(x), targets))
    adam = torch.optim.Adam(net.parameters(), lr=spec["lr"])
    return training(adam, lambda: F.cross_entropy(net(x), labels))


def convolution(draw, inputs, outputs):
    layer = nn.Conv2d(inputs, outputs, 3, padding=1)
    for parameter, values in zip((layer.weight, layer.bias), draw.linear(inputs * 9, outputs)):
        begin(parameter, values)
    return layer


def convnet(spec):
    draw, batch, size = Draw(), spec["batch"], spec["size"]
    first, second = spec["channels"]
    x = torch.from_numpy(draw.uniform(batch, 1, size, size))
    labels = torch.from_numpy(draw.integers(batch, below=spec["classes"]))
    net = nn.Sequential(
        *(convolution(draw, 1, first), nn.ReLU(), nn.MaxPool2d(2)),
        *(convolution(draw, first, second), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), linear(draw, second * (size // 4) ** 2, spec["classes"])),
    )
    adam = torch.optim.Adam(net.parameters(), lr=spec["lr"])
    return training(adam, lambda: F.cross_entropy(net(x), labels))


class Block(nn.Module):
    def __init__(self, draw, width, heads):
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv = linear(draw, width, 3 * width)
        self.projection = linear(draw, width, width)
        self.up = linear(draw, width, 4 * width)
        self.down = linear(draw, 4 * width, width)
        self.heads = heads

    def forward(self, x, later):
        batch, context, width = x.shape
        parts = self.qkv(self.first(x)).reshape(batch, context, 3, self.heads, -1)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / np.sqrt(width // self.heads)
        mixed = scores.masked_fill(later, -torch.inf).softmax(-1) @ v
        x = x + self.projection(mixed.transpose(1, 2).reshape(batch, context, width))
        return x + self.down(F.gelu(self.up(self.second(x)), approximate="tanh"))


def transformer(spec):
    draw, width, context = Draw(), spec["width"], spec["context"]
    shape, vocabulary = (spec["batch"], context), spec["vocabulary"]
    tokens = torch.from_numpy(draw.integers(*shape, below=vocabulary))
    following = torch.from_numpy(draw.integers(*shape, below=vocabulary)).flatten()
    token_table, place_table = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
    begin(token_table.weight, draw.uniform(vocabulary, width))
    begin(place_table.weight, draw.uniform(context, width))
    blocks = nn.ModuleList(Block(draw, width, spec["heads"]) for _ in range(spec["layers"]))
    last, head = nn.LayerNorm(width), linear(draw, width, vocabulary)
    net = nn.ModuleList([token_table, place_table, blocks, last, head])
    later = torch.ones(context, context).triu(1).bool()

    def loss_of():
        x = token_table(tokens) + place_table.weight
        for block in blocks:
            x = block(x, later)
        return F.cross_entropy(head(last(x)).flatten(0, 1), following)

    adamw = torch.optim.AdamW(net.parameters(), lr=spec["lr"], weight_decay=spec["weightDecay"])
    return training(adamw, loss_of)


def skipgram(spec):
    draw, width, batch = Draw(), spec["width"], spec["batch"]
    vocabulary, candidates = spec["vocabulary"], 1 + spec["negatives"]
    centers = torch.from_numpy(draw.integers(batch, below=vocabulary))
    others = torch.from_numpy(draw.integers(batch, candidates, below=vocabulary))
    truth = torch.zeros(batch, candidates)
    truth[:, 0] = 1
    tables = [nn.Embedding(vocabulary, width) for _ in range(2)]
    for table in tables:
        begin(table.weight, draw.uniform(vocabulary, width, scale=1 / np.sqrt(width)))
    inner, outer = tables
    sgd = torch.optim.SGD([inner.weight, outer.weight], lr=spec["lr"])
    return training(
        sgd,
        lambda: F.binary_cross_entropy_with_logits(
            (outer(others) @ inner(centers).unsqueeze(2)).squeeze(2), truth
        ),
    )


def sample(tensor):
    values = tensor.detach().flatten()
    return [values[(len(values) - 1) * i // 6].item() for i in range(7)]


def operation(run):
    def step():
        run()

    return step, lambda: sample(run())


def with_slopes(run, leaves, gradient):
    for leaf in leaves:
        leaf.requires_grad = True

    def both():
        result = run()
        result.backward(gradient)
        slopes = [leaf.grad for leaf in leaves]
        for leaf in leaves:
            leaf.grad = None
        return result, *slopes

    return lambda: both() and None, lambda: [v for each in both() for v in sample(each)]


def op(spec):
    draw, kind, shape = Draw(), spec["kind"], (spec["rows"], spec["columns"])
    x = torch.from_numpy(draw.uniform(*shape, scale=1 if kind == "sum" else 3))
    if kind == "sum":
        x = x.abs()
        return operation(lambda: x.sum())
    if kind == "softmax":
        return operation(lambda: x.softmax(1))
    other = torch.from_numpy(draw.uniform(*shape))
    if kind == "gelu":
        return with_slopes(lambda: F.gelu(x, approximate="tanh"), [x], other)
    if kind == "layernorm":
        gamma, beta = (torch.from_numpy(draw.uniform(shape[1])) for _ in range(2))
        return with_slopes(
            lambda: F.layer_norm(x, (shape[1],), gamma, beta), [x, gamma, beta], other
        )
    x.requires_grad = kind == "tapedAdd"
    return operation(lambda: x + other)


def matmul(spec):
    draw, n = Draw(), spec["n"]
    a, b = (torch.from_numpy(draw.uniform(n, n)) for _ in range(2))
    return operation(lambda: a @ b)


makers = {
    "mlp": mlp,
    "convnet": convnet,
    "transformer": transformer,
    "skipgram": skipgram,
    "matmul": matmul,
    **{kind: op for kind in ("tapedAdd", "gelu", "softmax", "layernorm", "add", "sum")},
}
