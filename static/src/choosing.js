// Suggests schools while one types; without it the same box is a search.
import "./accessible-autocomplete.min.js";

const PAUSE = 150;

function suggester(address) {
  let timer;
  let asked = 0;
  return (query, show) => {
    clearTimeout(timer);
    const turn = ++asked;
    timer = setTimeout(async () => {
      const response = await fetch(`${address}?q=${encodeURIComponent(query)}`);
      const found = response.ok ? (await response.json()).schools : [];
      if (turn === asked) show(found);
    }, PAUSE);
  };
}

for (const box of document.querySelectorAll("input[data-schools]")) {
  const place = document.createElement("div");
  box.before(place);
  const { id, name, value } = box;
  const described = (box.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const hints = described.map((each) => document.getElementById(each)?.textContent.trim());
  const wrong = box.classList.contains("govuk-input--error");
  // Somebody may be typing already before this script is there.
  const typing = document.activeElement === box;
  box.remove();
  window.accessibleAutocomplete({
    element: place,
    id,
    name,
    defaultValue: value,
    source: suggester(box.dataset.schools),
    minLength: 2,
    confirmOnBlur: false,
    displayMenu: "overlay",
    inputClasses: `govuk-input${wrong ? " govuk-input--error" : ""}`,
    tNoResults: () => "No school matches",
    tAssistiveHint: () =>
      [...hints, "Schools that match are listed while you type. Choose one with the arrows and Enter."].join(" "),
  });
  if (typing) document.getElementById(id).focus();
}
