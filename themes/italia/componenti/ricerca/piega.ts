// What two spellings of a name have in common. The same two rules are written
// in Go where the index is made (internal/theme/search.go); a test holds them
// against each other.

// fold leaves lower-case letters and digits without marks, words one space
// apart: "Forlì-Cesena" → "forli cesena", "Straße" → "strasse".
export function fold(text: string): string {
  // Nine names of ten have no marks, and eight thousand are folded at once.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// slug is the address of a folded name that has nothing special about it.
export function slug(key: string): string {
  return key.replaceAll(" ", "-");
}
