"""The seeded numbers of workloads/draw.ts, in the same order."""
import numpy as np


def mix(seed, length):
    """The hash lowbias32 (Wellons, 2018) of every position."""
    index = np.arange(1, length + 1, dtype=np.uint32)
    h = index * np.uint32(0x9E3779B1) ^ np.uint32(seed * 0x85EBCA6B & 0xFFFFFFFF)
    h = (h ^ h >> np.uint32(16)) * np.uint32(0x7FEB352D)
    h = (h ^ h >> np.uint32(15)) * np.uint32(0x846CA68B)
    return h ^ h >> np.uint32(16)


class Draw:
    def __init__(self):
        self.seed = 0

    def _next(self, length):
        self.seed += 1
        return mix(self.seed, length).astype(np.float64)

    def uniform(self, *shape, scale=1.0):
        values = (self._next(int(np.prod(shape))) / 2**31 - 1) * scale
        return values.astype(np.float32).reshape(shape)

    def integers(self, *shape, below):
        values = np.floor(self._next(int(np.prod(shape))) / 2**32 * below)
        return values.astype(np.int64).reshape(shape)

    def linear(self, inputs, outputs):
        scale = 1 / np.sqrt(inputs)
        return self.uniform(outputs, inputs, scale=scale), self.uniform(outputs, scale=scale)
