// A box above a list of links that leaves those that fit what is typed; Enter follows the first.
const marks = /\p{M}/gu;
const folded = (text) => text.normalize("NFD").replace(marks, "").toLowerCase();

for (const box of document.querySelectorAll("input[data-narrows]")) {
  const list = box.closest("ul");
  const told = list.querySelector("[role=status]");
  const links = [...list.querySelectorAll("a")];
  const fitting = () => links.filter((link) => !link.closest("li").hidden);
  box.addEventListener("input", () => {
    const words = folded(box.value).split(/\s+/);
    for (const link of links) {
      const text = folded(link.textContent);
      link.closest("li").hidden = !words.every((word) => text.includes(word));
    }
    const count = fitting().length;
    told.textContent = count === 1 ? "1 school fits" : `${count || "No"} schools fit`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !box.value.trim()) return;
    event.preventDefault();
    fitting()[0]?.click();
  });
  const menu = box.closest("details");
  const enter = () => menu.open && box.focus();
  menu?.addEventListener("toggle", enter);
  // Somebody may have opened the menu before this script was there.
  if (menu) enter();
}
