package content

import (
	"math"
	"strings"
	"testing"
)

func TestATypedNumberAgreesWhenTheValueRoundsToIt(t *testing.T) {
	for _, c := range []struct {
		typed string
		value float64
		want  bool
	}{
		{"58,0 %", 58.03, true},
		{"58,0 %", 58.05, true},
		{"58,0 %", 57.95, true},
		{"58,0 %", 58.06, false},
		{"58 %", 58.03, true},
		{"58", 57.5, true},
		{"6.816", 6816, true},
		{"6.816", 6817, false},
		{"6816 Comuni", 6816, true},
		{"29,8 milioni", 29848981, true},
		{"29,9 milioni", 29848981, false},
		{"+50,9 punti", 50.9, true},
		{"−3,2 %", -3.2, true},
		{"-3,2 %", 3.2, false},
		{"circa 58", 58.4, true},
		{"oltre 6.800", 6816, true},
		{"oltre 6.800", 6900, false},
		{"oltre 6.800", 6800, false},
		{"quasi 70 punti", 69.8, true},
		{"quasi 70 punti", 59.9, false},
		{"meno di 10", 9.99, true},
		{"più di 1,5", 1.55, true},
		{"quasi 7.894", 7893, true},
		{"quasi sei su dieci", 58.03, true},
		{"quasi sei su dieci", 60, false},
		{"quasi sei siti su dieci", 58.03, true},
		{"sei su dieci", 64, true},
		{"sei su dieci", 66, false},
		{"un sito su quattordici", 7.12, true},
		{"un sito su dieci", 7.12, false},
		{"meno di uno su dieci", 8.7, true},
		{"oltre la metà", 51.3, true},
		{"oltre la metà", 49.9, false},
		{"due terzi", 66.49, true},
		{"58.0 %", 58, false},
		{"1.2345", 12345, false},
		{"58,0,1", 58, false},
		{"molti", 58, false},
		{"", 58, false},
		{"undici su dieci", 110, false},
	} {
		got := Agree(c.typed, Value{Text: "x", N: c.value, Numeric: true, Percent: true}) == nil
		if got != c.want {
			t.Errorf("Agree(%q, %v) = %v", c.typed, c.value, got)
		}
	}
}

func TestAWordOfChangeNeedsAnIntervalThatExcludesZero(t *testing.T) {
	for _, c := range []struct {
		typed     string
		low, high float64
		want      bool
	}{
		{"cresce", 1, 3, true}, {"cresce", -0.1, 3, false}, {"cala", -3, -1, true}, {"cala", 1, 3, false},
		{"stabile", -1, 1, true}, {"stabile", 1, 2, false}, {"Cresciuto", 1, 1, true}, {"cresce", 0, 0, false},
	} {
		got := Agree(c.typed, Value{Text: "x", N: (c.low + c.high) / 2, Numeric: true, Low: c.low, High: c.high, Interval: true}) == nil
		if got != c.want {
			t.Errorf("Agree(%q, [%v, %v]) = %v", c.typed, c.low, c.high, got)
		}
	}
}

func TestANumberThatIsNotFiniteAgreesWithNothing(t *testing.T) {
	for _, n := range []float64{math.NaN(), math.Inf(1)} {
		if Agree("58", Value{N: n, Numeric: true}) == nil {
			t.Errorf("58 agrees with %v", n)
		}
	}
}

func TestAReportIsCitedInThreeWays(t *testing.T) {
	r := Report{Year: 2026, Index: &Document{Title: "Rapporto 2026", Front: Front{Authors: []string{"Mappa"}, Version: "1.0"}}}
	c := r.Cite(&Document{Title: "I siti {x}"})
	c.URL, c.Licence, c.Publisher = "https://example.org/", "CC BY 4.0", "Mappa"
	if got, want := c.Plain(), "Mappa, «I siti {x}», in Rapporto 2026, versione 1.0, 2026, https://example.org/. CC BY 4.0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := c.APA(), "Mappa (2026). I siti {x}. In Rapporto 2026 (versione 1.0). https://example.org/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := "@incollection{mappa2026-i-siti-x,\n  author = {Mappa},\n  title = {I siti x},\n  booktitle = {Rapporto 2026},\n  year = {2026},\n  version = {1.0},\n  url = {https://example.org/},\n  note = {CC BY 4.0},\n}\n"
	if got := c.BibTeX(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestSlugsAreASCII(t *testing.T) {
	for in, want := range map[string]string{"L’università e la città": "l-universita-e-la-citta", "Südtirol!": "sudtirol", "…": ""} {
		if got := slug(in); got != want {
			t.Errorf("slug(%q) = %q, want %q", in, got, want)
		}
	}
	if got := strings.ReplaceAll(typeset(`dell'"Aquila" 58 % e 'x'...`), noBreak, "~"); got != "dell’«Aquila» 58~% e ’x’…" {
		t.Errorf("typeset gives %q", got)
	}
}

func TestTheArticleFollowsTheNumber(t *testing.T) {
	for _, c := range []struct{ word, value, want string }{
		{"il", "58,0 %", "il 58,0 %"}, {"il", "8,2 %", "l’8,2 %"}, {"Il", "80 %", "L’80 %"}, {"nel", "0,9 %", "nello 0,9 %"},
		{"al", "11,5 %", "all’11,5 %"}, {"al", "1 %", "all’1 %"}, {"al", "1.234", "al 1.234"}, {"i", "8.012", "gli 8.012"},
		{"dai", "277", "dai 277"}, {"agli", "898", "898"}, {"del", "11 agosto 2026", "dell’11 agosto 2026"},
		{"del", "1º marzo 2024", "del 1º marzo 2024"}, {"del", "12 agosto 2026", "del 12 agosto 2026"}, {"", "8", "8"}, {"al", "", "al "},
	} {
		if got := withArticle(c.word, c.value); got != c.want {
			t.Errorf("withArticle(%q, %q) = %q, want %q", c.word, c.value, got, c.want)
		}
	}
}
