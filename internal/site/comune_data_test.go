package site

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// sampled is of how many Comuni one has its page held against its files, beside
// those that are read.
const sampled = 40

// openFile is dati.json as a stranger reads it.
type openFile struct {
	Cadastral string `json:"catasto"`
	Residents int    `json:"abitanti"`
	Data      []struct {
		Indicator string    `json:"indicatore"`
		Title     string    `json:"titolo"`
		Unit      string    `json:"unita"`
		OwnUnit   string    `json:"unita_comuni"`
		Source    string    `json:"fonte"`
		Licence   string    `json:"licenza"`
		Values    []openRow `json:"valori"`
	} `json:"dati"`
}

type openRow struct {
	Level     string   `json:"livello"`
	Code      string   `json:"codice"`
	Class     string   `json:"classe"`
	Place     string   `json:"luogo"`
	Date      string   `json:"data"`
	Statistic string   `json:"statistica"`
	Value     *float64 `json:"valore"`
	Base      int      `json:"base"`
	Of        int      `json:"su"`
	Missing   string   `json:"assenza"`
	Stage     string   `json:"stato"`
	Since     string   `json:"stato_dal"`

	indicator, unit, licence string
}

// rows are the figures, and the lines of dati.csv after the page's own codes.
func (f *openFile) rows() (rows []openRow, lines [][]string) {
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, s := range f.Data {
		for _, r := range s.Values {
			r.indicator, r.unit, r.licence = s.Indicator, s.Unit, s.Licence
			if r.Level == "comune" && s.OwnUnit != "" {
				r.unit = s.OwnUnit
			}
			value := ""
			if r.Value != nil {
				value = strconv.FormatFloat(*r.Value, 'f', -1, 64)
			}
			rows = append(rows, r)
			lines = append(lines, []string{r.Level, r.Code, r.Class, r.Place, s.Indicator, s.Title, r.Date, r.Statistic, value, r.unit, count(r.Base), count(r.Of),
				r.Missing, r.Stage, r.Since, s.Source})
		}
	}
	return rows, lines
}

func TestBothFilesOfAComuneSayTheSame(t *testing.T) {
	c := shippedSite(t)
	var faults []string
	for i, place := range c.in.Atlas.Comuni {
		if f := c.same(i); f != "" {
			faults = append(faults, place.Slug+": "+f)
		}
	}
	few(t, faults)
}

// same says how dati.json and dati.csv of a Comune differ, or differ from what
// is known.
func (c *census) same(i int) string {
	place, pair := c.in.Atlas.Comuni[i], c.open[i]
	var j openFile
	if err := json.Unmarshal(pair[0], &j); err != nil {
		return err.Error()
	}
	table, err := csv.NewReader(bytes.NewReader(pair[1])).ReadAll()
	if err != nil {
		return err.Error()
	}
	ids := map[string]bool{}
	for _, d := range j.Data {
		if ids[d.Indicator] {
			return fmt.Sprintf("the figures of %s do not follow each other", d.Indicator)
		}
		ids[d.Indicator] = true
	}
	rows, lines := j.rows()
	if len(table) != len(lines)+1 || len(lines) == 0 {
		return fmt.Sprintf("%d rows in dati.csv, %d items in dati.json", len(table)-1, len(lines))
	}
	if j.Cadastral != place.Cadastral || j.Residents != place.Residents {
		return fmt.Sprintf("dati.json is of %s with %d residents", j.Cadastral, j.Residents)
	}
	for k, want := range lines {
		if got := table[k+1]; got[0] != place.Cadastral || !slices.Equal(got[1:], want) {
			return fmt.Sprintf("dati.csv has %q, dati.json %q", got, want)
		}
		r := rows[k]
		if r.unit == "" || r.Date == "" || want[15] == "" || r.licence == "" {
			return fmt.Sprintf("%q lacks a unit, a date, a source or a licence", want)
		}
		if (r.Value == nil) == (r.Missing == "") {
			return fmt.Sprintf("%q must have a value or say why not", want)
		}
		if f := c.known(r); f != "" {
			return f
		}
	}
	return ""
}

// known says how a row differs from the indicator it goes by the id of.
func (c *census) known(r openRow) string {
	e := c.in.Book.Find(r.indicator)
	if e == nil {
		return ""
	}
	at := slices.IndexFunc(e.Dates, func(x atlas.Date) bool { return x.String() == r.Date })
	if at < 0 {
		return fmt.Sprintf("%s has no figures of %s", r.indicator, r.Date)
	}
	want, ok := c.figure(e, at, r)
	if !ok {
		return fmt.Sprintf("%s: there is no %s %s %s", r.indicator, r.Level, r.Code, r.Class)
	}
	switch {
	case r.Statistic != "" && r.Statistic != string(e.Form):
		return "" // how the Comuni are spread
	case want.OK() != (r.Value != nil), want.OK() && math.Abs(want.N-*r.Value) > 0.6e-4, !want.OK() && want.Kind.Code() != r.Missing:
		return fmt.Sprintf("%s of %s %s at %s is %v %s, the files say %+v", r.indicator, r.Level, r.Place, r.Date, want.N, want.Kind.Code(), r)
	}
	return ""
}

// figure finds the value that a row speaks of by its level and code.
func (c *census) figure(e *indicator.Entry, at int, r openRow) (v stat.Value, ok bool) {
	a, cuts := c.in.Atlas, e.Cuts[at]
	region := slices.IndexFunc(a.Regions, func(x atlas.Region) bool { return x.Code == r.Code })
	class := func(slug string) int {
		return slices.IndexFunc(a.Schemes[0].Classes, func(x atlas.Class) bool { return x.Slug == slug })
	}
	k := -1
	switch r.Level {
	case "comune":
		if k = slices.IndexFunc(a.Comuni, func(x atlas.Comune) bool { return x.Cadastral == r.Code }); k >= 0 {
			v = e.Series[at].Values[k]
		}
	case "simili":
		if k = slices.IndexFunc(a.Comuni, func(x atlas.Comune) bool { return x.Cadastral == r.Code }); k >= 0 {
			v = e.Series[at].Of(c.peers[k]).Value
		}
	case "regione-classe":
		if k = class(r.Class); k >= 0 && region >= 0 {
			v = cuts.RegionClass[region][k].Value
		}
	case "classe":
		if k = class(r.Code); k >= 0 {
			v = cuts.Classes[k].Value
		}
	case "unita":
		if k = slices.IndexFunc(a.Units, func(x atlas.Unit) bool { return x.Code == r.Code }); k >= 0 {
			v = cuts.Units[k].Value
		}
	case "regione":
		if k = region; k >= 0 {
			v = cuts.Regions[k].Value
		}
	case "nazione":
		k, v = 0, cuts.Nation.Value
	}
	return v, k >= 0
}

// pageFigures are the numbers of a page that are no name, code, address or rule:
// what its files must hold. Dates are whole words of it.
type pageFigures struct {
	words *locale.Language
	dates []string // as pages write them, longest first
}

// notFigures are numbers in names, scales and rules.
var notFigures = regexp.MustCompile(`https?://\S+|PA digitale 2026|su 100\b|[Dd]a 0 a 100|(?:ogni|da) 1\.000 (?:abitanti|ab\.)|ISTAT \d{6}|catastale [A-Z]\d{3}|` +
	`\b1\.\d\.?\d? \||classe [\d.]+–[\d.]+ abitanti|(?:classe )?(?:fino a|oltre) [\d.]+ abitanti|(?:Fino a|Oltre i|fino a|sotto i) 5\.000 abitanti|` +
	`Abitanti 1, densità 0,35|(?:\d+ Comuni|Un Comune) oltre [\d.]+|nelle 4 rilevazioni|\[al passaggio: .*?\]|<[^>]*>|CC0 1\.0|CC BY 4\.0|1\.4\.\d|1\.3\.1|1\.2 `)

// plain has no space that holds words together.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

var number = regexp.MustCompile(`\d[\d.]*(?:,\d+)?`)

// of lists the numbers of a page's own part, up to its downloads.
func (f *pageFigures) of(page []byte) []string {
	text, _, _ := strings.Cut(reading(page), "\n## Scarica e cita")
	_, text, _ = strings.Cut(text, "\n# ")
	text = plain(text)
	for _, d := range f.dates {
		text = strings.ReplaceAll(text, plain(d), "§")
	}
	text = notFigures.ReplaceAllString(text, "§")
	var out []string
	for _, n := range number.FindAllString(text, -1) {
		out = append(out, strings.TrimRight(n, "."))
	}
	return out
}

// in writes a row's figures as a page may: with the decimals of its column.
func (f *pageFigures) in(r openRow) (out []string) {
	for _, n := range []int{r.Base, r.Of} {
		out = append(out, f.words.Int(n))
	}
	if r.Value == nil {
		return out
	}
	for decimals := range 3 {
		out = append(out, f.words.Number(*r.Value, decimals))
	}
	return out
}

// lacking lists the numbers of a page that are in none of the rows.
func (f *pageFigures) lacking(page []string, rows []openRow) (out []string) {
	have := map[string]bool{}
	for _, r := range rows {
		for _, n := range f.in(r) {
			have[n] = true
		}
	}
	for _, n := range page {
		if !have[n] {
			out = append(out, n)
		}
	}
	return out
}

// datesOf are the ways in which pages write the dates of the rows.
func datesOf(w *locale.Language, rows []openRow) []string {
	var out []string
	for _, r := range rows {
		for _, s := range []string{r.Date, r.Since} {
			if at, err := atlas.ParseDate(s); err == nil {
				out = append(out, w.Date(at), w.ShortDate(at), w.Month(at))
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(out)
}

func (c *census) rowsOf(t *testing.T, i int) []openRow {
	t.Helper()
	var j openFile
	if err := json.Unmarshal(c.open[i][0], &j); err != nil {
		t.Fatal(err)
	}
	rows, _ := j.rows()
	return rows
}

func TestEveryFigureOfAComunesPageIsInItsFiles(t *testing.T) {
	c := shippedSite(t)
	w := realTheme(t).Language("it")
	var faults []string
	compared := 0
	for i, page := range c.pages {
		rows := c.rowsOf(t, i)
		f := pageFigures{w, datesOf(w, rows)}
		numbers := f.of(page)
		compared += len(numbers)
		if lacks := f.lacking(numbers, rows); len(lacks) > 0 {
			faults = append(faults, fmt.Sprintf("%s: %q stand on the page and not in its files", c.in.Atlas.Comuni[i].Slug, lacks))
		}
	}
	few(t, faults)
	if len(c.pages) < len(c.comuni)/sampled || compared < 100*len(c.pages) {
		t.Errorf("%d pages with %d figures were compared", len(c.pages), compared)
	}
}

// Without its rows of a kind a file no longer holds its page: the comparison
// above notices each kind of row that a page prints.
func TestAMissingKindOfFigureIsNoticed(t *testing.T) {
	c := shippedSite(t)
	w := realTheme(t).Language("it")
	kinds := map[string]func(openRow) bool{
		"residents of the peers":   func(r openRow) bool { return r.indicator == "abitanti" },
		"amounts":                  func(r openRow) bool { return strings.HasSuffix(r.indicator, "-importo") },
		"renounced amounts":        func(r openRow) bool { return strings.HasSuffix(r.indicator, "-rinunciato") },
		"shares of the class":      func(r openRow) bool { return r.Level == "classe" && r.Statistic == string(stat.Share) },
		"shares of the region":     func(r openRow) bool { return r.Level == "regione" && r.Statistic == string(stat.Share) },
		"medians of the class":     func(r openRow) bool { return r.Level == "classe" && r.Statistic == string(stat.Median) },
		"measures of the sites":    func(r openRow) bool { return r.Level == "comune" && strings.HasPrefix(r.indicator, "siti-") },
		"uses of a service":        func(r openRow) bool { return strings.HasSuffix(r.indicator, "-numero") },
		"rates of a service":       func(r openRow) bool { return r.indicator == "anpr-rettifiche" || r.indicator == "anpr-visure" },
		"uses in the province":     func(r openRow) bool { return r.Level == "unita" },
		"uses of class and region": func(r openRow) bool { return r.Level == "regione-classe" },
		"figures of the peers":     func(r openRow) bool { return r.Level == "simili" },
		"uses in Italy":            func(r openRow) bool { return r.Level == "nazione" },
		"the spread":               func(r openRow) bool { return r.Statistic == least || r.Statistic == most },
	}
	elsewhere := map[string]string{"figures of the peers": "atrani"} // where they are no other figure's too
	page := func(slug string) (i int, rows []openRow, f pageFigures, numbers []string) {
		i = slices.IndexFunc(c.in.Atlas.Comuni, func(x atlas.Comune) bool { return x.Slug == slug })
		rows = c.rowsOf(t, i)
		f = pageFigures{w, datesOf(w, rows)}
		return i, rows, f, f.of(c.pages[i])
	}
	i, rows, f, _ := page("la-spezia")
	for name, kind := range kinds {
		_, rows, f, numbers := page(cmp.Or(elsewhere[name], "la-spezia"))
		rest := slices.DeleteFunc(slices.Clone(rows), kind)
		if len(rest) == len(rows) || len(f.lacking(numbers, rest)) == 0 {
			t.Errorf("%s: %d rows are taken away and nothing is missed", name, len(rows)-len(rest))
		}
	}
	dateless := slices.Clone(rows)
	for k := range dateless {
		dateless[k].Since = ""
	}
	f.dates = datesOf(w, dateless)
	if len(f.lacking(f.of(c.pages[i]), rows)) == 0 {
		t.Error("the days of the stages are taken away and nothing is missed")
	}
}
