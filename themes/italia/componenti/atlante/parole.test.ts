import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, printer, speaker } from "./parole.ts";

const it = printer("it");

test("numbers are written as the pages write them", () => {
  assert.equal(it(1234.5, 1), "1.234,5");
  assert.equal(it(7894), "7.894");
  assert.equal(it(-3), "−3");
  assert.equal(it(-0.04, 1), "0,0");
  assert.equal(it(2.675, 2), "2,68");
  assert.equal(printer("en")(1234.5, 1), "1,234.5");
});

test("values, plurals and choices are put in", () => {
  assert.equal(fill("{a} e {b}", { a: "x", b: 1234 }, it), "x e 1.234");
  const n = "{n, plural, =0{nessuno} one{un Comune} other{# Comuni {dove}}}!";
  assert.deepEqual([0, 1, 2000].map((k) => fill(n, { n: k, dove: "qui" }, it)), ["nessuno!", "un Comune!", "2.000 Comuni qui!"]);
  assert.equal(fill("{x, select, a{A} other{altro}}", { x: "z" }, it), "altro");
  // An address may say anything, and be said.
  const said = "{a, b, " + "x{}".repeat(60), began = Date.now();
  assert.equal(fill("Non conosco {che}", { che: said }, it), "Non conosco " + said);
  assert.ok(Date.now() - began < 5000);
});

test("a key that is not there is said as it is, so that a test finds it", () => {
  assert.equal(speaker({ a: "b" }, it)("manca"), "manca");
});
