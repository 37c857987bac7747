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
		{"address", strings.Replace(goodSite, "https://x.example", "x.example/", 1), goodInd, goodCamp, "data/sito.toml:2:13: indirizzo is \"x.example/\", want scheme and host without a closing slash\n    hint: for example \"https://www.example.it\""},
		{"no date", strings.Replace(goodSite, "aggiornato = 2026-11-21\n", "", 1), goodInd, goodCamp, "data/sito.toml: the key \"aggiornato\" is missing, want a date\n    hint: for example aggiornato = 2026-08-14"},
		{"state", goodSite, goodInd, "stato: boh\n", "data/rilevazione.yaml:1:8: \"boh\" is not a value of \"stato\"\n    hint: known here: dimostrativa, aperta, chiusa"},
		{"form", goodSite, "indicatori:\n  - {id: a, forma: media, valore: x/y, soglie: [1, 2, 3, 4]}\n", goodCamp, "data/indicatori.yaml:2:20: \"media\" is not a value of \"forma\"\n    hint: known here: quota, tasso, mediana"},
		{"twice", goodSite, goodInd + "  - {id: a, forma: quota, valore: x/y, soglie: [1, 2, 3]}\n", goodCamp, "data/indicatori.yaml:3:10: the id \"a\" stands twice, first on line 2\n    hint: give one of them another name\ndata/indicatori.yaml:3:49: soglie are 1, 2, 3, want four rising numbers"},
		{"rate", goodSite, "indicatori:\n  - {id: A, forma: tasso, valore: x/y, soglie: [1, 2, 3, 4]}\n", goodCamp, "data/indicatori.yaml:2:10: \"A\" is not an id, want small letters, digits and hyphens\ndata/indicatori.yaml:2:20: a tasso wants su and per too\n    hint: for example su: residenti, per: 1000"},
		{"numbers that are none", goodSite, "indicatori:\n  - {id: a, forma: tasso, valore: x/y, su: z, per: mille, soglie: [1, due, 3]}\n", goodCamp, "data/indicatori.yaml:2:52: \"mille\" stands here, want a number\ndata/indicatori.yaml:2:71: \"due\" stands here, want a number"},
		{"two lines that cannot be read, and an empty value", strings.NewReplacer("2026-08-14", "2026-13-14", "\"it\"", "it", "\"2025\"", "\"\"").Replace(goodSite), goodInd, goodCamp,
			"data/sito.toml:4:10: this is not as wanted: expected keyword \"inf\"\n    hint: text stands in quotes, dates and true or false without\ndata/sito.toml:5:12: the key \"edizione\" is missing or empty\ndata/sito.toml:6:24: this is not as wanted: impossible date\n    hint: text stands in quotes, dates and true or false without"},
		{"a key misspelt is not missing too", strings.Replace(goodSite, "titolo", "titlo", 1), goodInd, goodCamp, "data/sito.toml:1:1: the key \"titlo\" is not known here\n    hint: did you mean \"titolo\"?"},
		{"a fault in each file", strings.Replace(goodSite, "https://", "", 1), "indicatori:\n  - {id: a, forma: media, valore: x/y, soglie: [1, 2, 3, 4]}\n", "stato: boh\n",
			"data/indicatori.yaml:2:20: \"media\" is not a value of \"forma\"\n    hint: known here: quota, tasso, mediana\ndata/rilevazione.yaml:1:8: \"boh\" is not a value of \"stato\"\n    hint: known here: dimostrativa, aperta, chiusa\ndata/sito.toml:2:13: indirizzo is \"x.example\", want scheme and host without a closing slash\n    hint: for example \"https://www.example.it\""},
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
