package content

import (
	"fmt"
	"strings"
)

// Citation is how a report, or a chapter of it, is cited. The site fills in
// address, publisher, licence and checksum.
type Citation struct {
	Authors   []string
	Title     string // of the chapter, or of the report
	In        string // the report, when a chapter is cited
	Year      int
	Version   string
	Publisher string
	URL       string
	Checksum  string // of the frozen edition: sha256-…; "" while it is not frozen
	Licence   string
}

// Cite is the citation of a document of the report.
func (r Report) Cite(d *Document) Citation {
	c := Citation{Authors: r.Index.Front.Authors, Title: r.Index.Title, Year: r.Year, Version: r.Index.Front.Version}
	if d != r.Index {
		c.Title, c.In = d.Title, r.Index.Title
	}
	return c
}

// Plain is the citation as an Italian footnote has it.
func (c Citation) Plain() string {
	in := ""
	if c.In != "" {
		in = "in " + c.In
	}
	title := "«" + c.Title + "»"
	return sentence(", ", c.who(), title, in, prefixed("versione ", c.Version), fmt.Sprint(c.Year), c.URL, c.Checksum) + prefixed(" ", c.Licence)
}

// APA is the citation in the style of the American Psychological Association.
func (c Citation) APA() string {
	title := c.Title
	if c.In != "" {
		title += ". In " + c.In
	}
	if c.Version != "" {
		title += " (versione " + c.Version + ")"
	}
	return sentence(". ", fmt.Sprintf("%s (%d)", c.who(), c.Year), title, c.publisher()) + prefixed(" ", c.URL)
}

// BibTeX is the citation as a BibTeX entry. Braces and backslashes in the fields
// are taken out, since a field cannot hold them safely.
func (c Citation) BibTeX() string {
	kind, key := "techreport", fmt.Sprintf("mappa%d", c.Year)
	if c.In != "" {
		kind, key = "incollection", key+"-"+slug(c.Title)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s,\n", kind, key)
	for _, f := range [][2]string{{"author", strings.Join(c.Authors, " and ")}, {"title", c.Title}, {"booktitle", c.In},
		{"year", fmt.Sprint(c.Year)}, {"version", c.Version}, {"institution", c.publisher()}, {"url", c.URL},
		{"note", sentence(", ", c.Licence, c.Checksum)}} {
		if v := strings.NewReplacer("{", "", "}", "", "\\", "").Replace(strings.TrimSuffix(f[1], ".")); v != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", f[0], v)
		}
	}
	return b.String() + "}\n"
}

func (c Citation) who() string { return strings.Join(c.Authors, ", ") }

// publisher is left out where it is the author.
func (c Citation) publisher() string {
	if c.Publisher == c.who() {
		return ""
	}
	return c.Publisher
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// sentence joins the parts that are there and closes with a full stop.
func sentence(sep string, parts ...string) string {
	var have []string
	for _, p := range parts {
		if p != "" {
			have = append(have, p)
		}
	}
	if len(have) == 0 {
		return ""
	}
	return strings.Join(have, sep) + "."
}
