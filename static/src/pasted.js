// Cells copied from a spreadsheet, row by row; the same as `pasted_rows` in banding/grid/rules.py.
// A cell with a line break, a tab or a quotation mark in it stands in quotation marks, each of its
// own doubled. One that only begins with a quotation mark is read as it stands.
const QUOTED = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
const PLAIN = /[^\t\n]*/y;

export function pastedRows(given) {
  const text = given.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (let at = 0; ; at += 1) {
    const [cell, end] = cellFrom(text, at);
    rows.at(-1).push(cell);
    if (end === text.length) return rows;
    if (text[end] === "\n") rows.push([]);
    at = end;
  }
}

function cellFrom(text, at) {
  QUOTED.lastIndex = PLAIN.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted && (!quoted[1] || /[\t\n"]/.test(quoted[1]))) {
    return [quoted[1].replaceAll('""', '"'), QUOTED.lastIndex];
  }
  return [PLAIN.exec(text)[0], PLAIN.lastIndex];
}

/** As a cell shows it: it has no room for a second line. */
export const inOneLine = (text) => text.trim().split(/\s+/).join(" ");
