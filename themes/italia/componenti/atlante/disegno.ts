// The picture as SVG, for a download: one path for each ink, as the canvas has
// it, lines and marks over it. Whole numbers of a quarter of a CSS pixel, each
// relative to the last, are a third of the size of plain coordinates.
import { chains, dotEdge, dotFaint, fills, inkOf, kept, linesOf, marks, noValue, outline, patternOf, repeat, smalls, stroke, trace, viewOf } from "../../script/mappa.ts";
import type { Line, Picture } from "./immagine.ts";
import type { Inks } from "./tinte.ts";
import type { Pen, Point } from "./tratti.ts";

const grain = 4;

/** The hatches of tinte.ts as paths in a tile of 5. */
const rising = "M-1 1l2-2M0 5l5-5M4 6l2-2", falling = "M-1 4l2 2M0 0l5 5M4-1l2 2";
const hatches = [rising, falling, rising + falling, "M0 2.5h5", "M2.5 0v5", "M2 2h1v1h-1z"];

/** An ink as attributes, and the pattern that it needs. */
function look(inks: Inks, ink: number): string {
  const fill = (ink - 1) % fills;
  return `fill-rule="evenodd" fill="${fill < noValue ? inks.css.fill[fill] : `url(#tratteggio-${fill})`}"` + (ink > fills ? ` opacity="${kept}"` : "");
}

/** The hatch of a fill without value as a pattern. */
export function pattern(css: Inks["css"], fill: number, id = `tratteggio-${fill}`, scale = grain): string {
  return `<pattern id="${id}" width="${repeat}" height="${repeat}" patternUnits="userSpaceOnUse" patternTransform="scale(${scale})">` +
    `<path fill="${css.none}" d="M0 0h5v5H0z"/><path stroke="${css.line}" stroke-width="${stroke}" d="${hatches[patternOf(fill - noValue)]}"/></pattern>`;
}

/** A pen that writes the d of a path. */
export function pen(): Pen & { d(): string } {
  let d = "", x = 0, y = 0;
  const number = (n: number): string => (n < 0 ? "" : " ") + n;
  return {
    moveTo(u, v) {
      [x, y] = [Math.round(u * grain), Math.round(v * grain)];
      d += `M${x}${number(y)}l`;
    },
    lineTo(u, v) {
      const dx = Math.round(u * grain) - x, dy = Math.round(v * grain) - y;
      if (!dx && !dy) return;
      d += number(dx) + number(dy);
      x += dx;
      y += dy;
    },
    d: () => d.replace(/M[-\d ]+l(?=M|$)/g, "").replaceAll("l ", "l"),
  };
}

function path(p: Picture, list: readonly (readonly number[])[], look: string): string {
  const to = pen();
  trace(p.form.arcs, list, p.matrix, to);
  const d = to.d();
  return d && `<path ${look} d="${d}"/>`;
}

const stroked = (p: Picture) => (l: Line): string => {
  const look = `fill="none" stroke="${l.stroke}" stroke-width="${l.width * grain}" stroke-linejoin="round"`;
  return path(p, l.chains, look) + (l.ring ? circle(l.ring, l.radius!, look) : "");
};

const circle = ([x, y]: Point, radius: number, look: string): string => `<circle cx="${Math.round(x * grain)}" cy="${Math.round(y * grain)}" r="${radius * grain}" ${look}/>`;

/** The paths of a picture, in the CSS pixels of its host. */
export function svg(p: Picture): string {
  const [w, n, e, s] = viewOf(p);
  const box = p.form.shapes.box;
  const count = p.form.topology.faces.length;
  const ink = Uint8Array.from({ length: count }, (_, f) => (box[f * 4]! <= e && box[f * 4 + 2]! >= w && box[f * 4 + 1]! <= s && box[f * 4 + 3]! >= n ? inkOf(p, f) : 0));
  const used = [...new Set(ink)].filter(Boolean).sort((a, b) => a - b);
  const hatched = new Set(used.map((i) => (i - 1) % fills).filter((f) => f >= noValue));
  const a = p.form.arcs;
  const areas = used.map((i) => path(p, chains(a, outline(a, (f) => ink[f] === i)), look(p.inks, i)));
  const points = smalls(p).map((d) => circle(d.at, d.radius, `fill="${d.fill}"` + (d.faint ? ` opacity="${dotFaint}"` : "") + (d.edged ? ` stroke="${p.inks.css.coast}" stroke-width="${dotEdge * grain}"` : "")));
  return `<g transform="scale(${1 / grain})"><defs>${[...hatched].map((f) => pattern(p.inks.css, f)).join("")}</defs>` +
    [...areas, ...[...linesOf(p)].map(stroked(p)), ...points, ...marks(p).map(stroked(p))].join("") + "</g>";
}
