package content

import (
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// figureKinds are the fenced blocks that become figures.
func figureKinds() []string { return []string{"mappa", "grafico", "tabella", "numero"} }

// codeKinds are the fenced blocks that are printed as they are.
func codeKinds() []string {
	return []string{"testo", "html", "csv", "json", "yaml", "sh", "bibtex", "http"}
}

// ownKeys are the keys of a figure block that this package uses itself.
func ownKeys() []string { return []string{"nome", "titolo", "sotto", "didascalia"} }

// figureKeys are all keys that a figure block may hold. What the others mean is
// the resolver's business; that they exist is checked here, so that a slip of
// the pen is found by its author.
func figureKeys() []string {
	return append(ownKeys(),
		"indicatore",   // id of an indicator, or a list of them
		"elenco",       // a table the program makes: fonti, indicatori …
		"domanda",      // id of a survey question
		"opzione",      // code of an answer, or a list of them
		"edizione",     // of the survey, or a list of them
		"data",         // of the source's snapshot, or a list of them
		"per",          // classe, regione, ripartizione, unita, nazione, data …
		"luogo",        // name or code of a place, or a list
		"regione",      // only the Comuni of this region
		"ripartizione", // only the Comuni of this ripartizione
		"unita",        // only the Comuni of this province or metropolitan city
		"classe",       // only the Comuni of this size class
		"gruppo",       // only the Comuni of this cohort
		"stima",        // grezza or ponderata
		"forma",        // punti, barre, linea, pendenza, istogramma, caselle …
		"ordine",       // valore, nome, codice
		"limite",       // how many rows at most
		"colonne",      // of a table
		"alt",          // text alternative, when the program's own will not do
	)
}

// readFigure reads the body of a figure block.
func (d *Document) readFigure(kind string, n *ast.FencedCodeBlock, at int) (Ref, []fault) {
	r := Ref{Name: kind, File: d.Path, Pos: d.pos(at), doc: d}
	var entries []yamlfile.Entry
	var faults []fault
	if n.Lines().Len() > 0 {
		first, end := d.pos(n.Lines().At(0).Start), n.Lines().At(n.Lines().Len()-1).Stop
		entries, faults = readYAML(d.source[d.lines[first.Line-1]:end+d.body], first.Line)
	}
	if len(entries) == 0 && len(faults) == 0 {
		faults = append(faults, fault{r.Pos, fmt.Sprintf("the block %q is empty, want at least one \"key: value\"", kind), ""})
	}
	for _, e := range entries {
		key, at := e.Key.Text, Pos(e.Key.Place)
		if !slices.Contains(figureKeys(), key) {
			faults = append(faults, fault{at, fmt.Sprintf("%q is not a key of a figure", key), diag.DidYouMean(key, figureKeys())})
			continue
		}
		if len(e.Values) == 0 || len(e.Maps) > 0 || e.Values[0].Text == "" {
			faults = append(faults, fault{at, fmt.Sprintf("%q has no plain value", key), ""})
			continue
		}
		r.Args = append(r.Args, Arg{Key: key, KeyPos: at, Pos: Pos(e.Values[0].Place), Values: yamlfile.Texts(e.Values)})
	}
	return r, faults
}

// numbering counts figures, tables and single numbers through a report.
type numbering struct{ figures, tables, numbers int }

// number gives a figure its number, label and address.
func (c *numbering) number(r *Ref) {
	switch r.Name {
	case "tabella":
		c.tables++
		r.Number, r.Label = c.tables, fmt.Sprintf("%s %d", wordTable, c.tables)
		r.ID = fmt.Sprintf("tabella-%d", c.tables)
	case "numero":
		c.numbers++
		r.Number, r.ID = c.numbers, fmt.Sprintf("numero-%d", c.numbers)
	default:
		c.figures++
		r.Number, r.Label = c.figures, fmt.Sprintf("%s %d", wordFigure, c.figures)
		r.ID = fmt.Sprintf("figura-%d", c.figures)
	}
}
