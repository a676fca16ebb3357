// In the form of a sheet a finger shows where a feature is: it fills the numbers
// that can be typed without us.

for (const spot of document.querySelectorAll<HTMLElement>("[data-spot]")) {
  const [x, y] = ["x", "y"].map((n) => spot.querySelector<HTMLInputElement>(`[data-${n}]`)!);
  const picture = spot.querySelector<SVGSVGElement>("svg.glass");
  if (!picture) continue;
  spot.classList.add("pick");
  const dot = () => {
    picture.querySelector(".pin")?.remove();
    if (x.value === "" || y.value === "") return;
    const g = document.createElementNS("http://www.w3.org/2000/svg", "g");
    const c = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    c.setAttribute("r", "36");
    g.setAttribute("class", "pin on");
    g.setAttribute("transform", `translate(${x.value} ${(Number(y.value) * Number(picture.dataset.h)) / 1000})`);
    g.append(c);
    picture.append(g);
  };
  picture.addEventListener("click", (e) => {
    const r = picture.getBoundingClientRect();
    x.value = String(Math.round(((e.clientX - r.left) * 1000) / r.width));
    y.value = String(Math.round(((e.clientY - r.top) * 1000) / r.height));
    dot();
  });
  for (const i of [x, y]) i.addEventListener("input", dot);
}
