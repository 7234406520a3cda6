#!/usr/bin/env python3
"""Checks REPORT/report.pdf: pages, embedded fonts, no overfull boxes, and that the numbers of each JSON table that
report.tex prints stand in their order behind its caption. Needs poppler-utils and pdflatex.

    reports/check_pdf.py REPORT [--pages FROM-TO]
"""
import argparse
import itertools
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


def tables_of(report):
    """(table, panels) of every JSON table that is printed, a panel being its columns; rows come with them."""
    titles = {letters(title) for title in re.findall(r"\\textbf\{(.*?)\.\}", (report / "report.tex").read_text())}
    for file in sorted(report.glob("*.json")):
        table = json.loads(file.read_text())
        if "columns" in table and letters(table["title"]) in titles:
            panels = [list(group) for _, group in itertools.groupby(table["columns"], key=lambda c: c["panel"])]
            yield table, panels


def numbers_of(table, panels):
    """(row, column, number as printed) in the order of print: panel by panel, row by row, the values and then the
    intervals below them. What is printed as zero is left out: a p of it is printed as less than the last digit."""
    for panel in panels:
        for row in table["rows"]:
            for parts in (("value",), ("low", "high")):
                for column in panel:
                    cell = row["cells"][column["key"]]
                    if not all(isinstance(cell[part], (int, float)) for part in ("value", *parts)):
                        continue
                    for part in parts:
                        number = printed(cell[part], column)
                        if abs(cell[part]) < 1e15 and float(number) != 0:
                            yield row["key"], column["key"], number


def letters(text):
    """Without spaces, hyphens at line ends and kinds of quotes; full stops stay, which end a title."""
    return re.sub(r"[^a-z0-9.]", "", text.lower())


def captioned(report):
    """{"XI": what the PDF prints behind each caption of that table, up to the next caption}."""
    text = output("pdftotext", "-raw", report / "report.pdf", "-").replace("\u2212", "-").replace(",", "")
    parts = re.split(r"\b(Table [IVXLC]+|Figure \d+):", text)
    found = {}
    for caption, content in zip(parts[1::2], parts[2::2]):
        kind, number = caption.split()
        if kind == "Table":
            found.setdefault(number, []).append(content)
    return found


def behind(table, there):
    """What is printed from the caption with the table's title on; None where there is none."""
    title = letters(table["title"] + ".")
    # A panel's name comes before the title, and may be another table's title.
    for at_start in (True, False):
        for contents in there.values():
            for i, content in enumerate(contents):
                start = letters(content[: 3 * len(table["title"]) + 200])
                if start.startswith(title) if at_start else title in start:
                    return "".join(contents[i:])
    return None


def check_numbers(report, failures):
    """The numbers of each table stand in their order behind its caption."""
    there = captioned(report)
    count = 0
    printed_tables = set()
    for table, panels in tables_of(report):
        printed_tables.add(table["id"])
        text = behind(table, there)
        if text is None:
            failures.append(f"{table['id']}.json: no caption of the PDF has its title")
            continue
        tokens = iter(re.findall(r"-?\d+(?:\.\d+)?", text))
        for row, column, number in numbers_of(table, panels):
            count += 1
            if number not in tokens:  # which reads on, up to it
                failures.append(f"{table['id']}.json, {row}, {column}: {number} is not printed in its place")
                break
    if not printed_tables:
        failures.append("no table is printed")
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
    parser.add_argument("--pages", default="1-8", help="least and most pages (default: 1-8)")
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
