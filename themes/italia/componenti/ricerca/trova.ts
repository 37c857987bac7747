// Which places are meant by what was typed. Own code, 1 kB: a library with an
// index of its own (5.5 kB, and as much again to build the index on a phone)
// finds nothing more in eight thousand short names, which are read in 5 ms.
import { fold } from "./piega.ts";
import type { Place } from "./elenco.ts";

export interface Hit {
  place: Place;
  by: string; // the other name that matched, "" when the name did
}

// From so many letters on, so many slips are forgiven.
const oneSlip = 4;
const twoSlips = 8;

// find returns the places, best first, and how many there are in all. Slips are
// only looked for when nothing begins or continues as typed.
export function find(places: readonly Place[], typed: string, most: number): { hits: Hit[]; total: number } {
  const query = fold(typed);
  if (!query) return { hits: [], total: 0 };
  let ranked = rank(places, (key) => closeness(query, key));
  if (ranked.length === 0) {
    const slips = query.length >= twoSlips ? 2 : query.length >= oneSlip ? 1 : 0;
    ranked = slips ? rank(places, (key) => near(query, key, slips)) : [];
  }
  ranked.sort((a, b) => a.score - b.score || a.place.name.length - b.place.name.length || compare(a.place.name, b.place.name));
  return { hits: ranked.slice(0, most).map(({ place, by }) => ({ place, by })), total: ranked.length };
}

interface Ranked extends Hit {
  score: number;
}

const none = Infinity;
const notByName = 0.5; // another name counts a little less than the name

function rank(places: readonly Place[], score: (key: string) => number): Ranked[] {
  const out: Ranked[] = [];
  for (const place of places) {
    let best: Ranked | undefined;
    place.keys.forEach((key, i) => {
      const s = score(key) + (i ? notByName : 0);
      if (s < (best?.score ?? none)) best = { place, by: i ? (place.others[i - 1] ?? "") : "", score: s };
    });
    if (best) out.push(best);
  }
  return out;
}

// closeness is 0 for the very name, 1 where it begins so, 2 where a word of it
// does.
export function closeness(query: string, key: string): number {
  if (key === query) return 0;
  if (key.startsWith(query)) return 1;
  return key.includes(" " + query) ? 2 : none;
}

// near is how many slips (a letter wrong, missing, too many, or two swapped)
// lie between the query and the beginning of key, if at most so many.
export function near(query: string, key: string, most: number): number {
  if (query[0] !== key[0] && query[1] !== key[1] && query[0] !== key[1]) return none; // no slip explains this
  const text = key.slice(0, query.length + most);
  let before: number[] = [];
  let last = Array.from({ length: text.length + 1 }, (_, j) => j);
  for (let i = 1; i <= query.length; i++) {
    const row = [i];
    for (let j = 1; j <= text.length; j++) {
      const same = query[i - 1] === text[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && query[i - 1] === text[j - 2] && query[i - 2] === text[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return none;
    before = last;
    last = row;
  }
  const slips = Math.min(...last);
  return slips <= most ? slips : none;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// code is the ISTAT or cadastral code that was typed, "" for none.
export function code(typed: string): string {
  const word = typed.trim().toUpperCase();
  return /^([A-Z]\d{3}|\d{6})$/.test(word) ? word : "";
}
