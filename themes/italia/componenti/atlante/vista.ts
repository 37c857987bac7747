// Where the map stands in its frame: from the grid of the geometry to CSS
// pixels and back. Pure; a view is a value.
import type { Topology, View } from "./tipi.ts";

/** Screen = grid × k + (tx, ty), in CSS pixels. */
export interface Matrix {
  k: number;
  tx: number;
  ty: number;
}

/** The plane of a geometry and the size of the host in CSS pixels. */
export interface Frame {
  grid: Pick<Topology, "x0" | "y0" | "step" | "w" | "h">;
  width: number;
  height: number;
}

/** A part of the country's grid: west, north, east, south. */
export type Box = [number, number, number, number];

/** Room around the country and around what is fitted, as a part of the host. */
const margin = 0.03;
/** Beyond this the geometry of the regions has nothing more to show: at 64
 * times a phone's screen is as wide as a small Comune. */
const closest = 64;

/** CSS pixels per step of the grid where the whole country is fitted. */
function fitted(f: Frame): number {
  const room = 1 - 2 * margin;
  return Math.min((f.width * room) / f.grid.w, (f.height * room) / f.grid.h) || 1;
}

/** The whole country. */
export function whole(f: Frame): View {
  const { x0, y0, step, w, h } = f.grid;
  return { x: x0 + (step * w) / 2, y: y0 - (step * h) / 2, zoom: 1 };
}

export function matrix(f: Frame, v: View): Matrix {
  const { x0, y0, step } = f.grid;
  const k = fitted(f) * v.zoom;
  return { k, tx: f.width / 2 - ((v.x - x0) / step) * k, ty: f.height / 2 - ((y0 - v.y) / step) * k };
}

function view(f: Frame, m: Matrix): View {
  const { x0, y0, step } = f.grid;
  return { x: x0 + ((f.width / 2 - m.tx) / m.k) * step, y: y0 - ((f.height / 2 - m.ty) / m.k) * step, zoom: m.k / fitted(f) };
}

/** The nearest view that is neither too far nor too near and keeps the country
 * in the frame. */
export function clamp(f: Frame, v: View): View {
  const zoom = Math.min(Math.max(v.zoom || 1, 1), closest);
  const m = matrix(f, { ...v, zoom });
  const hold = (t: number, size: number, frame: number): number => {
    const room = margin * frame;
    const spare = frame - size;
    return size + 2 * room <= frame ? spare / 2 : Math.min(Math.max(t, spare - room), room);
  };
  const tx = hold(m.tx, f.grid.w * m.k, f.width);
  const ty = hold(m.ty, f.grid.h * m.k, f.height);
  const at = view(f, { k: m.k, tx, ty });
  return { x: at.x, y: at.y, zoom };
}

/** Moves the view by CSS pixels and enlarges it by a factor about the point
 * px, py, which stays where it is. */
export function move(f: Frame, v: View, dx: number, dy: number, factor = 1, px = 0, py = 0): View {
  const m = matrix(f, v);
  const room = closest / v.zoom;
  const by = Math.min(Math.max(factor, 1 / v.zoom), room);
  return clamp(f, view(f, { k: m.k * by, tx: px + dx - (px - m.tx) * by, ty: py + dy - (py - m.ty) * by }));
}

/** The view that shows a box of the grid. */
export function around(f: Frame, [west, north, east, south]: Box): View {
  const room = 1 - 4 * margin;
  const k = Math.min((f.width * room) / Math.max(east - west, 1), (f.height * room) / Math.max(south - north, 1));
  const { x0, y0, step } = f.grid;
  return clamp(f, { x: x0 + ((west + east) / 2) * step, y: y0 - ((north + south) / 2) * step, zoom: k / fitted(f) });
}

/** How a picture drawn in one view has to be moved to stand right in another. */
export function between(drawn: Matrix, now: Matrix): Matrix {
  const k = now.k / drawn.k;
  return { k, tx: now.tx - drawn.tx * k, ty: now.ty - drawn.ty * k };
}
