// Starts what makes pages handier; every page works without it.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// The menus in the header close on Escape and on a click elsewhere.
const menus = document.querySelectorAll("details.header-menu");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// A page that named pupils and is printed is on record as printed.
const { look } = document.body.dataset;
addEventListener(
  "beforeprint",
  () => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (!look || !token) return;
    const told = new FormData();
    told.append("csrfmiddlewaretoken", token.value);
    told.append("look", look);
    navigator.sendBeacon("/looks/printed/", told);
  },
  { once: true },
);

// Only pages with such a box load the script behind it.
if (document.querySelector("input[data-schools]")) import("./choosing.js");
if (document.querySelector("input[data-narrows]")) import("./narrowing.js");

// On a phone filters that are not used stand behind one line; there the list comes first.
const onPhone = matchMedia("not all and (min-width: 40.0625em)");
const filters = document.querySelectorAll("details[data-closed-on-phones]");
const fold = () => filters.forEach((each) => (each.open = !onPhone.matches));
onPhone.addEventListener("change", fold);
fold();

// Forms that apply on change say so; the button stays for everybody else.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// A radio is checked or not, and may not be called expanded (ARIA), as GOV.UK Frontend does.
for (const radio of document.querySelectorAll("input[type=radio][aria-controls]")) {
  const quiet = () => radio.removeAttribute("aria-expanded");
  new MutationObserver(quiet).observe(radio, { attributes: true, attributeFilter: ["aria-expanded"] });
  quiet();
}

// A field that only some choices need is shown with them; the server asks for it then.
for (const select of document.querySelectorAll("select[data-shows]")) {
  const groups = Object.entries(JSON.parse(select.dataset.shows)).map(([name, choices]) => {
    const group = select.form.querySelector(`[name="${name}"]`)?.closest(".govuk-form-group");
    group?.querySelector(".optional")?.remove();
    return { group, choices };
  });
  const show = () => {
    for (const { group, choices } of groups) {
      if (group) group.hidden = !choices.includes(select.value) && !group.querySelector(".govuk-error-message");
    }
  };
  select.addEventListener("change", show);
  show();
}
