import assert from "node:assert/strict";
import { test } from "node:test";
import { announce, describe, heading } from "./descrizione.ts";
import { answers, catalogue, sites, sitesBefore } from "./esempio.ts";
import { counts, histogram } from "./legenda.ts";
import { comparisons, otherDates } from "./pannello.ts";
import { printer, speaker } from "./parole.ts";
import { band, chosen, classes, edge, middle, name, number, total, path, said, shown, titles, url, why, type Detto } from "./detto.ts";
import { compose } from "./quadro.ts";
import { csv, field } from "./scarica.ts";
import { defaults, type State } from "./stato.ts";
import { columns } from "./tabella.ts";
import type { Column } from "./tipi.ts";
import { places } from "./valori.ts";

const c = catalogue(), print = printer("it");
// The keys with their values, in place of sentences.
const words = { percento: "{n} %", meno_di: "<{b}", fra: "{a}-{b}", e_oltre: ">={a}", mappa: "M {titolo}, {sotto}", gamma: "{min}..{max} m{mediana} {metodo}", senza_dato: "manca {n}", quanti_si: "{n} di {di}", classe: "cl {classe}", base: "su {n}", differenza: "{prima}>{data}", abitanti: "{classe}", fonte: "F {fonte}", mediana_di: "med {dove}", classe_di: "cl {classe}", fascia: "{quale} {fra}", quarto: "q{k}", fra_classe: "di {classe}" };
const names = ["Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"], paths = names.map((n) => `comuni/${n.toLowerCase()}/`);
const view = (change: Partial<State> = {}, now: Column = sites(), before?: Column): Detto =>
  compose({ c, p: places(c), s: { ...defaults(c, change.indicatore ?? "siti"), ...change }, now, before, names, paths, say: speaker(words, print), print });

test("an area has the colour of its class, or the hatch of why it has none", () => {
  assert.deepEqual([...view().fill], [1, 2, 3, 17, 5, 3]);
  assert.deepEqual([...view({ livello: "regioni" }).fill], [2, 4]);
  const q = view({ indicatore: "cloud", livello: "regioni" }, answers());
  assert.deepEqual([...q.fill], [3, 18]);
  assert.equal(said(q, 1), "Dato riservato");
});

test("what is not published of an area is land without data, and is said so", () => {
  const q = view({ indicatore: "cloud", livello: "regioni", classe: "sopra" }, answers());
  assert.deepEqual([...q.fill], [4, 0]);
  assert.deepEqual([said(q, 0), said(q, 1)], ["64,0 %", "non_pubblicato"]);
  assert.equal(said(view({ indicatore: "cloud", livello: "regioni", classe: "sotto" }, answers()), 1), "Dato riservato");
  assert.deepEqual(titles(q), ["Cloud: Passati", "30 giugno 2026, per_regioni, oltre 5.000, dimostrativo"]);
  assert.deepEqual([total(q), total({ ...q, s: { ...q.s, regione: "nord" } })?.base, total({ ...q, s: { ...q.s, regione: "sud" } })], [undefined, 8, undefined]);
});

test("a median between two figures is no finer than they are", () => {
  const q = view({ indicatore: "cloud", livello: "regioni" }, answers());
  const two = { ...q, values: Float64Array.of(44, 45), sorted: Float64Array.of(44, 45), bases: [60, 80] as unknown as Detto["bases"], i: { ...q.i, decimaliDa: 100, decimali: 1 } };
  assert.equal(number(two, 44), "44 %");
  assert.match(middle(two), /^4[45] %$/);
  assert.equal(middle({ ...two, bases: [600, 800] as unknown as Detto["bases"] }), "44,5 %");
});

test("why an area of the survey has no figure is said in words", () => {
  const q = view({ indicatore: "cloud", livello: "regioni", classe: "sopra" }, answers());
  const survey = { ...q, i: { ...q.i, decimaliDa: 100 }, c: { ...q.c, tipi: q.c.tipi.map((t) => (t.codice === "RIS" ? { ...t, codice: "riservato" } : t)) } };
  const withheld = { ...survey, kinds: Uint8Array.of(0, q.c.tipi.findIndex((t) => t.codice === "RIS")) };
  assert.deepEqual([why(survey, 0), why(survey, 1), why(withheld, 1), why({ ...q, i: { ...q.i, decimaliDa: 0 } }, 1)], ["", "perche_chiusa", "perche_riservato", ""]);
});

test("a Comune has a thing or has it not; an area has a share", () => {
  const yes = { ...sites(), comuni: Float64Array.of(1, 0, 1, NaN, 1, 1) };
  const q = view({ indicatore: "modello" }, yes);
  assert.deepEqual([...q.fill], [4, 1, 4, 17, 4, 4]);
  assert.deepEqual(classes(q).map((k) => k.text), ["sì", "no"]);
  assert.equal(describe(q), "4 di 5 manca 1");
  assert.equal(said(view({ indicatore: "modello", livello: "regioni" }, yes), 0), "30,0 %");
});

test("a difference lies around nothing and carries its sign", () => {
  const q = view({ confronto: "2022-02-11", livello: "regioni" }, sites(), sitesBefore());
  assert.ok(q.around);
  assert.equal(said(q, 0), "+5 punti su 100");
  assert.equal(said(q, 1), "Dato assente");
  assert.equal(total(q), undefined);
  assert.deepEqual(titles(q), ["Qualità dei siti", "11 febbraio 2022>31 luglio 2024, per_regioni"]);
  const had = view({ indicatore: "modello", confronto: "x" }, { ...sites(), comuni: Float64Array.of(1, 0, 0, 1, 1, 0) }, { ...sites(), kinds: new Uint8Array(6), comuni: Float64Array.of(0, 0, 1, 1, 1, 0) });
  assert.deepEqual([...had.fill].map((f, a) => (a === 3 ? 0 : f)), [10, 8, 6, 0, 8, 8]);
  assert.equal(said(had, 0), "ora_si");
});

test("the figure of the whole is that of what the filters hold", () => {
  const of = (change: Partial<State>): number | undefined => total(view(change))?.value;
  assert.equal(of({}), 50);
  assert.equal(of({ classe: "grandi" }), 70);
  assert.equal(of({ regione: "sud" }), 77);
  assert.equal(of({ regione: "nord", classe: "grandi" }), 50);
  assert.equal(of({ regione: "nord", provincia: "pb" }), 50);
  assert.equal(of({ provincia: "pc", classe: "piccoli" }), undefined); // nobody
});

test("edges are said without noughts, classes by their edges", () => {
  assert.deepEqual(classes(view()).map((k) => k.text), ["<30", "30-50", "50-65", "65-80", ">=80"]);
  assert.equal(edge(view({ indicatore: "modello", livello: "regioni" }), 15), "15 %");
});

test("figures on a small base have no decimals", () => {
  const q = view({ indicatore: "cloud", livello: "regioni" }, answers());
  assert.equal(said(q, 0), "55,5 %");
  q.i = { ...q.i, decimaliDa: 100 };
  assert.equal(said(q, 0), "56 %");
  assert.equal(describe({ ...q, faint: Uint8Array.of(0, 1) }), "56 %..56 % m56 % metodo_fisse");
});

test("names, addresses and what the address chose belong together at every level", () => {
  assert.deepEqual([name(view(), 1), url(view(), 1), path(view(), 1)], ["Beta", "/comuni/beta/", "comuni/beta"]);
  assert.equal(chosen(view({ scelto: "comuni/beta" })), 1);
  assert.equal(chosen(view({ scelto: "comuni/beta", livello: "regioni" })), -1);
  const r = view({ livello: "regioni", scelto: "regioni/sud" });
  assert.deepEqual([chosen(r), path(r, 1), url(r, 1)], [1, "regioni/sud", "/regioni/sud/"]);
});

test("where a place stands is a quarter of eight or more, never a rank", () => {
  assert.equal(band(view(), 0), "");
  const many = { ...c, n: 8, classe: "00000000", unita: [{ ...c.unita[0]!, n: 8 }] };
  const q = compose({ ...view(), c: many, p: places(many), now: { ...sites(), comuni: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), kinds: new Uint8Array(8) } });
  assert.equal(band(q, 7), "q4 di fino a 5.000");
  assert.ok(!/\d+º|°/.test(band(q, 0)));
});

test("the description says range, method and what is missing; the heading what and when", () => {
  assert.equal(describe(view()), "20..90 punti su 100 m50 metodo_fisse manca 1");
  assert.equal(describe(view({ indicatore: "cloud", livello: "province" }, answers())), "niente");
  assert.equal(heading(view({ provincia: "pa", classe: "piccoli" })), "M Qualità dei siti, 31 luglio 2024, per_comuni, fino a 5.000, Pa");
  assert.equal(announce(view(), 3), "Delta (PC): Dato assente.");
  assert.equal(announce(view(), 0), "Alfa (PA): 20 punti su 100. cl <30.");
});

test("the legend counts what the filters leave in, bar by bar and class by class", () => {
  const q = view({ regione: "nord" });
  assert.deepEqual([...counts(q)], [[1, 1], [2, 1], [3, 1]]);
  const h = histogram(view());
  assert.equal(h.bins.reduce((n, b) => n + b.n, 0), 5);
  assert.ok(h.lo <= 20 && h.hi >= 90);
});

test("a place is held against published figures only", () => {
  assert.deepEqual(comparisons(view(), 0), [["cl fino a 5.000", "25"], ["med Pa", "25"], ["med Nord", "30"], ["med italia", "50"]]);
  assert.deepEqual(comparisons(view({ indicatore: "cloud", livello: "regioni" }, answers()), 0), [["in", "48,0 %"]]);
  assert.deepEqual(otherDates(view(), 2, new Map([["/c0", sitesBefore()]])), [["11 febbraio 2022", "Dato assente"]]);
});

test("table and download hold the areas that the filters leave in, and no other", () => {
  const q = view({ regione: "sud" });
  assert.deepEqual(shown(q), [3, 4, 5]);
  assert.deepEqual(columns(q).map((k) => k.text(4)), ["Epsilon", "Pc", "90", "oltre 5.000"]);
  assert.deepEqual(columns(view({ livello: "regioni" })).map((k) => k.text(0)), ["Nord", "30", "3"]);
});

test("a field of CSV is quoted where it must be, and is no formula", () => {
  assert.deepEqual(["a", 'a "b", c', "=1+1", -3, "x\ny"].map((f) => field(f)), ["a", '"a ""b"", c"', "'=1+1", "-3", '"x\ny"']);
});

test("the download says what it holds, and what is missing by its code", () => {
  globalThis.DOMParser = class { parseFromString(text: string) { return { body: { textContent: text } }; } } as unknown as typeof DOMParser;
  const lines = csv(view({ regione: "sud" }), "https://mappa.example/mappa/?regione=sud").split("\r\n");
  assert.deepEqual(lines.slice(0, 6), ["# Qualità dei siti", "# 31 luglio 2024, per_comuni, Sud", "# F Fonte", "# https://mappa.example/mappa/?regione=sud", "nome,sigla,classe,regione,valore,manca,indirizzo", "Delta,PC,piccoli,Sud,,ND,/comuni/delta/"]);
  assert.equal(lines.length, 9);
});
