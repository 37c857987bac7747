package source

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// tableManifest is a manifest of the adapter "tabella".
type tableManifest struct {
	Header    `yaml:",inline"`
	File      word           `yaml:"file,required"` // stem
	Which     word           `yaml:"leggi"`
	Keys      tableKeys      `yaml:"chiavi,required"`
	Prefixes  []word         `yaml:"prefissi"` // before a Comune's name
	Date      dateSpec       `yaml:"data"`
	Counting  atlas.Date     `yaml:"dall_avvio"` // first day of counts that only grow; 0 where they do not
	Failed    failedSpec     `yaml:"fallita_se"`
	Variables []variableSpec `yaml:"variabili"`
	Addresses []addressSpec  `yaml:"indirizzi"`
	Ignored   []word         `yaml:"altre_colonne"`

	file string
}

// Which files of the folder are read.
const (
	readNewest = "ultimo" // default: a newer file holds all the dates
	readAll    = "tutti"  // every file adds its dates
)

// tableKeys are the columns that name the Comune; at least codice.
type tableKeys struct {
	ISTAT    word `yaml:"codice,required"`
	IPA      word `yaml:"ipa"`
	Name     word `yaml:"nome"`
	Province word `yaml:"provincia"`
}

// dateSpec is the column of the date; without one the file's date counts.
type dateSpec struct {
	Column word `yaml:"colonna,required"`
	Layout word `yaml:"formato,required"`
}

// failedSpec says by which cells a row is known to be a failed measurement: all
// its fields are then without value, whatever they hold.
type failedSpec struct {
	Column word   `yaml:"colonna,required"`
	Cells  []word `yaml:"valori,required"`
}

// variableSpec is a numeric column.
type variableSpec struct {
	ID      word    `yaml:"id,required"`
	Column  word    `yaml:"colonna,required"`
	Type    word    `yaml:"tipo,required"`
	Merge   word    `yaml:"unione,required"` // of Comuni that have since merged
	Min     float64 `yaml:"minimo"`
	Max     float64 `yaml:"massimo"` // 0: none
	Divide  float64 `yaml:"diviso"`  // 0: not; brings bytes to MB
	Rounded bool    `yaml:"intero"`  // to the nearest whole number: 28.999999999999996 is 29
	Yes     []word  `yaml:"vero"`
	No      []word  `yaml:"falso"`
	Missing []word  `yaml:"mancante"` // cells that mean: not measured
}

// addressSpec is a column of web addresses.
type addressSpec struct {
	ID     word `yaml:"id,required"`
	Column word `yaml:"colonna,required"`
}

// Types of variables and rules for merged Comuni, as manifests name them.
const (
	typeCount  = "conteggio"  // whole number, 0 or more
	typeNumber = "numero"     // decimal number
	typeFlag   = "indicatore" // yes or no

	mergeSum  = "somma"             // counts add up
	mergeNone = "non_confrontabile" // others are lost
)

// check reports what is wrong, and whether the files can be read all the same.
func (m *tableManifest) check(c *yamlfile.Check) bool {
	m.Header.check(c)
	header := c.Faults
	yamlfile.OneOf(c, m.Which, "leggi", readNewest, readAll)
	yamlfile.OneOf(c, m.Date.Layout, "formato", layoutISO, layoutItalian)
	seen := map[string]yamlfile.Place{}
	for _, v := range m.Variables {
		c.ID(v.ID, "id", seen)
		yamlfile.OneOf(c, v.Type, "tipo", typeCount, typeNumber, typeFlag)
		yamlfile.OneOf(c, v.Merge, "unione", mergeSum, mergeNone)
		if v.Type.Text == typeFlag && (len(v.Yes) == 0 || len(v.No) == 0) {
			c.At(v.ID.Place, fmt.Sprintf("the variable %q needs vero and falso", v.ID.Text), "")
		}
		if (v.Type.Text == typeNumber || v.Type.Text == typeFlag) && v.Merge.Text == mergeSum {
			c.At(v.Merge.Place, fmt.Sprintf("%q adds up counts only, and %q is not one", mergeSum, v.ID.Text), "write unione: "+mergeNone)
		}
	}
	for _, a := range m.Addresses {
		c.ID(a.ID, "id", seen)
	}
	if len(m.Variables)+len(m.Addresses) == 0 {
		c.At(yamlfile.Place{Line: 1, Col: 1}, `the keys "variabili" and "indirizzi" are missing or empty, want one of them`, "")
	}
	return c.Faults == header
}

func (m *tableManifest) spec() table.Spec {
	var s table.Spec
	want := []word{m.Keys.ISTAT, m.Keys.IPA, m.Keys.Name, m.Keys.Province, m.Date.Column, m.Failed.Column}
	for _, v := range m.Variables {
		want = append(want, v.Column)
	}
	for _, a := range m.Addresses {
		want = append(want, a.Column)
	}
	for _, w := range want {
		if w.Text != "" && !slices.Contains(s.Want, w.Text) {
			s.Want = append(s.Want, w.Text)
		}
	}
	s.May = yamlfile.Texts(m.Ignored)
	return s
}

// read reads the file, or the files, and brings the rows to the Comuni in
// force.
func (m *tableManifest) read(f folder, set setting) part {
	p := part{source: m.Header.source(f.id)}
	f.stray(m.File)
	var files []Snapshot
	if m.Which.Text == readAll {
		files = f.all(m.File)
	} else if newest, ok := f.newest(m.File); ok {
		files = []Snapshot{newest}
	}
	slices.SortFunc(files, func(a, b Snapshot) int { return cmp.Compare(a.Date, b.Date) })
	match := newMatcher(set, m.Prefixes, m.Exceptions)
	s := newSeries(len(set.atlas.Comuni))
	whole := true
	for i, t := range open(f, files, m.spec()) {
		if whole = whole && t.whole; t.Table == nil {
			continue
		}
		l := &tabler{m: m, t: t.Table, file: files[i], id: f.id, match: match, series: s}
		p.accounts = append(p.accounts, l.read())
		p.matches = append(p.matches, l.matches...)
		p.source.Files = append(p.source.Files, files[i])
	}
	if whole {
		match.unusedExceptions(m.file, f.list)
	}
	p.source.Dates = s.sorted()
	p.variables = m.variables(f.id, s, set.atlas)
	p.texts = m.addresses(f.id, s, set.atlas)
	return p
}

// variables brings the readings to the Comuni in force: by variable, then date.
func (m *tableManifest) variables(id string, s *series, a *atlas.Atlas) []stat.Variable {
	var out []stat.Variable
	dates := s.sorted()
	for k, spec := range m.Variables {
		for _, d := range dates {
			v := stat.Variable{ID: id + "/" + spec.ID.Text, Source: id, Date: d, Values: make([]stat.Value, len(a.Comuni))}
			for c, of := range s.at[d] {
				if len(of) > 0 {
					v.Values[c] = merged(of, k, parts(a, a.Comuni[c], d, of), spec.Merge.Text == mergeSum)
				}
				if len(of) > 0 && (m.Counting != 0 && restarted(a, a.Comuni[c].Cadastral, m.Counting, d) || a.Grown(c, d)) || s.lost[d][c] || a.Outlived(c, d) {
					v.Values[c] = stat.Missing(stat.NotComparable)
				}
			}
			out = append(out, v)
		}
	}
	return out
}

// restarted reports whether a count that began on a day was begun again for a
// Comune before the date of the reading: one that others merged into is a new
// body in the publisher's register, and what its parts had counted is lost. The
// counts of such Comuni are a third of their neighbours', and not by their doing.
func restarted(a *atlas.Atlas, cadastral string, since, at atlas.Date) bool {
	for _, e := range a.Events {
		if (e.Kind == atlas.Merger || e.Kind == atlas.Incorporation) && e.NewCadastral == cadastral && since < e.To && e.From <= at && e.To <= at {
			return true
		}
	}
	return false
}

// merged is the value of a Comune that was so many Comuni at the date of the
// readings: one goes over as it is, several add up or are not comparable.
func merged(of []reading, k, parts int, adds bool) stat.Value {
	switch {
	case parts == 1 && len(of) == 1:
		return of[0].values[k]
	case !adds || len(of) != parts:
		return stat.Missing(stat.NotComparable)
	}
	sum := stat.Of(0)
	for _, r := range of {
		if !r.values[k].OK() {
			return stat.Missing(stat.NotComparable)
		}
		sum.N += r.values[k].N
	}
	return sum
}

// addresses keeps, for each Comune, the address that answered last.
func (m *tableManifest) addresses(id string, s *series, a *atlas.Atlas) []Text {
	var out []Text
	for k, spec := range m.Addresses {
		t := Text{ID: id + "/" + spec.ID.Text, Source: id, Values: make([]string, len(a.Comuni)), Dates: make([]atlas.Date, len(a.Comuni))}
		for _, d := range s.sorted() {
			for c, of := range s.at[d] {
				if len(of) == 1 && of[0].addresses[k] != "" && parts(a, a.Comuni[c], d, of) == 1 {
					t.Values[c], t.Dates[c] = of[0].addresses[k], d
				}
			}
		}
		out = append(out, t)
	}
	return out
}
