// The view to take away: as CSV, as a picture, as a drawing, each with title,
// date, filters and source inside.
import { chosen, classes, counts, missing, name, plain, said, shown, svg, titles, url } from "../../script/attrezzi.ts";
import { el, inks, noValue } from "../../script/mappa.ts";
import type { Detto } from "./detto.ts";
import type { Atlas, Canvas } from "./tipi.ts";

/** A field of CSV, quoted where it must be. A text that a spreadsheet would
 * take for a formula is not let begin so. */
export function field(v: string | number): string {
  const text = typeof v === "string" && /^[=+\-@\t\r]/.test(v) ? "'" + v : String(v);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** All areas of the view, numbers as numbers; what is missing has its code. */
export function csv(q: Detto, address: string): string {
  const { c, p, s } = q;
  const [title, sub] = titles(q);
  const head = [title, sub, q.say("fonte", { fonte: plain(q.i.fonte) }), address].map((line) => "# " + line.replaceAll(/\s+/g, " "));
  const own = s.livello === "comuni";
  const cols = ["nome", ...(own ? ["sigla", "classe"] : []), ...(s.livello !== "regioni" ? ["regione"] : []), "valore", "manca", ...(own ? [] : ["base"]), "indirizzo"];
  const rows = shown(q).map((a) => {
    const first = own ? a : p[s.livello === "province" ? "unit" : "region"].indexOf(a);
    const v = q.values[a]!;
    return [
      name(q, a), ...(own ? [c.unita[p.unit[a]!]!.sigla, c.classi[p.size[a]!]?.id ?? ""] : []), ...(s.livello !== "regioni" ? [c.regioni[p.region[first]!]!.nome] : []),
      Number.isNaN(v) ? "" : v, Number.isNaN(v) ? (c.tipi[q.kinds[a]!]?.codice ?? "") || "-" : "", ...(own ? [] : [q.bases[a]!]), url(q, a),
    ];
  });
  return [...head, ...[cols, ...rows].map((r) => r.map(field).join(","))].join("\r\n") + "\r\n";
}

/** A line of words of a sheet, or a colour beside one. */
interface Line {
  text: string;
  size: number;
  bold?: boolean;
  box?: string;
}

const margin = 16, leading = 1.4, font = '"Titillium Web", system-ui, sans-serif', boxWide = 20, boxHigh = 13, boxGap = 8;

/** What stands above the map and below it, broken to the width. */
function sheet(q: Detto, colours: HTMLElement, width: number, chosen: number): { above: Line[]; below: Line[]; css: ReturnType<typeof inks>["css"] } {
  const measure = document.createElement("canvas").getContext("2d")!;
  const wrap = (text: string, size: number, bold = false): Line[] => {
    measure.font = `${bold ? "700 " : ""}${size}px ${font}`;
    const out: string[] = [""];
    for (const word of text.split(" ")) {
      const longer = (out.at(-1) + " " + word).trim();
      if (measure.measureText(longer).width > width - 2 * margin && out.at(-1)) out.push(word);
      else out[out.length - 1] = longer;
    }
    return out.map((t) => ({ text: t, size, bold }));
  };
  const { css } = inks(colours, 1);
  const [title, sub] = titles(q), n = counts(q), small = 13;
  const below: Line[] = classes(q).map((k) => ({ text: `${k.text}  ${q.print(n.get(k.fill) ?? 0)}`, size: small, box: css.fill[k.fill]! }));
  for (const [f, k] of n) if (f === 0 || f >= noValue) below.push({ text: `${missing(q, f && f - noValue)}  ${q.print(k)}`, size: small, box: f ? css.line : css.fill[0]! });
  if (chosen >= 0) below.unshift({ text: `${name(q, chosen)}: ${said(q, chosen)}`, size: small, bold: true });
  below.push(...wrap(q.say("fonte", { fonte: plain(q.i.fonte) }) + " " + q.say("confini"), small));
  return { above: [...wrap(title, 20, true), ...wrap(sub, 15)], below, css };
}

const height = (lines: readonly Line[]): number => 2 * margin + lines.reduce((h, l) => h + l.size * leading, 0);

/** Puts the lines one below the other. */
function lay(lines: readonly Line[], y: number, put: (l: Line, x: number, y: number) => void): void {
  y += margin;
  for (const l of lines) {
    y += l.size * leading;
    put(l, margin + (l.box ? boxWide + boxGap : 0), y - l.size * (leading - 1));
  }
}

export function png(q: Detto, canvas: Canvas, host: HTMLElement, chosen: number): Promise<Blob> {
  const scale = 2, map = canvas.bitmap(scale), width = map.width / scale;
  const { above, below, css } = sheet(q, host, width, chosen);
  const out = el("canvas", { width: map.width, height: Math.ceil((height(above) + height(below)) * scale) + map.height });
  const c = out.getContext("2d")!;
  const style = getComputedStyle(host);
  c.fillStyle = style.getPropertyValue("--bg");
  c.fillRect(0, 0, out.width, out.height);
  c.drawImage(map, 0, height(above) * scale);
  c.scale(scale, scale);
  const put = (l: Line, x: number, y: number): void => {
    if (l.box) {
      c.fillStyle = l.box;
      c.fillRect(margin, y - boxHigh + 2, boxWide, boxHigh);
      c.strokeStyle = css.coast;
      c.strokeRect(margin, y - boxHigh + 2, boxWide, boxHigh);
    }
    c.font = `${l.bold ? "700 " : ""}${l.size}px ${font}`;
    c.fillStyle = style.getPropertyValue("--text");
    c.fillText(l.text, x, y);
  };
  lay(above, 0, put);
  lay(below, height(above) + map.height / scale, put);
  return new Promise((done, fail) => out.toBlob((b) => (b ? done(b) : fail(new Error("no picture")))));
}

export function svgText(q: Detto, canvas: Canvas, host: HTMLElement, chosen: number): string {
  const escape = (t: string): string => t.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const width = host.clientWidth, { above, below, css } = sheet(q, host, width, chosen);
  const top = height(above), high = top + host.clientHeight + height(below);
  const style = getComputedStyle(host);
  const lines: string[] = [];
  const put = (l: Line, x: number, y: number): void => {
    if (l.box) lines.push(`<rect x="${margin}" y="${(y - boxHigh + 2).toFixed(1)}" width="${boxWide}" height="${boxHigh}" fill="${l.box}" stroke="${css.coast}"/>`);
    lines.push(`<text x="${x}" y="${y.toFixed(1)}" font-size="${l.size}"${l.bold ? ' font-weight="700"' : ""}>${escape(l.text)}</text>`);
  };
  lay(above, 0, put);
  lay(below, top + host.clientHeight, put);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Math.ceil(high)}" width="${width}" height="${Math.ceil(high)}">` +
    `<title>${escape(titles(q).join(", "))}</title><rect width="100%" height="100%" fill="${style.getPropertyValue("--bg")}"/>` +
    `<svg y="${top}" width="${width}" height="${host.clientHeight}">${svg(canvas.picture())}</svg>` +
    `<g font-family="Titillium Web, sans-serif" fill="${style.getPropertyValue("--text")}">${lines.join("")}</g></svg>`;
}

/** The view as a file of a kind. */
export async function file(m: Atlas, kind: string): Promise<Blob> {
  const { canvas, surface } = m.o, q = m.now();
  if (kind === "csv") return new Blob(["\ufeff" + csv(q, location.href)], { type: "text/csv;charset=utf-8" });
  if (kind === "png") return png(q, canvas, surface, chosen(q));
  return new Blob([svgText(q, canvas, surface, chosen(q))], { type: "image/svg+xml" });
}
