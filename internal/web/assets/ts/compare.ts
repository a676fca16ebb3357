// The two pictures of a pair move as one, without asking the server again. Every
// step is a link that works without us; dragging comes on top of it.

type Place = { x: number; y: number };

const box = document.querySelector<HTMLElement>("#compare");

if (box) {
  const most = Number(box.dataset.most);
  const glasses = [...box.querySelectorAll<SVGSVGElement>("svg.glass")];
  const at = new Map<SVGSVGElement, Place>();
  const tall = (g: SVGSVGElement) => Number(g.dataset.h);
  for (const g of glasses) at.set(g, { x: Number(g.dataset.x), y: Number(g.dataset.y) });
  let zoom = Number(box.dataset.zoom);
  let said = 0;

  const clamp = (n: number, low: number, high: number) => Math.min(Math.max(n, low), high);

  const draw = () => {
    for (const g of glasses) {
      const h = tall(g);
      const spot = at.get(g)!;
      const half = 500 / zoom;
      if (zoom === 1) Object.assign(spot, { x: clamp(spot.x, 0, 1000), y: clamp(spot.y, 0, 1000) });
      else Object.assign(spot, { x: clamp(spot.x, half, 1000 - half), y: clamp(spot.y, half, 1000 - half) });
      const x = clamp(spot.x - half, 0, 1000 - 2 * half);
      const y = clamp(spot.y - half, 0, 1000 - 2 * half);
      g.setAttribute("viewBox", [x, (y * h) / 1000, 1000 / zoom, h / zoom].map((n) => n.toFixed(1)).join(" "));
      for (const pin of g.querySelectorAll(".pin")) {
        const where = pin.getAttribute("transform")!.replace(/ scale.*/, "");
        const [px, py] = where.match(/[\d.]+/g)!.map(Number);
        const edge = 36 / zoom;
        const seen = px >= x + edge && px <= x + 2 * half - edge && py >= (y * h) / 1000 + edge && py <= ((y + 2 * half) * h) / 1000 - edge;
        pin.setAttribute("transform", `${where} scale(${1 / zoom})`);
        pin.setAttribute("visibility", seen ? "visible" : "hidden");
      }
    }
    for (const a of box.querySelectorAll<HTMLElement>(".tool")) {
      const step = a.dataset.step;
      const off = step === "in" ? zoom >= most : zoom <= 1;
      if (off) a.setAttribute("aria-disabled", "true");
      else a.removeAttribute("aria-disabled");
    }
    const line = document.getElementById("status");
    if (line && said !== zoom) line.textContent = (box.dataset.said ?? "").replace("{zoom}", String(zoom));
    said = zoom;
  };
  said = zoom;

  const current = (all: Iterable<Element>, one?: Element) => {
    for (const e of all) e.removeAttribute("aria-current");
    one?.setAttribute("aria-current", "true");
  };

  const pick = (number?: string) => {
    for (const pin of box.querySelectorAll<SVGElement>(".pin")) pin.classList.toggle("on", pin.dataset.pin === number);
    box.querySelectorAll(".ring").forEach((r) => r.remove());
    const now = document.getElementById("now");
    const from = number && document.getElementById(`feature-${number}`);
    if (now) now.replaceChildren(...(from ? [...(from.cloneNode(true) as Element).childNodes] : []));
  };

  const move = (x: number, y: number) => {
    for (const spot of at.values()) Object.assign(spot, { x: spot.x + x, y: spot.y + y });
  };

  const take = (step: string, link?: HTMLElement): boolean => {
    const by = 300 / zoom;
    switch (step) {
      case "in": zoom = Math.min(zoom * 2, most); break;
      case "out": zoom = Math.max(zoom / 2, 1); break;
      case "left": move(-by, 0); break;
      case "right": move(by, 0); break;
      case "up": move(0, -by); break;
      case "down": move(0, by); break;
      case "whole":
        zoom = 1;
        for (const spot of at.values()) Object.assign(spot, { x: 500, y: 500 });
        current(box.querySelectorAll("[data-step=feature]"));
        pick();
        break;
      case "feature":
        if (!link) return false;
        for (const g of glasses) {
          const side = g.closest(".fake") ? link.dataset.fake : link.dataset.genuine;
          const [x, y] = (side ?? "500,500").split(",").map(Number);
          at.set(g, { x, y });
        }
        zoom = Number(link.dataset.zoom);
        current(box.querySelectorAll("[data-step=feature]"), link);
        pick(link.dataset.number);
        break;
      case "side":
        if (!link) return false;
        box.dataset.side = link.dataset.side;
        current(box.querySelectorAll("[data-step=side]"), link);
        break;
      default: return false;
    }
    draw();
    return true;
  };

  box.addEventListener("click", (e) => {
    const link = (e.target as Element).closest<HTMLElement>("a[data-step]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (take(link.dataset.step ?? "", link)) e.preventDefault();
  });

  const keys: Record<string, string> = { "+": "in", "=": "in", "-": "out", "0": "whole", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
  box.addEventListener("keydown", (e) => {
    const step = keys[e.key];
    if (!step || e.ctrlKey || e.metaKey || e.altKey || !(e.target as Element).closest(".frame")) return;
    take(step);
    e.preventDefault();
  });

  // Dragging, for whom it is easier.
  let from: Place | undefined;
  box.addEventListener("pointerdown", (e) => {
    if ((e.target as Element).closest(".frame") && zoom > 1) from = { x: e.clientX, y: e.clientY };
  });
  box.addEventListener("pointermove", (e) => {
    if (!from || !e.buttons) return;
    const wide = glasses.find((g) => g.clientWidth > 0);
    if (!wide) return;
    move(((from.x - e.clientX) * 1000) / wide.clientWidth / zoom, ((from.y - e.clientY) * 1000) / wide.clientHeight / zoom);
    from = { x: e.clientX, y: e.clientY };
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => (from = undefined));
}
