"use strict";
// Light or dark: the reader's system decides, the button overrides.
const root = document.documentElement;
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const setTheme = (dark) => root.setAttribute("data-theme", dark ? "dark" : "light");
setTheme(prefersDark.matches);
prefersDark.addEventListener("change", (event) => setTheme(event.matches));
document.getElementById("theme").addEventListener("click", () => setTheme(root.getAttribute("data-theme") !== "dark"));

// Sorting: ascending, descending, then the order of the paper again. Cells without a number stay last.
for (const table of document.querySelectorAll("table.data")) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next === "none") {
        body.replaceChildren(...original);
        return;
      }
      head.setAttribute("aria-sort", next);
      const sign = next === "ascending" ? 1 : -1;
      const rows = original.filter((row) => !row.classList.contains("group"));
      const key = (row) => row.cells[column].dataset.sort;
      const numeric = rows.some((row) => key(row) !== undefined);
      rows.sort((a, b) => {
        if (!numeric) return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent);
        if (key(a) === undefined || key(b) === undefined) return (key(a) === undefined) - (key(b) === undefined);
        return sign * (key(a) - key(b));
      });
      body.replaceChildren(...rows);
    });
  });
}

// Provenance: a value is a button; the box says which record it stands in and what made that. The file stands at the
// value, or at its row where all values of the row come from one.
const box = document.getElementById("origin");
for (const value of document.querySelectorAll("button.value")) value.setAttribute("aria-haspopup", "dialog");
const sources = JSON.parse(document.getElementById("sources").textContent);
const addFact = (list, name, text) => {
  const term = document.createElement("dt");
  const description = document.createElement("dd");
  term.textContent = name;
  description.textContent = text;
  list.append(term, description);
};
document.addEventListener("click", (event) => {
  if (event.target === box) box.close();
  const value = event.target.closest("button.value");
  if (!value) return;
  const list = box.querySelector("dl");
  const { key, n, inputs } = value.dataset;
  const { run, file } = value.closest("[data-run]")?.dataset ?? {};
  list.replaceChildren();
  addFact(list, "Printed", value.textContent);
  let source = `${run}/${file}`;
  if (inputs) {
    const all = JSON.parse(inputs);
    for (const from of all) addFact(list, "Computed from", `${from.run ? from.run + "/" : ""}${from.file} ${from.key}`);
    const records = new Set(all.map((from) => `${from.run}/${from.file}`));
    source = records.size === 1 ? [...records][0] : "";
  } else {
    addFact(list, "File", run ? `${run}/${file}` : file);
    addFact(list, "Key", key);
  }
  if (n) addFact(list, "Rows behind it", n);
  for (const [name, text] of sources[source] || []) addFact(list, name, text);
  box.showModal();
});
