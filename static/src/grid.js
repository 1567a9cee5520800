// The grid with the keyboard: arrows, type-ahead of codes, pasted cells, undo. Without it the
// page is a long form that saves the same.
import { inOneLine, pastedRows } from "./pasted.js";

const body = document.querySelector("[data-grid]");
const said = document.querySelector("[data-grid-said]");
const undoButton = document.querySelector("[data-undo]");
/** Every row of the table; of a pupil who is not to be banded here it has no cells. */
const rows = [...(body?.rows ?? [])].map((row) => [...row.querySelectorAll("input.grid-cell")]);
const codes = [...document.querySelectorAll("th[data-column]")].map((head) => head.dataset.codes?.split(" ") ?? []);
const place = new Map(rows.flatMap((cells, y) => cells.map((cell, x) => [cell, { x, y }])));

/** What was done, the newest last: each a list of cells with their text of before. */
const done = [];
let before = "";

const isText = (cell) => codes[place.get(cell).x].length === 0;
const at = (x, y) => rows[y]?.[x];

function go(cell) {
  if (!cell) return false;
  cell.focus();
  cell.select();
  return true;
}

function set(cell, text) {
  cell.value = text;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

// Moving

const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Enter: [0, 1] };

function move(event, cell) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const [dx, dy] = steps[event.key];
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const atEdge = dx < 0 ? cell.selectionEnd === 0 : cell.selectionStart === cell.value.length;
  // In a sentence the arrows move in the sentence until its end.
  if (dx && !atEdge && !(whole && !isText(cell))) return;
  const { x, y } = place.get(cell);
  const step = event.key === "Enter" && event.shiftKey ? -dy : dy;
  let next = y + step;
  while (step && rows[next]?.length === 0) next += step;
  if (go(at(x + dx, next))) event.preventDefault();
  else if (event.key === "Enter") event.preventDefault();
}

// Type-ahead

function complete(event, cell) {
  if (!event.inputType?.startsWith("insert") || event.inputType === "insertFromPaste") return;
  const typed = cell.value.trim().toLowerCase();
  if (!typed || cell.selectionEnd !== cell.value.length) return;
  const found = codes[place.get(cell).x].filter((code) => code.toLowerCase().startsWith(typed));
  const exact = found.find((code) => code.toLowerCase() === typed);
  if (exact) cell.value = exact;
  else if (found.length === 1) {
    cell.value = found[0];
    cell.setSelectionRange(typed.length, found[0].length);
  }
}

// Pasting and undo

function paste(event, cell) {
  const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
  // One cell of one line goes in where the cursor is.
  if (!/[\r\n\t]/.test(text)) return;
  event.preventDefault();
  const { x, y } = place.get(cell);
  const changed = [];
  let leftOut = 0;
  pastedRows(event.clipboardData.getData("text")).forEach((row, dy) =>
    row.forEach((value, dx) => {
      const target = at(x + dx, y + dy);
      if (!target) {
        if (value.trim()) leftOut += 1;
        return;
      }
      changed.push([target, target.value]);
      set(target, inOneLine(value));
    }),
  );
  keep(changed);
  say(`${cellsOf(changed.length)} pasted.${leftOut ? ` ${cellsOf(leftOut)} left out: there is no place for them.` : ""}`);
  before = cell.value;
}

const cellsOf = (count) => (count === 1 ? "1 cell" : `${count} cells`);

function keep(changed) {
  if (changed.length) done.push(changed);
  undoButton.disabled = !done.length;
}

function keepTyped(cell) {
  if (cell.value !== before) keep([[cell, before]]);
  before = cell.value;
}

function undo() {
  const cell = document.activeElement;
  if (place.has(cell)) keepTyped(cell);
  const last = done.pop();
  if (!last) return say("Nothing to undo.");
  for (const [target, text] of [...last].reverse()) set(target, text);
  go(last[0][0]);
  undoButton.disabled = !done.length;
  say(last.length === 1 ? "Undone." : `Undone in ${cellsOf(last.length)}.`);
}

function say(text) {
  said.textContent = text;
}

// The suggested band, as soon as the levels of a row are complete; the server works it out (B2).

const levels = [...document.querySelectorAll("th[data-column]")].flatMap((head, x) => (head.dataset.column.startsWith("level_") ? [x] : []));
let asking;

function suggestSoon(cell) {
  const { x, y } = place.get(cell);
  if (!levels.includes(x) || !levels.every((each) => rows[y][each].value.trim())) return;
  clearTimeout(asking);
  asking = setTimeout(suggest, 300);
}

async function suggest() {
  const data = new URLSearchParams(new FormData(body.closest("form")));
  data.set("do", "ask");
  const answer = await fetch(location.pathname, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
  // Without an answer the button shows them, or says why not.
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = page.querySelectorAll("[data-grid] [data-suggestion]");
  body.querySelectorAll("[data-suggestion]").forEach((cell, at) => shown[at] && cell.replaceChildren(...shown[at].childNodes));
}

if (place.size) {
  body.addEventListener("focusin", ({ target }) => {
    if (place.has(target)) before = target.value;
  });
  // A click takes a level or band whole, as in a spreadsheet; in a sentence it sets the cursor.
  body.addEventListener("mouseup", (event) => {
    if (!place.has(event.target) || isText(event.target)) return;
    event.preventDefault();
    event.target.select();
  });
  body.addEventListener("focusout", ({ target }) => {
    if (place.has(target)) keepTyped(target);
  });
  body.addEventListener("keydown", (event) => {
    if (!place.has(event.target)) return;
    if (event.key in steps) move(event, event.target);
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      undo();
    }
  });
  body.addEventListener("input", (event) => {
    if (!place.has(event.target)) return;
    complete(event, event.target);
    suggestSoon(event.target);
  });
  body.addEventListener("paste", (event) => place.has(event.target) && paste(event, event.target));
  undoButton.addEventListener("click", undo);
  undoButton.disabled = true;
}
