#!/usr/bin/env python3
"""Writes golden/scores_*.csv and .json: predictions with probabilities, and figures by group by scikit-learn and
fairlearn.

    pip install fairlearn==0.15.0 scikit-learn==1.9.1 && python3 make_scores_golden.py

Every group has rows of every class, so that all figures are defined.
"""
import itertools
import json
import pathlib
import random

import fairlearn
import numpy as np
import sklearn
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
from sklearn.calibration import calibration_curve
from sklearn.metrics import (accuracy_score, balanced_accuracy_score, brier_score_loss, precision_score, recall_score,
                             roc_auc_score, roc_curve)

HERE = pathlib.Path(__file__).parent / "golden"
GROUPS = {"sex": ["male", "female"], "age": ["young", "middle", "old"]}
YEARS = {"young": "25", "middle": "45", "old": "70"}


def probabilities(label, classes, skill, rng):
    """Rounded, so that scores repeat; never on the edge of a bin, where rounding to float would decide."""
    while True:
        weights = [rng.gammavariate(1 + (skill if name == label else 0), 1) for name in classes]
        shares = [round(weight / sum(weights), 2) for weight in weights]
        shares[-1] = round(1 - sum(shares[:-1]), 2)
        if all(0 < share < 1 and round(share * 100) % 10 for share in shares):
            return shares


def rows(classes, size, subset, rng):
    cells = list(itertools.product(classes, GROUPS["sex"], GROUPS["age"]))
    for at in range(size):
        label, sex, age = cells[at] if at < len(cells) else rng.choice(cells)
        shares = probabilities(label, classes, 1.5 if sex == "male" else 0.9, rng)
        yield {"image": f"{subset}_{at:04d}", "subset": subset, "label": label,
               "prediction": classes[int(np.argmax(shares))], "sex": sex, "age": age, "p": shares}


def column(table, name):
    return np.array([row[name] for row in table])


def figures(table, classes, mix):
    """Figures of one group; the positive class of two is the second."""
    label, prediction, p = column(table, "label"), column(table, "prediction"), column(table, "p")
    recalls = recall_score(label, prediction, labels=classes, average=None)
    found = {"n": len(table), "accuracy": accuracy_score(label, prediction),
             "balanced_accuracy": balanced_accuracy_score(label, prediction),
             "standardised_accuracy": float(np.dot(mix, recalls))}
    curves = range(1, 2) if len(classes) == 2 else range(len(classes))
    at_fixed = []
    for c in curves:
        fpr, tpr, _ = roc_curve(label == classes[c], p[:, c], drop_intermediate=False)
        at_fixed.append(np.interp(0.1, fpr, tpr))
    found["tpr_at_fpr"] = float(np.mean(at_fixed))
    if len(classes) == 2:
        positive = label == classes[1]
        found["auroc"] = roc_auc_score(positive, p[:, 1])
        found["brier"] = brier_score_loss(positive, p[:, 1])
        judged, hit = p[:, 1], positive
        called = prediction == classes[1]
        found |= {"tpr": true_positive_rate(positive, called), "fpr": false_positive_rate(positive, called),
                  "ppv": precision_score(positive, called), "selection_rate": selection_rate(positive, called)}
    else:
        found["auroc"] = roc_auc_score(label, p, multi_class="ovr", average="macro", labels=classes)
        found["brier"] = brier_score_loss(label, p, labels=classes)
        judged, hit = p.max(axis=1), prediction == label
    share, mean = calibration_curve(hit, judged, n_bins=10, strategy="uniform")
    count = np.histogram(judged, bins=np.linspace(0, 1, 11))[0]
    found["ece"] = float(np.sum(count[count > 0] * np.abs(share - mean)) / len(table))
    return {name: float(value) for name, value in found.items()}


def golden(table, classes):
    test = [row for row in table if row["subset"] == "test"]
    mix = [np.mean(column(test, "label") == name) for name in classes]
    found = {"made_with": {"fairlearn": fairlearn.__version__, "scikit-learn": sklearn.__version__},
             "all": figures(test, classes, mix), "groups": {}, "worst_balanced_accuracy": {}}
    for attribute, groups in GROUPS.items():
        for group in groups:
            found["groups"][group] = figures([row for row in test if row[attribute] == group], classes, mix)
        frame = MetricFrame(metrics=balanced_accuracy_score, y_true=column(test, "label"),
                            y_pred=column(test, "prediction"), sensitive_features=column(test, attribute))
        found["worst_balanced_accuracy"][attribute] = float(frame.group_min())
    if len(classes) == 2:
        validation = [row for row in table if row["subset"] == "validation"]
        fpr, tpr, _ = roc_curve(column(validation, "label") == classes[1], column(validation, "p")[:, 1])
        found["best_validation_balanced_accuracy"] = float(np.max(tpr + 1 - fpr) / 2)
    return found


def main():
    for name, classes, size, seed in (("binary", ["benign", "malignant"], 400, 1), ("three", ["a", "b", "c"], 500, 2)):
        rng = random.Random(seed)
        table = list(rows(classes, size // 4, "validation", rng)) + list(rows(classes, size, "test", rng))
        lines = ["image,lesion,subset,label,prediction,sex,age," + ",".join("p_" + c for c in classes)]
        for row in table:
            lines.append(",".join([row["image"], "", row["subset"], row["label"], row["prediction"], row["sex"],
                                   YEARS[row["age"]]] + [f"{share:.2f}" for share in row["p"]]))
        (HERE / f"scores_{name}.csv").write_text("\n".join(lines) + "\n")
        (HERE / f"scores_{name}.json").write_text(json.dumps(golden(table, classes), indent=1) + "\n")


if __name__ == "__main__":
    main()
