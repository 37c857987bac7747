// What comes after the map is drawn: see componenti/atlante/carta.ts.
export { equip } from "../componenti/atlante/atlante.ts";

// What the files of a view use too (scarichi.ts).
export { chosen, classes, missing, name, said, shown, titles, url } from "../componenti/atlante/detto.ts";
export { svg } from "../componenti/atlante/disegno.ts";
export { counts } from "../componenti/atlante/legenda.ts";
export { plain } from "../componenti/atlante/testi.ts";
