"""
Computes the figures of a report again, from nothing but exports of the predictions, and compares them to the last digit.

    python rederive_report.py report.json --url http://127.0.0.1:4000

It shares no code with the platform: Python's standard library alone, written from the formulas that the platform names
(packages/evaluation). Even intervals of the bootstrap come out the same, since their draws are defined: a Mersenne Twister
(MT19937, init_genrand(seed + 1)), each true class resampled as a multinomial, cell after cell, by binomials (counted
trials for means below 10, else Hormann's BTRS). Costs are measured, not computed; they are not looked at.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import sys
import urllib.request
from statistics import NormalDist
from typing import Any, Callable, Iterator, Sequence

NAN = math.nan
NONE = -1
DRAWS = 1000
Z = NormalDist().inv_cdf(0.975)

Matrix = list[list[int]]  # truth x (labels + 1), the last column being samples without a prediction


# ---- metrics of a confusion matrix


def ratio(a: float, b: float) -> float:
    return a / b if b else NAN


class Sums:
    def __init__(self, matrix: Sequence[Sequence[float]]):
        k = len(matrix)
        self.support = [sum(row) for row in matrix]
        self.predicted = [sum(row[c] for row in matrix) for c in range(k)]
        self.correct = [matrix[c][c] for c in range(k)]
        self.missing = sum(row[k] for row in matrix)
        self.n = sum(self.support)


def precision(s: Sums, c: int) -> float:
    return ratio(s.correct[c], s.predicted[c])


def recall(s: Sums, c: int) -> float:
    return ratio(s.correct[c], s.support[c])


def f1(s: Sums, c: int) -> float:
    return ratio(2 * s.correct[c], s.support[c] + s.predicted[c])


def macro(of: Callable[[Sums, int], float]) -> Callable[[Sums], float]:
    def metric(s: Sums) -> float:
        classes = [c for c in range(len(s.support)) if s.support[c] + s.predicted[c] > 0]
        values = [of(s, c) for c in classes]
        return ratio(sum(0 if math.isnan(v) else v for v in values), len(classes))

    return metric


def accuracy(s: Sums) -> float:
    return ratio(sum(s.correct), s.n)


def balanced_accuracy(s: Sums) -> float:
    values = [recall(s, c) for c in range(len(s.support)) if s.support[c]]
    return ratio(sum(values), len(values))


def weighted_f1(s: Sums) -> float:
    values = [(f1(s, c), s.support[c]) for c in range(len(s.support))]
    return ratio(sum(v * w for v, w in values if not math.isnan(v)), s.n)


def cohen_kappa(s: Sums) -> float:
    expected = sum(a / s.n * b / s.n for a, b in zip(s.support, s.predicted))
    return ratio(sum(s.correct) / s.n - expected, 1 - expected)


def matthews(s: Sums) -> float:
    products = sum(a * b for a, b in zip(s.support, s.predicted))
    truth = s.n**2 - sum(a * a for a in s.support)
    predicted = s.n**2 - sum(b * b for b in s.predicted) - s.missing**2
    return ratio(sum(s.correct) * s.n - products, math.sqrt(truth * predicted))


METRICS: dict[str, Callable[[Sums], float]] = {
    "accuracy": accuracy,
    "balancedAccuracy": balanced_accuracy,
    "macroPrecision": macro(precision),
    "macroRecall": macro(recall),
    "macroF1": macro(f1),
    "weightedF1": weighted_f1,
    "cohenKappa": cohen_kappa,
    "matthewsCorrelation": matthews,
}


def log_loss(truth: list[int], scores: list[list[float] | None]) -> float:
    eps = 2.0**-52
    losses = [-math.log(min(1 - eps, max(eps, s[t]))) for t, s in zip(truth, scores) if s]
    return math.fsum(losses) / len(losses)


def brier(truth: list[int], scores: list[list[float] | None]) -> float:
    losses = [sum((p - (c == t)) ** 2 for c, p in enumerate(s)) for t, s in zip(truth, scores) if s]
    return math.fsum(losses) / len(losses)


def auc(truth: list[int], scores: list[list[float] | None], label: int) -> float:
    """Mann and Whitney: how often one of the class is scored above one of another; ties count half."""
    ranked = sorted((s[label], t == label) for t, s in zip(truth, scores) if s)
    positives = sum(1 for _, own in ranked if own)
    below, wins, i = 0, 0.0, 0
    while i < len(ranked):
        j = i
        while j < len(ranked) and ranked[j][0] == ranked[i][0]:
            j += 1
        own = sum(1 for _, is_own in ranked[i:j] if is_own)
        others = j - i - own
        wins += own * (below + others / 2)
        below += others
        i = j
    return ratio(wins, positives * (len(ranked) - positives))


def macro_auc(truth: list[int], scores: list[list[float] | None], k: int) -> float:
    values = [v for v in (auc(truth, scores, c) for c in range(k)) if not math.isnan(v)]
    return sum(values) / len(values)


# ---- intervals and tests


def wilson(successes: int, trials: int) -> tuple[float, float]:
    p, z2 = successes / trials, Z * Z
    centre, scale = p + z2 / (2 * trials), 1 + z2 / trials
    spread = Z * math.sqrt(p * (1 - p) / trials + z2 / (4 * trials**2))
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def mcnemar_mid_p(fixed: int, broken: int) -> float:
    if fixed == broken:
        return 1.0
    n, fewer = fixed + broken, min(fixed, broken)
    log_choose = lambda k: math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2)  # noqa: E731
    terms = [math.exp(log_choose(k)) for k in range(fewer + 1)]
    return 2 * math.fsum(terms) - terms[-1]


def holm(p: list[float]) -> list[float]:
    adjusted, largest = [0.0] * len(p), 0.0
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        largest = max(largest, min(1.0, (len(p) - rank) * p[i]))
        adjusted[i] = largest
    return adjusted


def newcombe(both: int, fixed: int, broken: int, neither: int) -> tuple[float, float, float]:
    """Difference of paired proportions, second - first (Newcombe, 1998, method 10)."""
    n = both + fixed + broken + neither
    right1, right2 = both + broken, both + fixed
    p1, p2 = right1 / n, right2 / n
    (l1, u1), (l2, u2) = wilson(right1, n), wilson(right2, n)
    product = right1 * (n - right1) * right2 * (n - right2)
    determinant = both * neither - fixed * broken
    if determinant > 0:
        determinant = max(0, determinant - n / 2)  # type: ignore[assignment]
    phi = determinant / math.sqrt(product) if product else 0.0
    distance = lambda x, y: math.sqrt(max(0.0, x * x - 2 * phi * x * y + y * y))  # noqa: E731
    value = (fixed - broken) / n
    return value, max(-1.0, value - distance(p2 - l2, u1 - p1)), min(1.0, value + distance(u2 - p2, p1 - l1))


def percentiles(values: list[float]) -> tuple[float, float]:
    """2.5 and 97.5 %, with linear interpolation (type 7); undefined draws are left out."""
    ordered = sorted(v for v in values if not math.isnan(v))

    def at(q: float) -> float:
        position = (len(ordered) - 1) * q
        low = math.floor(position)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (position - low)

    tail = (1 - 0.95) / 2
    return at(tail), at(1 - tail)


# ---- the bootstrap's draws


class Stream:
    """MT19937 as its authors seed it with one number; Python's own `seed` does that otherwise."""

    def __init__(self, seed: int):
        state = [seed + 1]
        for i in range(1, 624):
            state.append((1812433253 * (state[-1] ^ (state[-1] >> 30)) + i) & 0xFFFFFFFF)
        self._random = random.Random()
        self._random.setstate((3, (*state, 624), None))

    def uniform(self) -> float:
        return self._random.getrandbits(32) / 2**32

    def below(self, bound: int) -> int:
        return math.floor(self.uniform() * bound)

    def binomial(self, n: int, p: float) -> int:
        return n - self._draw(n, 1 - p) if p > 0.5 else self._draw(n, p)

    def _draw(self, n: int, p: float) -> int:
        if n * p < 10:
            return sum(1 for _ in range(n) if self.uniform() < p)
        spread = math.sqrt(n * p * (1 - p))
        b = 1.15 + 2.53 * spread
        a = -0.0873 + 0.0248 * b + 0.01 * p
        centre, squeeze = n * p + 0.5, 0.92 - 4.2 / b
        while True:
            u = self.uniform() - 0.5
            v = self.uniform()
            us = 0.5 - abs(u)
            # At the very edge nothing is drawn, as a division by 0 gives no number.
            if us == 0:
                continue
            k = math.floor((2 * a / us + b) * u + centre)
            if us >= 0.07 and v <= squeeze:
                return k
            if k < 0 or k > n:
                continue
            odds, mode = p / (1 - p), math.floor((n + 1) * p)
            density = math.log(odds) * (k - mode) + sum(map(math.lgamma, (mode + 1, n - mode + 1)))
            density -= sum(map(math.lgamma, (k + 1, n - k + 1)))
            if v == 0 or math.log(v * (2.83 + 5.1 / b) * spread / (a / (us * us) + b)) <= density:
                return k


class Multinomial:
    def __init__(self, counts: Sequence[int]):
        order = sorted((i for i, c in enumerate(counts) if c > 0), key=lambda i: (-counts[i], i))
        left = self.size = sum(counts)
        self.large: list[tuple[int, float]] = []
        for i in order:
            if counts[i] >= 16:
                self.large.append((i, min(1.0, counts[i] / left)))
                left -= counts[i]
        self.rest = [i for i in order if counts[i] < 16 for _ in range(counts[i])]

    def draw(self, stream: Stream, into: list[int]) -> None:
        left = self.size
        for i, share in self.large:
            if left == 0:
                return
            count = left if share == 1 else stream.binomial(left, share)
            into[i] += count
            left -= count
        for _ in range(left):
            into[self.rest[stream.below(len(self.rest))]] += 1


def resampled(matrix: Matrix, seed: int) -> Iterator[Sums]:
    stream, rows = Stream(seed), [Multinomial(row) for row in matrix]
    for _ in range(DRAWS):
        drawn = [[0] * len(row) for row in matrix]
        for multinomial, into in zip(rows, drawn):
            multinomial.draw(stream, into)
        yield Sums(drawn)


def resampled_pairs(truth: list[int], first: list[int], second: list[int], k: int) -> Iterator[tuple[Sums, Sums]]:
    counts: dict[tuple[int, int, int], int] = {}
    for cell in zip(truth, first, second):
        counts[cell] = counts.get(cell, 0) + 1
    cells = sorted(counts)
    groups = [[cell for cell in cells if cell[0] == t] for t in sorted({cell[0] for cell in cells})]
    stream, rows = Stream(0), [Multinomial([counts[cell] for cell in group]) for group in groups]
    for _ in range(DRAWS):
        both = [[[0] * (k + 1) for _ in range(k)] for _ in range(2)]
        for multinomial, group in zip(rows, groups):
            drawn = [0] * len(group)
            multinomial.draw(stream, drawn)
            for (t, a, b), count in zip(group, drawn):
                both[0][t][a] += count
                both[1][t][b] += count
        yield Sums(both[0]), Sums(both[1])


# ---- reading and comparing


class Run:
    def __init__(self, rows: list[dict[str, str]], labels: list[str]):
        # Without a prediction: one more label, after all others, as the matrix has it. -1 comes first where cells are sorted.
        self.truth = [labels.index(row["truth"]) for row in rows]
        self.predicted = [labels.index(row["predicted"]) if row["predicted"] else NONE for row in rows]
        scored = f"score:{labels[0]}" in rows[0]
        self.scores = [
            [float(row[f"score:{label}"]) for label in labels] if scored and row["predicted"] else None for row in rows
        ]
        self.matrix: Matrix = [[0] * (len(labels) + 1) for _ in labels]
        for t, p in zip(self.truth, self.predicted):
            self.matrix[t][p] += 1


class Comparison:
    def __init__(self) -> None:
        self.checked = 0
        self.wrong: list[str] = []

    def figure(self, place: str, told: dict[str, Any], value: float, interval: tuple[float, float] | None = None) -> None:
        if math.isnan(value):
            self.same(place, told["value"], None)
            return
        self.number(place, told["value"], value)
        if interval:
            self.number(f"{place}, lower end", told["low"], interval[0])
            self.number(f"{place}, upper end", told["high"], interval[1])

    def number(self, place: str, told: float | None, computed: float) -> None:
        self.checked += 1
        # Far below the last digit that a report prints, and above what the order of additions does.
        if told is None or not math.isclose(told, computed, rel_tol=1e-8, abs_tol=1e-10):
            self.wrong.append(f"{place}: the report has {told}, the predictions give {computed}")

    def same(self, place: str, told: Any, computed: Any) -> None:
        self.checked += 1
        if told != computed:
            self.wrong.append(f"{place}: the report has {told}, the predictions give {computed}")


def check_run(check: Comparison, told: dict[str, Any], run: Run, labels: list[str]) -> None:
    name, sums = told["name"], Sums(run.matrix)
    draws = list(resampled(run.matrix, told["seed"]))
    check.same(f"{name}, samples", told["samples"], len(run.truth))
    check.same(f"{name}, covered", told["covered"], sum(p != NONE for p in run.predicted))
    check.same(f"{name}, confusion", told["confusion"]["counts"], [row[:-1] for row in run.matrix])
    check.same(f"{name}, no answer", told["confusion"]["none"], [row[-1] for row in run.matrix])
    figures = {metric["name"]: metric["figure"] for metric in told["metrics"]}
    for metric, of in METRICS.items():
        interval = wilson(sum(sums.correct), sums.n) if metric == "accuracy" else percentiles([of(d) for d in draws])
        check.figure(f"{name}, {metric}", figures[metric], of(sums), interval)
    if any(run.scores) and "logLoss" in figures:
        check.figure(f"{name}, log loss", figures["logLoss"], log_loss(run.truth, run.scores))
        check.figure(f"{name}, Brier", figures["brierScore"], brier(run.truth, run.scores))
        check.figure(f"{name}, AUC", figures["macroRocAuc"], macro_auc(run.truth, run.scores, len(labels)))
    for c, of_class in enumerate(told["perClass"]):
        place = f"{name}, {labels[c]}"
        check.same(f"{place}, support", of_class["support"], sums.support[c])
        check.figure(f"{place}, F1", of_class["f1"], f1(sums, c), percentiles([f1(d, c) for d in draws]))
        if sums.support[c]:
            check.figure(f"{place}, recall", of_class["recall"], recall(sums, c), wilson(sums.correct[c], sums.support[c]))
        if sums.predicted[c]:
            interval = wilson(sums.correct[c], sums.predicted[c])
            check.figure(f"{place}, precision", of_class["precision"], precision(sums, c), interval)


def outcomes(first: Run, second: Run, of: Callable[[int], bool] = lambda _: True) -> tuple[int, int, int, int]:
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for t, a, b in zip(first.truth, first.predicted, second.predicted):
        if of(t):
            counts[(a == t, b == t)] += 1
    return counts[(True, True)], counts[(False, True)], counts[(True, False)], counts[(False, False)]


def check_pairs(check: Comparison, pairs: list[dict[str, Any]], runs: list[Run], names: list[str]) -> None:
    ps: list[float] = []
    for pair in pairs:
        place = f"{names[pair['second']]} beside {names[pair['first']]}"
        both, fixed, broken, neither = outcomes(runs[pair["first"]], runs[pair["second"]])
        check.same(f"{place}, fixed and broken", [pair["fixed"], pair["broken"]], [fixed, broken])
        value, low, high = newcombe(both, fixed, broken, neither)
        check.figure(f"{place}, accuracy", pair["difference"], value, (low, high))
        ps.append(mcnemar_mid_p(fixed, broken))
        check.number(f"{place}, p", pair["p"], ps[-1])
    for pair, adjusted in zip(pairs, holm(ps)):
        check.number(f"{names[pair['second']]}, p by Holm", pair["adjusted"], adjusted)


def check_effects(check: Comparison, report: dict[str, Any], runs: list[Run], k: int) -> None:
    for effect in report["restorations"]:
        first, second = runs[effect["first"]], runs[effect["second"]]
        place = f"{effect['model']}, {effect['restoration']}"
        draws = list(resampled_pairs(first.truth, first.predicted, second.predicted, k))
        a, b = Sums(first.matrix), Sums(second.matrix)
        of = METRICS["macroF1"]
        check.figure(f"{place}, macro F1", effect["macroF1"], of(b) - of(a), percentiles([of(y) - of(x) for x, y in draws]))
        for c, told in enumerate(effect["perClass"]):
            _, fixed, broken, _ = outcomes(first, second, lambda t, c=c: t == c)  # type: ignore[misc]
            check.same(f"{place}, class {c}, fixed and broken", [told["fixed"], told["broken"]], [fixed, broken])
            interval = percentiles([recall(y, c) - recall(x, c) for x, y in draws])
            check.figure(f"{place}, class {c}, recall", told["recall"], recall(b, c) - recall(a, c), interval)


def check_published(check: Comparison, report: dict[str, Any]) -> None:
    for one in report["published"]:
        for measured in one["accuracy"]:
            right, n = round(one["published"]["accuracy"] * measured["samples"]), measured["samples"]
            check.figure(f"{one['name']} of {n}, published", measured["figure"], right / n, wilson(right, n))
    accuracy = {one["name"]: one["published"]["accuracy"] for one in report["published"]}
    for pair in report["publishedPairs"]:
        d = pair["difference"]
        n = pair["samples"]
        right = round(accuracy[pair["better"]] * n) + round(accuracy[pair["worse"]] * n)
        # Just one of two is right at most as often as both together are right, and as both together are wrong.
        possible = min(right, 2 * n - right)
        p = lambda m: mcnemar_mid_p((m + d) // 2, (m - d) // 2)  # noqa: E731, B023
        most = None
        m = abs(d)
        while m <= possible and p(m) < 0.05:
            most, m = m, m + 2
        check.same(f"{pair['better']} and {pair['worse']}, discordant at most", pair["mostDiscordant"], most)
        independent = pair["independent"]
        check.number(f"{pair['better']} and {pair['worse']}, p", independent["p"], p(independent["discordant"]))


def read_run(url: str, run_id: str, labels: list[str]) -> Run:
    token = os.environ.get("SAMPLEWISE_TOKEN")
    headers = {"authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"{url}/runs/Run_{run_id}/predictions.csv", headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310
        rows = list(csv.DictReader(answer.read().decode().splitlines()))
    return Run(sorted(rows, key=lambda row: int(row["sample_index"])), labels)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", help="report.json, as the platform gives it")
    parser.add_argument("--url", default="http://127.0.0.1:4000", help="of the API, for the predictions")
    arguments = parser.parse_args()
    with open(arguments.report, encoding="utf-8") as file:
        report = json.load(file)["document"]
    labels: list[str] = report["dataset"]["labels"]
    runs = [read_run(arguments.url.rstrip("/"), told["runId"], labels) for told in report["runs"]]
    check = Comparison()
    for told, run in zip(report["runs"], runs):
        check_run(check, told, run, labels)
    names = [told["name"] for told in report["runs"]]
    check_pairs(check, report["toBest"], runs, names)
    check_pairs(check, report["restorations"], runs, names)
    check_effects(check, report, runs, len(labels))
    check_published(check, report)
    for line in check.wrong:
        print(line)
    print(f"{check.checked - len(check.wrong)} of {check.checked} figures are the same, of {len(runs)} runs.")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
