// Files are sent as soon as they are chosen, in pieces that go on where a line
// was cut (tus 1.0), pictures made smaller first. Without us the same fields
// travel with the form. On the page that blacks out, a finger draws a
// rectangle, whose squares are ticked.

const piece = 256 * 1024;
const tries = 5;
const version = { "Tus-Resumable": "1.0.0" };

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const pause = (ms: number) => new Promise((then) => setTimeout(then, ms));

// smaller gives a JPEG of at most so many pixels; whatever the browser cannot
// read goes as it is.
export async function smaller(file: File, edge: number, quality: number): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const m = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, edge / Math.max(m.width, m.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(m.width * scale));
    canvas.height = Math.max(1, Math.round(m.height * scale));
    const c = canvas.getContext("2d");
    if (!c) return file;
    c.fillStyle = "#fff";
    c.fillRect(0, 0, canvas.width, canvas.height);
    c.drawImage(m, 0, 0, canvas.width, canvas.height);
    m.close();
    const out = await new Promise<Blob | null>((then) => canvas.toBlob(then, "image/jpeg", quality));
    return out && out.size < file.size ? out : file;
  } catch {
    return file;
  }
}

// Refused is a file that the server does not take, in its words.
class Refused extends Error {}

async function why(r: Response): Promise<string> {
  try {
    const p = (await r.json()) as { title?: string; errors?: { detail?: string }[] };
    return p.errors?.[0]?.detail ?? p.title ?? "";
  } catch {
    return "";
  }
}

// send uploads one file; it throws when the server refuses it, or the line stays cut.
async function send(to: string, id: string, name: string, label: boolean, body: Blob, told: (percent: number) => void): Promise<void> {
  const meta = [`id ${base64(id)}`, `filename ${base64(name)}`, `label ${base64(String(label))}`].join();
  const at = `${to}/${id}`;
  const head = { ...version, "Accept-Language": document.documentElement.lang };
  let offset = -1;
  for (let left = tries; ; ) {
    try {
      let r: Response;
      if (offset < 0) {
        r = await fetch(to, { method: "POST", headers: { ...head, "Upload-Length": String(body.size), "Upload-Metadata": meta } });
      } else if (offset < body.size) {
        r = await fetch(at, {
          method: "PATCH",
          headers: { ...head, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
          body: body.slice(offset, offset + piece),
        });
      } else return;
      if (r.ok) {
        offset = Number(r.headers.get("Upload-Offset"));
        told(Math.floor((100 * offset) / body.size));
        left = tries;
        continue;
      }
      if (r.status < 500 && r.status !== 409 && r.status !== 429) throw new Refused(await why(r));
    } catch (e) {
      if (e instanceof Refused) throw e;
    }
    if (--left === 0) throw new Error("cut");
    await pause(1000 * (tries - left));
    offset = -1; // begun again, the same upload says how far it is
  }
}

function filled(line: DocumentFragment, id: string, name: string): void {
  for (const e of line.querySelectorAll("*"))
    for (const a of e.attributes) a.value = a.value.replaceAll("{id}", id).replaceAll("{name}", name);
  const called = line.querySelector("bdi");
  if (called) called.textContent = name;
}

function show(field: HTMLElement, id: string, name: string, picture: boolean): void {
  const pattern = field.querySelector("template");
  const list = field.querySelector("ul");
  if (!pattern || !list) return;
  const line = document.importNode(pattern.content, true);
  if (!picture) line.querySelectorAll("img, a").forEach((e) => e.remove());
  filled(line, id, name);
  line.querySelectorAll<HTMLElement>("[hidden]").forEach((e) => (e.hidden = false));
  if (list.dataset.one !== undefined) list.replaceChildren();
  list.append(line);
}

export function files(doc: Document): void {
  let waiting = Promise.resolve();
  let busy = 0;
  let lost = false; // since a form began to wait

  const take = async (field: HTMLElement, file: File, label: boolean) => {
    const say = (text = "", more = "") => {
      const line = field.querySelector("[role=status]");
      if (line) line.textContent = text.replace("{percent}", more).replace("{why}", more).replace("{name}", file.name);
    };
    const id = crypto.randomUUID();
    say(field.dataset.sending, "0");
    try {
      const body = await smaller(file, label ? 2048 : 1600, label ? 0.8 : 0.75);
      await send(field.dataset.uploads ?? "", id, file.name, label, body, (n) => say(field.dataset.sending, String(n)));
      show(field, id, file.name, file.type.startsWith("image/"));
      say(field.dataset.sent);
    } catch (e) {
      lost = true;
      const words = e instanceof Refused ? e.message : "";
      say(words ? field.dataset.refused : field.dataset.failed, words);
    }
  };

  doc.addEventListener("change", (e) => {
    const input = e.target as HTMLInputElement;
    const field = input.closest?.<HTMLElement>("[data-uploads]");
    if (!field || input.type !== "file" || !field.dataset.uploads || !crypto.randomUUID) return;
    e.stopPropagation();
    const label = field.querySelector<HTMLInputElement>("[name=label]")?.checked ?? false;
    const chosen = [...(input.files ?? [])];
    input.value = ""; // what is sent here does not travel with the form again
    for (const file of chosen) {
      busy++;
      waiting = waiting.then(() => take(field, file, label)).finally(() => busy--); // one at a time: phones have little memory
    }
  }, true);

  // A form waits for what is still on its way, and stays when that was lost.
  doc.addEventListener("submit", (e) => {
    const form = e.target as HTMLFormElement;
    if (!busy || !form.querySelector("[data-uploads]")) return;
    e.preventDefault();
    e.stopPropagation();
    lost = false;
    const sender = e.submitter;
    void waiting.then(() => lost || form.requestSubmit(sender));
  }, true);

  let start: HTMLInputElement | undefined;
  let tick = false;
  let before: boolean[] = [];
  const square = (e: PointerEvent) => {
    const box = doc.elementFromPoint(e.clientX, e.clientY) as HTMLInputElement | null;
    return box?.matches(".squares input") ? box : undefined;
  };
  const beside = (one: HTMLInputElement) => [...(one.parentElement?.children ?? [])] as HTMLInputElement[];
  doc.addEventListener("pointerdown", (e) => {
    start = square(e);
    if (!start) return;
    tick = !start.checked;
    before = beside(start).map((b) => b.checked);
    start.releasePointerCapture(e.pointerId);
  });
  doc.addEventListener("pointermove", (e) => {
    const box = e.buttons && start && square(e);
    if (!box || !start || box.parentElement !== start.parentElement) return;
    const all = beside(start);
    const columns = all.filter((b) => b.offsetTop === all[0].offsetTop).length;
    const [from, to] = [all.indexOf(start), all.indexOf(box)];
    const between = (n: number, a: number, b: number) => n >= Math.min(a, b) && n <= Math.max(a, b);
    const row = (i: number) => Math.floor(i / columns);
    // Back at the beginning it is a click, which ticks by itself.
    all.forEach((b, i) => {
      b.checked = from !== to && between(row(i), row(from), row(to)) && between(i % columns, from % columns, to % columns) ? tick : before[i];
    });
  });
  doc.addEventListener("pointerup", () => (start = undefined));
}
