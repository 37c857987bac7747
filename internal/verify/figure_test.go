package verify

import (
	"slices"
	"strings"
	"testing"
)

// surveyed are the rules of a site with a survey, and a file that has all figures.
func surveyed() (Rules, string) {
	r := rules
	r.Survey, r.Tables, r.Words = []string{"indagine/*.html", "chi/index.html"}, []string{"indagine/*.html"}, []string{"100 %", "oltre il 50 %"}
	r.Figures = map[string][]float64{"2025/rtd/-/si/0": {67.3}, "2025/rtd/-/si/1": {67, 60, 71}, "2025/rtd/-/risposta/0": {1204, 61.5}}
	return r, "quota;stima;stima_da;stima_a;cifra;base;risposta_comuni;cifra_base\n67,3;;;;2025/rtd/-/si/0;1204;61,5;2025/rtd/-/risposta/0\n67;67;60;71;2025/rtd/-/si/1;;;\n"
}

// answers are a file of two areas, the rest of its one row given.
func answers(row string) map[string]string {
	return only("assets/domanda-prova.json", `{"ordine":"x","aree":[0,1],"righe":[{"cifra_base":"2025/rtd/-/risposta",`+row+`}]}`)
}

// of is the site of one page of the survey that has more in its body.
func of(path, s string) map[string]string {
	return map[string]string{path: html5(path, "", s)}
}

// A page of the survey says of every per cent where it comes from, in words, headings,
// pictures and what is read aloud, and in its tables of every number.
func TestAPageOfTheSurveySaysWhereItsNumbersComeFrom(t *testing.T) {
	t.Parallel()
	const (
		page, turnout = "indagine/index.html", "chi/index.html"
		loose         = "a share on a page of the survey does not say where it comes from"
		aloud         = "a share in an attribute does not say where it comes from"
		number        = "a number in a table of the survey does not say where it comes from"
		key           = ` data-cifra="2025/rtd/-/si/0"`
	)
	table := func(cell string) string {
		return `<table><tr><th scope="col">oltre il 50 %</th></tr><tr>` + cell + `</tr></table>`
	}
	row := func(value string) string { return `<ul class="rows"><li>Sì ` + value + `</li></ul>` }
	for _, c := range []struct{ name, path, body, want string }{
		{"a sentence", page, `<p>Sono il <span` + key + `>67,3&nbsp;%</span> nel 2025.</p>`, ""},
		{"a sentence without", page, `<p>Sono il 12,5&nbsp;% nel 2025.</p>`, loose},
		{"a heading without", page, `<h2>Dal 12,5% in su</h2>`, loose},
		{"strong words around the number", page, `<p>Sono il <b>12,5</b> %.</p>`, loose},
		{"a number with its sign as a reference", page, `<p>Sono il 12,5&nbsp;&#37;.</p>`, loose},
		{"another figure, and then a sign", page, `<p><span` + key + `>67,3</span> %</p>`, ""},
		{"a per cent beside a figure", page, `<p><span` + key + `>67,3&nbsp;%</span>, 12,5&nbsp;%</p>`, loose},
		{"a drawing", page, `<svg aria-hidden="true"><text>12,5&nbsp;%</text></svg>`, loose},
		{"its title", page, `<svg role="img"><title>Sì, 12,5 %</title></svg>`, loose},
		{"its title with a key", page, `<svg role="img"><title` + key + `>Sì, 67,3 %</title></svg>`, ""},
		{"its label", page, `<svg role="img" aria-label="Sì, 12,5&nbsp;%"></svg>`, aloud},
		{"its label with a key", page, `<svg role="img" aria-label="Sì, 67,3&nbsp;% di 12" data-cifre="2025/rtd/-/si/0"></svg>`, ""},
		{"its label with another's key", page, `<svg role="img" aria-label="Sì, 67,3&nbsp;%" data-cifre="2025/rtd/-/si/1"></svg>`, `under "2025/rtd/-/si/1" stands another number than the published one`},
		{"an alternative", page, `<img src="/indagine/" alt="12,5 %">`, aloud},
		{"a span of which the last has the sign", page, `<p title="fra 12 e 13, 12–13 %">a</p>`, aloud},
		{"data in a script", page, ld + `{"a":"12,5 %"}</script>`, loose},
		{"words of the codebook", page, `<p>oltre&nbsp;il 50&nbsp;%, fino al 100 %</p>`, ""},
		{"other words", page, `<p>oltre il 51&nbsp;%</p>`, loose},
		{"a page of something else", "index.html", `<p>Sono il 12,5&nbsp;%.</p>`, ""},
		{"a mean in a cell", page, table(`<td>12,5</td>`), number},
		{"a difference in a cell", page, table(`<td>−12,5</td><td>+3 (da −1 a +4)</td><td>0</td><td>ris.</td>`), ""},
		{"figures within a cell", page, table(`<td><span` + key + `>67,3</span> <span` + key + `>67,3</span></td>`), ""},
		{"a number beside a figure in a cell", page, table(`<td><span` + key + `>67,3</span> di 12</td>`), number},
		{"a row of a chart", page, row(`<span class="v">12</span>`), number},
		{"a row of a chart with a key", page, row(`<span class="v"` + key + `>67,3 %</span>`), ""},
		{"counts of who took part", turnout, table(`<td>12</td>`), ""},
		{"a rate of who took part", turnout, table(`<td>12,5 %</td>`), loose},
		{"a chart elsewhere of which one row has a key", "index.html", `<ul class="rows"><li><span class="v"` + key + `>67,3 %</span></li><li><span class="v">12,5 %</span></li></ul>`, "a share in a table of the survey does not say where it comes from"},
		{"two charts elsewhere", "index.html", row(`<span class="v"`+key+`>67,3 %</span>`) + row(`<span class="v">12,5 %</span>`), ""},
		{"prose that rests on a figure", "index.html", `<p><span data-p="2025/rtd/-/si/0 2025/rtd/-/si/1">due su tre</span></p>`, ""},
		{"prose that rests on none", "index.html", `<p><span data-p="2025/rtd/-/no/0">uno su tre</span></p>`, `a figure of the survey is printed that was not published: "2025/rtd/-/no/0"`},
	} {
		r, all := surveyed()
		got := checkedBy(r, with(of(c.path, c.body), "tutte.csv", all))
		switch {
		case c.want == "" && got != nil:
			t.Errorf("%s: %q", c.name, got)
		case c.want != "" && !slices.ContainsFunc(got, func(p string) bool { return strings.HasSuffix(p, ": "+c.want+"\n    hint: "+figureHint) }):
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		for _, p := range got {
			if strings.Contains(p, "12,5") {
				t.Errorf("%s: the message repeats the number: %s", c.name, p)
			}
		}
	}
	r, all := surveyed()
	site := map[string]string{page: strings.Replace(html5(page, "", ""), `content="D `, `content="Il 12,5 % `, 1), "tutte.csv": all}
	if got := checkedBy(r, site); len(got) != 1 || !strings.Contains(got[0], aloud) {
		t.Errorf("a description: %q", got)
	}
	site[page] = strings.Replace(html5(page, "", ""), "<title>T ", "<title>Il 12,5 % ", 1)
	if got := checkedBy(r, site); len(got) != 1 || !strings.Contains(got[0], loose) {
		t.Errorf("a title: %q", got)
	}
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
