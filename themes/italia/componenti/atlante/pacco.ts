// A geometry pack: borders that Comuni share, each once (internal/pack).
import { bits, damaged, many, Reader, whole } from "./intervalli.ts";
import type { Topology } from "./tipi.ts";

const sizes = 8; // lengths of a step that are told apart
const crowd = 3; // open arcs at a cell that are
const mostFaces = 1 << 16;
const mostRefs = 1 << 20;
const mostPoints = 1 << 22;
const mostCell = 0xffff;

const size = (x: number, y: number): number => Math.min(32 - Math.clz32(Math.max(Math.abs(x), Math.abs(y))), sizes - 1);

export function decodeTopology(bytes: Uint8Array): Topology {
  const r = new Reader(bytes, "G");
  const header = whole();
  const [x0, y0, step, w, h, of, n] = Array.from({ length: 7 }, () => r.signed(header)) as [number, number, number, number, number, number, number];
  if (of < 0 || of > mostFaces || n < 0 || n > of || step <= 0 || w < 0 || w > mostCell || h < 0 || h > mostCell) throw damaged();

  const gap = whole();
  const faces = new Uint16Array(n);
  for (let i = 0, last = -1; i < n; i++) {
    last += r.whole(gap) + 1;
    if (last >= of) throw damaged();
    faces[i] = last;
  }

  const [origin, polygons, rings, length, recent, choice] = many(6) as [Uint16Array, Uint16Array, Uint16Array, Uint16Array, Uint16Array, Uint16Array];
  const [known, over, old, close] = [bits(2), bits(2), bits(crowd + 1), bits(4)];
  const dx = many(sizes);
  const dy = many(sizes * sizes);

  const xy: number[] = [];
  const arcAt = [0];
  const left: number[] = [];
  const right: number[] = [];
  const refs: number[] = [];
  const ringAt = [0];
  const polyAt = [0];
  const faceAt = [0];
  const open: number[] = [];
  const ending = new Map<number, number[]>(); // open arcs by the cell they end at
  const key = (x: number, y: number): number => x * (mostCell + 1) + y;
  let [x, y] = [0, 0]; // where the walk is
  let [bx, by] = [0, 0]; // where the ring began
  let [ox, oy] = [0, 0]; // where the last ring with a new arc began
  let face = 0;

  const remove = (list: number[], k: number): number => list.splice(list.length - 1 - k, 1)[0]!;

  // take walks back over an open arc, the one that k stand after in the list.
  function take(list: readonly number[], k: number): void {
    if (k >= list.length) throw damaged();
    const arc = list[list.length - 1 - k]!;
    open.splice(open.lastIndexOf(arc), 1);
    const end = 2 * arcAt[arc + 1]! - 2;
    const at = ending.get(key(xy[end]!, xy[end + 1]!))!;
    remove(at, at.length - 1 - at.lastIndexOf(arc));
    right[arc] = face;
    if (refs.push(~arc) > mostRefs) throw damaged();
    [x, y] = [xy[2 * arcAt[arc]!]!, xy[2 * arcAt[arc]! + 1]!];
  }

  // fresh reads a new arc from where the walk is.
  function fresh(context: number): void {
    const arc = left.length;
    let steps = r.whole(length) + 1;
    const last = r.bit(close, context);
    xy.push(x, y);
    for (let before = 0; steps > last; steps--) {
      const sx = r.signed(dx[before]!);
      const sy = r.signed(dy[before * sizes + size(sx, 0)]!);
      before = size(sx, sy);
      x += sx;
      y += sy;
      if (x < 0 || y < 0 || x > w || y > h) throw damaged();
      if (xy.push(x, y) > 2 * mostPoints) throw damaged();
    }
    if (last) xy.push((x = bx), (y = by));
    arcAt.push(xy.length / 2);
    left.push(face);
    right.push(-1);
    if (refs.push(arc) > mostRefs) throw damaged();
    open.push(arc);
    const at = ending.get(key(x, y));
    if (at) at.push(arc);
    else ending.set(key(x, y), [arc]);
  }

  function ring(hole: number): void {
    const first = r.bit(known, hole);
    if (first) {
      const k = r.whole(recent);
      const arc = open[open.length - 1 - k];
      if (arc === undefined) throw damaged();
      const end = 2 * arcAt[arc + 1]! - 2;
      [bx, by] = [xy[end]!, xy[end + 1]!];
      take(open, k);
    } else {
      x = bx = ox += r.signed(origin);
      y = by = oy += r.signed(origin);
      if (x < 0 || y < 0 || x > w || y > h) throw damaged();
      fresh(1);
    }
    while (!(x === bx && y === by && r.bit(over, hole))) {
      const there = ending.get(key(x, y));
      if (there?.length && r.bit(old, Math.min(there.length, crowd))) take(there, there.length > 1 ? r.whole(choice) : 0);
      else fresh(first << 1);
    }
    ringAt.push(refs.length);
  }

  for (; face < n; face++) {
    for (let p = r.whole(polygons); p >= 0; p--) {
      for (let left = r.whole(rings), hole = 0; left >= 0; left--, hole = 1) ring(hole);
      polyAt.push(ringAt.length - 1);
    }
    faceAt.push(polyAt.length - 1);
  }
  r.end();
  return {
    order: r.order, x0, y0, step: step / 10, w, h, faces,
    xy: Uint16Array.from(xy), arcAt: Uint32Array.from(arcAt), refs: Int32Array.from(refs),
    ringAt: Uint32Array.from(ringAt), polyAt: Uint32Array.from(polyAt), faceAt: Uint32Array.from(faceAt),
    left: Int32Array.from(left), right: Int32Array.from(right),
  };
}
