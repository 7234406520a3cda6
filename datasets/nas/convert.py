#!/usr/bin/env python3
"""Converts the official files of NATS-Bench and HW-NAS-Bench into the CSV tables that flnas reads.

    convert.py --nats NATS-tss-v1_0-3ffb9-simple --hw HW-NAS-Bench-v1_0.pickle --out tables

NATS-tss-v1_0-3ffb9-simple  the unpacked folder of NATS-Bench's topology space: meta.pickle.pbz2 and 000000.pickle.pbz2 to
                            015624.pickle.pbz2, each {"12": results, "200": results}. https://github.com/D-X-Y/NATS-Bench
HW-NAS-Bench-v1_0.pickle    {"nasbench201": {data set: {"edgegpu_latency": [15,625 values], ...}}}.
                            https://github.com/GATECH-EIC/HW-NAS-Bench

Writes nb201_arch_acc.csv and hw_<data set>.csv (datasets/nas/README.md). Accuracies are means over the seeds, after the last
epoch of each schedule. Only the standard library is needed, and numpy where the files hold numpy's numbers. Of what a pickle
may build, only plain containers and numbers are let in, so that a file from elsewhere cannot run code.
"""
import argparse
import bz2
import json
import pathlib
import pickle
import statistics
import sys

OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
EDGES = ["e01", "e02", "e12", "e03", "e13", "e23"]
CELLS = 15625
DATA_SETS = ["cifar10", "cifar100", "ImageNet16-120"]
METRICS = ["edgegpu_latency", "edgegpu_energy", "raspi4_latency", "edgetpu_latency", "pixel3_latency", "eyeriss_latency",
           "eyeriss_energy", "eyeriss_arithmetic_intensity", "fpga_latency", "fpga_energy"]
# Column, NATS-Bench's data set and subset. CIFAR-10's validation images are trained on in its "cifar10".
ACCURACIES = [("c10_test", "cifar10", "ori-test"), ("c10_val", "cifar10-valid", "x-valid"),
              ("c100_test", "cifar100", "x-test"), ("c100_val", "cifar100", "x-valid"),
              ("in16_test", "ImageNet16-120", "x-test"), ("in16_val", "ImageNet16-120", "x-valid")]
SCHEDULES = ["200", "12"]


class WrongInput(Exception):
    """A file that is not what it should be; the message says where and what."""


class PlainUnpickler(pickle.Unpickler):
    ALLOWED = {("collections", "OrderedDict"), ("collections", "defaultdict"), ("numpy", "dtype"), ("numpy", "ndarray")}

    def find_class(self, module, name):
        numpy_parts = module in ("numpy.core.multiarray", "numpy._core.multiarray") and name in ("scalar", "_reconstruct")
        if (module, name) in self.ALLOWED or numpy_parts:
            return super().find_class(module, name)
        raise WrongInput(f"holds {module}.{name}, which no official file does")


def load(path):
    opener = bz2.open if path.suffix == ".pbz2" else open
    try:
        with opener(path, "rb") as file:
            return PlainUnpickler(file).load()
    except WrongInput as error:
        raise WrongInput(f"{path}: {error}") from None
    except FileNotFoundError:
        raise WrongInput(f"{path}: no such file") from None
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, ImportError) as error:
        raise WrongInput(f"{path}: cannot be read ({error}); fetch it again") from None


def codes(arch):
    """The six operations of an architecture string, as numbers."""
    names = [edge.rsplit("~", 1)[0] for node in arch.split("+") for edge in node.strip("|").split("|")]
    if len(names) != len(EDGES) or any(name not in OPERATIONS for name in names):
        raise WrongInput(f"'{arch}' is no architecture of NAS-Bench-201")
    return [OPERATIONS.index(name) for name in names]


def accuracy(results, data_set, subset, epochs, where):
    """Mean over the seeds, or None where the data set was not trained."""
    key = f"{subset}@{epochs - 1}"
    values = [float(trial["eval_acc1es"][key]) for (name, _), trial in results["all_results"].items()
              if name == data_set and key in trial["eval_acc1es"]]
    if any(not 0 <= value <= 100 for value in values):
        raise WrongInput(f"{where}: an accuracy of {data_set} {subset} is not 0 to 100: {values}")
    return statistics.fmean(values) if values else None


def number(value):
    return "" if value is None else f"{value:.8g}"


def write_accuracies(nats, out):
    archs = load(nats / "meta.pickle.pbz2")["meta_archs"]
    header = ["index", "arch_str", *EDGES] + [f"{column}_{epochs}" for epochs in SCHEDULES for column, _, _ in ACCURACIES]
    lines = [",".join(header)]
    for index, arch in enumerate(archs):
        path = nats / f"{index:06d}.pickle.pbz2"
        info = load(path)
        row = [str(index), arch, *map(str, codes(arch))]
        for epochs in SCHEDULES:
            if epochs not in info:
                raise WrongInput(f"{path}: no schedule of {epochs} epochs; it has {', '.join(info)}")
            if info[epochs]["arch_str"] != arch:
                raise WrongInput(f"{path}: is of {info[epochs]['arch_str']}, and meta.pickle.pbz2 says {arch}")
            row += [number(accuracy(info[epochs], data_set, subset, int(epochs), path)) for _, data_set, subset in ACCURACIES]
        lines.append(",".join(row))
    (out / "nb201_arch_acc.csv").write_text("\n".join(lines) + "\n")
    return archs


def write_hardware(file, archs, out):
    tables = load(file)
    if "nasbench201" not in tables:
        raise WrongInput(f"{file}: no 'nasbench201' in it; take HW-NAS-Bench-v1_0.pickle")
    for data_set in DATA_SETS:
        table = tables["nasbench201"].get(data_set)
        if table is None:
            raise WrongInput(f"{file}: no data set {data_set}; it has {', '.join(tables['nasbench201'])}")
        for metric in METRICS:
            if len(table.get(metric, [])) != len(archs):
                raise WrongInput(f"{file}: {len(table.get(metric, []))} values of {data_set} {metric}, and {len(archs)} architectures")
        for index, config in enumerate(table.get("config", [])):
            if config.get("arch_str", archs[index]) != archs[index]:
                raise WrongInput(f"{file}: its architecture {index} is {config['arch_str']}, and NATS-Bench's is {archs[index]}")
        lines = [",".join(["index", *METRICS])]
        for index in range(len(archs)):
            lines.append(",".join([str(index), *(number(float(table[metric][index])) for metric in METRICS)]))
        (out / f"hw_{data_set}.csv").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nats", type=pathlib.Path, required=True, help="folder NATS-tss-v1_0-3ffb9-simple")
    parser.add_argument("--hw", type=pathlib.Path, required=True, help="file HW-NAS-Bench-v1_0.pickle")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the CSV files")
    arguments = parser.parse_args()
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        archs = write_accuracies(arguments.nats, arguments.out)
        write_hardware(arguments.hw, archs, arguments.out)
        if len(archs) != CELLS:
            note = {"name": "part of NAS-Bench-201 and HW-NAS-Bench", "cells": len(archs), "note": "converted by datasets/nas/convert.py"}
            (arguments.out / "table.json").write_text(json.dumps(note, indent=2) + "\n")
    except WrongInput as error:
        sys.exit(f"error: {error}")
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        sys.exit(f"error: not the official files' form ({type(error).__name__}: {error}); fetch them again")
    except OSError as error:
        sys.exit(f"error: {error}")
    print(f"{arguments.out}: {len(archs)} architectures")


if __name__ == "__main__":
    main()
