"""Prints, as JSON, what PyTorch's schedules make of the learning rate and momentum in 30 steps.

Each case names the optimiser, the schedules in the order they are made and stepped, and for every
step the settings of both groups of parameters before it; kernel/tensor/optim must give the same.
"""

import json
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler

# Said about stepping a schedule by number, which its own SequentialLR does.
warnings.simplefilter("ignore")

STEPS = 30
LOSSES = [3.0, 2.0, 1.5, 1.5, 1.4999, 1.6, 1.55, 1.2, 1.3, 1.25, 1.2, 1.19, 1.3, 1.4, 1.5] * 2


def make(opt, spec):
    name, args = spec["name"], dict(spec["args"])
    if name == "SequentialLR":
        args["schedulers"] = [make(opt, each) for each in args.pop("schedules")]
    if name == "LambdaLR":
        rates = args.pop("powers")
        functions = [lambda epoch, rate=rate: rate**epoch for rate in rates]
        args["lr_lambda"] = functions if len(functions) > 1 else functions[0]
    return getattr(lr_scheduler, name)(opt, **args)


def run(optimiser, options, specs):
    params = [torch.zeros(1, requires_grad=True) for _ in range(2)]
    groups = [{"params": params[:1], "lr": 0.1}, {"params": params[1:], "lr": 0.4}]
    opt = getattr(optim, optimiser)(groups, **options)
    schedules = [make(opt, spec) for spec in specs]
    rates, momenta = [], []
    for step in range(STEPS):
        rates.append([group["lr"] for group in opt.param_groups])
        momenta.append(
            [group["betas"][0] if "betas" in group else group.get("momentum") for group in opt.param_groups]
        )
        opt.step()
        for schedule in schedules:
            if isinstance(schedule, lr_scheduler.ReduceLROnPlateau):
                schedule.step(LOSSES[step])
            else:
                schedule.step()
    return {
        "optimiser": optimiser,
        "options": options,
        "schedules": specs,
        "rates": rates,
        "momenta": momenta,
    }


def spec(name, **args):
    return {"name": name, "args": args}


SGD = ("SGD", {"lr": 1.0, "momentum": 0.9})
CASES = [
    (*SGD, [spec("StepLR", step_size=7)]),
    (*SGD, [spec("StepLR", step_size=3, gamma=0.8)]),
    (*SGD, [spec("MultiStepLR", milestones=[3, 11, 3, 20], gamma=0.5)]),
    (*SGD, [spec("CosineAnnealingLR", T_max=30)]),
    (*SGD, [spec("CosineAnnealingLR", T_max=7, eta_min=0.01)]),
    (*SGD, [spec("LinearLR")]),
    (*SGD, [spec("LinearLR", start_factor=0.2, end_factor=0.7, total_iters=12)]),
    (*SGD, [spec("LambdaLR", powers=[0.9])]),
    (*SGD, [spec("LambdaLR", powers=[0.9, 0.8])]),
    (*SGD, [spec("StepLR", step_size=5, gamma=0.5), spec("LinearLR", total_iters=10)]),
    (
        *SGD,
        [
            spec(
                "SequentialLR",
                schedules=[
                    spec("LinearLR", start_factor=0.1, total_iters=5),
                    spec("CosineAnnealingLR", T_max=20, eta_min=0.001),
                ],
                milestones=[5],
            )
        ],
    ),
    (
        *SGD,
        [
            spec(
                "SequentialLR",
                schedules=[
                    spec("LinearLR", total_iters=8),
                    spec("StepLR", step_size=2, gamma=0.5),
                    spec("LambdaLR", powers=[0.95]),
                ],
                milestones=[4, 13],
            )
        ],
    ),
    (*SGD, [spec("OneCycleLR", max_lr=0.5, total_steps=30)]),
    (*SGD, [spec("OneCycleLR", max_lr=0.5, total_steps=31, anneal_strategy="linear", pct_start=0.4)]),
    (
        *SGD,
        [
            spec(
                "OneCycleLR",
                max_lr=[0.5, 2.0],
                epochs=4,
                steps_per_epoch=8,
                base_momentum=[0.7, 0.8],
                max_momentum=0.9,
                div_factor=10.0,
                final_div_factor=100.0,
                three_phase=True,
            )
        ],
    ),
    ("Adam", {"lr": 1.0, "betas": [0.8, 0.99]}, [spec("OneCycleLR", max_lr=0.1, total_steps=40)]),
    ("Adagrad", {"lr": 1.0}, [spec("OneCycleLR", max_lr=0.1, total_steps=40, cycle_momentum=False)]),
    (*SGD, [spec("ReduceLROnPlateau", patience=1, factor=0.5)]),
    (*SGD, [spec("ReduceLROnPlateau", patience=0, factor=0.1, min_lr=[0.01, 0.002], cooldown=2)]),
    (*SGD, [spec("ReduceLROnPlateau", mode="max", patience=2, factor=0.7, threshold=0.2, threshold_mode="abs")]),
    (*SGD, [spec("ReduceLROnPlateau", patience=1, threshold=0.1, threshold_mode="rel", eps=0.001)]),
]

print(json.dumps({"torch": torch.__version__, "losses": LOSSES, "cases": [run(*case) for case in CASES]}))
