package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// row is what is known of a subject after all rounds.
type row struct {
	subject
	samples []sample
	fault   error // why there are no more
}

// measure is a column of the table: a figure of a sample, none where the page
// cannot do it.
type measure struct {
	title    string
	unit     float64 // of the table, in the sample's
	decimals int
	of       func(sample) []float64
}

// measures are the columns. Each is better when it is less.
func measures() []measure {
	const kB, MB = 1e3, 1e6
	positive := func(v float64) []float64 {
		if v > 0 {
			return []float64{v}
		}
		return nil
	}
	return []measure{
		{"transfer, kB", kB, 0, func(s sample) []float64 { return positive(s.Transfer) }},
		{"first paint, ms", 1, 0, func(s sample) []float64 { return positive(s.Paint) }},
		{"sight of a map, ms", 1, 0, func(s sample) []float64 { return positive(s.Sight) }},
		{"first map, ms", 1, 0, func(s sample) []float64 { return positive(s.First) }},
		{"recolour, ms", 1, 0, func(s sample) []float64 { return s.Recolour }},
		{"longest frame, ms", 1, 0, func(s sample) []float64 { return positive(s.Frame) }},
		{"JS heap, MB", MB, 1, func(s sample) []float64 { return positive(s.Heap) }},
	}
}

// spread is the median of some figures and how far they lie apart.
type spread struct {
	low, median, high float64
	n                 int
}

func spreadOf(values []float64) spread {
	n := len(values)
	if n == 0 {
		return spread{}
	}
	v := slices.Sorted(slices.Values(values))
	return spread{v[0], (v[(n-1)/2] + v[n/2]) / 2, v[n-1], n}
}

// of gathers a measure over all rounds.
func (r row) of(m measure) spread {
	var all []float64
	for _, s := range r.samples {
		all = append(all, m.of(s)...)
	}
	return spreadOf(all)
}

// disturbed is how many samples do not count by the clock, and the largest share that
// the host took.
func (r row) disturbed() (n int, most float64) {
	for _, s := range r.samples {
		if s.Stolen > mostStolen {
			n, most = n+1, max(most, s.Stolen)
		}
	}
	return n, most
}

// print writes the table in Markdown: medians, lowest and highest in brackets,
// and how many times ours that is.
func print(w io.Writer, rows []row) {
	all := measures()
	var own row
	if i := slices.IndexFunc(rows, func(r row) bool { return r.name == ours }); i >= 0 {
		own = rows[i]
	}
	fmt.Fprint(w, "| map |")
	for _, m := range all {
		fmt.Fprintf(w, " %s |", m.title)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("--:|", len(all)))
	for _, r := range rows {
		fmt.Fprintf(w, "| %s |", r.name)
		for _, m := range all {
			fmt.Fprintf(w, " %s |", cell(m, r.of(m), own.of(m), r.name == ours))
		}
		fmt.Fprintln(w)
	}
	for _, r := range rows {
		if r.fault != nil {
			fmt.Fprintf(w, "\n%s was not measured: %v.\n", r.name, r.fault)
		}
		if n, most := r.disturbed(); n > 0 {
			fmt.Fprintf(w, "\n%s: during %d of %d visits the host took up to %.0f %% of the processors; by the clock they are no measure.\n", r.name, n, len(r.samples), 100*most)
		}
	}
}

func cell(m measure, s, ours spread, own bool) string {
	if s.n == 0 {
		return "–"
	}
	figure := func(v float64) string { return fmt.Sprintf("%.*f", m.decimals, v/m.unit) }
	out := figure(s.median)
	if low, high := figure(s.low), figure(s.high); low != high {
		out += fmt.Sprintf(" (%s–%s)", low, high)
	}
	if !own && ours.n > 0 {
		out += fmt.Sprintf(" ×%.1f", s.median/ours.median)
	}
	return out
}
