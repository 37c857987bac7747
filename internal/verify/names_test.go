package verify

import (
	"slices"
	"testing"

	"mappa/internal/diag"
)

// A file's name is one of a closed list, whatever the folder: no list of those who
// answered, and no answer, is published as a name.
func TestAFileIsCalledAsTheListHasIt(t *testing.T) {
	t.Parallel()
	const unknown = "no file of the site is called so"
	for name, want := range map[string][]string{
		"index.html":                        nil,
		"comuni/roma/index.html":            nil,
		"c/H501/index.html":                 nil,
		"assets/sito-EDYZCIQM.js":           nil,
		"assets/sito.js":                    {unknown},
		"indicatori/backup/rispondenti.csv": {unknown},
		"indicatori/backup/si-H501.csv":     {unknown},
		"comuni/roma/dati.csv.gz":           {unknown},
		"altro/sito-EDYZCIQM.js":            {unknown},
		"comuni/roma no/index.html":         {`there is " " in the name of the file`},
		"comuni/sì/index.html":              {`there is "\xc3" in the name of the file`},
	} {
		g := New(Rules{Names: []string{"index.html", "dati.csv", "assets/*-????????.*"}})
		d := &document{gates: g, path: name}
		d.name()
		var got []string
		for _, p := range d.found {
			got = append(got, p.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	var list diag.List
	g := New(Rules{})
	g.Add("risposte.txt", []byte("x"))
	if g.Check(&list); list.Len() > 0 {
		t.Error("without a list any name will do")
	}
}
