package estimate_test

import (
	"fmt"
	"strings"
	"testing"
	"text/tabwriter"

	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// strong are three figures that were published of the first edition.
var strong = []string{"velocita", "atti-digitali", "disaster-recovery"}

// TestTheRawShareIsThatOfLargeComuni prints, with -v, what was said beside what all
// would have said, and holds that the estimate goes where the respondents are too few:
// to the small Comuni, unless both are alike.
func TestTheRawShareIsThatOfLargeComuni(t *testing.T) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "edition\tquestion\traw\tof\tComuni\t95 %\tchange\t95 %\tresidents\t95 %\t")
	a := national().atlas
	earlier := map[string]estimate.Estimate{}
	for _, e := range []*survey.Edition{previous(), national().Edition} {
		f := estimate.NewFrame(a, estimate.Layout{Edition: e})
		g := estimate.NewGrid(a, f)
		for _, id := range strong {
			q := e.Book.Find(id)
			marks := estimate.Marks(e, q, 0, e.Book.Questions[q].Headline.Any)
			c := g.Of(marks)
			d := estimate.NewDesign(g, c.Universe, c.Sample)
			comuni, residents := d.Comuni(0, c.Base, c.Num[0]), d.Residents(0, c.Base, c.Num[0])
			raw := share(marks, func(int) bool { return true })
			move := estimate.Between(earlier[id], comuni)
			earlier[id] = comuni
			change := "\t"
			if move.OK {
				change = fmt.Sprintf("%+.1f\t%+.1f to %+.1f", move.Points, move.Low, move.High)
			}
			fmt.Fprintf(w, "%s\t%s\t%.1f\t%d\t%.1f\t%.1f–%.1f\t%s\t%.1f\t%.1f–%.1f\t\n", e.Book.Edition, id, raw, comuni.N,
				comuni.P, comuni.Low, comuni.High, change, residents.P, residents.Low, residents.High)
			small := share(marks, func(i int) bool { return a.Comuni[i].Residents <= e.Book.ShortUpTo })
			large := share(marks, func(i int) bool { return a.Comuni[i].Residents > e.Book.ShortUpTo })
			if (comuni.P < raw) != (small < large) {
				t.Errorf("%s %s: raw %.1f, estimated %.1f; small Comuni %.1f, large %.1f", e.Book.Edition, id, raw, comuni.P, small, large)
			}
		}
	}
	w.Flush()
	t.Log("\n" + b.String())
}

// share is the share of Yes among those that in lets by.
func share(marks []estimate.Mark, in func(comune int) bool) float64 {
	n, yes := 0, 0
	for i, m := range marks {
		if m < estimate.No || !in(i) {
			continue
		}
		n++
		if m == estimate.Yes {
			yes++
		}
	}
	return 100 * float64(yes) / float64(n)
}

// times is a sample with every Comune so many times.
func (s drawnSample) times(n int) drawnSample {
	out := s
	grid := *s.grid
	out.grid, grid.Cell, grid.Residents = &grid, nil, nil
	out.columns = map[string][]estimate.Mark{}
	out.values = nil
	for range n {
		grid.Cell, grid.Residents = append(grid.Cell, s.grid.Cell...), append(grid.Residents, s.grid.Residents...)
		out.values = append(out.values, s.values...)
		for id, marks := range s.columns {
			out.columns[id] = append(out.columns[id], marks...)
		}
	}
	return out
}

// BenchmarkAllAreas is one share of every area, and its change in the panel, from the
// marks of a national sample and of several of them.
func BenchmarkAllAreas(b *testing.B) {
	for _, n := range []int{1, 2, 4} {
		s := samples()["nazionale"].times(n)
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			for b.Loop() {
				c := s.grid.Of(s.columns["atti-digitali"])
				d := estimate.NewDesign(s.grid, c.Universe, c.Sample)
				p := s.grid.Pair(s.columns["atti-prima"], s.columns["atti-digitali"])
				panel := estimate.NewDesign(s.grid, p.Universe, p.Sample)
				for area := range s.grid.Areas {
					d.Comuni(area, c.Base, c.Num[0])
					d.Residents(area, c.Base, c.Num[0])
					panel.PairedComuni(area, p.Cross)
				}
			}
		})
	}
}

// BenchmarkMeans is the mean of one index in every area.
func BenchmarkMeans(b *testing.B) {
	for _, n := range []int{1, 2, 4} {
		s := samples()["nazionale"].times(n)
		everybody := make([]bool, len(s.values))
		for i := range everybody {
			everybody[i] = true
		}
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			for b.Loop() {
				c := s.grid.Of(estimate.Valued(everybody, s.values))
				d := estimate.NewDesign(s.grid, c.Universe, c.Sample)
				sums := s.grid.Sums(s.values)
				for area := range s.grid.Areas {
					d.Mean(area, sums)
				}
			}
		})
	}
}

// BenchmarkEdition is every option of every question of the national edition, in every
// area, of Comuni and of residents.
func BenchmarkEdition(b *testing.B) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{Edition: e})
	g := estimate.NewGrid(a, f)
	shares := 0
	for b.Loop() {
		shares = 0
		for q := range e.Book.Questions {
			if e.Answers(q, 0) == nil {
				continue
			}
			for row := range e.Book.Questions[q].Items() {
				c := g.Count(e, q, row)
				d := estimate.NewDesign(g, c.Universe, c.Sample)
				for _, num := range c.Num {
					for area := range f.Areas {
						d.Comuni(area, c.Base, num)
						d.Residents(area, c.Base, num)
						shares += 2
					}
				}
			}
		}
	}
	b.ReportMetric(float64(shares), "shares")
}
