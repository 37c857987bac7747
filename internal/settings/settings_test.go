package settings

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

const (
	goodSite = "titolo = \"T\"\nindirizzo = \"https://x.example\"\ntema = \"italia\"\nlingua = \"it\"\nedizione = \"2025\"\ndata_territorio = 2026-08-14\naggiornato = 2026-11-21\n"
	goodInd  = "indicatori:\n  - {id: a, tema: t, forma: quota, valore: x/y, soglie: [1, 2, 3, 4]}\n"
	goodCamp = "stato: dimostrativa\n"
)

func files(site, ind, camp string) fstest.MapFS {
	return fstest.MapFS{SiteFile: {Data: []byte(site)}, IndicatorsFile: {Data: []byte(ind)}, CampaignFile: {Data: []byte(camp)}}
}

func TestTheShippedSettingsAreGood(t *testing.T) {
	var list diag.List
	s, ok := Read(os.DirFS("../.."), &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	if s.Site.DisplayDate() != 20260814 || len(s.Indicators) == 0 {
		t.Errorf("%+v", s)
	}
}

func TestBrokenSettingsSayWhereAndWhat(t *testing.T) {
	for _, c := range []struct{ name, site, ind, camp, want string }{
		{"unknown key", goodSite + "titoloo = \"x\"\n", goodInd, goodCamp, "data/sito.toml:8:1: the key \"titoloo\" is not known here\n    hint: did you mean \"titolo\"?"},
		{"address", strings.Replace(goodSite, "https://x.example", "x.example/", 1), goodInd, goodCamp, "data/sito.toml: indirizzo is \"x.example/\", want scheme and host without a closing slash\n    hint: for example \"https://www.example.it\""},
		{"no date", strings.Replace(goodSite, "aggiornato = 2026-11-21\n", "", 1), goodInd, goodCamp, "data/sito.toml: data_territorio and aggiornato must both be dates\n    hint: for example data_territorio = 2026-08-14"},
		{"state", goodSite, goodInd, "stato: boh\n", "data/rilevazione.yaml: stato is \"boh\", want one of dimostrativa, aperta, chiusa"},
		{"form", goodSite, "indicatori:\n  - {id: a, forma: media, valore: x/y, soglie: [1, 2, 3, 4]}\n", goodCamp, "data/indicatori.yaml: indicator 1 (\"a\"): forma is \"media\", want quota, tasso or mediana"},
		{"twice", goodSite, goodInd + "  - {id: a, forma: quota, valore: x/y, soglie: [1, 2, 3]}\n", goodCamp, "data/indicatori.yaml: indicator 2 (\"a\"): soglie wants four rising numbers\ndata/indicatori.yaml: indicator 2 (\"a\"): the id stands twice"},
		{"rate", goodSite, "indicatori:\n  - {id: A, forma: tasso, valore: x/y, soglie: [1, 2, 3, 4]}\n", goodCamp, "data/indicatori.yaml: indicator 1 (\"A\"): id wants small letters, digits and hyphens\ndata/indicatori.yaml: indicator 1 (\"A\"): valore, and for a tasso also su and per, must be given"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if _, ok := Read(files(c.site, c.ind, c.camp), &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.String())
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func TestEveryFaultComesInOneRun(t *testing.T) {
	var list diag.List
	Read(fstest.MapFS{}, &list)
	if n := len(list.Problems()); n != 3 {
		t.Errorf("got %d problems, want one for each missing file", n)
	}
}
