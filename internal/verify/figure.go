package verify

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"mappa/internal/diag"
)

// Where a figure of the survey says where it comes from.
const (
	figureAttr   = "data-cifra" // of an element: all numbers in it are of this figure, or of these
	figureColumn = "cifra"      // of a table: the numbers under shareColumns are
	baseColumn   = "cifra_base" // of a table: the numbers under baseColumns are; without it they are of figureColumn
)

// Columns of a table that hold numbers of a figure.
var (
	shareColumns = []string{"quota", "valore", "media", "stima", "stima_da", "stima_a", "stima_residenti"}
	baseColumns  = []string{"base", "risposta_comuni", "risposta_residenti"}
)

const figureHint = "print only what disclosure publishes, under the key it comes with"

// figure is an element that prints a figure, while it is open.
type figure struct {
	keys  []string
	depth int // elements that were open around it
	off   int
	text  strings.Builder
}

// printed looks at the start of an element.
func (r *reader) printed() {
	if r.broken || !r.attrs.has(figureAttr) {
		return
	}
	if r.figure != nil {
		r.wrong(r.off, "", "a figure stands inside a figure")
		return
	}
	r.figure = &figure{keys: strings.Fields(r.attrs.get(figureAttr)), depth: len(r.open) - 1, off: r.off}
}

// ended is the end of an element that may be a figure.
func (r *reader) ended() {
	if f := r.figure; f != nil && len(r.open) == f.depth {
		r.figure = nil
		for _, fault := range r.gates.unlike(f.keys, numbers(decoded([]byte(f.text.String())))) {
			r.wrong(f.off, figureHint, "%s", fault)
		}
	}
}

// unlike says what is wrong with numbers that are printed under keys: each must have
// been published under one of them, and each of them must have one.
func (g *Gates) unlike(keys []string, printed []float64) (faults []string) {
	if len(keys) == 1 && len(printed) > 0 {
		for _, n := range printed {
			if fault := g.unpublished(keys[0], n); fault != "" {
				faults = append(faults, fault)
			}
		}
		return faults
	}
	left := slices.Clone(printed)
	for _, key := range keys {
		p, any := g.figures[key], false
		if p == nil {
			return []string{g.unpublished(key, 0)}
		}
		for _, n := range printed {
			if p.find(n) {
				any = true
				left = slices.DeleteFunc(left, func(x float64) bool { return x == n })
			}
		}
		if !any {
			faults = append(faults, fmt.Sprintf("the figure %q has no number", key))
		}
	}
	if len(left) > 0 {
		faults = append(faults, fmt.Sprintf("under %q stands another number than the published one", strings.Join(keys, " ")))
	}
	return faults
}

// published is a figure that may be printed, and what of it was.
type published struct {
	numbers []float64
	found   []atomic.Bool // by number
}

func newPublished(figures map[string][]float64) map[string]*published {
	out := make(map[string]*published, len(figures))
	for key, numbers := range figures {
		out[key] = &published{numbers, make([]atomic.Bool, len(numbers))}
	}
	return out
}

// find notes that a number was printed; false of one that was not published. Words may
// have its sign.
func (p *published) find(n float64) bool {
	if !slices.Contains(p.numbers, n) {
		return false
	}
	for i, may := range p.numbers {
		if math.Abs(may) == math.Abs(n) && !p.found[i].Load() {
			p.found[i].Store(true)
		}
	}
	return true
}

// unpublished says what is wrong with a number that is printed under a key; never
// which number it is.
func (g *Gates) unpublished(key string, n float64) string {
	p, ok := g.figures[key]
	switch {
	case !ok:
		return fmt.Sprintf("a figure of the survey is printed that was not published: %q", key)
	case !p.find(n):
		return fmt.Sprintf("under %q stands another number than the published one", key)
	}
	return ""
}

// nowhere reports published figures that no file has: what nobody prints is not to be
// published, for every figure gives something away.
func (g *Gates) nowhere() (out []diag.Problem) {
	for _, key := range slices.Sorted(maps.Keys(g.figures)) {
		for i := range g.figures[key].found {
			if !g.figures[key].found[i].Load() {
				out = append(out, diag.Problem{File: key, Text: "this figure of the survey was published and stands nowhere, or not in full", Hint: "print it, or do not publish it"})
				break
			}
		}
	}
	return out
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

// figures holds columns of a table that are figures of the survey against them.
type figures struct {
	key    int
	shares []int
}

// newFigures finds the columns; none of a table without.
func newFigures(head []string) (out []figures) {
	key, base := slices.Index(head, figureColumn), slices.Index(head, baseColumn)
	if key < 0 {
		return nil
	}
	shares, bases := figures{key: key}, figures{key: base}
	for i, name := range head {
		switch {
		case slices.Contains(shareColumns, name), base < 0 && slices.Contains(baseColumns, name):
			shares.shares = append(shares.shares, i)
		case slices.Contains(baseColumns, name):
			bases.shares = append(bases.shares, i)
		}
	}
	if out = append(out, shares); base >= 0 {
		out = append(out, bases)
	}
	return out
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
