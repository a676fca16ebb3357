// Focus goes where the answer is: to the error summary or the note of success on
// a fresh page, and after a swap that the reader asked for. What the server
// pushes never moves it.

const mark = "[data-focus]";

type Swapped = CustomEvent<{ ctx?: { sourceEvent?: Event } }>;

export function focus(doc: Document): void {
  doc.querySelector<HTMLElement>(mark)?.focus();
  doc.addEventListener("htmx:after:swap", (e) => {
    const cause = (e as Swapped).detail?.ctx?.sourceEvent?.type;
    if (cause === "submit" || cause === "click") doc.querySelector<HTMLElement>(mark)?.focus();
  });
}
