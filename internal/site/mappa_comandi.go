package site

// controls are what can be chosen on the map. They stand in the page hidden;
// the script shows them, since without it they would do nothing, and fills in
// what the catalogue lists: indicators, dates and places.
type controls struct {
	Methods []choice
	Levels  []choice
	Forms   []choice
}

// choice is an option or a radio button: the value that the address carries and
// its words.
type choice struct {
	Value, Text string
	Chosen      bool
}

// controls are set to what the page shows first.
func (p *press) controls() controls {
	words := func(key string, values ...string) (out []choice) {
		for i, v := range values {
			out = append(out, choice{v, p.words.T("mappa." + key + "." + v), i == 0})
		}
		return out
	}
	return controls{words("metodo", "fisse", "quantili", "uguali", "naturali"), words("livello", "regioni", "province", "comuni"), words("forma", "carta", "celle", "multipli")}
}
