package score

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/stat"
	"mappa/internal/survey"
	"mappa/internal/yamlfile"
)

// percent is a whole in per cent.
const percent = 100

// leaf reads a part and adds it to its area.
func (r reader) leaf(f partFile, area int, share float64) {
	r.before = r.Faults
	r.ID(f.ID, "index or part", r.seen)
	p := &Part{Question: -1, Variable: f.Variable.Text, Kinds: map[stat.Kind]float64{},
		Method: yamlfile.OneOf(r.Check, f.Method, "metodo", Choice, Sum, Count, Matrix, ByRow, Mean, AboveZero, Plain)}
	r.add(Node{ID: f.ID.Text, Title: f.Title, Depth: Leaf, Parent: area, Share: share, Part: p, Line: f.Line})
	switch {
	case (f.Question.Text == "") == (f.Variable.Text == ""):
		r.At(f.Place, fmt.Sprintf("%q names a domanda and a variabile, or neither", f.ID.Text), "a part scores one of them")
		return
	case f.Variable.Text != "" && !slices.Contains(r.known.Variables, f.Variable.Text):
		r.At(f.Variable.Place, fmt.Sprintf("no source has the variable %q", f.Variable.Text), diag.DidYouMean(f.Variable.Text, r.known.Variables))
		return
	case f.Question.Text != "":
		if p.Question = r.question(f.Question); p.Question < 0 {
			return
		}
	}
	if p.Method == "" || !r.fits(f, p) {
		return
	}
	r.kinds(f, p)
	r.only(f, p)
	r.scale(f, p)
	r.rows(f, p)
}

// use is what a method scores and which of the keys it takes.
type use struct {
	shapes []survey.Shape
	keys   []string
}

func (m Method) use() use {
	const points, rowPoints, weights, reverse, among, full, row, maximum, only = "punti", "righe", "pesi_righe", "inverse", "tra", "pieno", "riga", "massimo", "solo"
	switch m {
	case Choice:
		return use{[]survey.Shape{survey.Single}, []string{points}}
	case Sum:
		return use{[]survey.Shape{survey.Multiple, survey.Percentages}, []string{points}}
	case Count:
		return use{[]survey.Shape{survey.Multiple}, []string{among, full}}
	case Matrix:
		return use{[]survey.Shape{survey.MultiGrid}, []string{points, rowPoints, weights, row, maximum, only}}
	case ByRow:
		return use{[]survey.Shape{survey.Grid}, []string{points, rowPoints, weights, reverse, maximum, only}}
	case Mean, AboveZero:
		return use{[]survey.Shape{survey.Percentages, survey.Number}, []string{weights, maximum, only}}
	}
	return use{[]survey.Shape{survey.Number}, nil}
}

// fits holds the part to what its method can score and takes.
func (r reader) fits(f partFile, p *Part) bool {
	before, u := r.Faults, p.Method.use()
	if p.Question >= 0 {
		if q := &r.book.Questions[p.Question]; !slices.Contains(u.shapes, q.Shape) {
			r.At(f.Method.Place, fmt.Sprintf("%q is scored by %s, and question %q is a %s", f.ID.Text, p.Method, q.ID, q.Shape), "want a question of forma "+orList(u.shapes))
		}
	} else if p.Method != Plain {
		r.At(f.Method.Place, fmt.Sprintf("%q is scored by %s, and is a variable", f.ID.Text, p.Method), "want metodo: valore")
	}
	for _, k := range []struct {
		name string
		have bool
	}{{"punti", f.Points != nil}, {"righe", f.Rows != nil}, {"pesi_righe", f.RowWeights != nil}, {"inverse", f.Reverse != nil}, {"tra", f.Among != nil},
		{"pieno", f.Full != nil}, {"riga", f.Row.Text != ""}, {"massimo", f.Maximum.Text != ""}, {"solo", f.Only != nil}} {
		if k.have && !slices.Contains(u.keys, k.name) {
			r.At(f.ID.Place, fmt.Sprintf("%q has the key %q, which %s does not take", f.ID.Text, k.name, p.Method), "delete it")
		}
	}
	return r.Faults == before
}

func orList(shapes []survey.Shape) string {
	out := string(shapes[0])
	for _, s := range shapes[1:] {
		out += " or " + string(s)
	}
	return out
}

func (r reader) kinds(f partFile, p *Part) {
	known := kindsOf()
	for w, points := range inOrder(f.Kinds) {
		k, ok := known[w.Text]
		switch {
		case !ok:
			r.At(w.Place, fmt.Sprintf("%q is not a kind of \"no value\" that an answer has", w.Text), diag.DidYouMean(w.Text, slices.Sorted(maps.Keys(known))))
		case points < 0:
			r.At(w.Place, fmt.Sprintf("the points of %q are %g, want 0 or more", w.Text, points), "")
		case p.Question < 0:
			r.At(w.Place, "a variable has no senza_valore", "where a source has no value there is none")
		}
		p.Kinds[k] = points
	}
}

func (r reader) only(f partFile, p *Part) {
	if f.Only == nil {
		return
	}
	at := r.question(f.Only.Question)
	if at < 0 {
		return
	}
	q, of := &r.book.Questions[p.Question], &r.book.Questions[at]
	if !slices.EqualFunc(q.Rows, of.Rows, func(a, b survey.Label) bool { return a.Code == b.Code }) {
		r.At(f.Only.Question.Place, fmt.Sprintf("the questions %q and %q have not the same rows", q.ID, of.ID), "want the same codes in the same order")
	}
	if q.Full && !of.Full || q.Short && !of.Short {
		r.At(f.Only.Question.Place, fmt.Sprintf("the question %q is not on all forms of %q", of.ID, q.ID), "")
	}
	p.Only = &Only{Question: at, Any: r.options(f.Only.Any, of)}
}

// options is the set of a question's options that words name.
func (r reader) options(words []word, q *survey.Question) (s survey.Set) {
	for _, w := range words {
		if i := r.option(w, q); i >= 0 {
			s = s.With(i)
		}
	}
	return s
}

func (r reader) option(w word, q *survey.Question) int {
	codes := make([]string, len(q.Options))
	for i, o := range q.Options {
		codes[i] = o.Code
	}
	return r.code(w, codes, "option", q.ID)
}

func (r reader) row(w word, q *survey.Question) int {
	codes := make([]string, len(q.Rows))
	for i, o := range q.Rows {
		codes[i] = o.Code
	}
	return r.code(w, codes, "row", q.ID)
}

func (r reader) code(w word, codes []string, kind, question string) int {
	i := slices.Index(codes, w.Text)
	if i < 0 {
		r.At(w.Place, fmt.Sprintf("question %q has no %s %q", question, kind, w.Text), diag.DidYouMean(w.Text, codes))
	}
	return i
}

func (r reader) scale(f partFile, p *Part) {
	s := f.Scale
	switch {
	case s == nil && p.Question < 0, s == nil && (p.Method == Plain || p.Method == Mean) && math.IsInf(r.book.Questions[p.Question].Measure.Most, 1):
		r.At(f.ID.Place, fmt.Sprintf("%q has no theoretical maximum and no scala", f.ID.Text), "add scala: {da, a} or scala: {obiettivo}")
	case s == nil:
	case s.Target != nil && (s.From != nil || s.To != nil), s.Target == nil && (s.From == nil || s.To == nil):
		r.At(s.Place, fmt.Sprintf("the scala of %q is neither {da, a} nor {obiettivo}", f.ID.Text), "")
	case s.Target != nil && *s.Target <= 0:
		r.At(s.Place, fmt.Sprintf("the obiettivo of %q is %g, want more than 0", f.ID.Text, *s.Target), "")
	case s.Target != nil:
		p.Scale = Scale{Kind: ToTarget, Target: *s.Target, Less: s.Less}
	case *s.From == *s.To:
		r.At(s.Place, fmt.Sprintf("the scala of %q begins where it ends, at %g", f.ID.Text, *s.From), "")
	case s.Less:
		r.At(s.Place, fmt.Sprintf("the scala of %q has da, a and meno", f.ID.Text), "where less is better da is above a")
	default:
		p.Scale = Scale{Kind: FixedRange, From: *s.From, To: *s.To}
	}
}

// rows lays out what each row is worth.
func (r reader) rows(f partFile, p *Part) {
	p.Present = yamlfile.OneOf(r.Check, f.Maximum, "massimo", "attese", "presenti") == "presenti"
	p.Best = yamlfile.OneOf(r.Check, f.Row, "riga", "somma", "migliore") == "migliore"
	if p.Question < 0 {
		p.Rows = []Row{{Weight: 1, Max: percent}}
		return
	}
	q := &r.book.Questions[p.Question]
	base := r.points(f, p, q)
	weights := r.rowWeights(f, q)
	for i := range q.Items() {
		p.Rows = append(p.Rows, Row{Weight: weights[i], Points: base, Max: r.most(p, q, base)})
	}
	switch p.Method {
	case Sum:
		if q.Shape == survey.Percentages {
			for i := range p.Rows {
				p.Rows[i].Points, p.Rows[i].Max = base[i:i+1], base[i]*q.Measure.Sum
			}
		}
	case Count:
		r.full(f, p)
	case Matrix, ByRow:
		r.ownRows(f, p, q)
		for _, w := range f.Reverse {
			if i := r.row(w, q); i >= 0 {
				p.Rows[i] = turned(p.Rows[i], q)
			}
		}
	}
	worthless := slices.IndexFunc(p.Rows, func(row Row) bool { return row.Max <= 0 })
	if p.adds() && slices.ContainsFunc(p.Rows, func(row Row) bool { return row.Max > 0 }) {
		worthless = -1
	}
	if worthless >= 0 && r.sound() {
		r.At(f.ID.Place, fmt.Sprintf("%q: nothing gives points in row %d", f.ID.Text, worthless+1), "the best answer has more than 0")
	}
}

// sound reports whether nothing was said yet about this part.
func (r reader) sound() bool { return r.Faults == r.before }

// points are those of each option, or of each row of percentages under somma.
func (r reader) points(f partFile, p *Part, q *survey.Question) []float64 {
	out := make([]float64, len(q.Options))
	switch {
	case p.Method == Count:
		for i, o := range q.Options {
			if f.Among == nil && !o.Exclusive && !o.DontKnow {
				out[i] = 1
			}
		}
		for _, w := range f.Among {
			if i := r.option(w, q); i >= 0 {
				out[i] = 1
			}
		}
	case p.Method == Sum && q.Shape == survey.Percentages:
		out = make([]float64, len(q.Rows))
		r.each(f.Points, out, f.ID, func(w word) int { return r.row(w, q) }, func(i int) (string, bool) { return q.Rows[i].Code, true })
	case p.Method == Choice, p.Method == Sum, p.Method == Matrix && f.Points != nil, p.Method == ByRow && f.Points != nil:
		r.each(f.Points, out, f.ID, func(w word) int { return r.option(w, q) }, wanting(q))
	case (p.Method == Matrix || p.Method == ByRow) && len(f.Rows) < len(q.Rows):
		r.At(f.ID.Place, fmt.Sprintf("%q has no punti", f.ID.Text), "say what each option is worth, 0 included; under righe for single rows")
	}
	return out
}

// wanting says of an option whether it must have points: "don't know" is a kind
// of "no value", and an exclusive "none" of several is worth nothing.
func wanting(q *survey.Question) func(i int) (string, bool) {
	return func(i int) (string, bool) {
		o := &q.Options[i]
		return o.Code, !o.DontKnow && !(o.Exclusive && q.Many())
	}
}

// each puts the points of words where they belong; what must have points and has
// none is reported.
func (r reader) each(points map[word]float64, out []float64, owner word, find func(word) int, must func(int) (string, bool)) {
	have, before := make([]bool, len(out)), r.Faults
	for w, n := range inOrder(points) {
		i := find(w)
		if i < 0 {
			continue
		}
		if n < 0 {
			r.At(w.Place, fmt.Sprintf("the points of %q are %g, want 0 or more", w.Text, n), "turn a row round with inverse")
		}
		out[i], have[i] = n, true
	}
	for i := range out {
		if code, wanted := must(i); wanted && !have[i] && r.Faults == before {
			r.At(owner.Place, fmt.Sprintf("%q gives no points to %q", owner.Text, code), "say what it is worth, 0 included")
		}
	}
}

// most is the most points that a row can have.
func (r reader) most(p *Part, q *survey.Question, points []float64) float64 {
	switch p.Method {
	case Mean, Plain:
		if math.IsInf(q.Measure.Most, 1) { // its scala has no use for it
			return percent
		}
		return q.Measure.Most
	case AboveZero:
		return 1
	case Sum, Count:
		return total(points)
	case Matrix:
		if !p.Best {
			return total(points)
		}
	}
	return highest(points)
}

func (r reader) full(f partFile, p *Part) {
	row := &p.Rows[0]
	p.Full = row.Max
	if f.Full == nil {
		return
	}
	if *f.Full <= 0 || *f.Full > row.Max {
		r.At(f.ID.Place, fmt.Sprintf("pieno of %q is %g, want 1 to %g, as many as count", f.ID.Text, *f.Full, row.Max), "")
		return
	}
	p.Full, row.Max = *f.Full, *f.Full
}

func (r reader) rowWeights(f partFile, q *survey.Question) []float64 {
	out := slices.Repeat([]float64{1}, q.Items())
	for w, n := range inOrder(f.RowWeights) {
		i := r.row(w, q)
		if i >= 0 {
			out[i] = n
		}
		if n < 0 {
			r.At(w.Place, fmt.Sprintf("the weight of row %q is %g, want 0 or more", w.Text, n), "")
		}
	}
	if total(out) <= 0 && r.sound() {
		r.At(f.ID.Place, fmt.Sprintf("no row of %q has a weight", f.ID.Text), "")
	}
	return out
}

// ownRows are rows with points of their own.
func (r reader) ownRows(f partFile, p *Part, q *survey.Question) {
	for w, points := range inOrder(f.Rows) {
		i := r.row(w, q)
		if i < 0 {
			continue
		}
		own := make([]float64, len(q.Options))
		r.each(points, own, w, func(w word) int { return r.option(w, q) }, wanting(q))
		p.Rows[i].Points, p.Rows[i].Max = own, r.most(p, q, own)
	}
}

// turned is a row whose points run the other way: what had the most has the
// least that an answer had, and the other way round.
func turned(row Row, q *survey.Question) Row {
	lo, hi := row.Max, 0.0
	for i, n := range row.Points {
		if _, counts := wanting(q)(i); counts {
			lo, hi = min(lo, n), max(hi, n)
		}
	}
	row.Points, row.Reverse = slices.Clone(row.Points), true
	for i := range row.Points {
		if _, counts := wanting(q)(i); counts {
			row.Points[i] = hi + lo - row.Points[i]
		}
	}
	return row
}

func total(points []float64) (sum float64) {
	for _, n := range points {
		sum += n
	}
	return sum
}

func highest(points []float64) (best float64) {
	for _, n := range points {
		best = max(best, n)
	}
	return best
}

// inOrder goes through a mapping of the file as it stands there.
func inOrder[V any](m map[word]V) func(yield func(word, V) bool) {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b word) int { return cmp.Or(a.Line-b.Line, a.Col-b.Col) })
	return func(yield func(word, V) bool) {
		for _, k := range keys {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
