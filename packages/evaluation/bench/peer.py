"""The work of evaluation.bench.ts done with scikit-learn and statsmodels, on one core. Prints milliseconds as JSON."""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics as sk
from statsmodels.stats.contingency_tables import mcnemar

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
truth, predicted, other = (np.fromfile(folder / name, dtype=np.int16) for name in ("truth", "predicted", "other"))
scores = np.fromfile(folder / "scores", dtype=np.float32).reshape(len(truth), -1)
labels = list(range(scores.shape[1]))
DRAWS = 1000
rng = np.random.default_rng(0)
strata = [np.flatnonzero(truth == c) for c in labels]


def draw():
    return np.concatenate([rng.choice(members, len(members)) for members in strata])


def of_labels(t, p):
    return sk.accuracy_score(t, p), sk.balanced_accuracy_score(t, p), sk.f1_score(t, p, labels=labels, average="macro")


def evaluate():
    for average in ("macro", "micro", "weighted", None):
        sk.precision_recall_fscore_support(truth, predicted, labels=labels, average=average)
    sk.confusion_matrix(truth, predicted, labels=labels)
    sk.cohen_kappa_score(truth, predicted)
    sk.matthews_corrcoef(truth, predicted)
    sk.log_loss(truth, scores.astype(np.float64), labels=labels)
    sk.brier_score_loss(truth, scores.astype(np.float64), labels=labels)
    for k in (2, 3, 5):
        sk.top_k_accuracy_score(truth, scores, k=k, labels=labels)
    for c in labels:
        sk.roc_auc_score(truth == c, scores[:, c])
        sk.average_precision_score(truth == c, scores[:, c])
    values = []
    for _ in range(DRAWS):
        at = draw()
        values.append(of_labels(truth[at], predicted[at]))
    return np.quantile(values, (0.025, 0.975), axis=0)


def compare():
    right, other_right = truth == predicted, truth == other
    table = [[(right & other_right).sum(), (right & ~other_right).sum()], [(~right & other_right).sum(), (~right & ~other_right).sum()]]
    mcnemar(table, exact=True)
    differences = []
    for _ in range(DRAWS):
        at = draw()
        differences.append(np.subtract(of_labels(truth[at], other[at]), of_labels(truth[at], predicted[at])))
    return np.quantile(differences, (0.025, 0.975), axis=0)


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


print(json.dumps({"version": sklearn.__version__, "evaluate": milliseconds(evaluate), "compare": milliseconds(compare)}))
