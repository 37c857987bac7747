package site

import (
	"html"
	"html/template"
	"strconv"
)

// grid is a table as the pages show it. It is written by Go and not by a
// template because a national site has tens of thousands of them.
type grid struct {
	Class    string // of the table element, "" for none
	Title    string // first line of the caption
	Sub      string // its second line: unit, date, how to read
	Head     []heading
	Rows     []line
	Sortable bool // the script may sort it; without script it stands as given
}

// heading is a column's.
type heading struct {
	Text   string
	Number bool   // numbers are set to the right
	Order  string // "descending" or "ascending" where the rows stand in this column's order
}

// line is a row; its first cell is its heading.
type line struct {
	Class string
	Cells []cell
}

// cell is one cell. Text is escaped, HTML is not; one of them is set.
type cell struct {
	Text  string
	HTML  template.HTML
	Href  string // of Text
	Note  string // small, after the text: LI
	Under string // small, on a line below the text
	Sort  string // what it is sorted by, where that is not Text
	Class string
	// Figure is where the number comes from, if it is one of the survey.
	Figure string
}

// HTML is the table as markup.
func (g grid) HTML() template.HTML {
	b := make([]byte, 0, g.size())
	b = append(b, "<table"...)
	class := g.Class
	b = attr(b, "class", class)
	b = append(b, '>')
	if g.Title != "" || g.Sub != "" {
		b = append(b, "<caption>"...)
		if g.Title != "" {
			b = append(append(append(b, "<b>"...), html.EscapeString(g.Title)...), "</b>"...)
		}
		b = append(append(b, html.EscapeString(g.Sub)...), "</caption>"...)
	}
	b = g.head(b)
	b = append(b, "<tbody>"...)
	for _, r := range g.Rows {
		b = g.row(b, r)
	}
	return template.HTML(append(b, "</tbody></table>"...)) // safe: every string above is escaped
}

// size is about how long the markup gets.
func (g grid) size() int {
	const tags, cellTags = 512, 64
	n := tags + cellTags*len(g.Head)
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			n += cellTags + len(c.Text) + len(c.HTML) + len(c.Href) + len(c.Note) + len(c.Under)
		}
	}
	return n
}

func (g grid) head(b []byte) []byte {
	b = append(b, "<thead><tr>"...)
	for _, h := range g.Head {
		b = append(b, `<th scope="col"`...)
		if h.Number {
			b = attr(b, "class", "r")
		}
		if g.Sortable {
			b = attr(b, "data-sort", map[bool]string{true: "number", false: "text"}[h.Number])
		}
		b = attr(b, "aria-sort", h.Order)
		b = append(append(b, '>'), html.EscapeString(h.Text)...)
		b = append(b, "</th>"...)
	}
	return append(b, "</tr></thead>"...)
}

func (g grid) row(b []byte, r line) []byte {
	b = attr(append(b, "<tr"...), "class", r.Class)
	b = append(b, '>')
	for i, c := range r.Cells {
		tag := "td"
		if i == 0 {
			tag = "th"
			b = append(b, `<th scope="row"`...)
		} else {
			b = append(b, "<td"...)
		}
		class := c.Class
		if i < len(g.Head) && g.Head[i].Number {
			class = join(class, "r")
		}
		b = attr(b, "class", class)
		b = attr(b, "data-cifra", c.Figure)
		if g.Sortable && (c.Sort != "" || c.HTML != "") {
			b = append(append(append(b, ` data-value="`...), html.EscapeString(c.Sort)...), '"')
		}
		b = append(b, '>')
		b = c.inner(b)
		b = append(append(append(b, "</"...), tag...), '>')
	}
	return append(b, "</tr>"...)
}

func (c cell) inner(b []byte) []byte {
	if c.HTML != "" {
		return append(b, c.HTML...)
	}
	if c.Href != "" {
		b = append(attr(append(b, "<a"...), "href", c.Href), '>')
	}
	b = append(b, html.EscapeString(c.Text)...)
	if c.Href != "" {
		b = append(b, "</a>"...)
	}
	if c.Note != "" {
		b = append(append(append(b, ` <span class="soft">`...), html.EscapeString(c.Note)...), "</span>"...)
	}
	if c.Under != "" {
		b = append(append(append(b, `<br><span class="note">`...), html.EscapeString(c.Under)...), "</span>"...)
	}
	return b
}

// attr appends an attribute, unless it is empty.
func attr(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, ' '), name...), `="`...)
	return append(append(b, html.EscapeString(value)...), '"')
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// sortKey is a number as a table's script sorts it.
func sortKey(v float64) string { return strconv.FormatFloat(v, 'g', 10, 64) }
