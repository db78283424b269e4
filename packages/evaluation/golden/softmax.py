"""Computes softmax.json with scikit-learn's LogisticRegression. See README.md."""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import cases

warnings.filterwarnings("ignore")


def samples(case):
    """Features (float32) around a pattern for each class, some shifted far from 0, and labels."""
    seed, n, k, width = case["seed"], case["samples"], case["classes"], case["width"]
    labels = cases.noise(seed, 1, n) % k
    if case["imbalanced"]:
        labels = np.minimum(labels, cases.noise(seed, 2, n) % k)
    columns = []
    for i in range(width):
        pattern = (labels * 7 + i * 3) % 5 / 4
        columns.append(cases.noise(seed, 10 + i, n) / 2**32 * (1 + i % 3 * 4) + pattern + i % 2 * 100)
    return np.stack(columns, axis=1).astype(np.float32), labels


def golden(case):
    features, labels = samples(case)
    k, l2 = case["classes"], case["l2"]
    x = features.astype(np.float64)
    scaler = StandardScaler().fit(x) if case["standardise"] else None
    z = scaler.transform(x) if scaler else x - x.mean(axis=0)
    balanced = case["classWeights"] == "balanced"
    weights = len(labels) / (len(set(labels)) * np.bincount(labels, minlength=k)) if balanced else np.ones(k)
    total = weights[labels].sum()
    # Of two classes scikit-learn has one vector, where the two of softmax are its halves: half the penalty.
    strength = 1 / (l2 * total) * (2 if k == 2 else 1)
    model = LogisticRegression(
        C=strength, class_weight="balanced" if balanced else None, solver="newton-cg", tol=1e-12, max_iter=100_000
    ).fit(z, labels)
    coefficients, intercept = model.coef_, model.intercept_
    if k == 2:
        coefficients = np.concatenate([-coefficients, coefficients]) / 2
        intercept = np.concatenate([-intercept, intercept]) / 2
    probabilities = model.predict_proba(z)
    losses = -np.log(probabilities[np.arange(len(labels)), labels])
    loss = np.average(losses, weights=weights[labels])
    return {
        "case": case,
        "checksum": cases.checksum(features, labels),
        "loss": loss,
        "objective": loss + l2 / 2 * (coefficients**2).sum(),
        "accuracy": float((probabilities.argmax(axis=1) == labels).mean()),
        "probabilities": probabilities[:5].ravel().tolist(),
        "weights": (coefficients / scaler.scale_ if scaler else coefficients).ravel().tolist(),
    }


CASES = [
    {"samples": n, "classes": k, "width": width, "l2": l2, "classWeights": weights, "standardise": standardise}
    for n, k, width in ((40, 2, 3), (200, 3, 4), (500, 7, 9))
    for l2 in (1.0, 0.01, 0.0003)
    for weights in ("uniform", "balanced")
    for standardise in (True, False)
]
entries = [golden({"seed": i + 1, "imbalanced": i % 2, **case}) for i, case in enumerate(CASES)]
versions = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
lines = ",\n".join(json.dumps(entry, separators=(",", ":"), allow_nan=False) for entry in entries)
Path(__file__).with_name("softmax.json").write_text(
    f'{{\n"versions":{json.dumps(versions)},\n"heads":[\n{lines}\n]\n}}\n'
)
print(len(entries), versions)
