// The view in sentences, for who does not see it.
import { band, classText, middle, name, number, said, shown, titles, valued, type Detto } from "./detto.ts";

/** How many of the highest and lowest are named. */
const few = 3;

/** Range, classes, what is missing, the highest and the lowest. */
export function describe(q: Detto): string {
  const { say, s } = q;
  const areas = shown(q), known = areas.filter((a) => !Number.isNaN(q.values[a]!));
  if (!known.length) return say("niente");
  const out: string[] = [];
  if (q.own && !q.before) out.push(say("quanti_si", { n: known.filter((a) => q.values[a]! > 0).length, di: known.length }));
  else if (!q.own) out.push(say("gamma", { min: number(q, q.sorted[0]!), max: valued(q, q.sorted.at(-1)!), mediana: middle(q), metodo: say("metodo_" + s.metodo) }));
  if (known.length < areas.length) out.push(say("senza_dato", { livello: s.livello, n: areas.length - known.length }));
  if (!q.own && (s.livello !== "comuni" || q.names.length)) {
    known.sort((a, b) => q.values[b]! - q.values[a]!);
    const list = (all: number[]): string => all.map((a) => `${name(q, a)} ${number(q, q.values[a]!, q.bases[a] || undefined)}`).join(", ");
    if (known.length > 2 * few) out.push(say("estremi", { alti: list(known.slice(0, few)), bassi: list(known.slice(-few).reverse()) }));
  }
  return out.join(" ");
}

/** An area as it is announced: name, value, class, where it stands. */
export function announce(q: Detto, a: number): string {
  const where = q.s.livello === "comuni" ? q.c.unita[q.p.unit[a]!]!.sigla : "";
  return [`${name(q, a)}${where && ` (${where})`}: ${said(q, a)}`, classText(q, a), band(q, a)].filter(Boolean).join(". ") + ".";
}

/** What is heard first on the map. */
export function heading(q: Detto): string {
  const [title, sub] = titles(q);
  return q.say("mappa", { titolo: title, sotto: sub });
}
