"""Prints, as JSON, what PyTorch's layers do in 20 steps of training, and its losses with every argument.

Each network starts from seed 7, is trained on random numbers drawn next, and is then evaluated;
kernel/tensor must start from the same values, draw the same masks and take the same steps. Tensors
are told apart by a few of their numbers.
"""

import json

import torch
from torch import nn
from torch.nn import functional as F


class First(nn.Module):
    """The first result of a layer that gives several."""

    def __init__(self, layer, arguments=lambda x: (x,)):
        super().__init__()
        self.layer = layer
        self.arguments = arguments

    def forward(self, x):
        return self.layer(*self.arguments(x))[0]


class Attention(nn.Module):
    def __init__(self, layer, **options):
        super().__init__()
        self.layer = layer
        self.options = options

    def forward(self, x):
        return self.layer(x, x, x, **self.options)[0]


class Cross(nn.Module):
    """Attention whose keys and values have sizes of their own."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        output, weights = self.layer(x, x[..., :3], x[..., :2], average_attn_weights=False)
        return torch.cat([output.flatten(), weights.flatten()])


def activations(approximate):
    return nn.Sequential(
        nn.Linear(3, 4), nn.ELU(0.7), nn.Linear(4, 4), nn.LeakyReLU(0.2), nn.Linear(4, 4), nn.SiLU(),
        nn.Linear(4, 4), nn.Softplus(), nn.Linear(4, 4), nn.GELU(approximate), nn.Linear(4, 4),
        nn.LogSoftmax(-1), nn.Linear(4, 4), nn.Softmax(-1), nn.Linear(4, 2), nn.Sigmoid(),
    )


CAUSAL = torch.ones(4, 4).triu(1).bool()
PADDED = torch.tensor([[False, False, False, True], [False, False, True, True]])

NETWORKS = [
    ("linear", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4, False), nn.Linear(4, 2))),
    ("activations", [5, 3], lambda: activations("none")),
    ("activations, tanh", [5, 3], lambda: activations("tanh")),
    ("flatten", [5, 3, 2], lambda: nn.Sequential(nn.Flatten(0, 1), nn.Linear(2, 2), nn.Identity())),
    ("layer norm", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2))),
    ("layer norm over two", [2, 5, 3], lambda: nn.LayerNorm([5, 3], eps=0.1)),
    ("layer norm, plain", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4, elementwise_affine=False))),
    ("batch norm", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))),
    ("batch norm, mean of all", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, momentum=None))),
    ("batch norm of lines", [2, 3, 5], lambda: nn.BatchNorm1d(3, eps=0.1, momentum=0.3)),
    ("batch norm, plain", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, affine=False))),
    ("batch norm, untracked", [5, 3], lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, track_running_stats=False))),
    ("batch norm of pictures", [2, 2, 5, 5], lambda: nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2))),
    ("dropout", [5, 3], lambda: nn.Sequential(nn.Linear(3, 6), nn.Dropout(0.3), nn.Linear(6, 2), nn.Dropout(0.5))),
    ("rnn", [4, 2, 3], lambda: First(nn.RNN(3, 5))),
    ("rnn, relu", [4, 2, 3], lambda: First(nn.RNN(3, 5, num_layers=2, nonlinearity="relu", bidirectional=True))),
    ("rnn without a batch", [4, 3], lambda: First(nn.RNN(3, 5, bias=False))),
    ("lstm", [4, 2, 3], lambda: First(nn.LSTM(3, 5))),
    ("lstm, every option", [2, 4, 3], lambda: First(nn.LSTM(3, 5, num_layers=2, batch_first=True, dropout=0.3, bidirectional=True))),
    ("lstm from a start", [4, 2, 3], lambda: First(nn.LSTM(3, 3), lambda x: (x, (x[:1], x[1:2])))),
    ("gru", [4, 2, 3], lambda: First(nn.GRU(3, 5))),
    ("gru, every option", [2, 4, 3], lambda: First(nn.GRU(3, 5, num_layers=3, batch_first=True, dropout=0.3, bidirectional=True, bias=False))),
    ("gru from a start", [4, 2, 3], lambda: First(nn.GRU(3, 3), lambda x: (x, x[:1]))),
    ("attention", [4, 2, 6], lambda: Attention(nn.MultiheadAttention(6, 2))),
    ("attention, masked", [2, 4, 6], lambda: Attention(nn.MultiheadAttention(6, 3, dropout=0.2, batch_first=True), attn_mask=CAUSAL, key_padding_mask=PADDED)),
    ("attention without biases and batch", [4, 6], lambda: Attention(nn.MultiheadAttention(6, 2, bias=False), attn_mask=CAUSAL * -3.0, need_weights=False)),
    ("attention to others", [4, 2, 6], lambda: Cross(nn.MultiheadAttention(6, 2, kdim=3, vdim=2))),
]


def digest(tensor):
    values = tensor.detach().double().flatten()
    return [values.numel(), values.abs().sum().item(), *values[:3].tolist(), values[-1].item()]


def state(net):
    return {key.removeprefix("layer."): digest(value) for key, value in net.state_dict().items()}


def trained(name, shape, build):
    torch.manual_seed(7)
    net = build()
    run = {"name": name, "shape": shape, "printed": str(net), "start": state(net)}
    x = torch.randn(shape, requires_grad=True)
    target = torch.randn(net.eval()(x).shape)
    net.train()
    opt = torch.optim.SGD(list(net.parameters()), lr=0.05, momentum=0.9)
    run["losses"] = []
    for _ in range(20):
        loss = F.mse_loss(net(x), target)
        opt.zero_grad()
        loss.backward()
        opt.step()
        run["losses"].append(loss.item())
    run["end"] = state(net)
    run["slope"] = digest(x.grad)
    run["evaluated"] = digest(net.eval()(x))
    return run


generator = torch.Generator().manual_seed(3)


def numbers(*shape):
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def shares(*shape):
    return numbers(*shape).softmax(1)


def labels(classes, *shape):
    return torch.randint(0, classes, shape, generator=generator)


def some_ignored(classes, ignored, *shape):
    chosen = labels(classes, *shape)
    chosen.view(-1)[::3] = ignored
    return chosen


def signs(*shape):
    return torch.randint(0, 2, shape, generator=generator).double() * 2 - 1


def positive(*shape):
    return numbers(*shape).abs() + 0.1


# Our name, PyTorch's, inputs that get slopes and those that do not, and the grid of options.
GRIDS = [
    ("mse", F.mse_loss, lambda: [numbers(3, 2), numbers(3, 2)], [{}]),
    ("l1", F.l1_loss, lambda: [numbers(3, 2), numbers(3, 2)], [{}]),
    ("huber", F.huber_loss, lambda: [numbers(3, 4), numbers(3, 4)], [{}, {"delta": 0.4}]),
    ("smoothL1", F.smooth_l1_loss, lambda: [numbers(3, 4), numbers(3, 4)], [{}, {"beta": 0.4}, {"beta": 0.0}]),
    ("bce", F.binary_cross_entropy, lambda: [numbers(3, 2).sigmoid(), shares(3, 2)], [{}, {"weight": positive(3, 2)}]),
    ("bce", F.binary_cross_entropy, lambda: [torch.tensor([0.0, 1.0, 0.0, 1.0]).double(), torch.tensor([0.0, 1.0, 1.0, 0.0]).double()], [{}]),
    ("bceWithLogits", F.binary_cross_entropy_with_logits, lambda: [numbers(3, 2) * 3, shares(3, 2)],
     [{}, {"weight": positive(3, 2)}, {"pos_weight": positive(2)}, {"weight": positive(2), "pos_weight": positive(3, 2)}]),
    ("kl", F.kl_div, lambda: [shares(3, 4).log(), shares(3, 4)], [{}]),
    ("kl", F.kl_div, lambda: [shares(3, 4).log(), shares(3, 4).log()], [{"log_target": True}]),
    ("kl", F.kl_div, lambda: [shares(2, 2).log(), torch.tensor([[0.0, 1.0], [0.5, 0.5]]).double()], [{}]),
    ("nll", F.nll_loss, lambda: [shares(4, 3).log(), labels(3, 4)], [{}, {"weight": positive(3)}]),
    ("nll", F.nll_loss, lambda: [shares(4, 3).log(), some_ignored(3, -100, 4)], [{}, {"weight": positive(3)}]),
    ("nll", F.nll_loss, lambda: [shares(2, 3, 2, 2).log(), some_ignored(3, 2, 2, 2, 2)], [{"ignore_index": 2}]),
    ("nll", F.nll_loss, lambda: [shares(1, 3)[0].log(), torch.tensor(2)], [{}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(4, 3), labels(3, 4)],
     [{}, {"weight": positive(3)}, {"label_smoothing": 0.2}, {"weight": positive(3), "label_smoothing": 0.3}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(7, 3), some_ignored(3, -100, 7)],
     [{}, {"weight": positive(3)}, {"label_smoothing": 0.2}, {"weight": positive(3), "label_smoothing": 0.3}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(4, 3), some_ignored(3, 1, 4)], [{"ignore_index": 1}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(2, 3), torch.tensor([-100, -100])], [{}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(2, 3, 4), some_ignored(3, -100, 2, 4)],
     [{}, {"weight": positive(3), "label_smoothing": 0.1}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(3), torch.tensor(1)], [{}, {"label_smoothing": 0.1}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(4, 3), shares(4, 3)],
     [{}, {"weight": positive(3)}, {"label_smoothing": 0.2}, {"weight": positive(3), "label_smoothing": 0.3}]),
    ("crossEntropy", F.cross_entropy, lambda: [numbers(2, 3, 2), shares(2, 3, 2)], [{}, {"weight": positive(3)}]),
    ("cosineSimilarity", F.cosine_similarity, lambda: [numbers(3, 4), numbers(3, 4)], [{}, {"dim": 0}, {"eps": 2.5}]),
    ("cosineSimilarity", F.cosine_similarity, lambda: [numbers(3, 4), numbers(1, 4)], [{"dim": -1}]),
    ("cosineEmbedding", F.cosine_embedding_loss, lambda: [numbers(5, 4), numbers(5, 4), signs(5)], [{}, {"margin": 0.2}]),
    ("cosineEmbedding", F.cosine_embedding_loss, lambda: [numbers(4), numbers(4), torch.tensor(-1.0).double()], [{"margin": -0.9}]),
]


def rounded(tensor):
    """Shape and values; NaN and infinity, which JSON has not, as text."""
    values = [value if torch.isfinite(torch.tensor(value)) else str(value) for value in tensor.double().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": [float(f"{v:.12g}") if isinstance(v, float) else v for v in values],
            "whole": not tensor.is_floating_point()}


def judged(name, function, draw, options):
    inputs = draw()
    # Where PyTorch's slopes are not those of the function: at log 0, and through its eps.
    learned = 0 if "eps" in options else 1 if name in ("kl", "bce") and 0 in inputs[1] else 2
    for each in inputs[:learned]:
        each.requires_grad = each.is_floating_point()
    output = function(*inputs, **options)
    slope = torch.arange(1, output.numel() + 1).double().reshape(output.shape).cos()
    if learned > 0:
        output.backward(slope)
    return {
        "op": name,
        "options": {key: rounded(value) if torch.is_tensor(value) else value for key, value in options.items()},
        "inputs": [rounded(each.detach()) for each in inputs],
        "output": rounded(output.detach()),
        "slopes": [None if each.grad is None else rounded(each.grad) for each in inputs],
    }


losses = []
for name, function, draw, grid in GRIDS:
    reductions = [{}] if name == "cosineSimilarity" else [{}, {"reduction": "sum"}, {"reduction": "none"}]
    if name == "kl":
        reductions.append({"reduction": "batchmean"})
    for options in grid:
        for reduction in reductions:
            losses.append(judged(name, function, draw, {**options, **reduction}))

print(json.dumps({
    "torch": torch.__version__,
    "networks": [trained(*each) for each in NETWORKS],
    "losses": losses,
}))
