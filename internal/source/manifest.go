package source

import (
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Adapters, as manifests name them.
const (
	adapterProjects = "progetti"
	adapterTable    = "tabella"
)

type word = yamlfile.Word

// Header is what every manifest says.
type Header struct {
	Title      word      `yaml:"titolo,required"`
	Publisher  word      `yaml:"editore,required"`
	Licence    word      `yaml:"licenza,required"`
	LicenceURL word      `yaml:"licenza_url,required"`
	URL        word      `yaml:"url,required"`
	Adapter    word      `yaml:"adattatore"`
	Note       word      `yaml:"nota"`
	Exceptions []special `yaml:"eccezioni"`
}

// special is a row, or several, that the rules would misjudge: of those that
// hold all the keys given, the Comune or that they are left out, and why.
type special struct {
	ISTAT  word `yaml:"codice"`
	IPA    word `yaml:"ipa"`
	Body   word `yaml:"ente"`
	CUP    word `yaml:"cup"`
	Comune word `yaml:"comune"` // cadastral code, of a Comune in force
	Out    bool `yaml:"escludi"`
	Reason word `yaml:"ragione,required"`
}

// readManifest reads a manifest into *projectManifest or *tableManifest, by its
// adapter; nil when it does not say how the files are to be read.
func readManifest(fsys fs.FS, file string, list *diag.List) any {
	var head struct {
		Adapter word     `yaml:"adattatore"`
		Rest    struct{} `yaml:"*"`
	}
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		list.File(file, "the manifest of the source is missing", "write one as the other folders have, or delete the folder")
		return nil
	}
	if !yamlfile.Decode(raw, file, &head, list) {
		return nil
	}
	c := &yamlfile.Check{File: file, List: list}
	switch yamlfile.OneOf(c, head.Adapter, "adattatore", adapterProjects, adapterTable) {
	case adapterProjects:
		if m := (&projectManifest{file: file}); yamlfile.Decode(raw, file, m, list) && m.check(c) {
			return m
		}
	case adapterTable:
		if m := (&tableManifest{file: file}); yamlfile.Decode(raw, file, m, list) && m.check(c) {
			return m
		}
	default:
		if head.Adapter.Text == "" {
			c.At(yamlfile.Place{Line: 1, Col: 1}, `the key "adattatore" is missing`, fmt.Sprintf("it is %s or %s", adapterProjects, adapterTable))
		}
	}
	return nil
}

func (h Header) check(c *yamlfile.Check) {
	for _, w := range []word{h.LicenceURL, h.URL} {
		if _, ok := webAddress(w.Text); !ok {
			c.At(w.Place, fmt.Sprintf("%q is not an address, want https://…", w.Text), "")
		}
	}
	for _, e := range h.Exceptions {
		if e.ISTAT.Text+e.IPA.Text+e.Body.Text+e.CUP.Text == "" {
			c.At(e.Reason.Place, "the exception names no row, want codice, ipa, ente or cup", "")
		}
		if e.Out == (e.Comune.Text != "") {
			c.At(e.Reason.Place, "the exception says neither or both of comune and escludi, want one", "")
		}
	}
}

// source is the public part of the manifest.
func (h Header) source(id string) Source {
	return Source{ID: id, Title: h.Title.Text, Publisher: h.Publisher.Text, Licence: h.Licence.Text, LicenceURL: h.LicenceURL.Text,
		URL: h.URL.Text, Note: h.Note.Text, Adapter: h.Adapter.Text}
}

// webAddress reports whether s is an http or https address with a host that
// can be one, and returns it trimmed.
func webAddress(s string) (string, bool) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	for _, r := range host {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' {
			return "", false
		}
	}
	if first, last, ok := strings.Cut(host, "."); !ok || first == "" || last == "" || strings.Contains(host, "..") {
		return "", false
	}
	return u.String(), true
}
