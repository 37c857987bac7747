package locale

import "mappa/internal/stat"

// Missing is how a kind of "no value" is said. The glyph that goes with it is
// the theme's and is named after [stat.Kind.Code].
type Missing struct {
	Short string // in a table cell: ris.
	Full  string // beside the glyph: dato riservato
	Why   string // one sentence: what it means and does not mean
}

// Missing is the words for k; for a known value they are empty.
func (l *Language) Missing(k stat.Kind) Missing {
	if k == stat.Known {
		return Missing{}
	}
	key := "assente." + k.Code() + "."
	return Missing{Short: l.T(key + "breve"), Full: l.T(key + "nome"), Why: l.T(key + "perche")}
}

// Value is a figure or, where there is none, the short words that say why. It
// has no unit.
func (l *Language) Value(v stat.Value, decimals int) string {
	if !v.OK() {
		return l.Missing(v.Kind).Short
	}
	return l.Number(v.N, decimals)
}
