// Painting a picture on a canvas, in pieces that each take a slow processor less
// than a frame.
import { dotEdge, dotFaint, inkOf, type Dot, type Line, type Picture } from "./immagine.ts";
import type { Pieces } from "./pezzi.ts";
import { paint, scanning, type Paint, type Scan } from "./righe.ts";
import { trace } from "./tratti.ts";
import type { Matrix } from "./vista.ts";

/** Below this many pixels a CSS pixel, a row is cut twice: its edges look as
 * smooth as on a finer screen. */
const fineRatio = 1.5;
/** Rows painted at once, so that no large buffer is needed. */
const band = 64;

const scaled = (m: Matrix, by: number): Matrix => ({ k: m.k * by, tx: m.tx * by, ty: m.ty * by });

export function cut(p: Picture): Pieces<Scan> {
  const sub = p.ratio < fineRatio ? 2 : 1;
  return scanning(p.form.arcs, scaled(p.matrix, p.ratio), Math.round(p.width * p.ratio), Math.round(p.height * p.ratio) * sub, sub);
}

/** Writes the fills of a scan, and the dots over them. */
export function* fill(c: CanvasRenderingContext2D, p: Picture, s: Scan, small: readonly Dot[]): Pieces {
  const of = new Uint8Array(p.form.topology.faces.length + 1);
  for (let f = 1; f < of.length; f++) of[f] = inkOf(p, f - 1);
  const how: Paint = { ...p.inks, of, left: Math.round(p.matrix.tx * p.ratio), top: Math.round(p.matrix.ty * p.ratio) };
  const height = c.canvas.height;
  for (let top = 0; top < height; top += band) {
    const image = new ImageData(s.width, Math.min(band, height - top));
    paint(s, how, new Uint32Array(image.data.buffer), top, s.lines / height);
    c.putImageData(image, 0, top);
    yield;
  }
  dot(c, p, small);
}

export function dot(c: CanvasRenderingContext2D, p: Picture, small: readonly Dot[]): void {
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineWidth = dotEdge;
  c.strokeStyle = p.inks.css.coast;
  for (const d of small) {
    c.beginPath();
    c.arc(...d.at, d.radius, 0, 2 * Math.PI);
    c.globalAlpha = d.faint ? dotFaint : 1;
    c.fillStyle = d.fill;
    c.fill();
    if (d.edged) c.stroke();
  }
  c.globalAlpha = 1;
}

export function* draw(c: CanvasRenderingContext2D, p: Picture, list: Iterable<Line>): Pieces {
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineJoin = "round";
  for (const l of list) {
    const path = new Path2D();
    trace(p.form.arcs, l.chains, p.matrix, path);
    if (l.ring) {
      path.moveTo(l.ring[0] + l.radius!, l.ring[1]);
      path.arc(...l.ring, l.radius!, 0, 2 * Math.PI);
    }
    c.strokeStyle = l.stroke;
    c.lineWidth = l.width;
    c.stroke(path);
    yield;
  }
}

export function clear(c: CanvasRenderingContext2D): void {
  c.setTransform(1, 0, 0, 1, 0, 0);
  c.clearRect(0, 0, c.canvas.width, c.canvas.height);
}
