#!/usr/bin/env python3
"""Writes golden/pareto.json: random point sets with their front, hypervolume and IGD by pymoo.

    pip install pymoo==0.6.2 && python3 make_pareto_golden.py
"""
import json
import pathlib
import random

import numpy as np
import pymoo
from pymoo.indicators.hv import HV
from pymoo.indicators.igd import IGD
from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

HERE = pathlib.Path(__file__).parent / "golden"


def case(objectives, size, digits, seed):
    rng = random.Random(seed)
    draw = lambda: [round(rng.random(), digits) for _ in range(objectives)]
    points = [draw() for _ in range(size)]
    reference = [0.9] * objectives  # some points lie outside
    target = [draw() for _ in range(5)]
    front = NonDominatedSorting().do(np.array(points), only_non_dominated_front=True)
    return {"points": points, "reference": reference, "target": target, "front": sorted(int(i) for i in front),
            "hypervolume": float(HV(ref_point=np.array(reference))(np.array(points))),
            "igd": float(IGD(np.array(target))(np.array(points)))}


def main():
    # One digit makes ties and equal points.
    shapes = [(2, 30, 3), (2, 25, 1), (3, 25, 3), (3, 25, 1), (4, 15, 2), (5, 12, 2)]
    cases = [case(*shape, seed) for seed, shape in enumerate(shapes)]
    text = json.dumps({"made_with": {"pymoo": pymoo.__version__}, "cases": cases}, separators=(",", ":"))
    (HERE / "pareto.json").write_text(text.replace('{"points"', '\n{"points"') + "\n")


if __name__ == "__main__":
    main()
