// While an input method is composing (Japanese, Chinese, Korean, Arabic on some
// keyboards) nothing is sent: neither by typing nor by the Enter that only
// accepts a candidate. Safari marks that Enter with key code 229.

export function composing(doc: Document): void {
  doc.addEventListener("input", (e) => {
    if ((e as InputEvent).isComposing) e.stopImmediatePropagation();
  }, true);
  doc.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.isComposing || e.keyCode === 229)) e.stopImmediatePropagation();
  }, true);
  // The text is complete only now; whoever waits for typing hears of it.
  doc.addEventListener("compositionend", (e) => {
    e.target?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
