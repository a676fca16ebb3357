// Menus are <details>: they open without us. We close them on Escape (focus goes
// back to the summary) and when the reader goes elsewhere.

const open = "details.menu[open]";

export function menus(doc: Document): void {
  doc.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || e.isComposing) return;
    for (const menu of doc.querySelectorAll<HTMLDetailsElement>(open)) {
      const inside = menu.contains(doc.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary")?.focus();
    }
  });
  const leave = (e: Event) => {
    for (const menu of doc.querySelectorAll<HTMLDetailsElement>(open)) {
      if (e.target instanceof Node && !menu.contains(e.target)) menu.open = false;
    }
  };
  doc.addEventListener("click", leave);
  doc.addEventListener("focusin", leave);
}
