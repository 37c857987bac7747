// Cuts Titillium Web to the characters the site uses and writes caratteri/: the
// fonts and the @font-face rules that name them. Run by "npm run caratteri";
// what it writes is made again from the npm package and not kept in git.
//
// Each weight is three files. The first holds what Italian, German and French
// names and our own punctuation need and is on every page (three weights, 24 kB
// together); the rest of Latin and latin-ext (Slovene) are fetched only by pages
// that have such a character.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import subset from "subset-font";

const here = new URL(".", import.meta.url);
const source = new URL("../../node_modules/@fontsource/titillium-web/", here);
const out = new URL("caratteri/", here);
const weights = [400, 600, 700];

// ASCII, then letters with marks, quotes, dashes and signs.
const ascii = range(0x20, 0x7e);
const marks = [..."ÀÈÉÌÒÙàèéìíîòóùúâôêçöüäëïß«»“”‘’–—…·×±−°ºª€\u00a0\u202f"].map((c) => c.codePointAt(0));
const main = [...new Set([...ascii, ...marks])].sort((a, b) => a - b);

// Kerning, figures of one width, º after a number; small fractions and the like
// are not used and would weigh 2 kB.
const features = ["kern", "lnum", "tnum", "ordn", "mark", "ccmp", "locl"];

const ranges = JSON.parse(await readFile(new URL("unicode.json", source), "utf8"));
const rest = expand(ranges.latin).filter((c) => !main.includes(c));

await mkdir(out, { recursive: true });
let css = "/* Written by caratteri.mjs. */\n";
for (const weight of weights) {
  const latin = await readFile(new URL(`files/titillium-web-latin-${weight}-normal.woff2`, source));
  const ext = await readFile(new URL(`files/titillium-web-latin-ext-${weight}-normal.woff2`, source));
  css += await face(weight, "", await cut(latin, main), main);
  css += await face(weight, "-altri", await cut(latin, rest), rest);
  css += await face(weight, "-ext", ext, expand(ranges["latin-ext"]).filter((c) => !main.includes(c) && !rest.includes(c)));
}
await writeFile(new URL("caratteri.css", out), css);

function cut(font, codes) {
  return subset(font, String.fromCodePoint(...codes), { targetFormat: "woff2", keepFeatures: features, noHinting: true });
}

async function face(weight, part, data, codes) {
  const name = `titillium-web-${weight}${part}.woff2`;
  await writeFile(new URL(name, out), data);
  return `@font-face {
  font-family: "Titillium Web";
  font-weight: ${weight};
  font-display: swap;
  src: url("./${name}") format("woff2");
  unicode-range: ${spell(codes)};
}
`;
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

// expand reads U+0000-00FF,U+0131.
function expand(list) {
  return list.split(",").flatMap((r) => {
    const [from, to] = r.replace("U+", "").split("-").map((h) => parseInt(h, 16));
    return range(from, to ?? from);
  });
}

// spell writes codes, sorted, as U+20-7E, U+A0.
function spell(codes) {
  const runs = [];
  for (const c of codes) {
    const last = runs.at(-1);
    if (last && last[1] === c - 1) last[1] = c;
    else runs.push([c, c]);
  }
  const hex = (c) => c.toString(16).toUpperCase();
  return runs.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(", ");
}
