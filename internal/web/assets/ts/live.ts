// The live line. The stream sends "status" events whose data is a sentence in
// the reader's language; at most one is announced in ten seconds, the newest;
// "fresh" events with the words of the link above a list; "figures" events, on
// which the parts that hold figures ask for themselves anew; and "notices" events
// with the number of the reader's notices that are new, "-" for none.
// After three failures the line says that live updates are off; the stream
// itself goes on trying.

const pause = 10_000;

export function live(doc: Document): void {
  const source = doc.getElementById("live");
  const line = doc.getElementById("status");
  if (!source || !line) return;
  let next: string | undefined;
  let timer: number | undefined;
  let failures = 0;
  let off = false;

  const flush = () => {
    timer = undefined;
    if (next === undefined) {
      if (!off) line.textContent = ""; // it lies over the page: it goes once it was read
      return;
    }
    line.textContent = next;
    next = undefined;
    timer = window.setTimeout(flush, pause);
  };
  const say = (text: string) => {
    next = text;
    if (timer === undefined) flush();
  };

  const hear = (event: string, then: (text: string) => void) =>
    source.addEventListener(event, (e) => {
      const data = (e as CustomEvent<{ data?: unknown }>).detail?.data;
      if (typeof data === "string") then(data);
    });
  hear("status", say);
  // The line above a list: a link to the same page anew.
  hear("fresh", (text) => {
    const fresh = doc.getElementById("fresh");
    const link = fresh?.querySelector("a");
    if (!fresh || !link) return;
    link.textContent = text;
    fresh.hidden = false;
  });
  // Figures change in place, unless somebody stands in them.
  hear("figures", () => {
    for (const part of doc.querySelectorAll("[data-figures]"))
      if (!part.contains(doc.activeElement)) part.dispatchEvent(new CustomEvent("figures"));
  });
  hear("notices", (text) => {
    for (const link of doc.querySelectorAll('a[href="/notices"]')) {
      let n = link.querySelector(".count");
      if (text === "-") {
        n?.remove();
        continue;
      }
      if (!n) {
        n = doc.createElement("span");
        n.className = "count";
        link.append(" ", n);
      }
      const number = doc.createElement("bdi");
      number.className = "num";
      number.dir = "ltr";
      number.textContent = text;
      n.replaceChildren(number);
    }
  });
  source.addEventListener("htmx:sse:error", () => {
    if (++failures === 3) {
      off = true;
      say(source.dataset.off ?? "");
    }
  });
  source.addEventListener("htmx:sse:after:connection", () => {
    failures = 0;
    if (off) say("");
    off = false;
  });
}
