"""Exchanges a model's files with kernel/tensor/io.

`write FOLDER` trains a small PyTorch network a little and writes its state_dict as .npz by NumPy and
as .safetensors by the writer below, with an input and what the network makes of it; and arrays in
every type and layout that NumPy writes. `read FOLDER` opens what our engine saved there and checks
that PyTorch's network makes the same of the same input.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn


def network():
    return nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1),
        nn.BatchNorm2d(3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(27, 6),
        nn.Tanh(),
        nn.LayerNorm(6),
        nn.Linear(6, 4),
    )


# The published format: https://huggingface.co/docs/safetensors, names of types as it gives them.
TYPES = {"F32": np.float32, "F64": np.float64, "I32": np.int32, "I64": np.int64, "U8": np.uint8, "BOOL": np.bool_}


def write_safetensors(path, arrays):
    header, start = {"__metadata__": {"format": "pt"}}, 0
    for name, array in arrays.items():
        kind = next(key for key, value in TYPES.items() if array.dtype == value)
        end = start + array.nbytes
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, end]}
        start = end
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(a.tobytes() for a in arrays.values()))


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    arrays = {}
    for name, entry in header.items():
        start, end = (8 + length + each for each in entry["data_offsets"])
        values = np.frombuffer(data[start:end], TYPES[entry["dtype"]])
        arrays[name] = values.reshape(entry["shape"])
    return arrays


def write_types(folder):
    """Arrays of -2 to 3 or 0 to 5, [2, 3], in every type, byte order and layout; and what they hold."""
    arrays = {}
    for code in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
        values = np.arange(6).reshape(2, 3) - (0 if code[0] == "u" else 2)
        arrays[code] = values.astype(code)
        arrays[f"big_{code}"] = values.astype(f">{code}")
        arrays[f"fortran_{code}"] = np.asfortranarray(values.astype(code))
    arrays["bool"] = np.array([[True, False], [False, True]])
    arrays["scalar"] = np.float32(2.5)
    arrays["empty"] = np.zeros((0, 3), np.float32)
    arrays["cube"] = np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    np.savez_compressed(folder / "types.npz", **arrays)
    for version in (1, 2, 3):
        with open(folder / f"version-{version}.npy", "wb") as file:
            np.lib.format.write_array(file, np.arange(3, dtype="<f4"), version=(version, 0))
    return {name: np.asarray(array).tolist() for name, array in arrays.items()}


def write(folder):
    torch.manual_seed(3)
    net = network()
    opt = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(5):
        loss = nn.functional.cross_entropy(net(torch.randn(8, 1, 6, 6)), torch.randint(0, 4, (8,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    net.eval()
    arrays = {name: value.numpy() for name, value in net.state_dict().items()}
    np.savez(folder / "torch.npz", **arrays)
    np.savez_compressed(folder / "torch-compressed.npz", **arrays)
    write_safetensors(folder / "torch.safetensors", arrays)
    x = torch.randn(2, 1, 6, 6)
    said = {"x": x.flatten().tolist(), "y": net(x).flatten().tolist(), "types": write_types(folder)}
    (folder / "torch.json").write_text(json.dumps(said))


def read(folder):
    said = json.loads((folder / "ours.json").read_text())
    x = torch.tensor(said["x"]).reshape(2, 1, 6, 6)
    for name, arrays in (
        ("ours.npz", dict(np.load(folder / "ours.npz"))),
        ("ours.safetensors", read_safetensors(folder / "ours.safetensors")),
    ):
        net = network()
        net.load_state_dict({key: torch.tensor(value) for key, value in arrays.items()})
        net.eval()
        off = (net(x).flatten() - torch.tensor(said["y"])).abs().max().item()
        if off > 1e-5:
            sys.exit(f"{name}: PyTorch's output is {off} off")


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
