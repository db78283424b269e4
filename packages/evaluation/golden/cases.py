"""The deterministic cases of the golden values. test/support/cases.ts makes the very same ones; checksums prove it.

Everything comes from whole numbers below 2^32, so that both languages get the same bits: a hash of (seed, stream, i).
"""

import numpy as np

MASK = np.uint64(0xFFFFFFFF)


def noise(seed, stream, n):
    """n whole numbers below 2^32: MurmurHash3's finalizer over a counter."""
    i = np.arange(n, dtype=np.uint64)
    z = (np.uint64(seed * 0x9E3779B1 % 2**32) + np.uint64(stream * 0x85EBCA77 % 2**32) + i * np.uint64(0xC2B2AE3D)) & MASK
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        z ^= z >> np.uint64(shift)
        z = (z * np.uint64(factor)) & MASK
    return (z ^ (z >> np.uint64(16))).astype(np.int64)


def single_cases():
    """Parameters of runs: dictionaries of whole numbers and one word."""
    cases = []

    def add(samples, labels, kind="balanced", **more):
        cases.append({"seed": len(cases) + 1, "samples": samples, "labels": labels, "kind": kind, **more})

    for labels in (2, 3, 7, 20):
        for samples in (1, 2, 5, 30, 200, 1500):
            for kind in ("balanced", "imbalanced"):
                for more in ({}, {"abstain": 150}, {"weighted": 1}):
                    add(samples, labels, kind, **more)
    for labels in (2, 3, 7, 10):
        for kind in ("perfect", "constant", "alltrue", "wrong"):
            add(60, labels, kind)
            add(60, labels, kind, weighted=1)
        add(300, labels, missingTruth=0)
        add(300, labels, missingPrediction=labels - 1)
        add(300, labels, missingTruth=1, missingPrediction=1)
        add(300, labels, ties=3)
        add(300, labels, ties=2, weighted=1)
        add(40, labels, abstain=1000)
        add(400, labels, abstain=300, ties=4, weighted=1)
    for samples, labels in ((3589, 7), (7178, 7), (35887, 7), (50000, 10), (50000, 2), (5000, 100), (20000, 50)):
        add(samples, labels, "imbalanced", abstain=20)
        add(samples, labels, weighted=1)
    return cases


def single(case):
    """Columns of a run: truth, predicted (-1: none), scores (float32), weights or None."""
    seed, n, k, kind = case["seed"], case["samples"], case["labels"], case["kind"]
    truth = noise(seed, 1, n) % k
    if kind == "imbalanced":
        truth = np.minimum(truth, np.minimum(noise(seed, 2, n) % k, noise(seed, 3, n) % k))
    if kind == "alltrue":
        truth[:] = k - 1
    if "missingTruth" in case:
        truth[truth == case["missingTruth"]] = (case["missingTruth"] + 1) % k
    levels = case.get("ties", 1000)
    raw = np.stack([1 + noise(seed, 10 + c, n) % levels for c in range(k)], axis=1)
    rows = np.arange(n)
    helped = noise(seed, 4, n) % 1000 < 550
    raw[rows[helped], truth[helped]] += levels
    if kind == "perfect":
        raw[rows, truth] += 100_000
    if kind == "wrong":
        raw[rows, (truth + 1) % k] += 100_000
    if kind == "constant":
        raw[:, 0] += 100_000
    if "missingPrediction" in case:
        raw[:, case["missingPrediction"]] = 0
    scores = (raw / raw.sum(axis=1, keepdims=True)).astype(np.float32)
    predicted = raw.argmax(axis=1)
    predicted[noise(seed, 5, n) % 1000 < case.get("abstain", 0)] = -1
    weights = (noise(seed, 6, n) % 100) / 10 if case.get("weighted") else None
    if weights is not None and weights.sum() == 0:
        weights[:] = 1
    return truth, predicted, scores, weights


def set_cases():
    """Parameters of several runs on the same samples."""
    shapes = [(r, n) for r in (2, 3, 4, 6, 10) for n in (1, 8, 40, 300, 2000, 35887) if r < 10 or n < 35887]
    cases = [{"seed": 1000 + i, "runs": r, "samples": n, "labels": (2, 7, 30)[i % 3]} for i, (r, n) in enumerate(shapes)]
    cases += [{"seed": 2000 + r, "runs": r, "samples": 500, "labels": 7, "far": 1} for r in (2, 3, 5, 7, 10)]
    cases += [{"seed": 3000 + r, "runs": r, "samples": 50, "labels": 3, "same": 1} for r in (2, 4)]
    cases += [{"seed": 4000 + i, "runs": 3 + i % 5, "samples": 20 + 37 * i, "labels": 4} for i in range(10)]
    return cases


def run_set(case):
    """Truth and a column of predictions for each run."""
    seed, n, k = case["seed"], case["samples"], case["labels"]
    truth = noise(seed, 1, n) % k
    predicted = []
    for run in range(case["runs"]):
        stream = 100 if case.get("same") else 100 + run
        skill = 300 + 120 * run if case.get("far") else 600 + 10 * run
        guess = noise(seed, 50 + stream, n) % (k + 1) - 1
        predicted.append(np.where(noise(seed, stream, n) % 1000 < skill, truth, guess))
    return truth, predicted


def block_cases():
    """Parameters of scores over blocks, for rank tests."""
    cases = []
    for treatments in (3, 4, 5, 8, 10):
        for blocks in (2, 5, 14, 60, 500):
            for levels in (3, 100_000):
                cases.append({"seed": 5000 + len(cases), "treatments": treatments, "blocks": blocks, "levels": levels})
    return cases


def blocks(case):
    """A column of scores for each treatment; later ones are better."""
    seed, n, levels = case["seed"], case["blocks"], case["levels"]
    return [
        (noise(seed, t, n) % levels + (noise(seed, 40 + t, n) % 4 < t % 4) * (levels // 3)).astype(np.float64)
        for t in range(case["treatments"])
    ]


def checksum(*columns):
    """Of whole numbers and of the bits of float32, modulo 2^32."""
    total = 0
    for column in columns:
        if column is None:
            continue
        column = np.ascontiguousarray(column).ravel()
        values = column.view(np.uint32).astype(np.uint64) if column.dtype == np.float32 else (column * 10 + 10).round().astype(np.uint64)
        total = (total * 31 + int((values * (np.arange(len(values), dtype=np.uint64) % np.uint64(1000) + np.uint64(1)) % np.uint64(2**32)).sum())) % 2**32
    return total
