// The map by scan lines. Every line of pixels is cut by the borders; between
// two cuts lies one face. The cuts are found once per view; a colour change
// only walks them and writes pixels, so it costs the same whatever the classes.
//
// A cut carries the exclusive or of the faces on its two sides. Walking a line
// from the left, the running exclusive or is the face: it does not matter which
// way an arc runs, nor in which order cuts at the same place come, nor how far
// outside the picture they lie.
import { whole, type Pieces } from "./pezzi.ts";
import type { Arcs } from "./tratti.ts";
import type { Matrix } from "./vista.ts";

/** Cuts of every line, left to right: place << bits | exclusive or of sides,
 * where a side is the face's position plus 1, and 0 outside. */
export interface Scan {
  lines: number;
  width: number;
  /** Where each line's cuts begin; one more than there are lines. */
  at: Uint32Array;
  cuts: Uint32Array;
  /** Bits for a side, and for the fraction of a pixel. */
  bits: number;
  part: number;
}

/** Arcs and lines that are looked at in one piece. */
const piece = 2000, sorted = 200;

/** Finds the cuts of a picture of width × lines pixels. The matrix takes the
 * grid to pixels across and lines down, which need not be the same. */
export function* scanning(t: Arcs, m: Matrix, width: number, lines: number, down = 1): Pieces<Scan> {
  const { box } = t;
  const bits = 32 - Math.clz32(t.faces.length);
  const part = 32 - bits - (32 - Math.clz32(width));
  const at = new Uint32Array(lines + 1);
  const { k, tx } = m;
  const ky = k * down, ty = m.ty * down;
  const scale = 2 ** part, most = width * scale;
  let cuts = new Uint32Array(0);
  const walk = (first: number, last: number, write: boolean): void => {
    for (let a = first, o = a * 4; a < last; a++, o += 4) {
      const sides = (t.left[a]! + 1) ^ (t.right[a]! + 1);
      if (!sides || box[o]! * k + tx >= width || box[o + 3]! * ky + ty < 0 || box[o + 1]! * ky + ty > lines) continue;
      let i = t.arcAt[a]! * 2;
      const end = t.arcAt[a + 1]! * 2;
      let x = t.xy[i]! * k + tx, y = t.xy[i + 1]! * ky + ty - 0.5;
      for (i += 2; i < end; i += 2) {
        const x1 = t.xy[i]! * k + tx, y1 = t.xy[i + 1]! * ky + ty - 0.5;
        // The lines whose middle lies between the two ends.
        const from = Math.max(Math.ceil(y < y1 ? y : y1), 0), to = Math.min(Math.ceil(y < y1 ? y1 : y), lines);
        if (from < to) {
          if (!write) for (let l = from; l < to; l++) at[l]!++;
          else {
            const slope = (x1 - x) / (y1 - y);
            let px = (x + (from - y) * slope) * scale;
            for (let l = from; l < to; l++, px += slope * scale) {
              const place = px < 0 ? 0 : px > most ? most : px;
              cuts[at[l]!++] = ((place << bits) | sides) >>> 0;
            }
          }
        }
        x = x1;
        y = y1;
      }
    }
  };
  // The first round counts, the second writes.
  for (const write of [false, true]) {
    if (write) {
      for (let i = 0, sum = 0; i <= lines; i++) {
        const n = at[i]!;
        at[i] = sum;
        sum += n;
      }
      cuts = new Uint32Array(at[lines]!);
    }
    for (let a = 0; a < t.left.length; a += piece) {
      walk(a, Math.min(a + piece, t.left.length), write);
      yield;
    }
  }
  // Writing has moved each beginning to the next one's.
  at.copyWithin(1, 0, lines);
  at[0] = 0;
  for (let l = 0; l < lines; l++) {
    sort(cuts, at[l]!, at[l + 1]!);
    if (l % sorted === 0) yield;
  }
  return { lines, width, at, cuts, bits, part };
}

export const scan = (...of: Parameters<typeof scanning>): Scan => whole(scanning(...of));

/** Few cuts are sorted faster in place than by the engine. */
const few = 24;

function sort(a: Uint32Array, from: number, to: number): void {
  if (to - from > few) {
    a.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const v = a[i]!;
    let j = i - 1;
    for (; j >= from && a[j]! > v; j--) a[j + 1] = a[j]!;
    a[j + 1] = v;
  }
}

/** What each side looks like: by face position plus 1, an index into ink. */
export interface Paint {
  of: Uint8Array;
  /** Pixels as the canvas stores them; 0 is not painted. */
  ink: Uint32Array;
  /** By ink: a square of period × period pixels instead of the one colour. */
  tile: (Uint32Array | undefined)[];
  period: number;
  /** Where the tiles begin, so that they move with the map. */
  left: number;
  top: number;
}

/** The colour f/256 of the way from b to a; transparent mixes by its share. */
function mix(a: number, b: number, f: number): number {
  if (!f) return b;
  if (!a) return ((b & 0xffffff) | (((b >>> 24) * (256 - f)) >> 8 << 24)) >>> 0;
  if (!b) return ((a & 0xffffff) | (((a >>> 24) * f) >> 8 << 24)) >>> 0;
  const g = 256 - f;
  const odd = ((a & 0xff00ff) * f + (b & 0xff00ff) * g) / 256;
  const even = ((a >>> 8) & 0xff00ff) * f + ((b >>> 8) & 0xff00ff) * g;
  return ((odd & 0xff00ff) | (even & 0xff00ff00)) >>> 0;
}

/** Writes rows of pixels from row top on. Where the scan has several lines a
 * row, they are mixed. */
export function paint(s: Scan, p: Paint, pixels: Uint32Array, top: number, perRow: number): void {
  const { width, cuts, at, bits } = s;
  const rows = pixels.length / width;
  const mask = 2 ** bits - 1, fraction = 2 ** s.part, toByte = 256 / fraction;
  const line = new Uint32Array(width + 1);
  for (let r = 0; r < rows; r++) {
    const out = r * width;
    for (let sub = 0; sub < perRow; sub++) {
      const l = (top + r) * perRow + sub;
      if (l >= s.lines) break;
      const tileRow = ((top + r - p.top) % p.period + p.period) % p.period * p.period;
      let side = 0, ink = p.of[0]!, next = 0;
      for (let i = at[l]!, end = at[l + 1]!; i <= end; i++) {
        const cut = i < end ? cuts[i]! : 0;
        side ^= cut & mask;
        const then = p.of[side]!;
        if (then === ink && i < end) continue; // the same colour on both sides
        const place = i < end ? (cut >>> bits) / fraction : width;
        const px = place | 0;
        const tile = p.tile[ink], colour = p.ink[ink]!;
        if (px >= next) {
          const stop = px < width ? px + 1 : width;
          if (tile) {
            let u = ((next - p.left) % p.period + p.period) % p.period;
            for (let x = next; x < stop; x++) {
              line[x] = tile[tileRow + u]!;
              if (++u === p.period) u = 0;
            }
          } else for (let x = next; x < stop; x++) line[x] = colour;
          next = stop;
        }
        if (i < end && px < width) {
          const t2 = p.tile[then];
          const c = t2 ? t2[tileRow + ((px - p.left) % p.period + p.period) % p.period]! : p.ink[then]!;
          line[px] = mix(line[px]!, c, (place - px) * fraction * toByte | 0);
        }
        ink = then;
      }
      if (!sub) pixels.set(line.subarray(0, width), out);
      else {
        for (let x = 0; x < width; x++) {
          const a = pixels[out + x]!, b = line[x]!;
          if (a !== b) pixels[out + x] = mix(a, b, 256 * sub / (sub + 1) | 0);
        }
      }
    }
  }
}
