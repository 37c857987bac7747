// Colours of the map, read from the host's custom properties, and the hatches
// of what has no value.
import { el } from "./fatto.ts";

/** The inks of the picture, by number: 0 nothing, then the fills of a Scene
 * plus 1, then the same once more, faint. */
export const fills = 32;
/** The first number of a Scene's fills that stands for a kind of no value. */
export const noValue = 16;

export interface Inks {
  ink: Uint32Array;
  tile: (Uint32Array | undefined)[];
  period: number;
  css: { coast: string; border: string; place: string; halo: string; beside: string; none: string; line: string; fill: string[] };
}

/** The custom properties of the fills, in their order. */
const names = ["--bg-soft", "--c1", "--c2", "--c3", "--c4", "--c5", "--d1", "--d2", "--d3", "--d4", "--d5"];

const colours = (get: (name: string) => string): Inks["css"] => ({
  coast: get("--coast"), border: get("--border"), place: get("--place"), halo: get("--bg"), beside: get("--text"),
  none: get("--none-bg"), line: get("--none-line"), fill: names.map(get),
});

/** The colours by name: a drawing that stands in the page follows it, on paper
 * and in the dark. */
export const named = colours((name) => `var(${name})`);

/** A filtered-out area keeps so much of its colour, the rest is ground. */
export const kept = 0.22;
/** CSS pixels after which a hatch repeats, and the width of its lines. */
export const repeat = 5, stroke = 1;

/** How much of a point u, v of a tile (0…1 across) the lines of a kind cover,
 * by the distance to the nearest, in tiles. The kinds differ in direction and
 * in shape, so that they can be told apart without colour. */
const patterns: ((u: number, v: number) => number)[] = [
  (u, v) => edge(u + v) * Math.SQRT1_2, // rising
  (u, v) => edge(u - v + 1) * Math.SQRT1_2, // falling
  (u, v) => Math.min(edge(u + v), edge(u - v + 1)) * Math.SQRT1_2, // crossed
  (_, v) => edge(v), // level
  (u) => edge(u), // upright
  (u, v) => Math.max(Math.hypot(edge(u), edge(v)) - 0.12, 0), // dotted
];

/** Distance to the nearest whole number. */
function edge(x: number): number {
  return Math.abs(x - Math.round(x));
}

/** Which pattern a kind has; the first are the commonest. */
export function patternOf(kind: number): number {
  return Math.max(kind - 1, 0) % patterns.length;
}

/** A tile of size × size pixels: line on ground. */
export function hatch(pattern: number, size: number, ground: number, line: number): Uint32Array {
  const out = new Uint32Array(size * size);
  const half = stroke / repeat / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const away = patterns[pattern]!((x + 0.5) / size, (y + 0.5) / size);
      const cover = Math.min(Math.max((half - away) * size + 0.5, 0), 1);
      out[y * size + x] = blend(line, ground, cover);
    }
  }
  return out;
}

/** part of a over b; both opaque, as the canvas stores them. */
export function blend(a: number, b: number, part: number): number {
  let out = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    out += Math.round(((a >>> shift) & 255) * part + ((b >>> shift) & 255) * (1 - part)) * 2 ** shift;
  }
  return out;
}

/** A canvas in the processor's memory: where WebGL is software it is much faster. */
export function surface(): CanvasRenderingContext2D {
  const context = el("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  return context;
}

/** Reads the colours as they are now. */
export function inks(host: HTMLElement, ratio: number): Inks {
  const style = getComputedStyle(host);
  const probe = surface();
  const get = (name: string): string => style.getPropertyValue(name).trim();
  const pixel = (colour: string): number => {
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    const d = probe.getImageData(0, 0, 1, 1).data;
    return new Uint32Array(d.buffer)[0]!;
  };
  const size = Math.max(4, Math.round(repeat * ratio));
  const bg = pixel(get("--bg")), line = pixel(get("--none-line")), none = pixel(get("--none-bg"));
  const out: Inks = {
    ink: new Uint32Array(1 + 2 * fills),
    tile: [],
    period: size,
    css: colours(get),
  };
  for (let f = 0; f < fills; f++) {
    const flat = f < noValue ? pixel(get(names[f] ?? "--bg-soft")) : none;
    out.ink[1 + f] = flat;
    out.ink[1 + fills + f] = blend(flat, bg, kept);
    if (f < noValue) continue;
    const p = patternOf(f - noValue);
    out.tile[1 + f] = hatch(p, size, none, line);
    out.tile[1 + fills + f] = hatch(p, size, bg, blend(line, bg, 2 * kept));
  }
  return out;
}
