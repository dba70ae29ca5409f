(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const form = document.getElementById("filter");
  const findings = all(".finding");
  const open = new Set(["fail", "error", "unknown", "notchecked"]);
  const words = new Map();
  root.classList.add("script");

  const text_of = (element) => {
    if (!words.has(element)) words.set(element, (element.id + " " + element.textContent).toLowerCase());
    return words.get(element);
  };
  const has_all = (element, sought) => sought.every((word) => text_of(element).includes(word));
  const split = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // Filter
  function apply() {
    const results = new Set(all("[name=result]:checked", form).map((box) => box.value));
    const sought = split(form.search.value);
    let shown = 0;
    for (const finding of findings) {
      const data = finding.dataset;
      const fits = results.has(data.result) &&
        (!form.severity.value || form.severity.value === data.severity) &&
        (!form.subject.value || form.subject.value === data.subject) &&
        (!form.pack.value || form.pack.value === data.pack) &&
        (!form.area.value || form.area.value === data.area) && has_all(finding, sought);
      finding.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById("shown").textContent = shown === findings.length
      ? `All ${shown} results shown.`
      : `${shown} of ${findings.length} results shown, ${findings.length - shown} hidden by the filter.`;
  }
  function reset() {
    form.reset();
    apply();
  }
  function set_open(wanted) {
    for (const finding of findings) if (!finding.hidden) finding.open = wanted;
  }

  // A link opens the result it leads to, even one that the filter hides, and the long table whose
  // row it leads to.
  function follow() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = id && document.getElementById(id);
    const outer = target && target.closest("details");
    if (!outer) return;
    if (target.hidden && target === outer) reset();
    target.hidden = false;
    for (let at = outer; at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView({ block: "start" });
  }

  if (form) {
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("reset").addEventListener("click", reset);
    document.getElementById("open").addEventListener("click", () => set_open(true));
    document.getElementById("close").addEventListener("click", () => set_open(false));
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        form.search.focus();
      } else if (event.key === "Escape" && event.target === form.search) {
        form.search.value = "";
        apply();
      }
    });
    for (const finding of findings) finding.open = false;
    apply();
    addEventListener("hashchange", follow);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link && link.hash === location.hash) follow();
    });
    follow();
  }

  // Long tables
  for (const input of all(".find input")) {
    const rows = all("tbody tr", input.closest(".more"));
    const status = input.closest(".find").querySelector("[role=status]");
    input.addEventListener("input", () => {
      const sought = split(input.value);
      for (const row of rows) row.hidden = !has_all(row, sought);
      status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows shown.`;
    });
  }

  // Some browsers forget that a table is one when style sheets lay it out otherwise.
  const narrow = matchMedia("(max-width: 760px)");
  function keep_roles() {
    const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };
    if (!narrow.matches) return;
    for (const name in roles) all(name).forEach((element) => element.setAttribute("role", roles[name]));
  }
  narrow.addEventListener("change", keep_roles);
  keep_roles();

  // Paper: nothing filtered, what did not pass is open, the rest is one line each.
  let before = [];
  addEventListener("beforeprint", () => {
    before = findings.map((finding) => [finding, finding.open, finding.hidden]);
    for (const finding of findings) {
      finding.open = open.has(finding.dataset.result);
      finding.hidden = false;
    }
  });
  addEventListener("afterprint", () => {
    for (const [finding, was_open, was_hidden] of before) {
      finding.open = was_open;
      finding.hidden = was_hidden;
    }
  });

  // Where the reader is
  const links = new Map(all("nav a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const here = new Set();
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) here[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    for (const link of links.values()) link.removeAttribute("aria-current");
    const first = [...links.keys()].find((id) => here.has(id));
    links.get(first)?.setAttribute("aria-current", "true");
  }, { rootMargin: "0px 0px -75% 0px" });
  all("main > section[id]").forEach((section) => seen.observe(section));
})();
