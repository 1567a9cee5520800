// The decision page: levels by the keyboard, the suggested band with one click, and the reason only
// where the band differs. Without it the page asks for all of it at once. Who judges a case has the
// keyboard alone: nothing is suggested, and Enter locks nothing.
const form = document.querySelector("form:has(.suggestion-bar), form[data-judging]");
const bar = form?.querySelector(".suggestion-bar");
const suggestion = document.getElementById("suggestion");
const reason = form?.querySelector("[name=difference_reason]")?.closest(".govuk-form-group");
const hint = reason?.querySelector(".govuk-hint");
const main = document.getElementById("save");

let waiting = null;

const radios = (name) => [...form.querySelectorAll(`[type=radio][name="${name}"]`)];
const groups = () => [...new Set([...form.querySelectorAll("[type=radio]")].map((radio) => radio.name))];

function update() {
  const words = suggestion.querySelector("[data-suggested]");
  const suggested = words?.dataset.suggested;
  const chosen = form.querySelector("[name=band]:checked")?.value;
  const differs = suggested !== undefined && chosen !== undefined && chosen !== suggested;
  reason.hidden = !differs && !reason.classList.contains("govuk-form-group--error");
  const choose = suggestion.querySelector("[name=choose]");
  const save = suggestion.querySelector("[data-save]");
  // Where no band is chosen the button that names the suggested one takes it and saves. Where it is
  // chosen the button under the form does that, and a second one would be the same act.
  if (save) save.hidden = chosen !== undefined;
  if (choose) choose.hidden = chosen === suggested || (save !== null && chosen === undefined);
  if (differs) hint.textContent = words.dataset.ifDiffers;
  // Who chose the last level with the keyboard goes on to the suggested band, which was on its way.
  const next = save?.hidden === false ? save : choose;
  if (next && !next.hidden && waiting && waiting === document.activeElement) {
    waiting = null;
    next.focus({ preventScroll: true });
  }
}

/** The next area; after the last one the suggestion is waited for. */
function goOn(name) {
  const names = groups();
  const next = names[names.indexOf(name) + 1];
  if (!next) return;
  if (next === "band" && bar) {
    waiting = document.activeElement;
    return;
  }
  const there = radios(next);
  (there.find((radio) => radio.checked) ?? there[0]).focus({ preventScroll: true });
  there[0].closest("fieldset").scrollIntoView({ block: "nearest" });
}

function press(event) {
  const { target, key } = event;
  if (target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Enter") {
    event.preventDefault();
    if (main) form.requestSubmit(main);
    return;
  }
  const meant = radios(target.name).find((radio) => radio.value.toLowerCase() === key.toLowerCase());
  if (!meant) return;
  event.preventDefault();
  meant.click();
  meant.focus();
  goOn(target.name);
}

function chooseSuggested(event) {
  const button = event.target.closest("[name=choose]");
  if (!button) return;
  event.preventDefault();
  const band = radios("band").find((radio) => radio.value === button.value);
  band.click();
  band.focus({ preventScroll: true });
}

/** An old suggestion beside new levels would be wrong: rather none. */
function withdraw() {
  suggestion.textContent = "The suggested band could not be worked out just now. Save your draft to see it.";
}

/** What the keyboard brings the focus to is never under the bar (WCAG 2.4.11). Under the mouse nothing moves:
 * between press and release the click would be lost. */
function uncover({ target }) {
  if (bar.contains(target) || !target.matches(":focus-visible")) return;
  const shown = target.closest(".govuk-radios__item") ?? target;
  const hidden = shown.getBoundingClientRect().bottom + 8 - bar.getBoundingClientRect().top;
  const isAbove = bar.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING;
  if (isAbove && hidden > 0) scrollBy(0, hidden);
}

if (form) form.addEventListener("keydown", press);

if (bar) {
  form.addEventListener("click", chooseSuggested);
  form.addEventListener("change", update);
  form.addEventListener("focusin", uncover);
  document.body.addEventListener("htmx:afterSwap", update);
  for (const failed of ["htmx:responseError", "htmx:sendError", "signed-out"]) document.body.addEventListener(failed, withdraw);
  update();
}
