// Package settings reads the few files that say what this site is: data/sito.toml
// (title, address, display date), data/rilevazione.yaml (how to take part) and
// data/indicatori.yaml (what readers can look up).
package settings

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
	"mappa/internal/yamlfile"
)

// The files, relative to the site folder.
const (
	SiteFile       = "data/sito.toml"
	CampaignFile   = "data/rilevazione.yaml"
	IndicatorsFile = "data/indicatori.yaml"
)

// Campaign is data/rilevazione.yaml: when and how a Comune takes part. Empty
// fields are not known and are not shown.
type Campaign struct {
	State   string     // dimostrativa, aperta or chiusa
	Edition string     `yaml:"edizione"`
	Opens   atlas.Date `yaml:"apertura"`
	Closes  atlas.Date `yaml:"chiusura"`
	Contact string     `yaml:"recapito"`
	Address string     `yaml:"indirizzo"`
}

// campaign is the file, with the place of what is checked.
type campaign struct {
	Campaign `yaml:",inline"`
	State    yamlfile.Word `yaml:"stato,required"`
}

// Settings is all of it.
type Settings struct {
	Site       Site
	Campaign   Campaign
	Indicators []stat.Indicator // without Source, Dates and Demo, which follow from the data

	rows []row // parallel to Indicators
}

// IndicatorProblem is where the definition of indicator i names a variable: its
// value, or what it is taken over. Text is left empty.
func (s Settings) IndicatorProblem(i int, over bool) diag.Problem {
	at := s.rows[i].Value
	if over {
		at = s.rows[i].Over
	}
	return at.Problem(IndicatorsFile, "", "")
}

// Read reads the three files. It reports whether there was nothing wrong; what
// could be read is there in any case.
func Read(fsys fs.FS, all *diag.List) (Settings, bool) {
	list := all.Part()
	s := Settings{Site: readSite(fsys, list)}
	s.rows, s.Indicators = readIndicators(fsys, list)
	var c campaign
	yamlfile.Read(fsys, CampaignFile, &c, list)
	s.Campaign = c.Campaign
	s.Campaign.State = yamlfile.OneOf(&yamlfile.Check{File: CampaignFile, List: list}, c.State, "stato", "dimostrativa", "aperta", "chiusa")
	return s, list.Len() == 0
}

// row is one indicator as it is written down.
type row struct {
	yamlfile.Place
	ID       yamlfile.Word   `yaml:"id,required"`
	Theme    string          `yaml:"tema"`
	Form     yamlfile.Word   `yaml:"forma,required"`
	Value    yamlfile.Word   `yaml:"valore,required"`
	Over     yamlfile.Word   `yaml:"su"`
	Per      yamlfile.Word   `yaml:"per"`
	Decimals int             `yaml:"decimali"`
	Breaks   []yamlfile.Word `yaml:"soglie,required"`
	Less     bool            `yaml:"meno"`
}

// innerEdges is the number of edges between the five map classes.
const innerEdges = 4

func readIndicators(fsys fs.FS, list *diag.List) ([]row, []stat.Indicator) {
	var file struct {
		Rows []row `yaml:"indicatori,required"`
	}
	yamlfile.Read(fsys, IndicatorsFile, &file, list)
	c := &yamlfile.Check{File: IndicatorsFile, List: list}
	seen := map[string]yamlfile.Place{}
	var out []stat.Indicator
	for _, r := range file.Rows {
		out = append(out, r.indicator(c, seen))
	}
	return file.Rows, out
}

// indicator checks a row.
func (r row) indicator(c *yamlfile.Check, seen map[string]yamlfile.Place) stat.Indicator {
	c.ID(r.ID, "id", seen)
	x := stat.Indicator{ID: r.ID.Text, Theme: r.Theme, Value: r.Value.Text, Over: r.Over.Text, Decimals: r.Decimals, LessIsBetter: r.Less,
		Form: yamlfile.OneOf(c, r.Form, "forma", stat.Share, stat.Rate, stat.Median)}
	if x.Form == stat.Rate && (x.Over == "" || r.Per.Text == "") {
		c.At(r.Form.Place, "a tasso wants su and per too", "for example su: residenti, per: 1000")
	}
	if r.Per.Text != "" {
		if x.Per = number(c, r.Per); x.Per <= 0 && !math.IsNaN(x.Per) {
			c.At(r.Per.Place, fmt.Sprintf("per is %q, want more than 0", r.Per.Text), "")
		}
	}
	for _, w := range r.Breaks {
		x.Breaks = append(x.Breaks, number(c, w))
	}
	if read := !slices.ContainsFunc(x.Breaks, math.IsNaN); read && len(x.Breaks) > 0 && (len(x.Breaks) != innerEdges || !slices.IsSorted(x.Breaks)) {
		c.At(r.Breaks[0].Place, fmt.Sprintf("soglie are %s, want four rising numbers", strings.Join(yamlfile.Texts(r.Breaks), ", ")), "")
	}
	return x
}

// number reads a finite number; of what is none it is NaN, and reported.
func number(c *yamlfile.Check, w yamlfile.Word) float64 {
	n, err := strconv.ParseFloat(w.Text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		c.At(w.Place, fmt.Sprintf("%q stands here, want a number", w.Text), "")
		return math.NaN()
	}
	return n
}
