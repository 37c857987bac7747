// The file of names: how it is read. It is written by SearchIndex in Go.
import { fold, slug } from "./piega.ts";

// Group is the places that share an address and a detail: the Comuni of LI.
// Each line of n is a name and, after tabs, its address ("" when it follows
// from the name) and its other names.
export interface Group {
  p: string;
  d: string;
  n: string;
}

export interface Place {
  name: string;
  detail: string;
  path: string; // below the language's home: comuni/bibbona/
  others: string[];
  keys: string[]; // folded: the name, then the others
}

export function read(groups: readonly Group[]): Place[] {
  return groups.flatMap(({ p, d, n }) =>
    n.split("\n").map((line) => {
      const [name = "", address = "", ...others] = line.split("\t");
      const key = fold(name);
      return { name, detail: d, path: `${p}${address || slug(key)}/`, others, keys: [key, ...others.map(fold)] };
    }),
  );
}
