"""What a page must look like, measured on the page that is open (docs/look.md)."""

HEADER_ON_A_PHONE = 160
"""Pixels for name, menu and the demonstration's line together."""

# Texts twice as large may neither push the page sideways nor be cut (WCAG 1.4.4).
TWICE_AS_LARGE = """() => {
  document.documentElement.style.fontSize = "200%";
  const cut = [...document.querySelectorAll("main *, header *")].filter((each) => {
    const style = getComputedStyle(each);
    const flows = [style.overflowX, style.overflowY];
    const hides = flows.some((flow) => flow === "hidden" || flow === "clip");
    // The text of a box of one line moves with the caret, whatever its size.
    return hides && each.clientWidth > 1 && !each.matches(".govuk-visually-hidden, input")
      && (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1);
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  const sideways = scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`] : [];
  document.documentElement.style.fontSize = "";
  return [...sideways, ...cut.map((each) => `cut: ${each.className} ${each.textContent.trim()}`)];
}"""

MEASURE = """async (mostHeader) => {
  const faults = new Set();
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = (element) => element.getBoundingClientRect();
  const style = (element) => getComputedStyle(element);
  const words = (element) => element.innerText.replace(/\\s+/g, " ").trim().slice(0, 30);
  const wide = innerWidth >= 1280;
  const header = Math.round(box(document.querySelector("header")).height);
  if (innerWidth <= 375 && header > mostHeader) faults.add(`${header} px of header`);
  const sections = all(".govuk-service-navigation__container > *, .govuk-service-navigation__item");
  if (wide && new Set(sections.map((each) => Math.round(box(each).bottom))).size > 1)
    faults.add("the menu takes more than one line");
  for (const tag of all(".govuk-tag, .band-tag"))
    if (box(tag).height > 2 * parseFloat(style(tag).fontSize))
      faults.add(`tag wraps: ${words(tag)}`);
  for (const held of all("main .table-scroll")) {
    const folded = held.closest("details:not([open])");  // Measured as whoever opens it sees it.
    if (folded) folded.open = true;
    const isCut = () => held.scrollWidth > held.clientWidth + 1;
    for (let tries = 0; folded && isCut() && tries < 20; tries += 1)
      await new Promise((settled) => setTimeout(settled, 50));  // Wide tables become cards.
    const sizes = `${held.scrollWidth} px in ${held.clientWidth}`;
    if (isCut()) faults.add(`cut at the right, ${sizes}: ${words(held)}`);
    if (folded) folded.open = false;
  }
  for (const table of all("main table.data-table")) {
    const heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
    const size = style(table).fontSize;
    for (const row of all("tbody tr", table)) {
      for (const cell of row.cells) {
        const text = words(cell), head = heads[cell.cellIndex];
        if (wide && head && cell.colSpan === 1 && style(head).textAlign !== style(cell).textAlign)
          faults.add(`${words(head)} is aligned otherwise than ${text}`);
        const figure = /^([+−]?£[\\d,.]+|\\d[\\d,.]*%)$/.test(text);
        if (wide && figure && style(cell).textAlign !== "right")
          faults.add(`${text} is not at the right`);
        for (const link of all("a, button, label", cell))
          if (words(link) && style(link).fontSize !== size) faults.add(`size of ${words(link)}`);
      }
      const ticks = all("input[type=checkbox]", row.cells[0]).map(box);
      if (ticks.some((tick) => Math.abs(tick.top + tick.height / 2 - box(row).top - 18) > 6))
        faults.add(`a box stands beside its row: ${words(row)}`);
      const asRow = style(row).display === "table-row";  // Not a card.
      if (wide && asRow && box(row).height - heightOfText(row) > 26)
        faults.add(`tall row: ${words(row)}`);
    }
  }
  const leads = {};
  for (const each of all("main a[href], main button[name]").filter((one) => box(one).width)) {
    const more = each.closest(".govuk-task-list__item")?.querySelector(".govuk-task-list__hint");
    const called = (each.ariaLabel || each.textContent) + (more?.textContent ?? "");
    const name = called.replace(/\\s+/g, " ").trim();
    const to = each.href || each.form?.action + each.name + each.value;
    if ((leads[name] ??= to) !== to) faults.add(`two are called ${name}`);
  }
  if (all("input[type=date]").length) faults.add("a date is not asked for in our field");
  return [...faults];

  // Words, boxes and tags of the tallest cell.
  function heightOfText(row) {
    const heights = [...row.cells].map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const seen = [...range.getClientRects()].filter((each) => each.width > 1);
      const low = Math.max(...seen.map((each) => each.bottom));
      return seen.length ? low - Math.min(...seen.map((each) => each.top)) : 0;
    });
    return Math.max(...heights, 20);
  }
}"""
