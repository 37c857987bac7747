package verify

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"mappa/internal/diag"
)

// Where a figure of the survey says where it comes from.
const (
	figureAttr   = "data-cifra" // of an element: all numbers in it are of this figure, or of these
	saidAttr     = "data-cifre" // of an element: all per cents of its spokenAttrs are of these
	proseAttr    = "data-p"     // of an element: what it says rests on these; its number may be typed coarser
	figureColumn = "cifra"      // of a table: the numbers under shareColumns are
	baseColumn   = "cifra_base" // of a table: the numbers under baseColumns are; without it they are of figureColumn
)

// Columns of a table that hold numbers of a figure.
var (
	shareColumns = []string{"quota", "valore", "media", "stima", "stima_da", "stima_a", "stima_residenti"}
	baseColumns  = []string{"base", "risposta_comuni", "risposta_residenti"}
)

const figureHint = "print only what disclosure publishes, under the key it comes with"

// spokenAttrs are attributes whose text is shown or read aloud.
var spokenAttrs = []string{"aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "content", "summary", "label", "value"}

// figure is an element that prints a figure, while it is open.
type figure struct {
	keys  []string
	depth int // elements that were open around it
	off   int
	text  strings.Builder
}

// printed looks at the start of an element.
func (r *reader) printed() {
	r.said()
	if r.broken || !r.attrs.has(figureAttr) {
		return
	}
	if r.survey != nil {
		r.survey.write(r.off, []byte(figureMark))
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

// said holds the per cents that attributes say against their keys.
func (r *reader) said() {
	for key := range strings.FieldsSeq(r.attrs.get(proseAttr)) {
		if _, ok := r.gates.figures[key]; !ok {
			r.wrong(r.off, figureHint, "%s", r.gates.unpublished(key, 0))
		}
	}
	var printed []float64
	for _, name := range spokenAttrs {
		if r.attrs.has(name) && (r.survey != nil || r.attrs.has(saidAttr)) {
			printed = append(printed, perCents(r.gates.unworded(r.attrs.get(name)))...)
		}
	}
	keys := strings.Fields(r.attrs.get(saidAttr))
	switch {
	case len(keys) > 0:
		for _, fault := range r.gates.unlike(keys, printed) {
			r.wrong(r.off, figureHint, "%s", fault)
		}
	case len(printed) > 0:
		r.wrong(r.off, figureHint, "a share in an attribute does not say where it comes from")
	}
}

// prose is the text of a page that is no figure.
type prose struct {
	text   strings.Builder
	pieces []piece
}

// piece is where a part of a prose stands in the document.
type piece struct{ at, off int }

// figureMark stands in a prose for a figure, and for whatever parts words.
const figureMark = "\n"

func (p *prose) write(off int, text []byte) {
	p.pieces = append(p.pieces, piece{p.text.Len(), off})
	p.text.Write(text)
}

// parted notes an element that parts words.
func (r *reader) parted(name string) {
	switch name {
	case "a", "b", "i", "em", "strong", "span", "abbr", "small", "sup", "sub", "code", "tspan":
		return
	}
	if r.survey != nil {
		r.survey.write(r.off, []byte(figureMark))
	}
}

// unsaid reports the per cents of a page of the survey that say nothing of themselves.
func (r *reader) unsaid() {
	if r.survey == nil {
		return
	}
	text, pieces := r.survey.text.String(), r.survey.pieces
	for start, end := 0, 0; start < len(text); start = end {
		if end = start + strings.Index(text[start:], figureMark) + len(figureMark); end <= start {
			end = len(text)
		}
		for len(pieces) > 1 && pieces[1].at <= start {
			pieces = pieces[1:]
		}
		if len(perCents(r.gates.unworded(decoded([]byte(text[start:end]))))) > 0 {
			r.wrong(pieces[0].off, figureHint, "a share on a page of the survey does not say where it comes from")
		}
	}
}

// unworded is a text without the words that have a per cent which is no figure.
func (g *Gates) unworded(text string) string {
	if !strings.Contains(text, "%") {
		return ""
	}
	text = oneSpace.Replace(text)
	for _, w := range g.words {
		text = strings.ReplaceAll(text, w, "")
	}
	return text
}

// oneSpace makes blanks that do not break plain ones.
var oneSpace = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// aPerCent is a number with its sign, or a span of which the last has it.
var aPerCent = regexp.MustCompile(`([0-9][0-9.,]*)(?:\s?[–-]\s?([0-9][0-9.,]*))?\s?%`)

// perCents are the numbers of a text that are per cents.
func perCents(text string) (out []float64) {
	for _, m := range aPerCent.FindAllStringSubmatch(text, -1) {
		out = append(out, numbers(m[1]+" "+m[2])...)
	}
	return out
}

// bare is a cell of a table, or the value of a row of a chart, that is no figure, while it
// is open; its text is without the figures in it.
type bare struct {
	depth int // elements that were open around it
	off   int
	text  strings.Builder
}

// apart notes a table or chart, and a value in it that is no figure.
func (r *reader) apart(name string) {
	class := r.attrs.get("class")
	switch {
	case name == "table", name == "ul" && class == "rows":
		r.sharing, r.stray = false, nil
	case name == "td", name == "span" && class == "v":
		if !r.attrs.has(figureAttr) && !r.broken {
			r.bare = &bare{depth: len(r.open) - 1, off: r.off}
		} else {
			r.sharing = true
		}
	}
}

// signed is a difference of figures that stand beside it.
var signed = regexp.MustCompile(`[+−-][0-9][0-9.,]*`)

// joined is the end of a value, and of a table or chart: where one value says that it is
// a figure, all that have a per cent must, and on pages under Rules.Tables all that have
// a number, but for differences.
func (r *reader) joined(name string) {
	if b := r.bare; b != nil && len(r.open) == b.depth {
		r.bare = nil
		text := decoded([]byte(b.text.String()))
		if strings.Contains(text, "%") {
			r.stray = append(r.stray, b.off)
		}
		unsigned := numbers(signed.ReplaceAllString(text, ""))
		if r.tables && slices.ContainsFunc(unsigned, func(n float64) bool { return n != 0 }) {
			r.wrong(b.off, figureHint, "a number in a table of the survey does not say where it comes from")
		}
	}
	if (name == "table" || name == "ul") && r.sharing {
		for _, off := range r.stray {
			r.wrong(off, figureHint, "a share in a table of the survey does not say where it comes from")
		}
		r.sharing = false
	}
}
