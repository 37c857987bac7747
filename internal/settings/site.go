package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
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
	Edition    string         `toml:"edizione"`    // of the survey: folder under data/indagini
	Production bool           `toml:"produzione"`  // refuses fictional data
	Rankings   *bool          `toml:"classifiche"` // false takes every rank off the site

	places map[string]yamlfile.Place // where the value of each key stands
}

// DisplayDate is the date all places are shown at.
func (s Site) DisplayDate() atlas.Date { return civil(s.Display) }

// UpdatedDate is the date of the last update, printed on every page.
func (s Site) UpdatedDate() atlas.Date { return civil(s.Updated) }

// Ranked reports whether the site may say who comes before whom; it may unless
// the file says no.
func (s Site) Ranked() bool { return s.Rankings == nil || *s.Rankings }

func civil(d toml.LocalDate) atlas.Date { return atlas.Date(d.Year*10000 + d.Month*100 + d.Day) }

// Setting is the display date with its place, for messages.
func (s Site) Setting() atlas.Setting {
	at := s.places["data_territorio"]
	return atlas.Setting{Date: s.DisplayDate(), File: SiteFile, Line: at.Line, Col: at.Col}
}

// Problem is a fault of the value of a key of data/sito.toml.
func (s Site) Problem(key, text, hint string) diag.Problem {
	return s.places[key].Problem(SiteFile, text, hint)
}

func readSite(fsys fs.FS, list *diag.List) (s Site) {
	raw, err := fs.ReadFile(fsys, SiteFile)
	if err != nil {
		list.File(SiteFile, "the file is missing or cannot be read", "a site folder holds data, content and themes; choose one with -C")
		return s
	}
	read, faulty := decodeSite(raw, &s, list)
	s.places = places(read)
	add := func(key, text, hint string) {
		if !faulty[key] {
			list.Add(s.Problem(key, text, hint))
		}
	}
	for _, k := range []struct{ key, value string }{{"titolo", s.Title}, {"indirizzo", s.Address}, {"tema", s.Theme}, {"lingua", s.Lang}, {"edizione", s.Edition}} {
		if k.value == "" {
			add(k.key, fmt.Sprintf("the key %q is missing or empty", k.key), "")
		}
	}
	if u, err := url.Parse(s.Address); s.Address != "" && (err != nil || u.Host == "" || strings.HasSuffix(s.Address, "/")) {
		add("indirizzo", fmt.Sprintf("indirizzo is %q, want scheme and host without a closing slash", s.Address), `for example "https://www.example.it"`)
	}
	for _, k := range []struct {
		key  string
		date toml.LocalDate
	}{{"data_territorio", s.Display}, {"aggiornato", s.Updated}} {
		if k.date.Year == 0 {
			add(k.key, fmt.Sprintf("the key %q is missing, want a date", k.key), fmt.Sprintf("for example %s = 2026-08-14", k.key))
		}
	}
	return s
}

// decodeSite reads what can be read. The TOML library stops at the first fault:
// it is asked again without the line at fault, until there is none. What was read
// at last is returned, and the keys of such lines and those that an unknown one
// was probably meant to be.
func decodeSite(raw []byte, s *Site, list *diag.List) (read []byte, faulty map[string]bool) {
	faulty = map[string]bool{}
	lines := bytes.SplitAfter(raw, []byte("\n"))
	for range len(lines) + 1 {
		*s = Site{}
		read = bytes.Join(lines, nil)
		err := toml.NewDecoder(bytes.NewReader(read)).DisallowUnknownFields().Decode(s)
		var strict *toml.StrictMissingError
		var one *toml.DecodeError
		switch {
		case errors.As(err, &strict):
			for _, e := range strict.Errors {
				line, col := e.Position()
				key := strings.Join(e.Key(), ".")
				faulty[diag.Nearest(key, siteKeys())] = true
				list.Add(diag.Problem{File: SiteFile, Line: line, Col: col,
					Text: fmt.Sprintf("the key %q is not known here", key), Hint: diag.DidYouMean(key, siteKeys())})
			}
			return read, faulty
		case errors.As(err, &one):
			line, col := one.Position()
			list.Add(diag.Problem{File: SiteFile, Line: line, Col: col,
				Text: "this is not as wanted: " + strings.TrimPrefix(one.Error(), "toml: "), Hint: "text stands in quotes, dates and true or false without"})
			if line < 1 || line > len(lines) {
				return nil, allFaulty()
			}
			key, _, _ := bytes.Cut(lines[line-1], []byte("="))
			faulty[strings.TrimSpace(string(key))] = true
			lines[line-1] = []byte("\n")
		case err != nil:
			list.File(SiteFile, err.Error(), "")
			return nil, allFaulty()
		default:
			return read, faulty
		}
	}
	return read, faulty
}

// siteKeys are the keys of data/sito.toml.
func siteKeys() []string {
	return []string{"titolo", "titolare", "titolare_breve", "indirizzo", "tema", "lingua", "data_territorio", "aggiornato", "versione", "edizione", "produzione", "classifiche"}
}

// allFaulty is every key: nothing is known of the file.
func allFaulty() map[string]bool {
	out := map[string]bool{}
	for _, k := range siteKeys() {
		out[k] = true
	}
	return out
}

// places are where the values of the keys stand, as far as the file can be read.
func places(raw []byte) map[string]yamlfile.Place {
	out := map[string]yamlfile.Place{}
	var p unstable.Parser
	p.Reset(raw)
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue {
			continue
		}
		key := e.Key()
		key.Next()
		at := e.Value().Raw
		if at.Length == 0 {
			at = key.Node().Raw
		}
		start := p.Shape(at).Start
		out[string(key.Node().Data)] = yamlfile.Place{Line: start.Line, Col: start.Column}
	}
	return out
}
