#!/usr/bin/env python3
"""Checks REPORT/report.pdf: pages, embedded fonts, no overfull boxes, and that every number of the JSON tables is
printed in it. Needs poppler-utils and pdflatex.

    reports/check_pdf.py REPORT [--pages FROM-TO]
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def printed(value, column):
    """As the report prints it, but for thousands separators and the kind of minus sign."""
    return f"{value * column['printed_scale']:.{column['printed_digits']}f}"


def numbers_of(report):
    """(table, row, column, number as printed) of every value in the JSON tables."""
    for file in sorted(report.glob("*.json")):
        table = json.loads(file.read_text())
        if "columns" not in table:
            continue
        columns = {column["key"]: column for column in table["columns"]}
        for row in table["rows"]:
            for key, cell in row["cells"].items():
                for part in ("value", "low", "high"):
                    number = cell[part]
                    if isinstance(number, (int, float)) and abs(number) < 1e15:
                        yield table["id"], row["key"], key, printed(number, columns[key])


def check_numbers(report, failures):
    text = output("pdftotext", "-layout", report / "report.pdf", "-")
    text = text.replace("\u2212", "-").replace(",", "")
    there = set(re.findall(r"-?\d+(?:\.\d+)?", text))
    count = 0
    for table, row, column, number in numbers_of(report):
        count += 1
        negative_zero = float(number) == 0
        if number.lstrip("-") not in there and number not in there and not negative_zero:
            failures.append(f"{table}.json, {row}, {column}: {number} is not printed in the PDF")
    return count


def check_fonts(report, failures):
    fonts = output("pdffonts", report / "report.pdf").splitlines()[2:]
    for font in fonts:
        if font.split()[-5] != "yes":
            failures.append(f"font not embedded: {font.split()[0]}")
    return len(fonts)


def check_boxes(report, failures):
    """pdflatex again, without figures: nothing may be wider or higher than its place."""
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            subprocess.run(["pdflatex", "-interaction=nonstopmode", f"-output-directory={folder}", "report.tex"],
                           cwd=report, capture_output=True)
        log = (pathlib.Path(folder) / "report.log").read_text(errors="replace")
    for line in re.findall(r"^Overfull .*|^LaTeX Warning: Float too large.*", log, re.M):
        width = re.search(r"\((\d+\.\d+)pt too", line)
        if width is None or float(width[1]) > 1:
            failures.append(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--pages", default="4-60", help="least and most pages (default: 4-60)")
    arguments = parser.parse_args()
    failures = []
    pages = int(re.search(r"Pages:\s+(\d+)", output("pdfinfo", arguments.report / "report.pdf"))[1])
    least, most = map(int, arguments.pages.split("-"))
    if not least <= pages <= most:
        failures.append(f"{pages} pages, expected {arguments.pages}")
    fonts = check_fonts(arguments.report, failures)
    check_boxes(arguments.report, failures)
    numbers = check_numbers(arguments.report, failures)
    for failure in failures[:40]:
        print(failure, file=sys.stderr)
    print(f"{pages} pages, {fonts} fonts, {numbers} numbers: {'INVALID' if failures else 'VALID'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
