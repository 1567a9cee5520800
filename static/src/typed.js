// Keeps what is typed: quietly on the server a moment after typing stops, in this browser where
// the session is over. Whoever leaves before it is saved is asked first, and told what is kept.
import { isSignedIn, onSession, send, token } from "./session.js";

const PAUSE = 1000;
const { person, keepsTyped } = document.body.dataset;
const keeps = keepsTyped !== undefined;
// Of what is kept for this address, saving forgets what was shown here and what this tab typed
// since; not what another tab, which was shown the same, keeps now.
const tabs = [keepsTyped, Math.random().toString(36).slice(2)].filter(Boolean);
// What is typed about one page does not fill the same form about another.
const about = new URLSearchParams(location.search).get("page") ?? "";
const here = location.pathname + (about.startsWith("/") ? `?page=${encodeURIComponent(about)}` : "");
const key = `typed ${person} ${here}`;
const leaveDialog = document.getElementById("leave-dialog");

const typable = "textarea, input:not([type=hidden], [type=submit]), select";
const forms = [...document.querySelectorAll("main form[method=post]")].filter(
  (form) => form.querySelector(typable) && !form.querySelector("[type=password]"),
);

// Sent, and shown again with its errors.
const refused = forms.some((form) => form.querySelector(".govuk-form-group--error"));

let touched = false;
let unsaved = false;
let signedOut = false;
let leaving = false;
let timer;
let underway = null;

// What is typed

function typed() {
  return forms
    .flatMap((form) => [...new FormData(form)])
    .filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
}

function hide(form, name, value) {
  const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(input);
}

for (const form of forms) {
  if (keeps) for (const tab of tabs) hide(form, "typed-in", tab);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      touched = unsaved = true;
      leaving = false;
      if (signedOut) putAway();
      else if (keeps) saveSoon();
    });
  }
  form.addEventListener("submit", (event) => submitOnceSaved(event, form));
}

function saveSoon() {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

/** What is being kept arrives first, or it would come back after the form was saved. */
async function submitOnceSaved(event, form) {
  clearTimeout(timer);
  if (event.defaultPrevented) return;
  if (underway) {
    event.preventDefault();
    await underway;
    form.requestSubmit(event.submitter);
    return;
  }
  if (signedOut) putAway();
  // The server has it now: saved, shown again, or held over a sign-in.
  else sessionStorage.removeItem(key);
  // However long it takes to save: what is kept meanwhile would outlive it.
  leaving = true;
}

// Kept on the server

/** Whether everything typed is kept. One request at a time. */
async function save(options = {}) {
  clearTimeout(timer);
  if (!keeps || !forms.length || signedOut) return false;
  if (underway) await underway;
  if (!unsaved) return true;
  unsaved = false;
  underway = keep(options);
  const kept = await underway;
  underway = null;
  if (!kept) unsaved = true;
  return kept;
}

async function keep(options, again = true) {
  const body = new URLSearchParams(typed());
  body.set("typed", "keep");
  body.set("csrfmiddlewaretoken", token());
  const answer = await send(here, { method: "POST", body, ...options });
  if (answer?.ok) {
    sessionStorage.removeItem(key);
    say((await answer.response.json()).said);
    return true;
  }
  if (answer?.status === 413) {
    say("", (await answer.response.json()).said);
    return false;
  }
  putAway();
  // 403: somebody signed in again in another tab, and this page has the token of before.
  if (answer?.over || answer?.status === 403) {
    const signedIn = await isSignedIn();
    if (signedIn === "yes" && again) return keep(options, false);
    if (signedIn === "no") return false;
  }
  say("", "Not saved. What you typed is kept in this browser, and saving is tried again.");
  timer = setTimeout(save, 15 * PAUSE);
  return false;
}

// Kept in this browser

function putAway() {
  if (!forms.length) return;
  try {
    sessionStorage.setItem(key, JSON.stringify(typed()));
  } catch {
    // More than the browser takes.
    sessionStorage.removeItem(key);
    say("", "This is too long to be kept in this browser. Copy it before you leave this page.");
  }
}

function forgetOthers() {
  for (const each of Object.keys(sessionStorage)) {
    if (each.startsWith("typed ") && !each.startsWith(`typed ${person} `)) sessionStorage.removeItem(each);
  }
}

function bringBack() {
  const entries = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (!entries) return;
  const controls = forms.flatMap((form) => [...form.elements]);
  if (entries.some(([name]) => controls.some((control) => control.name === name))) {
    fill(controls, entries);
    if (!keeps) sessionStorage.removeItem(key);
    // Where the server shows what it kept, that is said once.
    if (document.querySelector(".kept-text") === null) tellAbove("This is what you typed. Kept in this browser, for you only. Not saved yet.");
  } else {
    showToCopy(entries);
  }
}

function fill(controls, entries) {
  for (const control of controls) {
    if (control.name === "csrfmiddlewaretoken" || ["submit", "file"].includes(control.type)) continue;
    const given = entries.filter(([name]) => name === control.name);
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = given.some(([, value]) => value === control.value);
    } else if (given.length) {
      control.value = given[0][1];
    }
  }
  controls.find((control) => control.matches?.(typable))?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The form is not there any more: the server has the words for that. */
async function showToCopy(entries) {
  const body = new URLSearchParams(entries);
  body.set("typed", "keep");
  body.set("csrfmiddlewaretoken", token());
  const answer = await send(here, { method: "POST", body });
  if (answer?.ok) {
    sessionStorage.removeItem(key);
    location.reload();
  } else {
    tellAbove("We could not save what you typed on this page. Copy what you need; it stays in this browser until you close it.");
    showHere(entries);
  }
}

/** Too long for the server, or the server cannot be reached. */
function showHere(entries) {
  const longest = entries.map(([, value]) => value).reduce((one, other) => (other.length > one.length ? other : one), "");
  const made = document.createElement("textarea");
  Object.assign(made, { className: "govuk-textarea", readOnly: true, rows: 5, value: longest });
  made.setAttribute("aria-label", "What you typed");
  document.querySelector("main [role=status]").after(made);
}

/** Where the page opens, not only beside the buttons at its end. */
function tellAbove(text) {
  const made = document.createElement("div");
  made.className = "govuk-inset-text";
  made.setAttribute("role", "status");
  document.querySelector("main").prepend(made);
  made.textContent = text;
}

// What is said beside the buttons

function line(live) {
  const made = document.createElement("p");
  made.className = "typed-line";
  if (live) made.setAttribute("role", "status");
  forms[0]?.append(made);
  return made;
}
const quiet = line(false);
const loud = line(true);

function say(saved, problem = "") {
  quiet.textContent = saved;
  loud.textContent = problem;
}

// Leaving

/** What the forms hold now, files by their names. */
function held() {
  const entries = forms.flatMap((form) => [...new FormData(form)]);
  return JSON.stringify(entries.map(([name, value]) => [name, value instanceof File ? value.name : value]));
}

/** Whether the forms hold anything that no button has saved: typed here, or refused just now. */
function isUnsaved() {
  return refused || (touched && held() !== asOpened);
}

addEventListener("beforeunload", (event) => {
  if (!leaving && isUnsaved()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stays = link.getAttribute("href").startsWith("#") || !link.protocol.startsWith("http");
  if (stays || link.target || link.hasAttribute("download") || link.closest("dialog")) return;
  leaveBy(event, () => location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (forms.includes(event.target) || event.target.closest("dialog")) return;
  if (new FormData(event.target, button).get("typed") === "discard") leave();
  else leaveBy(event, () => event.target.requestSubmit(button));
});

/** Keeps first what can be kept, so that the question says what becomes of it. */
async function leaveBy(event, go) {
  if (leaving || event.defaultPrevented || !isUnsaved()) return;
  event.preventDefault();
  const isKept = await save();
  if (!(await confirmed(isKept))) return;
  leave();
  go();
}

/** For a moment: a link may lead to a file, and the page stays. */
function leave() {
  leaving = true;
  setTimeout(() => {
    leaving = false;
  }, 5 * PAUSE);
}

function confirmed(isKept) {
  leaveDialog.querySelector("[data-kept-words]").hidden = !isKept;
  leaveDialog.querySelector("[data-lost-words]").hidden = isKept;
  return new Promise((resolve) => {
    leaveDialog.addEventListener("close", () => resolve(leaveDialog.returnValue === "leave"), { once: true });
    leaveDialog.returnValue = "";
    leaveDialog.showModal();
  });
}

// What is typed is kept in this browser by then.
document.querySelector("#signed-out-dialog [data-sign-in]").addEventListener("click", leave);
leaveDialog.querySelector("[data-close]").addEventListener("click", () => leaveDialog.close());
leaveDialog.querySelector("[data-leave]").addEventListener("click", () => leaveDialog.close("leave"));
document.addEventListener("visibilitychange", () => {
  if (document.hidden && unsaved && !leaving) save({ keepalive: true });
});

// The session

onSession((what) => {
  if (what === "ending") save();
  if (what === "back") {
    signedOut = false;
    unsaved = touched;
    if (keeps && touched) saveSoon();
    else sessionStorage.removeItem(key);
  } else if (what === "over") {
    signedOut = true;
    if (touched) putAway();
    document.querySelector("#signed-out-dialog [data-typed-words]").hidden = !touched;
    if (touched) sayOnSignIn();
  }
});

/** The sign-in says too that it is kept. */
function sayOnSignIn() {
  const link = document.querySelector("#signed-out-dialog [data-sign-in]");
  const url = new URL(link.href);
  url.searchParams.set("typed", "kept");
  link.href = url;
}

const asOpened = held();
forgetOthers();
bringBack();
