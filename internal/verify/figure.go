package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Where a figure of the survey says where it comes from.
const (
	figureAttr   = "data-cifra" // of an element: all numbers in it are of this figure
	figureColumn = "cifra"      // of a table: the numbers under shareColumns are
)

// shareColumns are those of a table that hold numbers of a figure.
var shareColumns = []string{"quota", "media", "stima", "stima_da", "stima_a", "stima_residenti"}

const figureHint = "print only what disclosure publishes, under the key it comes with"

// figure is an element that prints a figure, while it is open.
type figure struct {
	key   string
	depth int // elements that were open around it
	off   int
	text  strings.Builder
}

// printed looks at the start of an element.
func (r *reader) printed() {
	key := r.attrs.get(figureAttr)
	if r.broken || !r.attrs.has(figureAttr) {
		return
	}
	if r.figure != nil {
		r.wrong(r.off, "", "a figure stands inside a figure")
		return
	}
	r.figure = &figure{key: key, depth: len(r.open) - 1, off: r.off}
}

// ended is the end of an element that may be a figure.
func (r *reader) ended() {
	if f := r.figure; f != nil && len(r.open) == f.depth {
		r.figure = nil
		found := numbers(decoded([]byte(f.text.String())))
		if len(found) == 0 {
			r.wrong(f.off, "take the attribute off where there is no number", "the figure %q has no number", f.key)
		}
		for _, n := range found {
			if fault := r.gates.unpublished(f.key, n); fault != "" {
				r.wrong(f.off, figureHint, "%s", fault)
			}
		}
	}
}

// unpublished says what is wrong with a number that is printed under a key; never
// which number it is.
func (g *Gates) unpublished(key string, n float64) string {
	may, ok := g.rules.Figures[key]
	switch {
	case !ok:
		return fmt.Sprintf("a figure of the survey is printed that was not published: %q", key)
	case !slices.Contains(may, n):
		return fmt.Sprintf("under %q stands another number than the published one", key)
	}
	return ""
}

// numbers are the numbers of a text as Italian and English have them: 67,3 and 67.3,
// 4.602 and 4,602. No figure has three decimals.
func numbers(text string) (out []float64) {
	digits := func(i int) (n int) {
		for i+n < len(text) && '0' <= text[i+n] && text[i+n] <= '9' {
			n++
		}
		return n
	}
	const thousand = 3 // digits
	for i := 0; i < len(text); {
		n := digits(i)
		if n == 0 {
			i++
			continue
		}
		number := text[i : i+n]
		for i += n; i < len(text) && (text[i] == ',' || text[i] == '.'); {
			n := digits(i + 1)
			if n == 0 {
				break
			}
			if n != thousand {
				number += "."
			}
			number += text[i+1 : i+1+n]
			if i += 1 + n; n != thousand {
				break
			}
		}
		if v, err := strconv.ParseFloat(number, 64); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// figures holds a table whose rows are figures of the survey against them.
type figures struct {
	key    int
	shares []int
}

// newFigures finds the columns; false of a table without.
func newFigures(head []string) (figures, bool) {
	f := figures{key: slices.Index(head, figureColumn)}
	for i, name := range head {
		if slices.Contains(shareColumns, name) {
			f.shares = append(f.shares, i)
		}
	}
	return f, f.key >= 0
}

// check looks at a row; column says where a cell stands.
func (f figures) check(d *document, row []string, at func(column int) position) {
	wrong := func(column int, text string) {
		p := problem(d.path, at(column), text)
		p.Hint = figureHint
		d.found = append(d.found, p)
	}
	key, any := row[f.key], false
	for _, i := range f.shares {
		if row[i] == "" {
			continue
		}
		any = true
		n, err := strconv.ParseFloat(strings.Replace(row[i], ",", ".", 1), 64)
		switch fault := d.gates.unpublished(key, n); {
		case key == "":
			wrong(i, "a share of the survey does not say where it comes from")
		case err != nil:
			wrong(i, "a share of the survey is no number")
		case fault != "":
			wrong(i, fault)
		}
	}
	if key != "" && !any {
		wrong(f.key, fmt.Sprintf("the figure %q has no number", key))
	}
}

// apart notes a cell with a per cent that is no figure, for its table.
func (r *reader) apart(name string) {
	switch name {
	case "table":
		r.sharing, r.stray = false, nil
	case "td":
		if !r.attrs.has(figureAttr) {
			r.bare = new(strings.Builder)
		} else {
			r.sharing = true
		}
	}
}

// joined is the end of a cell, and of a table: where one cell says that it is a
// figure, all that have a per cent must.
func (r *reader) joined(name string, off int) {
	switch {
	case name == "td" && r.bare != nil:
		if strings.Contains(r.bare.String(), "%") {
			r.stray = append(r.stray, off)
		}
		r.bare = nil
	case name == "table" && r.sharing:
		for _, off := range r.stray {
			r.wrong(off, figureHint, "a share in a table of the survey does not say where it comes from")
		}
	}
}
