// How long one is still signed in: asks two minutes before the end, and tells when it is over.
const WARNED = 120;
const STATUS = "/session/";
const own = document.body.dataset.person;
const warning = document.getElementById("session-dialog");
const over = document.getElementById("signed-out-dialog");
const otherTabs = new BroadcastChannel("session");

let endsAt = Date.now() + Number(document.body.dataset.seconds) * 1000;
let isOver = false;
let timer;

/** Called with "ending", "over", "other" and "back"; typed.js keeps what is typed. */
const listeners = [];
export const onSession = (listener) => listeners.push(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

const left = () => Math.round((endsAt - Date.now()) / 1000);

/** A request that is not led to the sign-in: null without network, a response that is `over`. */
export async function send(url, options = {}) {
  try {
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(url, { redirect: "manual", signal, ...options });
    return { ok: response.ok, status: response.status, over: response.type === "opaqueredirect", response };
  } catch {
    return null;
  }
}

/** The truth about the session; `yes` where the person of this page is signed in. Asking by
 * POST lets the session begin anew, which the other tabs are told. */
export async function isSignedIn(options) {
  const answer = await send(STATUS, options);
  if (!answer || (!answer.ok && !answer.over)) return "unknown";
  if (answer.over) return finish();
  const { seconds, person, token } = await answer.response.json();
  if (person !== own) return finish(true);
  renew(token);
  goOn(seconds);
  if (options) otherTabs.postMessage({ seconds, person });
  return "yes";
}

/** A page that was open while somebody signed in again sends the token of the new sign-in. */
function renew(token) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

function goOn(seconds) {
  endsAt = Date.now() + seconds * 1000;
  if (left() > WARNED) warning.close();
  if (isOver) {
    isOver = false;
    over.close();
    tell("back");
  }
  wait();
}

function finish(somebodyElse = false) {
  const known = isOver;
  isOver = true;
  clearTimeout(timer);
  warning.close();
  over.querySelector("[data-other-words]").hidden = !somebodyElse;
  for (const part of over.querySelectorAll("[data-own-words], [data-sign-in]")) part.hidden = somebodyElse;
  if (!known) {
    tell(somebodyElse ? "other" : "over");
    over.showModal();
  }
  return "no";
}

function wait() {
  clearTimeout(timer);
  // A timer holds 24 days at most; the end is looked at again anyway.
  timer = setTimeout(look, Math.min(Math.max(left() - WARNED, 0.2), 86_400) * 1000);
}

/** The moment to warn seems to have come: another tab may have stayed meanwhile. */
async function look() {
  if (left() > WARNED) return wait();
  if ((await isSignedIn()) === "no" || left() > WARNED) return;
  clearTimeout(timer);
  if (!warning.open) {
    tell("ending");
    warning.showModal();
  }
  tick();
}

const SAID = [120, 60, 30, 10];
let lastSaid = Infinity;

function tick() {
  clearTimeout(timer);
  if (!warning.open) return;
  const seconds = Math.max(left(), 0);
  warning.querySelector("[data-time-left]").textContent = inWords(seconds);
  const step = SAID.findLast((each) => each >= seconds);
  if (step !== undefined && step < lastSaid) {
    lastSaid = step;
    warning.querySelector("[data-time-said]").textContent = `You will be signed out in ${inWords(seconds)}.`;
  }
  timer = setTimeout(seconds > 0 ? tick : end, 1000);
}

async function end() {
  if ((await isSignedIn()) === "unknown") finish();
}

function inWords(seconds) {
  const minutes = Math.floor(seconds / 60);
  const parts = [minutes && `${minutes} minute${minutes === 1 ? "" : "s"}`, seconds % 60 && `${seconds % 60} seconds`];
  return parts.filter(Boolean).join(" ") || "0 seconds";
}

async function stay() {
  lastSaid = Infinity;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
  await isSignedIn({ method: "POST", body });
}

if (own) {
  warning.querySelector("[data-stay]").addEventListener("click", stay);
  // Escape closes the question, which can only mean to go on working.
  warning.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  over.querySelector("[data-close]").addEventListener("click", () => over.close());
  const next = encodeURIComponent(location.pathname + location.search);
  over.querySelector("[data-sign-in]").href += `?next=${next}`;
  otherTabs.addEventListener("message", ({ data }) => {
    if (data.person !== own) return;
    // Where it was over, the token of the new sign-in is needed too.
    if (isOver) isSignedIn();
    else goOn(data.seconds);
  });
  otherTabs.postMessage({ seconds: left(), person: own });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && (isOver || left() <= WARNED)) isSignedIn().then(() => isOver || look());
  });
  // Where htmx asked for a part of the page.
  document.body.addEventListener("signed-out", () => finish());
  wait();
}
