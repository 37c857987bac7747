// What comes after the map is drawn: see componenti/atlante/carta.ts.
export { equip } from "../componenti/atlante/atlante.ts";
