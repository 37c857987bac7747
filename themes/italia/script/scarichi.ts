// The files of a view, fetched when a reader first takes one away.
export { file } from "../componenti/atlante/scarica.ts";
