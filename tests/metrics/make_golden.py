#!/usr/bin/env python3
"""Writes golden/*.csv and golden/*.json: predictions, and their metrics by fairlearn and scikit-learn.

    pip install fairlearn==0.15.0 && python3 make_golden.py

Every group has rows of every class, so that all rates are defined (fairlearn takes an empty denominator as zero,
flnas leaves it out: metrics_test.cc has those cases by hand).
"""
import itertools
import json
import pathlib
import random

import fairlearn
import numpy as np
import sklearn
from fairlearn.metrics import (MetricFrame, equal_opportunity_difference, equalized_odds_difference,
                               false_positive_rate, true_negative_rate, true_positive_rate)
from sklearn.metrics import accuracy_score, balanced_accuracy_score, recall_score

HERE = pathlib.Path(__file__).parent / "golden"
ISIC8 = ["MEL", "NV", "BCC", "AK", "BKL", "DF", "VASC", "SCC"]
PAIRS = [("sex", "male", "female"), ("age", "young", "middle"), ("age", "young", "old"), ("age", "middle", "old")]
AGES = {"young": [0, 5, 25, 29], "middle": [30, 45, 60, 65], "old": [66, 70, 85]}


def rows(classes, size, rng):
    """Rows of every class and group first, then random ones; some have an unknown sex or age."""
    cells = list(itertools.product(classes, ["male", "female"], AGES))
    for at in range(size):
        label, sex, age = cells[at] if at < len(cells) else rng.choice(cells)
        skill = 0.8 - (0.2 if sex == "female" else 0) - (0.15 if age == "old" else 0)
        prediction = label if rng.random() < skill else rng.choice(classes)
        years = str(rng.choice(AGES[age]))
        if at >= len(cells) and rng.random() < 0.1:
            sex = ""
        if at >= len(cells) and rng.random() < 0.1:
            age, years = "", ""
        yield {"image": f"IMG_{at:04d}", "lesion": f"LES_{rng.randrange(size * 2 // 3):04d}" if rng.random() < 0.9 else "",
               "label": label, "prediction": prediction, "sex": sex, "years": years, "age": age}


def column(table, name):
    return np.array([row[name] for row in table])


def pairwise(table, positive):
    """The three pairwise metrics for one class against the rest: mean over pairs."""
    label = (column(table, "label") == positive).astype(int)
    prediction = (column(table, "prediction") == positive).astype(int)
    odds, tpr, tnr, signed = [], [], [], []
    for attribute, first, second in PAIRS:
        group = column(table, attribute)
        keep = (group == first) | (group == second)
        inputs = {"y_true": label[keep], "y_pred": prediction[keep], "sensitive_features": group[keep]}
        odds.append(equalized_odds_difference(**inputs))
        tpr.append(equal_opportunity_difference(**inputs))
        tnr.append(MetricFrame(metrics=true_negative_rate, **inputs).difference())
        rates = MetricFrame(metrics={"tpr": true_positive_rate, "fpr": false_positive_rate}, **inputs).by_group
        gap = rates.loc[first] - rates.loc[second]
        signed.append(abs(gap["tpr"] + gap["fpr"]))
    return [float(np.mean(values)) for values in (odds, tpr, tnr, signed)]


def golden(table, classes, compared):
    label, prediction = column(table, "label"), column(table, "prediction")
    groups = {}
    for attribute in ("sex", "age"):
        known = column(table, attribute) != ""
        frame = MetricFrame(metrics=accuracy_score, y_true=label[known], y_pred=prediction[known],
                            sensitive_features=column(table, attribute)[known])
        groups.update({name: float(value) for name, value in frame.by_group.items()})
    overall = accuracy_score(label, prediction)
    gaps = [abs(value - overall) for value in groups.values()]
    each = {name: pairwise(table, name) for name in classes}
    mean = lambda at: float(np.mean([each[name][at] for name in compared]))
    total = lambda at: float(np.sum([each[name][at] for name in classes]))
    recalls = recall_score(label, prediction, labels=classes, average=None)
    return {
        "made_with": {"fairlearn": fairlearn.__version__, "scikit-learn": sklearn.__version__},
        "n": len(table), "accuracy": float(overall),
        "balanced_accuracy": float(balanced_accuracy_score(label, prediction)),
        "recall": {name: float(value) for name, value in zip(classes, recalls)},
        "groups": groups, "worst_group": min(groups, key=groups.get),
        "unfairness_mean": float(np.mean(gaps)), "unfairness_sum": float(np.sum(gaps)),
        "eodd": mean(0), "eopp1": mean(1), "eopp2": mean(2),
        "pruning": {"sum_abs_dtnr": total(2), "sum_abs_dtpr": total(1), "sum_abs_dtpr_plus_dfpr": total(3)},
    }


def main():
    HERE.mkdir(exist_ok=True)
    tasks = {"binary": (["benign", "malignant"], ["malignant"], 150), "isic8": (ISIC8, ISIC8, 300)}
    for name, (classes, compared, size) in tasks.items():
        table = list(rows(classes, size, random.Random(name)))
        lines = ["image,lesion,subset,label,prediction,sex,age"]
        lines += [f"{r['image']},{r['lesion']},test,{r['label']},{r['prediction']},{r['sex']},{r['years']}" for r in table]
        (HERE / f"{name}.csv").write_text("\n".join(lines) + "\n")
        (HERE / f"{name}.json").write_text(json.dumps(golden(table, classes, compared), indent=2) + "\n")


if __name__ == "__main__":
    main()
