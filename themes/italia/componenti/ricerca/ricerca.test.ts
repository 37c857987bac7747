import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./elenco.ts";
import { fold, slug } from "./piega.ts";
import { announce } from "./scelta.ts";
import { code, find, near } from "./trova.ts";

const places = read([
  { p: "comuni/", d: "RM", n: "Roma\nMarino" },
  { p: "comuni/", d: "BZ", n: "Bolzano\t\tBozen\tBolzano/Bozen\nLa Valle\t\tWengen\tLa Val" },
  { p: "comuni/", d: "LI", n: "Suvereto\nSan Vincenzo" },
  { p: "comuni/", d: "CO", n: "Paterno\tpaterno-g368" },
  { p: "regioni/", d: "regione", n: "Valle d'Aosta" },
]);
const names = (typed: string) => find(places, typed, 8).hits.map((h) => h.place.name);

test("marks, case and punctuation do not matter", () => {
  assert.equal(fold("Forlì-Cesena"), "forli cesena");
  assert.equal(fold("Valle d’Aosta/Vallée d’Aoste"), "valle d aosta vallee d aoste");
  assert.equal(fold("Straße"), "strasse");
  assert.equal(slug(fold("Reggio nell'Emilia")), "reggio-nell-emilia");
});

test("an address follows from the name unless it is given", () => {
  assert.equal(places.find((p) => p.name === "La Valle")?.path, "comuni/la-valle/");
  assert.equal(places.find((p) => p.name === "Paterno")?.path, "comuni/paterno-g368/");
});

test("the very name comes first, then what begins so, then a word of it", () => {
  assert.deepEqual(names("roma"), ["Roma"]);
  assert.deepEqual(names("v"), ["Valle d'Aosta", "La Valle", "San Vincenzo"]);
});

test("another language finds the place and says by which name", () => {
  const { hits } = find(places, "bozen", 8);
  assert.deepEqual(hits.map((h) => [h.place.name, h.by]), [["Bolzano", "Bozen"]]);
});

test("slips are forgiven", () => {
  assert.deepEqual(names("suverteo"), ["Suvereto"]);
  assert.deepEqual(names("bolzzano"), ["Bolzano"]);
  assert.deepEqual(names("rmo"), []);
  assert.equal(near("romma", "roma", 1), 1);
  assert.equal(near("xyz", "roma", 2), Infinity);
});

test("nothing typed finds nothing, and the total counts what is not shown", () => {
  assert.deepEqual(find(places, "  ", 8), { hits: [], total: 0 });
  assert.equal(find(places, "v", 1).total, 3);
});

test("a code is told from a name", () => {
  assert.equal(code(" h501 "), "H501");
  assert.equal(code("058091"), "058091");
  assert.equal(code("Roma"), "");
});

test("the count is said in the singular and the plural", () => {
  const say = { uno: "1 risultato", molti: "% risultati", nessuno: "Nessun risultato" };
  assert.deepEqual([0, 1, 12].map((n) => announce(n, say)), ["Nessun risultato", "1 risultato", "12 risultati"]);
});
