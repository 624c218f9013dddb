"""Metrics over several batches, and what the string 'accuracy' resolves to."""

import keras
import numpy as np
from keras import metrics as M
from keras.src.trainers.compile_utils import get_metric

from .losses import softmax
from .writing import plain_config


def cases():
    """(identifier or metric, y_true, y_pred)"""
    random = np.random.default_rng(8)
    normal = lambda *shape: random.normal(0, 1, shape).astype("float32")  # noqa: E731
    uniform = lambda *shape: random.uniform(0, 1, shape).astype("float32")  # noqa: E731
    binary = lambda *shape: (random.uniform(0, 1, shape) > 0.4).astype("float32")  # noqa: E731
    n = 10
    classes = random.integers(0, 3, n)
    one_hot = np.eye(3, dtype="float32")[classes]
    for name in ("accuracy", "acc"):
        yield name, binary(n), uniform(n, 1)
    yield "accuracy", binary(n, 1), uniform(n, 1)
    yield "accuracy", classes, softmax(normal(n, 3))
    yield "accuracy", classes[:, None], softmax(normal(n, 3))
    yield "accuracy", one_hot, softmax(normal(n, 3))
    yield "accuracy", binary(n, 3), uniform(n, 3)
    yield "accuracy", normal(n), normal(n, 1)
    yield "accuracy", classes.astype("float32"), normal(n, 1)
    yield "accuracy", random.integers(0, 3, (n, 4)), softmax(normal(n, 4, 3))
    yield "binary_crossentropy", binary(n, 1), uniform(n, 1)
    yield "sparse_categorical_crossentropy", classes, softmax(normal(n, 3))
    yield "categorical_crossentropy", one_hot, softmax(normal(n, 3))
    for name in ("mse", "mae", "mape", "msle", "cosine_similarity", "hinge", "squared_hinge",
                 "categorical_hinge", "poisson"):
        yield name, np.abs(normal(n, 2)), np.abs(normal(n, 2))
    yield "mse", normal(n), normal(n, 1)
    for metric in (M.RootMeanSquaredError(), M.R2Score(), M.LogCoshError(), M.MeanSquaredError(),
                   M.MeanAbsoluteError()):
        yield metric, normal(n, 2), normal(n, 2)
    yield M.R2Score(class_aggregation="variance_weighted_average"), normal(n, 2), normal(n, 2)
    for metric in (M.BinaryAccuracy(), M.BinaryAccuracy(threshold=0.3), M.BinaryCrossentropy(),
                   M.Precision(), M.Recall(), M.Precision(thresholds=0.3), M.AUC(),
                   M.AUC(curve="PR"), M.TruePositives(), M.TrueNegatives(), M.FalsePositives(),
                   M.FalseNegatives()):
        yield metric, binary(n, 1), uniform(n, 1)
    for metric in (M.CategoricalAccuracy(), M.CategoricalCrossentropy(), M.TopKCategoricalAccuracy(k=2),
                   M.F1Score(), M.F1Score(average="macro"), M.F1Score(average="micro"),
                   M.F1Score(average="weighted")):
        yield metric, one_hot, softmax(normal(n, 3))
    for metric in (M.SparseCategoricalAccuracy(), M.SparseCategoricalCrossentropy(),
                   M.SparseTopKCategoricalAccuracy(k=2)):
        yield metric, classes, softmax(normal(n, 3))
    yield M.Accuracy(), classes, random.integers(0, 3, n)
    curves = [{"curve": c, "summation_method": s, "num_thresholds": 20} for c in ("ROC", "PR", "PRGAIN")
              for s in ("interpolation", "majoring", "minoring")]
    for metric in (*(M.AUC(**options) for options in curves), M.AUC(thresholds=[0.2, 0.5, 0.9]),
                   M.AUC(thresholds=[0.5]), M.Precision(thresholds=[0.2, 0.7]),
                   M.Recall(thresholds=[0.0, 0.5, 1.0]), M.FalsePositives(thresholds=[0.1, 0.6]),
                   M.TrueNegatives(thresholds=[0.1, 0.6]),
                   M.PrecisionAtRecall(0.5), M.RecallAtPrecision(0.6), M.SensitivityAtSpecificity(0.5),
                   M.SpecificityAtSensitivity(0.6, num_thresholds=11),
                   M.SensitivityAtSpecificity(0.5, num_thresholds=1)):
        yield metric, binary(n, 1), uniform(n, 1)
    yield M.AUC(), binary(n, 1), normal(n, 1) * 2
    yield M.AUC(from_logits=True), binary(n, 1), normal(n, 1) * 2
    yield M.SpecificityAtSensitivity(0.3), binary(n, 1), normal(n, 1)
    yield M.AUC(num_thresholds=11), binary(n, 1), uniform(n, 1).round(1)
    for metric in (M.AUC(multi_label=True), M.AUC(multi_label=True, label_weights=[1.0, 0.5, 2.0]),
                   M.AUC(label_weights=[1.0, 0.5, 2.0]), M.AUC(multi_label=True, curve="PR"),
                   M.Precision(top_k=2), M.Recall(top_k=1), M.Precision(class_id=1),
                   M.Recall(class_id=2, thresholds=[0.2, 0.4]), M.Precision(top_k=2, class_id=0),
                   M.PrecisionAtRecall(0.5, class_id=1), M.FBetaScore(beta=2.0),
                   M.FBetaScore(average="macro", beta=0.5, threshold=0.4),
                   M.FBetaScore(average="weighted", beta=1.5), M.F1Score(threshold=0.4)):
        yield metric, one_hot, softmax(normal(n, 3))
    for metric in (M.R2Score(class_aggregation=None), M.R2Score(num_regressors=2),
                   M.PearsonCorrelation(), M.PearsonCorrelation(axis=0), M.ConcordanceCorrelation(),
                   M.ConcordanceCorrelation(axis=0), M.KLDivergence()):
        yield metric, normal(n, 3), normal(n, 3)
    guesses = random.integers(0, 3, n)
    for metric in (M.IoU(num_classes=3, target_class_ids=[0, 2]), M.MeanIoU(num_classes=3),
                   M.MeanIoU(num_classes=2), M.MeanIoU(num_classes=3, ignore_class=1),
                   M.MeanIoU(num_classes=4, dtype="float32")):
        yield metric, classes, guesses
    for metric in (M.OneHotIoU(num_classes=3, target_class_ids=[1]), M.OneHotMeanIoU(num_classes=3)):
        yield metric, one_hot, softmax(normal(n, 3))
    yield M.OneHotMeanIoU(num_classes=3, sparse_y_pred=True), one_hot, guesses
    yield M.IoU(num_classes=3, target_class_ids=[0, 1], sparse_y_pred=False), classes, softmax(
        normal(n, 3))
    yield M.BinaryIoU(), binary(n), uniform(n)
    yield M.BinaryIoU(target_class_ids=[1], threshold=0.3, dtype="float32"), binary(n), uniform(n)
    yield M.MeanSquaredError(), normal(n, 4, 2), normal(n, 4, 2)
    yield M.RootMeanSquaredError(), normal(n, 4, 2), normal(n, 4, 2)
    yield M.BinaryAccuracy(), binary(n, 4), uniform(n, 4)


def entry(identifier, y_true, y_pred, weighted):
    rows = [slice(0, 4), slice(4, 8), slice(8, 10)]
    weights = np.linspace(0.2, 2.0, len(y_true)).astype("float32")
    if weighted == "steps":
        weights = np.linspace(0.1, 3.0, y_true.shape[0] * y_true.shape[1]).astype("float32").round(3)
        weights = weights.reshape(y_true.shape[:2])
    if isinstance(identifier, str):
        metric = get_metric(identifier, y_true, y_pred)
        asked = identifier
    else:
        metric = identifier.__class__.from_config(identifier.get_config())
        asked = {"class_name": type(metric).__name__, "config": plain_config(metric.get_config())}
    values = []
    for part in rows:
        arguments = {"sample_weight": weights[part]} if weighted else {}
        metric.update_state(y_true[part], y_pred[part], **arguments)
        values.append(np.asarray(metric.result(), dtype="float32"))
    return {
        "identifier": asked, "resolved": type(metric).__name__, "name": metric.name,
        "function": getattr(getattr(metric, "_fn", None), "__name__", None),
        "batch_sizes": [4, 4, 2], "y_true": y_true, "y_pred": y_pred,
        "sample_weight": weights if weighted else None, "values": values,
    }


def make():
    entries = []
    for identifier, y_true, y_pred in cases():
        for weighted in (False, True):
            if weighted and y_true.ndim == 2 and y_true.dtype.kind == "i" and y_true.shape[1] > 1:
                continue
            if weighted and getattr(identifier, "axis", -1) == 0:
                continue  # One number for each column: there are no rows to weigh.
            entries.append(entry(identifier, y_true, y_pred, weighted))
        if y_true.ndim == 3:
            entries.append(entry(identifier, y_true, y_pred, "steps"))
    keras.backend.clear_session()
    return entries
