// Package settings reads the few files that say what this site is: data/sito.toml
// (title, address, display date), data/rilevazione.yaml (how to take part) and
// data/indicatori.yaml (what readers can look up).
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

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

// Site is data/sito.toml.
type Site struct {
	Title      string         `toml:"titolo"`
	Owner      string         `toml:"titolare"`
	OwnerShort string         `toml:"titolare_breve"`
	Address    string         `toml:"indirizzo"` // scheme and host, no closing slash
	Theme      string         `toml:"tema"`
	Lang       string         `toml:"lingua"`
	Display    toml.LocalDate `toml:"data_territorio"`
	Updated    toml.LocalDate `toml:"aggiornato"`
	Version    string         `toml:"versione"`
	Edition    string         `toml:"edizione"`   // of the survey: folder under data/indagini
	Production bool           `toml:"produzione"` // refuses fictional data
}

// DisplayDate is the date all places are shown at.
func (s Site) DisplayDate() atlas.Date { return civil(s.Display) }

// UpdatedDate is the date of the last update, printed on every page.
func (s Site) UpdatedDate() atlas.Date { return civil(s.Updated) }

func civil(d toml.LocalDate) atlas.Date { return atlas.Date(d.Year*10000 + d.Month*100 + d.Day) }

// Campaign is data/rilevazione.yaml: when and how a Comune takes part. Empty
// fields are not known and are not shown.
type Campaign struct {
	State   string     `yaml:"stato"` // dimostrativa, aperta or chiusa
	Edition string     `yaml:"edizione"`
	Opens   atlas.Date `yaml:"apertura"`
	Closes  atlas.Date `yaml:"chiusura"`
	Contact string     `yaml:"recapito"`
	Address string     `yaml:"indirizzo"`
}

// Settings is all of it.
type Settings struct {
	Site       Site
	Campaign   Campaign
	Indicators []stat.Indicator // without Source, Dates and Demo, which follow from the data
}

// Read reads the three files.
func Read(fsys fs.FS, list *diag.List) (Settings, bool) {
	before := list.Len()
	s := Settings{Site: readSite(fsys, list), Indicators: readIndicators(fsys, list)}
	if yamlfile.Read(fsys, CampaignFile, &s.Campaign, list) {
		if states := []string{"dimostrativa", "aperta", "chiusa"}; !slices.Contains(states, s.Campaign.State) {
			list.File(CampaignFile, fmt.Sprintf("stato is %q, want one of %s", s.Campaign.State, strings.Join(states, ", ")), "")
		}
	}
	return s, list.Len() == before
}

func readSite(fsys fs.FS, list *diag.List) (s Site) {
	raw, err := fs.ReadFile(fsys, SiteFile)
	if err != nil {
		list.File(SiteFile, "the file is missing or cannot be read", "a site folder holds data, content and themes; choose one with -C")
		return s
	}
	d := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		siteFault(err, list)
		return s
	}
	if u, err := url.Parse(s.Address); err != nil || u.Host == "" || strings.HasSuffix(s.Address, "/") {
		list.File(SiteFile, fmt.Sprintf("indirizzo is %q, want scheme and host without a closing slash", s.Address), `for example "https://www.example.it"`)
	}
	for key, v := range map[string]string{"titolo": s.Title, "tema": s.Theme, "lingua": s.Lang, "edizione": s.Edition} {
		if v == "" {
			list.File(SiteFile, fmt.Sprintf("the key %q is missing or empty", key), "")
		}
	}
	if s.Display.Year == 0 || s.Updated.Year == 0 {
		list.File(SiteFile, "data_territorio and aggiornato must both be dates", "for example data_territorio = 2026-08-14")
	}
	return s
}

// siteFault turns the TOML library's errors into problems with their place.
func siteFault(err error, list *diag.List) {
	keys := []string{"titolo", "titolare", "titolare_breve", "indirizzo", "tema", "lingua", "data_territorio", "aggiornato", "versione", "edizione", "produzione"}
	var strict *toml.StrictMissingError
	var one *toml.DecodeError
	switch {
	case errors.As(err, &strict):
		for _, e := range strict.Errors {
			line, col := e.Position()
			key := strings.Join(e.Key(), ".")
			list.Add(diag.Problem{File: SiteFile, Line: line, Col: col,
				Text: fmt.Sprintf("the key %q is not known here", key), Hint: diag.DidYouMean(key, keys)})
		}
	case errors.As(err, &one):
		line, col := one.Position()
		list.Add(diag.Problem{File: SiteFile, Line: line, Col: col,
			Text: "this is not as wanted: " + strings.TrimPrefix(one.Error(), "toml: "), Hint: "text stands in quotes, dates and true or false without"})
	default:
		list.File(SiteFile, err.Error(), "")
	}
}

// row is one indicator as it is written down.
type row struct {
	ID       string    `yaml:"id"`
	Theme    string    `yaml:"tema"`
	Form     stat.Form `yaml:"forma"`
	Value    string    `yaml:"valore"`
	Over     string    `yaml:"su"`
	Per      float64   `yaml:"per"`
	Decimals int       `yaml:"decimali"`
	Breaks   []float64 `yaml:"soglie"`
	Less     bool      `yaml:"meno"`
}

// innerEdges is the number of edges between the five map classes.
const innerEdges = 4

func readIndicators(fsys fs.FS, list *diag.List) []stat.Indicator {
	var file struct {
		Rows []row `yaml:"indicatori"`
	}
	if !yamlfile.Read(fsys, IndicatorsFile, &file, list) {
		return nil
	}
	out := make([]stat.Indicator, len(file.Rows))
	seen := map[string]bool{}
	for i, r := range file.Rows {
		for _, fault := range r.faults(seen) {
			list.File(IndicatorsFile, fmt.Sprintf("indicator %d (%q): %s", i+1, r.ID, fault), "")
		}
		seen[r.ID] = true
		out[i] = stat.Indicator{ID: r.ID, Theme: r.Theme, Form: r.Form, Value: r.Value, Over: r.Over,
			Per: r.Per, Decimals: r.Decimals, Breaks: r.Breaks, LessIsBetter: r.Less}
	}
	return out
}

func (r row) faults(seen map[string]bool) (out []string) {
	if r.ID == "" || strings.Trim(r.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		out = append(out, "id wants small letters, digits and hyphens")
	}
	if seen[r.ID] {
		out = append(out, "the id stands twice")
	}
	if !slices.Contains([]stat.Form{stat.Share, stat.Rate, stat.Median}, r.Form) {
		out = append(out, fmt.Sprintf("forma is %q, want quota, tasso or mediana", r.Form))
	}
	if r.Value == "" || r.Form == stat.Rate && (r.Over == "" || r.Per <= 0) {
		out = append(out, "valore, and for a tasso also su and per, must be given")
	}
	if len(r.Breaks) != innerEdges || !slices.IsSorted(r.Breaks) {
		out = append(out, "soglie wants four rising numbers")
	}
	return out
}
