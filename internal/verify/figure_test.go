package verify

import (
	"slices"
	"strings"
	"testing"
)

// surveyed are the rules of a site with a survey, and a file that has all figures.
func surveyed() (Rules, string) {
	r := rules
	r.Figures = map[string][]float64{"2025/rtd/-/si/0": {67.3}, "2025/rtd/-/si/1": {67, 60, 71}, "2025/rtd/-/risposta/0": {1204, 61.5}}
	return r, "quota;stima;stima_da;stima_a;cifra;base;risposta_comuni;cifra_base\n67,3;;;;2025/rtd/-/si/0;1204;61,5;2025/rtd/-/risposta/0\n67;67;60;71;2025/rtd/-/si/1;;;\n"
}

// answers are a file of two areas, the rest of its one row given.
func answers(row string) map[string]string {
	return only("assets/domanda-prova.json", `{"ordine":"x","aree":[0,1],"righe":[{"cifra_base":"2025/rtd/-/risposta",`+row+`}]}`)
}

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
		{"a word", cell(` data-cifra="2025/rtd/-/si/0"`, "riservato"), `the figure "2025/rtd/-/si/0" has no number` + hint},
		{"the bases of two rows", cell(` data-cifra="2025/rtd/-/si/0 2025/rtd/-/risposta/0"`, "67,3&nbsp;% di 1.204"), ""},
		{"a key too many", cell(` data-cifra="2025/rtd/-/si/0 2025/rtd/-/risposta/0"`, "67,3&nbsp;%"), `the figure "2025/rtd/-/risposta/0" has no number` + hint},
		{"a number under none of its keys", cell(` data-cifra="2025/rtd/-/si/0 2025/rtd/-/risposta/0"`, "67,3&nbsp;% di 1.204, 12,5&nbsp;%"), `under "2025/rtd/-/si/0 2025/rtd/-/risposta/0" stands another number than the published one` + hint},
		{"an unknown key among others", cell(` data-cifra="2025/rtd/-/si/0 2025/rtd/-/no/0"`, "67,3&nbsp;%"), `a figure of the survey is printed that was not published: "2025/rtd/-/no/0"` + hint},
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
		{"a base", only("dati.csv", "quota;cifra;base;cifra_base\n;;1204;2025/rtd/-/risposta/0\n"), ""},
		{"a withheld base", only("dati.csv", "quota;cifra;base;cifra_base\n67,3;2025/rtd/-/si/0;12;\n"), "a share of the survey does not say where it comes from" + hint},
		{"a base beside a mean", only("dati.csv", "media;base;cifra\n67;60;2025/rtd/-/si/1\n"), ""},
		{"answers by area", answers(`"basi":[1204,0],"voci":[{"cifra":"2025/rtd/-/si","nome":"Sì","valori":[67.3,71]},{"cifra":"2025/rtd/-/no","nome":"No","valori":[null,-7]}]`), ""},
		{"answers of another area", answers(`"basi":[0,0],"voci":[{"cifra":"2025/rtd/-/si","nome":"Sì","valori":[60,71]}]`), `under "2025/rtd/-/si/0" stands another number than the published one` + hint},
		{"answers that are withheld", answers(`"basi":[0,0],"voci":[{"cifra":"2025/rtd/-/no","nome":"No","valori":[12.5,null]}]`), `a figure of the survey is printed that was not published: "2025/rtd/-/no/0"` + hint},
		{"a base that is withheld", answers(`"basi":[0,12],"voci":[]`), `a figure of the survey is printed that was not published: "2025/rtd/-/risposta/1"` + hint},
		{"answers without a key", answers(`"basi":[0,0],"voci":[{"nome":"No","valori":[12.5,null]}]`), `a figure of the survey is printed that was not published: "/0"` + hint},
		{"an answer too many", answers(`"basi":[0,0],"voci":[{"cifra":"2025/rtd/-/si","nome":"Sì","valori":[67.3,71,12.5]}]`), `there are more or fewer numbers than areas under "2025/rtd/-/si"` + hint},
		{"a base too many", answers(`"basi":[0,0,12],"voci":[]`), `there are more or fewer bases than areas under "2025/rtd/-/risposta"` + hint},
		{"something beside the answers", answers(`"basi":[0,0],"altro":[12.5],"voci":[]`), `this file of answers is of another form` + hint},
		{"an answer that is no number", answers(`"basi":[0,0],"voci":[{"cifra":12.5,"nome":"Sì","valori":[]}]`), `this file of answers is of another form` + hint},
		{"a share beside an own answer", only("dati.json", `{"risposte":[{"risposta":"Sì","quota_classe":67,"cifra":"2025/rtd/-/si/1"}]}`), ""},
		{"one that is withheld", only("dati.json", `{"risposte":[{"risposta":"Sì","quota_classe":12.5}]}`), `a figure of the survey is printed that was not published: ""` + hint},
		{"one elsewhere", only("dati.json", `{"risposte":[],"altre":[{"quota_classe":67,"cifra":"2025/rtd/-/si/1"}]}`), "a share of the survey stands where it is not looked for" + hint},
		{"a table of something else", only("dati.csv", "nome;quota\nRoma;12\n"), ""},
	} {
		r, all := surveyed()
		got := checkedBy(r, with(c.site, "tutte.csv", all))
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

// What was published and stands nowhere stops the build as well: nobody reads it, and it
// gives something away.
func TestEveryPublishedFigureStandsSomewhere(t *testing.T) {
	t.Parallel()
	r, all := surveyed()
	if got := checkedBy(r, only("tutte.csv", all)); got != nil {
		t.Errorf("got %q", got)
	}
	for out, key := range map[string]string{"67,3": "2025/rtd/-/si/0", "71": "2025/rtd/-/si/1", "1204": "2025/rtd/-/risposta/0"} {
		text := strings.Replace(all, out, "", 1)
		want := key + ": this figure of the survey was published and stands nowhere, or not in full\n    hint: print it, or do not publish it"
		if got := checkedBy(r, only("tutte.csv", text)); !slices.Contains(got, want) {
			t.Errorf("without %s: got %q, want %q", out, got, want)
		}
	}
	r.Figures["2025/rtd/-/si/0/panel"] = []float64{-3, 3, -5, 5, 1, 1}
	if got := checkedBy(r, with(body(`<p>Cala di <b data-cifra="2025/rtd/-/si/0/panel">−3 punti (da −5 a +1)</b></p>`), "tutte.csv", all)); got != nil {
		t.Errorf("a number that is printed without its sign: %q", got)
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
