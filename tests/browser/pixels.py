"""What is painted, read with the browser's own means: no picture library is needed."""

from base64 import b64encode

from playwright.sync_api import Page

READ = """async (pictures) => {
  const read = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const paper = canvas.getContext("2d");
    paper.drawImage(bitmap, 0, 0);
    const { data } = paper.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, pixels: new Uint32Array(data.buffer) };
  };
  const read_all = await Promise.all(pictures.map(read));
  %s
}"""
COLOURS = READ % "return new Set(read_all[0].pixels).size;"
DIFFERENCE = (
    READ
    % """const [one, other] = read_all;
  if (one.width !== other.width || one.height !== other.height) return 1;
  const unlike = one.pixels.filter((pixel, place) => pixel !== other.pixels[place]);
  return unlike.length / one.pixels.length;"""
)


def number_of_colours(page: Page, png: bytes) -> int:
    return page.evaluate(COLOURS, [b64encode(png).decode()])


def share_that_differs(page: Page, one: bytes, other: bytes) -> float:
    """Of the pixels, from 0 to 1; 1 where the size differs."""
    return page.evaluate(DIFFERENCE, [b64encode(each).decode() for each in (one, other)])
