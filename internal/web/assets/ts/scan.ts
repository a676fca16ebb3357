// The camera reads a code where the browser can (BarcodeDetector); it fills the
// field and sends nothing: whoever scanned looks first. A photo is made smaller
// before it travels. Without us the same fields travel as they are.

import { smaller } from "./file";

type Found = { rawValue: string };
type Detector = { detect(from: HTMLVideoElement): Promise<Found[]> };
declare const BarcodeDetector: { new (o: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } | undefined;

const wanted = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "itf", "qr_code", "data_matrix"];

async function camera(box: HTMLElement): Promise<void> {
  if (typeof BarcodeDetector === "undefined" || !navigator.mediaDevices) return;
  const formats = (await BarcodeDetector.getSupportedFormats()).filter((f) => wanted.includes(f));
  if (!formats.length) return;
  const reader = new BarcodeDetector({ formats });
  const [start, torch, stop] = ["start", "torch", "stop"].map((n) => box.querySelector<HTMLButtonElement>(`[data-do=${n}]`)!);
  const video = box.querySelector("video")!;
  const field = document.querySelector<HTMLInputElement>("#f-q")!;
  const say = (text?: string) => (box.querySelector("[data-says]")!.textContent = text ?? "");
  let stream: MediaStream | undefined;
  let light = false;
  box.hidden = false;

  const end = () => {
    stream?.getTracks().forEach((t) => t.stop());
    stream = undefined;
    video.hidden = torch.hidden = stop.hidden = true;
    start.hidden = false;
  };
  const look = async () => {
    if (!stream) return;
    const found = await reader.detect(video).catch(() => []);
    const code = found[0]?.rawValue;
    if (!code) return void setTimeout(look, 150);
    field.value = code;
    end();
    navigator.vibrate?.(60);
    say(box.dataset.read?.replace("{code}", code));
    field.focus();
  };
  start.addEventListener("click", async () => {
    say(box.dataset.asking);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      say(box.dataset.blocked);
      return;
    }
    video.srcObject = stream;
    await video.play();
    say(box.dataset.looking);
    video.hidden = stop.hidden = false;
    start.hidden = true;
    const track = stream.getVideoTracks()[0];
    torch.hidden = !(track.getCapabilities?.() as { torch?: boolean } | undefined)?.torch;
    void look();
  });
  torch.addEventListener("click", () => {
    light = !light;
    void stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: light } as MediaTrackConstraintSet] });
    torch.setAttribute("aria-pressed", String(light));
  });
  stop.addEventListener("click", () => {
    end();
    say();
  });
  addEventListener("pagehide", end);
}

const box = document.querySelector<HTMLElement>("#camera");
if (box) void camera(box);

document.querySelector("#photo-form")?.addEventListener("change", async (e) => {
  const input = e.target as HTMLInputElement;
  const file = input.files?.[0];
  if (!file || file.size < 200_000) return;
  const made = await smaller(file, 1600, 0.75);
  if (made === file) return;
  const held = new DataTransfer();
  held.items.add(new File([made], "code.jpg", { type: "image/jpeg" }));
  input.files = held.files;
});
