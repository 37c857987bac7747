// The legend: how the values are spread, in the colours of the map; what is in
// each class, with how many places; the kinds of no value, hatched as on the map.
import { classOf, el, named, noValue } from "../../script/mappa.ts";
import { classes, edge, median, middle, missing, name, number, type Detto } from "./detto.ts";
import { pattern } from "./disegno.ts";
import { svg } from "./fatto.ts";

/** Bars, at most; pixels of the chart, as internal/draw has them. */
const bars = 50, high = 90, lineGap = 17, axisBelow = 22, gap = 0.2, leastBar = 1.5;
/** Above this share the values are off the scale: one site of 80 MB would leave
 * all the others in one bar. */
const cutoff = 0.995;

export interface Bin {
  from: number;
  to: number;
  n: number;
  fill: number;
}

/** The values in bars whose edges fall on the classes' edges where they can. */
export function histogram(q: Detto): { lo: number; hi: number; bins: Bin[] } {
  const { sorted, edges } = q;
  const first = sorted[0]!, last = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * cutoff))]!;
  const step = nice((last - Math.min(0, first)) / bars) || 1;
  const lo = Math.floor(Math.min(q.around ? first : 0, first) / step) * step;
  const n = Math.max(1, Math.ceil((last - lo) / step + 1e-9));
  const all = Array.from({ length: n }, (_, k): Bin => ({ from: lo + k * step, to: lo + (k + 1) * step, n: 0, fill: 0 }));
  for (const v of sorted) all[Math.min(n - 1, Math.floor((v - lo) / step + 1e-9))]!.n++;
  const fills = classes(q);
  for (const b of all) b.fill = fills[classOf(edges, (b.from + b.to) / 2) - 1]!.fill;
  return { lo, hi: lo + n * step, bins: all };
}

/** 1, 2 or 5 with noughts, not below v. */
function nice(v: number): number {
  const p = 10 ** Math.floor(Math.log10(v));
  return v > 0 ? p * (v <= p ? 1 : v <= 2 * p ? 2 : v <= 5 * p ? 5 : 10) : 0;
}

/** How many places each fill has, of those that are not left out. */
export function counts(q: Detto): Map<number, number> {
  const out = new Map<number, number>();
  q.fill.forEach((f, a) => {
    if (!q.faint[a]) out.set(f, (out.get(f) ?? 0) + 1);
  });
  return out;
}

/** The class name of a fill, as internal/draw has it. */
export const className = (fill: number): string => (fill > 5 ? `d${fill - 5}` : `c${fill}`);

export function renderLegend(host: HTMLElement, q: Detto, chosen: number): void {
  const out: Element[] = [];
  const title = host.querySelector("h2");
  if (title) out.push(title);
  if (q.sorted.length && !q.own) out.push(chart(q, chosen));
  const n = counts(q);
  const row = (mark: Element, text: string, k: number): Element => el("li", {}, mark, el("span", {}, text + " ", el("span", { class: "soft num" }, q.print(k))));
  const list = (rows: Element[]): unknown => rows.length && out.push(el("ul", { role: "list", class: "swatches" }, ...rows));
  list(classes(q).map((k) => row(swatch(svg("rect", { class: className(k.fill), width: 20, height: 14 })), k.text, n.get(k.fill) ?? 0)));
  list([...n.keys()].filter((f) => f === 0 || f >= noValue).sort((a, b) => a - b).map((f) => row(hatched(f), missing(q, f && f - noValue), n.get(f)!)));
  host.replaceChildren(...out);
}

const swatch = (...of: Element[]): SVGElement => svg("svg", { viewBox: "0 0 20 14", "aria-hidden": "true", class: !of.length && "hatch" }, ...of);

/** The hatch of a kind, as the map draws it. */
function hatched(fill: number): Element {
  const out = swatch(), id = `campione-${fill}`;
  out.innerHTML = (fill ? pattern(named, fill, id, 1) : "") + `<rect width="20" height="14" fill="${fill ? `url(#${id})` : named.fill[0]}"/>`;
  return out;
}

function chart(q: Detto, chosen: number): Element {
  const { lo, hi, bins } = histogram(q);
  const at = (v: number): number => ((Math.min(Math.max(v, lo), hi) - lo) / (hi - lo || 1)) * 100;
  const per = (x: number): string => x.toFixed(2) + "%";
  const mid = median(q.sorted);
  const marks = [{ v: mid, text: q.say("mediana", { v: middle(q) }), ink: "t-ref", line: "s-ref" }];
  if (chosen >= 0 && !Number.isNaN(q.values[chosen]!)) marks.push({ v: q.values[chosen]!, text: `${name(q, chosen)} ${number(q, q.values[chosen]!)}`, ink: "t-place", line: "s-place" });
  const base = high + marks.length * lineGap + 6;
  const most = Math.max(...bins.map((b) => b.n), 1);
  const out: Element[] = [];
  for (const b of bins) {
    const h = b.n && Math.max(leastBar, (high * b.n) / most);
    if (h) out.push(svg("rect", { x: per(at(b.from)), y: (base - h).toFixed(1), width: per(Math.max(at(b.to) - at(b.from) - gap, gap)), height: h.toFixed(1), class: className(b.fill) }));
  }
  const line = (x: number, y1: number, y2: number, cls: string, x2 = x): Element => svg("line", { x1: per(x), x2: per(x2), y1, y2, class: cls });
  out.push(line(0, base, base, "s-axis", 100));
  let free = -Infinity;
  for (const v of [lo, ...q.edges.filter((e) => e > lo && e < hi), hi]) {
    const x = at(v);
    out.push(line(x, base, base + 5, "s-axis"));
    const room = 9; // per cent that a number takes
    if (x - free < room || (v !== hi && 100 - x < room && v !== lo)) continue;
    free = x;
    out.push(svg("text", { x: per(x), y: base + 19, "text-anchor": x < 4 ? "start" : x > 96 ? "end" : "middle" }, edge(q, v)));
  }
  marks.forEach((m, k) => {
    const x = at(m.v), y = 13 + k * lineGap;
    out.push(line(x, y + 4, base, m.line), svg("text", { x: per(x), y, class: m.ink, "text-anchor": x < 25 ? "start" : x > 75 ? "end" : "middle" }, m.text));
  });
  const label = q.say("istogramma", { n: q.sorted.length, min: number(q, q.sorted[0]!), max: number(q, q.sorted.at(-1)!), mediana: middle(q) });
  return svg("svg", { class: "plot legend-h", width: "100%", height: base + axisBelow, role: "img", "aria-label": label }, ...out);
}

