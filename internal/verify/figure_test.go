package verify

import (
	"slices"
	"strings"
	"testing"
)

// A page, a chart and a table say where their figures come from; what was not
// published, or not so, does not pass, and no message repeats the number.
func TestAFigureOfTheSurveyIsOneThatWasPublished(t *testing.T) {
	t.Parallel()
	const hint = "\n    hint: " + figureHint
	table := func(rows string) map[string]string {
		return only("dati.csv", "domanda;quota;assenza;cifra\n"+rows)
	}
	cell := func(attributes, text string) map[string]string {
		return body(`<table><tr><th scope="col">A</th></tr><tr><td` + attributes + `>` + text + `</td></tr></table>`)
	}
	for _, c := range []struct {
		name string
		site map[string]string
		want string // "" for none; of the problem without its place
	}{
		{"a cell", cell(` data-cifra="2025/rtd/-/si/0"`, "67,3&nbsp;%"), ""},
		{"a cell in English", cell(` data-cifra="2025/rtd/-/si/0"`, "<b>67.3</b> %"), ""},
		{"an estimate beside the share", cell(` data-cifra="2025/rtd/-/si/1"`, "67 % (60–71)"), ""},
		{"a row of a chart", body(`<ul><li><span class="v" data-cifra="2025/rtd/-/si/0">67,3 %</span></li></ul>`), ""},
		{"a figure of another area", cell(` data-cifra="2025/rtd/-/si/7"`, "67,3 %"), `a figure of the survey is printed that was not published: "2025/rtd/-/si/7"` + hint},
		{"a figure that was rounded otherwise", cell(` data-cifra="2025/rtd/-/si/0"`, "67,31 %"), `under "2025/rtd/-/si/0" stands another number than the published one` + hint},
		{"one number too many", cell(` data-cifra="2025/rtd/-/si/0"`, `67,3 % <span>di 12</span>`), `under "2025/rtd/-/si/0" stands another number than the published one` + hint},
		{"a word", cell(` data-cifra="2025/rtd/-/si/0"`, "riservato"), `the figure "2025/rtd/-/si/0" has no number` + "\n    hint: take the attribute off where there is no number"},
		{"a figure in a figure", body(`<p data-cifra="2025/rtd/-/si/0"><b data-cifra="2025/rtd/-/si/0">67,3</b></p>`), "a figure stands inside a figure"},
		{"another share in a table of figures", body(`<table><tr><th scope="col">A</th></tr><tr><td data-cifra="2025/rtd/-/si/0">67,3 %</td><td>48 %</td></tr></table>`),
			"a share in a table of the survey does not say where it comes from" + hint},
		{"a share in another table", body(`<table><tr><th scope="col">A</th></tr><tr><td data-cifra="2025/rtd/-/si/0">67,3 %</td><td>12</td></tr></table><table><tr><th scope="col">A</th></tr><tr><td>48 %</td></tr></table>`), ""},
		{"an estimate without a share", only("dati.csv", "quota;stima;cifra\n;60;2025/rtd/-/si/1\n"), ""},
		{"an estimate that is withheld", only("dati.csv", "quota;stima;cifra\n;60;\n"), "a share of the survey does not say where it comes from" + hint},
		{"rows of a table", table("rtd;67,3;;2025/rtd/-/si/0\nrtd;;riservato;\n"), ""},
		{"rows of a table with points", table("rtd;67.3;;2025/rtd/-/si/0\n"), ""},
		{"a withheld row with its number", table("rtd;12,5;riservato;\n"), "a share of the survey does not say where it comes from" + hint},
		{"a withheld row under a name", table("rtd;12,5;riservato;2025/rtd/-/no/0\n"), `a figure of the survey is printed that was not published: "2025/rtd/-/no/0"` + hint},
		{"a row under another's name", table("rtd;12,5;;2025/rtd/-/si/0\n"), `under "2025/rtd/-/si/0" stands another number than the published one` + hint},
		{"a row without its number", table("rtd;;;2025/rtd/-/si/0\n"), `the figure "2025/rtd/-/si/0" has no number` + hint},
		{"a table of something else", only("dati.csv", "nome;quota\nRoma;12\n"), ""},
	} {
		got := checked(c.site)
		switch {
		case c.want == "" && got != nil:
			t.Errorf("%s: %q", c.name, got)
		case c.want != "" && !slices.ContainsFunc(got, func(p string) bool { return strings.HasSuffix(p, ": "+c.want) }):
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		for _, p := range got {
			if strings.Contains(p, "12,5") || strings.Contains(p, "48") || strings.Contains(p, "67") {
				t.Errorf("%s: the message repeats the number: %s", c.name, p)
			}
		}
	}
}

func TestNumbersAreReadAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]float64{
		"": nil, "–": nil, "67,3 %": {67.3}, "67.3 %": {67.3}, "4.602": {4602}, "4,602 Comuni": {4602}, "1.234.567": {1234567}, "1.234,5": {1234.5},
		"66 (65–67)": {66, 65, 67}, "3º–12º": {3, 12}, "12.": {12}, "50, 51": {50, 51}, "0,25": {.25},
	} {
		if got := numbers(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
