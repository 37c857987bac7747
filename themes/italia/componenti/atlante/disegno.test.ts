import assert from "node:assert/strict";
import { test } from "node:test";
import { pen, svg } from "./disegno.ts";
import { form, linesOf, marks, smalls, type Picture } from "./immagine.ts";
import { drawn } from "./prova.ts";
import { named } from "./tinte.ts";
import type { Scene } from "./tipi.ts";

const css = { coast: "coast", border: "border", place: "place", halo: "halo", beside: "beside", none: "none", line: "line", fill: ["f0", "f1", "f2"] };
const rows = ["AAB.", "AABB", "....", "C..D"];
const scene: Scene = { area: Int16Array.of(0, 1, 2, 3), fill: Uint8Array.of(1, 1, 17, 2), faint: Uint8Array.of(0, 0, 0, 1), chosen: -1, beside: -1, form: "carta" };
const picture = (s: Partial<Scene> = {}, k = 2): Picture => ({
  form: form(drawn(rows)), scene: { ...scene, ...s }, matrix: { k, tx: 0, ty: 0 }, width: 40 * k, height: 40 * k, ratio: 1,
  inks: { ink: new Uint32Array(), tile: [], period: 6, css },
});

test("a path is whole steps from point to point", () => {
  const p = pen();
  p.moveTo(1, 2);
  p.lineTo(1.5, 1);
  p.lineTo(1.51, 1.01); // less than a step
  p.lineTo(3, 1);
  p.moveTo(7, 7); // nothing follows
  assert.equal(p.d(), "M4 8l2-4 6 0");
});

test("areas of one ink are one path, without the border between them", () => {
  const out = svg(picture());
  assert.equal(out.match(/fill="f1"/g)?.length, 1);
  assert.match(out, /fill="f1" d="M0 0l80 0/);
  assert.match(out, /<pattern id="tratteggio-17".*fill="url\(#tratteggio-17\)"/);
  assert.match(out, /fill="f2" opacity="0.22"/);
  assert.doesNotMatch(out, /undefined|NaN/);
});

test("what lies outside the view is not written", () => {
  const p = picture();
  assert.doesNotMatch(svg({ ...p, width: 50, height: 50 }), /fill="f2"|tratteggio/);
});

test("regions are bordered heavier than Comuni, which are bordered only when large", () => {
  const region = Uint8Array.of(0, 1, 1, 1);
  assert.deepEqual([...linesOf(picture({ region }, 0.1))].map((l) => l.stroke), ["border", "coast"]);
  const [thin, thick] = [...linesOf(picture({ region }, 2))];
  assert.ok(thin!.width < thick!.width);
});

test("what is chosen has an outline on a halo, and a ring when it is small", () => {
  const large = marks(picture({ chosen: 0 }));
  assert.deepEqual(large.map((l) => [l.stroke, l.chains.flat().length, !!l.ring]), [["halo", 8, false], ["place", 8, false]]);
  const small = marks(picture({ chosen: 2, beside: 0 }, 0.5));
  assert.deepEqual(small.map((l) => [l.stroke, l.ring]), [["halo", [5, 5]], ["beside", [5, 5]], ["halo", [2.5, 17.5]], ["place", [2.5, 17.5]]]);
});

test("an island too small to see is a dot, hatched ones in the line's colour; cells have none", () => {
  assert.deepEqual(smalls(picture({}, 0.2)).map((d) => [d.face, d.fill, d.faint, d.edged]), [[2, "line", false, true], [3, "f2", true, true]]);
  assert.deepEqual(smalls(picture({ form: "celle" }, 0.2)), []);
});

test("land without a value has no dot: small maps of one class would be full of them", () => {
  assert.deepEqual(smalls(picture({ fill: Uint8Array.of(1, 1, 0, 0) }, 0.2)), []);
});

test("a drawing for the page has the page's colours by name, its hatches too", () => {
  const p = picture();
  const out = svg({ ...p, inks: { ...p.inks, css: named } });
  assert.match(out, /fill="var\(--c1\)"/);
  assert.match(out, /<path fill="var\(--none-bg\)".*stroke="var\(--none-line\)"/);
  assert.doesNotMatch(out, /#[0-9a-f]{3}|rgb|undefined/);
});
