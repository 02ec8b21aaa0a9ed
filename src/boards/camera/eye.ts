import { decodeQR } from "qr/decode.js";

/** Larger pictures cost time and show no more: a code has about 110 squares a side. */
const sidePixelsMax = 1_280;

/** The text of the code in a picture; null where none can be read. */
export function readPicture(picture: CanvasImageSource, width: number, height: number): string | null {
  const scale = Math.min(1, sidePixelsMax / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    // The reader throws where it finds no code.
    return null;
  }
}

/** As {@link readPicture}, of a file that a person chose or has just photographed. */
export async function readFile(file: Blob): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    return readPicture(picture, picture.width, picture.height);
  } catch {
    return null;
  }
}

const lookEveryMs = 100;

/** Shows what the camera sees in `video` and reads it as long as the page is open; false: no camera can be had. */
export async function watchCamera(video: HTMLVideoElement, saw: (text: string) => void): Promise<boolean> {
  // Absent on plain http beyond this machine.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  try {
    const wish = { facingMode: "environment", width: { ideal: sidePixelsMax } };
    video.srcObject = (await devices?.getUserMedia({ video: wish })) ?? null;
    if (video.srcObject === null) return false;
    await video.play();
  } catch {
    return false;
  }
  const look = (): void => {
    const text = readPicture(video, video.videoWidth, video.videoHeight);
    if (text !== null) saw(text);
    setTimeout(look, lookEveryMs);
  };
  look();
  return true;
}
