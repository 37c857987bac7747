package disclosure

import (
	"fmt"
	"io"

	"mappa/internal/estimate"
)

// words of the reasons, as the report has them.
var reasonWords = [...]string{"shown", "not published of the area", "fewer than the threshold", "all but fewer than the threshold", "prints as none or all", "with its base", "to cover others"}

// Tally is how many cells of a kind there are, and what became of them. Respondents
// are those of the cells' bases, added up.
type Tally struct {
	Level               estimate.Level
	Reserved            bool
	Cells, Respondents  int // of areas that are published
	Reasons             [len(reasonWords)]int
	Hidden              int // respondents of the withheld cells
	Estimates, Withheld int // figures beside shown shares that the area has, and that are withheld
}

// Primary and Cover are the cells withheld for themselves and for others.
func (t *Tally) Primary() int {
	return t.Reasons[few] + t.Reasons[allBut] + t.Reasons[rounds] + t.Reasons[ofBase]
}
func (t *Tally) Cover() int { return t.Reasons[cover] }

// Summarize counts what is withheld by level of area. It holds no value.
func Summarize(p *Published, in Input, proof *Proof) []Tally {
	var out []Tally
	at := map[estimate.Level][2]int{}
	for _, x := range p.Frame.Areas {
		if _, ok := at[x.Level]; !ok {
			at[x.Level] = [2]int{len(out), len(out) + 1}
			out = append(out, Tally{Level: x.Level}, Tally{Level: x.Level, Reserved: true})
		}
	}
	tally := func(table, area int) *Tally {
		q := &in.Edition.Book.Questions[p.Tables[table].Question]
		return &out[at[p.Frame.Areas[area].Level][one(q.Reserved)]]
	}
	for i := range p.Tables {
		for area := range p.Tables[i].Lines {
			l := &p.Tables[i].Lines[area]
			if l.Respondents == 0 || l.Closed {
				continue
			}
			t := tally(i, area)
			columns := len(in.Tables[i].Num)
			t.Cells += columns
			t.Respondents += columns * in.Tables[i].Base[area]
			for col := range columns {
				c := l.cell(col)
				t.Reasons[open] += one(c.Value.OK())
				for _, v := range [...]struct{ has, not bool }{{c.Estimate.OK(), c.Estimate.Kind == withheldKind}, {c.Residents.OK(), c.Residents.Kind == withheldKind}} {
					t.Estimates += one(v.has || v.not)
					t.Withheld += one(v.not)
				}
			}
		}
	}
	for _, w := range proof.Withheld {
		if w.Area >= len(p.Frame.Areas) || w.Column == len(in.Tables[w.Table].Num) {
			continue
		}
		t := tally(w.Table, w.Area)
		t.Reasons[w.why]++
		if w.why != unpublished {
			t.Hidden += int(w.base)
		}
	}
	return out
}

// Write is the internal report on an edition: what is withheld and why, without a
// value. It is for the survey office, not for the site.
func Write(out io.Writer, p *Published, in Input, proof *Proof) error {
	w := &writer{out: out}
	book := in.Edition.Book
	w.line("%s: what is withheld, and why. No values; not for publication.", book.Title)
	w.line("thresholds %d and %d, widths %d, %d and %d; %d witnesses", p.Policy.Least, p.Policy.LeastReserved, p.Policy.Width, p.Policy.WidthReserved, p.Policy.WidthCover, len(proof.Witnesses))
	w.line("")
	w.line("%-22s %-9s %8s %9s %8s %8s %12s %11s", "areas", "reserved", "cells", "themselves", "others", "closed", "respondents", "estimates")
	for _, t := range Summarize(p, in, proof) {
		if t.Cells+t.Reasons[unpublished] == 0 {
			continue
		}
		w.line("%-22s %-9v %8d %8.1f%% %7.1f%% %8d %11.1f%% %10.1f%%", t.Level, t.Reserved, t.Cells, part(t.Primary(), t.Cells), part(t.Cover(), t.Cells), t.Reasons[unpublished], part(t.Hidden, t.Respondents), part(t.Withheld, t.Estimates))
	}
	n := Naive(in, p.Policy)
	w.line("")
	w.line("hiding the next smallest of every row and column instead would withhold %d of %d cells of the same tables (here %d) and give back %d of them",
		n.Hidden, n.Cells, hidden(p, proof), n.Leaks)
	w.line("")
	w.line("question, row, area, column, reason")
	for _, x := range proof.Withheld {
		if x.Area >= len(p.Frame.Areas) || x.why == unpublished {
			continue
		}
		t, a := &p.Tables[x.Table], p.Frame.Areas[x.Area]
		q := &book.Questions[t.Question]
		column := "base"
		if x.Column < len(q.Options) {
			column = q.Options[x.Column].Code
		} else if x.Column < len(in.Tables[x.Table].Num) {
			column = "headline"
		}
		w.line("%s, %d, %s %s, %s, %s", q.ID, t.Row, a.Level, where(a), column, reasonWords[x.why])
	}
	return w.err
}

// hidden is how many shares of published areas are withheld.
func hidden(p *Published, proof *Proof) (n int) {
	for _, w := range proof.Withheld {
		l := len(p.Tables[w.Table].Lines[0].Options)
		if w.Area < len(p.Frame.Areas) && w.why != unpublished && (w.Column < l || w.Column == l && p.Tables[w.Table].Lines[0].Headline != Cell{}) {
			n++
		}
	}
	return n
}

func where(a estimate.Area) string {
	return fmt.Sprintf("%d/%d/%d/%d%s", a.Rip, a.Region, a.Class, a.Size, a.Cohort)
}

func part(n, of int) float64 {
	if of == 0 {
		return 0
	}
	const all = 100
	return all * float64(n) / float64(of)
}

type writer struct {
	out io.Writer
	err error
}

func (w *writer) line(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format+"\n", args...)
	}
}
