// A geometry pack: borders that Comuni share, each once (internal/pack).
import { bits, damaged, many, Reader, whole } from "./intervalli.ts";
import { whole as all, type Pieces } from "./pezzi.ts";
import type { Topology } from "./tipi.ts";

const sizes = 8; // lengths of a step that are told apart
const crowd = 3; // open arcs at a cell that are
const mostFaces = 1 << 16;
const mostRefs = 1 << 20;
const mostPoints = 1 << 22;
const mostCell = 0xffff;

const size = (x: number, y: number): number => Math.min(32 - Math.clz32(Math.max(Math.abs(x), Math.abs(y))), sizes - 1);

export const decodeTopology = (bytes: Uint8Array): Topology => all(decoding(Reader.of(bytes)));

/** A pack that is decoded while it comes in: on a slow line that costs no time. */
export class Arriving {
  private readonly from = new Reader();
  private work: Pieces<Topology> | undefined = decoding(this.from);

  add(piece: Uint8Array): void {
    this.from.add(piece);
    try {
      this.work?.next();
    } catch {
      this.work = undefined; // damaged, or more was asked for at once than had come
    }
  }

  end(): Topology {
    this.from.add();
    return this.work ? all(this.work) : decodeTopology(this.from.all());
  }
}

/** Yields where more has to come. */
function* decoding(r: Reader): Pieces<Topology> {
  while (r.scarce()) yield;
  r.begin("G");
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

  const [origin, polygons, rings, points, recent, choice] = many(6) as [Uint16Array, Uint16Array, Uint16Array, Uint16Array, Uint16Array, Uint16Array];
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
  // Open arcs, walked once: a list by age, and one by the cell they end at, each
  // linked from the latest back. Arc i is i+1 in the links, 0 is none.
  let latest = 0;
  const older = [0];
  const newer = [0];
  const here = new Map<number, number>();
  const before = [0];
  const key = (x: number, y: number): number => y * (w + 1) + x;
  let x = 0; // where the walk is
  let y = 0;
  let bx = 0; // where the ring began
  let by = 0;
  let ox = 0; // where the last ring with a new arc began
  let oy = 0;
  let face = 0;

  // back is the link k before another.
  function back(links: readonly number[], link: number, k: number): number {
    while (k-- > 0) link = links[link]!;
    if (!link) throw damaged();
    return link;
  }

  // take walks back over an open arc.
  function take(link: number): void {
    const arc = link - 1;
    const o = older[link]!;
    const n = newer[link]!;
    if (n) older[n] = o;
    else latest = o;
    if (o) newer[o] = n;
    const end = 2 * arcAt[link]! - 2;
    const at = key(xy[end]!, xy[end + 1]!);
    let l = here.get(at)!;
    if (l === link) here.set(at, before[l]!);
    else {
      while (before[l] !== link) l = before[l]!;
      before[l] = before[link]!;
    }
    right[arc] = face;
    if (refs.push(~arc) > mostRefs) throw damaged();
    const from = 2 * arcAt[arc]!;
    x = xy[from]!;
    y = xy[from + 1]!;
  }

  // fresh reads a new arc from where the walk is.
  function fresh(context: number): void {
    const arc = left.length;
    let steps = r.whole(points) + 1;
    const last = r.bit(close, context);
    xy.push(x, y);
    for (let length = 0; steps > last; steps--) {
      const sx = r.signed(dx[length]!);
      const sy = r.signed(dy[length * sizes + size(sx, 0)]!);
      length = size(sx, sy);
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
    const link = arc + 1;
    older[link] = latest;
    newer[link] = 0;
    if (latest) newer[latest] = link;
    latest = link;
    const at = key(x, y);
    before[link] = here.get(at) ?? 0;
    here.set(at, link);
  }

  function ring(hole: number): void {
    const first = r.bit(known, hole);
    if (first) {
      const link = back(older, latest, r.whole(recent));
      const end = 2 * arcAt[link]! - 2;
      bx = xy[end]!;
      by = xy[end + 1]!;
      take(link);
    } else {
      x = bx = ox += r.signed(origin);
      y = by = oy += r.signed(origin);
      if (x < 0 || y < 0 || x > w || y > h) throw damaged();
      fresh(1);
    }
    while (!(x === bx && y === by && r.bit(over, hole))) {
      const link = here.get(key(x, y)) ?? 0;
      let there = 0; // open arcs that end here
      for (let l = link; l; l = before[l]!) there++;
      if (there && r.bit(old, Math.min(there, crowd))) take(there > 1 ? back(before, link, r.whole(choice)) : link);
      else fresh(first << 1);
    }
    ringAt.push(refs.length);
  }

  for (; face < n; face++) {
    while (r.scarce()) yield;
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
