package survey

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"mappa/internal/yamlfile"
)

// once are the codes and labels of one kind that a question has used.
type once struct{ codes, labels map[string]int }

func newOnce() once { return once{map[string]int{}, map[string]int{}} }

// options reads rows and options of a question, and what its numbers may be.
func (r bookReader) options(q *Question, f questionFile, owner yamlfile.Place, what string) {
	rows, options := newOnce(), newOnce()
	for _, row := range f.Rows {
		q.Rows = append(q.Rows, r.label(row, what, "row", rows))
	}
	if q.Numeric() {
		r.measure(q, f, owner, what, options)
	}
	for _, o := range f.Options {
		q.Options = append(q.Options, Option{Label: r.label(o.labelFile, what, "option", options), Exclusive: o.Exclusive, DontKnow: o.DontKnow, Other: o.Other})
		if q.Numeric() && !o.DontKnow {
			r.At(o.Code.Place, fmt.Sprintf("%s: the option %q stands beside numbers and is not non_so", what, o.Code.Text), "the options of numbers are their fasce; write non_so: true for an answer that is no number")
		}
	}
	r.fitting(q, f, owner, what)
	const least = 2 // a choice is between two at least
	switch {
	case q.Shape == Text:
		if len(q.Options)+len(q.Rows) > 0 {
			r.At(owner, what+" is free text and has options or rows", "delete them, or choose another forma")
		}
	case q.Shape != "" && !q.Numeric() && len(q.Options) < least:
		r.At(owner, what+" has fewer than two options", "")
	case len(q.Options) > maxOptions:
		r.At(owner, fmt.Sprintf("%s has %d options, want %d at most", what, len(q.Options), maxOptions), "")
	case (q.Shape == Grid || q.Shape == MultiGrid || q.Shape == Percentages) && len(q.Rows) == 0:
		hints := map[Shape]Shape{Grid: Single, MultiGrid: Multiple, Percentages: Number}
		r.At(owner, fmt.Sprintf("%s is a %s without righe", what, q.Shape), "add its rows, or choose forma: "+string(hints[q.Shape]))
	case q.Shape == Single && len(q.Rows) > 0, q.Shape == Multiple && len(q.Rows) > 0, q.Shape == Ranking && len(q.Rows) > 0:
		hints := map[Shape]string{Single: "want forma: griglia", Multiple: "want forma: griglia-multipla", Ranking: "delete them: its rows are the places"}
		r.At(owner, fmt.Sprintf("%s has righe and is a %s", what, q.Shape), hints[q.Shape])
	case q.Shape == Ranking:
		r.places(q, f, what)
	}
}

// fitting reports keys that the question's shape has no use for.
func (r bookReader) fitting(q *Question, f questionFile, owner yamlfile.Place, what string) {
	if q.Shape == "" {
		return
	}
	odd := func(key string, at yamlfile.Place, ok bool) {
		if at != (yamlfile.Place{}) && !ok {
			r.At(at, fmt.Sprintf("%s has the key %q and is a %s", what, key, q.Shape), "delete it")
		}
	}
	var bins yamlfile.Place
	if len(f.Bins) > 0 {
		bins = f.Bins[0].Code.Place
	}
	odd("fasce", bins, q.Numeric())
	odd("unita", f.Unit.Place, q.Numeric())
	odd("minimo", f.Least.Place, q.Numeric())
	odd("massimo", f.Most.Place, q.Numeric())
	odd("decimali", f.Decimals.Place, q.Numeric())
	odd("somma", f.Sum.Place, q.Shape == Percentages)
	odd("tolleranza", f.Within.Place, q.Shape == Percentages)
	odd("posti", f.Places.Place, q.Shape == Ranking)
	odd("scala", f.Scale.Place, q.Shape == Grid)
	for _, o := range f.Options {
		odd("esclusiva", o.Code.Place, !o.Exclusive || q.Many() || q.Shape == Single || q.Shape == Grid)
		odd("non_so", o.Code.Place, !o.DontKnow || q.Shape != Ranking)
	}
}

// places makes the rows of a ranking.
func (r bookReader) places(q *Question, f questionFile, what string) {
	n := len(q.Options)
	if w := f.Places; w.Text != "" {
		var err error
		if n, err = strconv.Atoi(w.Text); err != nil || n < 1 || n > len(q.Options) {
			r.At(w.Place, fmt.Sprintf("%s: %q is not a number of places, want 1 to %d, as many as there are options", what, w.Text, len(q.Options)), "")
			return
		}
	}
	for i := range n {
		place := strconv.Itoa(i + 1)
		q.Rows = append(q.Rows, Label{Code: place, Key: place, Text: place + "º"})
	}
}

// measure reads what the numbers of a question may be, and their bins.
func (r bookReader) measure(q *Question, f questionFile, owner yamlfile.Place, what string, used once) {
	const most = 6 // decimals that a number can be told apart by
	m := &q.Measure
	m.Unit = f.Unit.Text
	m.Decimals = int(r.number(f.Decimals, 0, what))
	if m.Decimals < 0 || m.Decimals > most {
		r.At(f.Decimals.Place, fmt.Sprintf("%s: %q is not a number of decimals, want 0 to %d", what, f.Decimals.Text, most), "")
		m.Decimals = 0
	}
	m.Least, m.Most = r.number(f.Least, 0, what), r.number(f.Most, math.Inf(1), what)
	if q.Shape == Percentages {
		const whole = 100
		m.Sum, m.Within = r.number(f.Sum, whole, what), r.number(f.Within, 0, what)
		if f.Most.Text == "" {
			m.Most = m.Sum
		}
	}
	if m.Most <= m.Least {
		r.At(f.Most.Place, fmt.Sprintf("%s: massimo %s is not above minimo %s", what, f.Most.Text, plain(m.Least)), "")
	}
	if len(f.Bins) == 0 {
		r.At(owner, fmt.Sprintf("%s is a %s without fasce", what, q.Shape), "add the bins that its numbers are counted in: {codice, voce, fino_a}, the last without fino_a")
	}
	for i, b := range f.Bins {
		q.Options = append(q.Options, Option{Label: r.label(labelFile{Code: b.Code, Text: b.Text}, what, "bin", used)})
		last := i == len(f.Bins)-1
		before := r.Faults
		switch edge := r.number(b.UpTo, 0, what); {
		case r.Faults > before:
		case last && b.UpTo.Text != "":
			r.At(b.UpTo.Place, fmt.Sprintf("%s: the last bin %q has fino_a", what, b.Code.Text), "delete it: the last bin holds all the rest")
		case last:
		case b.UpTo.Text == "":
			r.At(b.Code.Place, fmt.Sprintf("%s: the bin %q has no fino_a", what, b.Code.Text), "only the last bin is without")
		case i > 0 && len(m.Bins) > 0 && edge <= m.Bins[len(m.Bins)-1]:
			r.At(b.UpTo.Place, fmt.Sprintf("%s: the bin %q ends at %s, not above the one before it", what, b.Code.Text, b.UpTo.Text), "bins stand in rising order")
		default:
			m.Bins = append(m.Bins, edge)
		}
	}
}

// number is the number that a word spells, or what holds where it is empty.
func (r bookReader) number(w word, without float64, what string) float64 {
	if w.Text == "" {
		return without
	}
	n, err := strconv.ParseFloat(w.Text, 64)
	if err != nil || strings.Trim(w.Text, "-.0123456789") != "" {
		r.At(w.Place, fmt.Sprintf("%s: %q is not a number", what, w.Text), "want digits, with a point before decimals: 12 or 12.5")
		return without
	}
	return n
}

// plain is a number as a codebook spells it.
func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// label reads code and label, each once within a question.
func (r bookReader) label(f labelFile, what, kind string, used once) Label {
	l := Label{Code: f.Code.Text, Key: cmp.Or(f.Key.Text, f.Code.Text), Text: f.Text.Text}
	first := func(seen map[string]int, w word, key, as string) {
		if line, twice := seen[key]; twice {
			r.At(w.Place, fmt.Sprintf("%s: the %s %s %q stands twice, first on line %d", what, kind, as, w.Text, line), "")
			return
		}
		seen[key] = w.Line
	}
	first(used.codes, f.Code, l.Code, "code")
	if f.Key.Text != "" && l.Key != l.Code {
		first(used.codes, f.Key, l.Key, "sigla")
	}
	first(used.labels, f.Text, foldLabel(l.Text), "label")
	for _, a := range f.Also {
		l.Also = append(l.Also, a.Text)
		first(used.labels, a, foldLabel(a.Text), "label")
	}
	return l
}
