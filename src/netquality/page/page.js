"use strict";
/* What makes the page answer: turn over, sort and filter the long tables; find a person; mark the
   same people in both pictures and in the tables. The page is complete without it. Nothing is
   loaded and nothing is sent. Whatever a stranger wrote is only ever set as text. */
(() => {
  const NEAR = 14, DRAG = 4, NONE = "not observed";
  const PROFILES = "https://www.linkedin.com/in/";
  const LETTERS = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
    "œ": "oe", "ı": "i" };
  const root = document.documentElement;
  const number = new Intl.NumberFormat("en");

  const read = (id) => {
    const block = document.getElementById(id);
    return block ? JSON.parse(block.textContent) : null;
  };
  /* A column is a list, or a list of its few values with a number for each row. */
  const cells = (column) => Array.isArray(column)
    ? (row) => column[row] : (row) => column.values[column.codes[row]];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[øłđðþßæœı]/g, (letter) => LETTERS[letter]);
  const words = (text) => fold(text).split(/\s+/).filter(Boolean);
  const holds = (text, wanted) => wanted.every((word) => text.includes(word));
  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const once = (work) => {
    let done = null;
    return () => done || (done = work());
  };

  const people = read("data-crowd") || { names: [], employers: [], slugs: [] };
  const nameOf = (person) => people.names[person];
  const employerOf = cells(people.employers), slugOf = cells(people.slugs);
  const folded = once(() => people.names.map((name, i) => fold(`${name} ${employerOf(i)}`)));

  /* Who is found by name, and who was marked in a picture; null where nothing is asked. */
  const asked = { found: null, marked: null };
  const wanted = (person) => (!asked.found || asked.found.has(person)) &&
    (!asked.marked || asked.marked.has(person));

  // ---- tables -------------------------------------------------------------------------------

  /* What a cell is sorted by: the first number in it, a day, or its text. Unknown comes last. */
  const sortKey = (kind, text) => {
    if (!text || text === NONE) return null;
    if (kind === "number") return parseFloat(text.replace(/,/g, ""));
    if (kind === "day") return Number(text.startsWith("day ") ? text.slice(4) : text.replace(/-/g, ""));
    return fold(text);
  };

  function table(box) {
    const key = box.dataset.table, data = read(`data-${key}`);
    const columns = data.columns.map(cells);
    const who = data.who, body = box.querySelector("tbody");
    const first = Array.isArray(data.columns[0]) ? data.columns[0] : data.columns[0].codes;
    const count = first.length;
    const every = Array.from({ length: count }, (_, row) => row);
    const text = once(() => every.map((row) => fold(columns.map((cell, i) =>
      /number|day/.test(data.kinds[i]) ? "" : cell(row)).join(" "))));
    const state = { order: every, sorted: -1, down: false, words: [], chosen: "", page: 0 };
    const chosenColumn = data.heads.indexOf(data.choose);
    const byName = key === "people";

    function hits() {
      const all = asked.found || asked.marked;
      return state.order.filter((row) =>
        (!all || !who.length || who.some((side) => wanted(side[row]))) &&
        (!state.chosen || columns[chosenColumn](row) === state.chosen) &&
        (!state.words.length || holds(text()[row], state.words)));
    }

    function line(row) {
      const made = make("tr");
      let names = 0;
      if (who.length) made.dataset.person = who[who.length - 1][row];
      columns.forEach((cell, i) => {
        const shown = cell(row), place = make(i ? "td" : "th", data.looks[i]);
        if (!i) place.scope = "row";
        const slug = data.kinds[i] === "name" ? slugOf(who[names++][row]) : "";
        place.append(slug ? link(slug, shown) : inner(data.kinds[i], shown));
        made.append(place);
      });
      return made;
    }

    function inner(kind, shown) {
      if (shown === NONE) return make("span", "unknown", shown);
      const word = make("span", kind === "word" ? "word" : "", shown);
      if (kind === "word") word.dataset.word = shown;
      return word;
    }

    function draw() {
      const rows = byName && !asked.found ? [] : hits();
      const pages = Math.max(1, Math.ceil(rows.length / data.size));
      state.page = Math.min(state.page, pages - 1);
      const from = state.page * data.size, part = rows.slice(from, from + data.size);
      body.replaceChildren(...part.map(line));
      const all = rows.length === count ? "" : `${number.format(rows.length)} of `;
      said.textContent = `${all}${number.format(count)} shown` + (pages > 1
        ? `, rows ${number.format(from + 1)} to ${number.format(from + part.length)}` : "");
      back.disabled = state.page === 0;
      on.disabled = state.page >= pages - 1;
      back.hidden = on.hidden = pages === 1;
    }

    const again = () => { state.page = 0; draw(); };

    function sort(i) {
      const numbers = /number|day/.test(data.kinds[i]);
      const turns = state.sorted !== i ? 0 : state.down === numbers ? 1 : 2;
      state.sorted = turns === 2 ? -1 : i;
      state.down = turns === 1 ? !numbers : numbers;
      state.order = state.sorted < 0 ? every : sorted(i, state.down ? -1 : 1);
      heads.forEach((head, j) => head.setAttribute("aria-sort",
        j !== state.sorted ? "none" : state.down ? "descending" : "ascending"));
      again();
    }

    function sorted(i, way) {
      const keys = every.map((row) => sortKey(data.kinds[i], columns[i](row)));
      return every.slice().sort((one, other) => {
        const a = keys[one], b = keys[other];
        if (a === null || b === null) return (a === null) - (b === null);
        return a < b ? -way : a > b ? way : 0;
      });
    }

    // Controls come with the script, so that none stands there that does nothing.
    const said = make("span", "shown"), controls = make("div", "controls");
    said.setAttribute("role", "status");
    const back = make("button", "", "Earlier rows"), on = make("button", "", "More rows");
    back.type = on.type = "button";
    back.addEventListener("click", () => { state.page -= 1; draw(); });
    on.addEventListener("click", () => { state.page += 1; draw(); });
    const filter = make("input");
    filter.type = "search";
    filter.addEventListener("input", () => { state.words = words(filter.value); again(); });
    const label = make("label", "", "Filter ");
    label.append(filter);
    if (!byName) controls.append(label);
    const select = make("select");
    if (chosenColumn >= 0) {
      const choices = [...new Set(every.map(columns[chosenColumn]))].sort();
      select.append(new Option("all", ""), ...choices.map((each) => new Option(each, each)));
      select.addEventListener("change", () => { state.chosen = select.value; again(); });
      const chooser = make("label", "", `${data.choose} `);
      chooser.append(select);
      controls.append(chooser);
    }
    controls.append(said, back, on);
    box.before(controls);
    const more = document.querySelector(`[data-more="${key}"]`);
    if (more) more.hidden = true;
    const heads = [...box.querySelectorAll("thead th")];
    heads.forEach((head, i) => {
      const button = make("button", "sort", head.textContent);
      button.type = "button";
      button.addEventListener("click", () => sort(i));
      head.setAttribute("aria-sort", "none");
      head.replaceChildren(button);
    });
    const reset = () => {
      filter.value = select.value = state.chosen = "";
      state.words = [];
      again();
    };
    const told = (person) => {
      const row = (who[who.length - 1] || []).indexOf(person);
      if (row < 0) return "";
      return columns.slice(1).map((cell, i) => cell(row) && data.kinds[i + 1] !== "text"
        ? `${data.heads[i + 1].toLowerCase()} ${cell(row)}` : cell(row)).filter(Boolean).join(", ");
    };
    if (!byName) draw();
    return { key, again, reset, told, body };
  }

  function link(slug, shown) {
    const made = make("a", "", shown);
    made.href = PROFILES + slug;
    made.rel = "noreferrer noopener";
    return made;
  }

  const tables = [...document.querySelectorAll("[data-table]")].map(table);
  const tieTable = tables.find((each) => each.key === "ties");

  // ---- pictures -----------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";

  function picture(figure) {
    const svg = figure.querySelector("svg"), said = figure.querySelector(".said");
    const points = [...svg.querySelectorAll("[data-person]")].map((mark) => ({
      mark, person: Number(mark.dataset.person), x: Number(mark.getAttribute("cx")),
      y: Number(mark.getAttribute("cy")), off: false }));
    const brush = document.createElementNS(SVG, "rect");
    brush.setAttribute("class", "brush");
    let start = null, at = -1;

    const place = (event) => new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(svg.getScreenCTM().inverse());
    function nearest(spot) {
      let best = -1, least = NEAR * NEAR;
      points.forEach((point, i) => {
        const far = (point.x - spot.x) ** 2 + (point.y - spot.y) ** 2;
        if (far <= least) { best = i; least = far; }
      });
      return best;
    }
    function tell(i) {
      at = i;
      if (i < 0) return near(-1);
      const person = points[i].person;
      near(person);
      const told = tieTable ? tieTable.told(person) : "";
      said.textContent = [nameOf(person), told].filter(Boolean).join(": ");
    }
    function within(a, b) {
      const [left, right] = [a.x, b.x].sort((p, q) => p - q);
      const [top, foot] = [a.y, b.y].sort((p, q) => p - q);
      return { left, top, width: right - left, height: foot - top, has: (point) =>
        point.x >= left && point.x <= right && point.y >= top && point.y <= foot };
    }
    svg.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch") return;
      start = place(event);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
      svg.focus({ preventScroll: true });
    });
    svg.addEventListener("pointermove", (event) => {
      const spot = place(event);
      if (!start) return tell(nearest(spot));
      const area = within(start, spot);
      for (const name of ["width", "height"]) brush.setAttribute(name, area[name]);
      brush.setAttribute("x", area.left);
      brush.setAttribute("y", area.top);
      svg.append(brush);
    });
    svg.addEventListener("pointerup", (event) => {
      const spot = place(event), from = start || spot;
      start = null;
      brush.remove();
      const area = within(from, spot);
      if (Math.max(area.width, area.height) > DRAG) {
        return mark(points.filter(area.has).map((point) => point.person));
      }
      tell(nearest(spot));
      if (at >= 0 && event.pointerType !== "touch") mark([points[at].person]);
    });
    svg.addEventListener("pointercancel", () => { start = null; brush.remove(); });
    svg.addEventListener("pointerleave", () => { if (!start) near(-1); });
    // The strongest stand last. Keys go from one to the next that is still wanted.
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: -1, ArrowDown: -1, ArrowLeft: 1, ArrowUp: 1 }[event.key];
      if (event.key === "Enter" && at >= 0) return mark([points[at].person]);
      if (!step) return undefined;
      event.preventDefault();
      let next = at < 0 ? points.length - 1 : at + step;
      while (points[next] && !wanted(points[next].person)) next += step;
      return points[next] ? tell(next) : undefined;
    });
    return {
      near: (person) => points.forEach((point) => {
        if (point.person === person || point.near) {
          point.near = point.person === person;
          point.mark.classList.toggle("near", point.near);
        }
      }),
      update: () => points.forEach((point) => {
        const off = !wanted(point.person);
        if (off !== point.off) point.mark.classList.toggle("off", (point.off = off));
      }),
    };
  }

  const pictures = [...document.querySelectorAll("figure.live")].map(picture);
  const near = (person) => pictures.forEach((each) => each.near(person));

  // A row of the ties shows where its person stands in the pictures.
  if (tieTable) {
    const rowOf = (event) => event.target.closest("tr[data-person]");
    const show = (event) => near(rowOf(event) ? Number(rowOf(event).dataset.person) : -1);
    for (const name of ["pointerover", "focusin"]) tieTable.body.addEventListener(name, show);
    for (const name of ["pointerleave", "focusout"]) tieTable.body.addEventListener(name, () => near(-1));
  }

  // ---- search and reset ---------------------------------------------------------------------

  const search = document.getElementById("search"), results = document.getElementById("results");
  const field = document.getElementById("who"), marked = document.getElementById("marked");

  function update() {
    tables.forEach((each) => each.again());
    pictures.forEach((each) => each.update());
    results.hidden = !asked.found;
    const nobody = asked.found && !asked.found.size ? "Nobody by this name or employer" : "";
    results.hidden = results.hidden || Boolean(nobody);
    marked.textContent = asked.marked
      ? `${number.format(asked.marked.size)} marked in a picture` : nobody;
    root.classList.toggle("asking", Boolean(asked.found || asked.marked));
  }
  function find() {
    const asking = words(field.value);
    asked.found = asking.length ? new Set() : null;
    if (asked.found) {
      folded().forEach((text, person) => { if (holds(text, asking)) asked.found.add(person); });
    }
    update();
  }
  function mark(persons) {
    asked.marked = persons.length ? new Set(persons) : null;
    update();
  }
  function clear() {
    field.value = "";
    asked.marked = null;
    tables.forEach((each) => each.reset());
    find();
  }
  field.addEventListener("focus", folded, { once: true });
  field.addEventListener("input", find);
  search.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // On paper nothing can be opened: what is folded up is printed open.
  const closed = [];
  addEventListener("beforeprint", () => {
    closed.push(...document.querySelectorAll("details:not([open])"));
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.splice(0).forEach((each) => { each.open = false; });
  });

  search.hidden = false;
  root.classList.add("scripted");
})();
