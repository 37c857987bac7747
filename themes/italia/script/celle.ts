// The cartogram, fetched when a reader first asks for it.
export { cells } from "../componenti/atlante/celle.ts";
