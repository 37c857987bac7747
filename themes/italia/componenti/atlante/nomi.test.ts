import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "./esempio.ts";
import { names } from "./nomi.ts";
import { whole } from "./pezzi.ts";
import { plane } from "./posizione.ts";

const groups = [
  { p: "comuni/", d: "PA", n: "Alfa\nBeta" }, { p: "comuni/", d: "PB", n: "Gamma" }, { p: "comuni/", d: "PC", n: "Delta\nEpsilon\nZeta" },
  { p: "comuni/", d: "cessato", n: "Vecchio" }, { p: "regioni/", d: "regione", n: "Nord" },
];

test("the names of the Comuni stand in map order, without those that ended", () => {
  const n = whole(names(groups, catalogue()));
  assert.deepEqual(n?.comuni.map((x) => x.name), ["Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]);
  assert.equal(n?.all.length, 8);
});

test("names of other Comuni than the catalogue's are refused", () => {
  assert.equal(whole(names(groups.slice(1), catalogue())), undefined);
  assert.equal(whole(names([groups[1]!, groups[0]!, ...groups.slice(2)], catalogue())), undefined);
});

test("a position lies where internal/geo puts it", () => {
  assert.deepEqual(plane(12.5, 42).map(Math.round), [0, 0]);
  const [x, y] = plane(9.19, 45.4642); // Milano
  assert.ok(Math.abs(x + 258600) < 2000 && Math.abs(y - 390000) < 4000, `${x} ${y}`);
});
