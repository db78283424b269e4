"""Computes golden.json with scikit-learn, SciPy and statsmodels. See README.md."""

import json
import math
import platform
import warnings
from itertools import combinations
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.stats import binom, friedmanchisquare, studentized_range
from sklearn import metrics as sk
from statsmodels.stats.contingency_tables import cochrans_q, mcnemar
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

import cases

warnings.filterwarnings("ignore")


def plain(value):
    """JSON without NaN: what is undefined is null."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if value is None:
        return None
    value = float(value)
    return None if math.isnan(value) or math.isinf(value) else float(f"{value:.13g}")


def of_labels(truth, predicted, k, weights):
    w = np.ones(len(truth)) if weights is None else weights
    occurs = [c for c in range(k) if w[truth == c].sum() + w[predicted == c].sum() > 0]

    def averaged(labels, average, zero_division=0.0):
        return sk.precision_recall_fscore_support(
            truth, predicted, labels=labels, average=average, zero_division=zero_division, sample_weight=weights
        )[:3]

    seen = w > 0
    constant = len(set(truth[seen])) < 2 or len(set(predicted[seen])) < 2
    same = len(set(truth[seen]) | set(predicted[seen])) < 2
    covered = predicted >= 0
    result = {
        "accuracy": sk.accuracy_score(truth, predicted, sample_weight=weights),
        "coveredAccuracy": sk.accuracy_score(truth[covered], predicted[covered], sample_weight=w[covered])
        if w[covered].sum() > 0
        else None,
        "balancedAccuracy": sk.balanced_accuracy_score(truth, predicted, sample_weight=weights),
        "cohenKappa": None if same else sk.cohen_kappa_score(truth, predicted, sample_weight=weights),
        "matthewsCorrelation": None if constant else sk.matthews_corrcoef(truth, predicted, sample_weight=weights),
    }
    for name, (labels, average, zero) in {
        "macro": (occurs, "macro", 0.0),
        "weighted": (range(k), "weighted", 0.0),
        "micro": (range(k), "micro", np.nan),
    }.items():
        for metric, value in zip(("Precision", "Recall", "F1"), averaged(list(labels), average, zero)):
            result[name + metric] = value
    if weights is None:
        low, high = proportion_confint(int((truth == predicted).sum()), len(truth), method="wilson")
        result["low"], result["high"] = low, high
    per_class = averaged(list(range(k)), None, np.nan)
    return result, {"precision": per_class[0], "recall": per_class[1], "f1": per_class[2]}


def calibration_error(truth, predicted, confidence, weights, bins=15):
    """Guo et al. (2017), with bins that are open below and closed above."""
    bin_of = np.searchsorted(np.arange(1, bins) / bins, confidence, side="left")
    gaps, shares = [], []
    for b in range(bins):
        here = bin_of == b
        if weights[here].sum() == 0:
            continue
        right = np.average(truth[here] == predicted[here], weights=weights[here])
        gaps.append(abs(right - np.average(confidence[here], weights=weights[here])))
        shares.append(weights[here].sum() / weights.sum())
    return float(np.dot(gaps, shares)), max(gaps)


def of_scores(truth, predicted, scores, k, weights):
    total = len(truth) if weights is None else weights.sum()
    w = np.ones(len(truth)) if weights is None else weights
    keep = (predicted >= 0) & (w > 0)
    if not keep.any():
        return None, None
    t, p, s, w = truth[keep], predicted[keep], scores[keep].astype(np.float64), w[keep]
    onehot = np.eye(k)[t]
    result = {
        "logLoss": sk.log_loss(t, s, labels=range(k), sample_weight=w),
        "brierScore": sk.brier_score_loss(t, s, labels=range(k), sample_weight=w, scale_by_half=False)
        if k > 2
        else np.average(((s - onehot) ** 2).sum(axis=1), weights=w),
    }
    for top in (2, 3, 5):
        if top < k:
            hits = sk.top_k_accuracy_score(t, s, k=top, labels=range(k), sample_weight=w, normalize=False)
            result[f"top{top}"] = hits / total
    result["expectedError"], result["maximumError"] = calibration_error(t, p, s[np.arange(len(t)), p], w)
    areas, averages = [], []
    for c in range(k):
        both = 0 < (t == c).sum() < len(t)
        areas.append(sk.roc_auc_score(t == c, s[:, c], sample_weight=w) if both else None)
        averages.append(sk.average_precision_score(t == c, s[:, c], sample_weight=w) if (t == c).any() else None)
    defined = [a for a in areas if a is not None]
    result["macroRocAuc"] = np.mean(defined) if defined else None
    result["macroAveragePrecision"] = np.mean([a for a in averages if a is not None])
    return result, {"rocAuc": areas, "averagePrecision": averages}


def of_single(case):
    truth, predicted, scores, weights = cases.single(case)
    k = case["labels"]
    metrics, per_class = of_labels(truth, predicted, k, weights)
    score_metrics, score_classes = of_scores(truth, predicted, scores, k, weights)
    # Figures of each class for cases of a few classes; of many, the means above hold them all.
    small = k <= 10
    return {
        "case": case,
        "checksum": cases.checksum(truth, predicted, scores, weights),
        "metrics": plain(metrics),
        "perClass": plain(per_class) if small else None,
        "scores": plain(score_metrics) if score_metrics else None,
        "scoresPerClass": plain(score_classes) if small and score_classes else None,
    }


def of_set(case):
    truth, predicted = cases.run_set(case)
    correct = np.stack([p == truth for p in predicted], axis=1).astype(int)
    pairs, mids = [], []
    for a, b in combinations(range(case["runs"]), 2):
        fixed = int(((correct[:, a] == 0) & (correct[:, b] == 1)).sum())
        broken = int(((correct[:, a] == 1) & (correct[:, b] == 0)).sum())
        table = [[0, fixed], [broken, 0]]
        fewer, n = min(fixed, broken), fixed + broken
        mid = 1.0 if fixed == broken else 2 * binom.cdf(fewer, n, 0.5) - binom.pmf(fewer, n, 0.5)
        mids.append(mid)
        same = len(set(predicted[a]) | set(predicted[b])) < 2
        pairs.append(
            {
                "fixed": fixed,
                "broken": broken,
                "exactP": mcnemar(table, exact=True).pvalue,
                "midP": mid,
                "chi2": mcnemar(table, exact=False, correction=False).pvalue if n else 1,
                "corrected": mcnemar(table, exact=False, correction=True).pvalue if fixed != broken else 1,
                "kappa": None if same else sk.cohen_kappa_score(predicted[a], predicted[b]),
            }
        )
    q = cochrans_q(correct) if (correct.sum(axis=1) % case["runs"]).any() else None
    fleiss = None
    if len(np.unique(predicted)) > 1:
        fleiss = fleiss_kappa(aggregate_raters(np.stack(predicted, axis=1))[0])
    return {
        "case": case,
        "checksum": cases.checksum(truth, *predicted),
        "pairs": [plain(pair) for pair in pairs],
        "holm": plain(multipletests(mids, method="holm")[1]),
        "benjaminiHochberg": plain(multipletests(mids, method="fdr_bh")[1]),
        "cochranQ": plain({"statistic": q.statistic, "p": q.pvalue}) if q else None,
        "fleissKappa": plain(fleiss),
    }


def of_blocks(case):
    columns = cases.blocks(case)
    k, n = case["treatments"], case["blocks"]
    test = friedmanchisquare(*columns)
    ranks = np.stack([scipy.stats.rankdata(-np.array(row)) for row in zip(*columns)]).mean(axis=0)
    error = math.sqrt(k * (k + 1) / (6 * n))
    nemenyi = [studentized_range.sf(abs(ranks[b] - ranks[a]) / error * math.sqrt(2), k, np.inf) for a, b in combinations(range(k), 2)]
    f = (n - 1) * test.statistic / (n * (k - 1) - test.statistic) if n * (k - 1) - test.statistic > 1e-9 else None
    return {
        "case": case,
        "checksum": cases.checksum(*columns),
        "statistic": plain(test.statistic),
        "p": plain(test.pvalue),
        "ranks": plain(ranks),
        "imanDavenport": plain(scipy.stats.f.sf(f, k - 1, (k - 1) * (n - 1))) if f is not None else None,
        "nemenyi": plain(nemenyi),
    }


versions = {
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scikit-learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "statsmodels": statsmodels.__version__,
}
golden = {
    "versions": versions,
    "single": [of_single(case) for case in cases.single_cases()],
    "sets": [of_set(case) for case in cases.set_cases()],
    "blocks": [of_blocks(case) for case in cases.block_cases()],
}


def lines(entries):
    return "[\n" + ",\n".join(json.dumps(e, separators=(",", ":"), allow_nan=False) for e in entries) + "\n]"


text = ",\n".join(
    [f'"versions":{json.dumps(versions)}'] + [f'"{name}":{lines(golden[name])}' for name in ("single", "sets", "blocks")]
)
Path(__file__).with_name("golden.json").write_text("{\n" + text + "\n}\n")
print({name: len(golden[name]) for name in ("single", "sets", "blocks")}, versions)
