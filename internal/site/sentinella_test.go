package site

import (
	"hash/maphash"
	"math"
	"slices"
	"sync"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// What withheld answers say leaves no trace in any file of the national site: not in a
// number, a word, the colour of a region, a tooltip, the length of a bar, the order of
// rows, a link, the search or a name. The site is made twice: of the answers, and of
// other answers that print the same, taken from the proof, where moreover each withheld
// figure holds the number that these make it. All files must be the same, byte for byte.
func TestOtherAnswersBehindWithheldFiguresMakeTheSameSite(t *testing.T) {
	first := shippedSite(t)
	shipped := readAnswers()
	now := shipped.sides[len(shipped.sides)-1]
	said := world(&now)
	in := first.in
	x := disclosure.Inputs(in.Atlas, []*survey.Edition{shipped.sides[0].Edition, now.Edition.With(said)}, nil)[1]

	other, withheld := recounted(t, now.Published, x), 0
	was, is := held(recounted(t, now.Published, now.Input)), held(other)
	for i := range is {
		if was[i] != is[i] {
			withheld++
		}
	}
	const many = 200 // of those that a witness of each group of questions moves
	if withheld < many {
		t.Fatalf("only %d of %d withheld figures are other ones: the test says little", withheld, len(is))
	}
	in.Survey.Edition, in.Survey.Published, in.Survey.Indices = &x.Edition.Public, other, marked(in.Survey.Indices)

	second := &sums{of: map[string]uint64{}}
	if err := Render(in, second, new(diag.List)); err != nil {
		t.Fatal(err)
	}
	if len(second.of) != len(first.sums) {
		t.Errorf("%d files, want %d", len(second.of), len(first.sums))
	}
	different := 0
	for path, sum := range first.sums {
		if second.of[path] != sum {
			if different++; different < 10 {
				t.Errorf("%s is another", path)
			}
		}
	}
	t.Logf("%d of %d withheld figures are other ones, %d of %d files", withheld, len(is), different, len(first.sums))
}

// seed is of the sums of files, which one run of the tests compares.
var seed = maphash.MakeSeed()

func summed(data []byte) uint64 { return maphash.Bytes(seed, data) }

// sums is a sink that keeps the sum of each file.
type sums struct {
	mu sync.Mutex
	of map[string]uint64
}

func (s *sums) Add(path string, data []byte) {
	sum := summed(data)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[path] = sum
}

// world is a witness of every group of questions that are tied by routes, all at once: no
// published share joins two groups. (Means do; they are held to every witness where they
// are made, and of other weights only bands are said, which hold in every one.)
func world(side *disclosure.Side) (said []survey.Said) {
	book := side.Edition.Book
	root := func(q int) int {
		for book.Questions[q].Route.On {
			q = book.Questions[q].Route.Question
		}
		return q
	}
	done := map[int]bool{}
	for _, w := range side.Published.Others(side.Proof) {
		if at := root(w[0].Question); !done[at] {
			done[at] = true
			said = append(said, w...)
		}
	}
	return said
}

// marked are indices of which every withheld mean has a number.
func marked(x *Indices) *Indices {
	const mark = 37.3
	out := *x
	means := func(of [][]disclosure.Mean) [][]disclosure.Mean {
		of = slices.Clone(of)
		for i := range of {
			of[i] = slices.Clone(of[i])
			for area := range of[i] {
				m := &of[i][area]
				for _, v := range []*stat.Value{&m.Value, &m.Base, &m.Estimate, &m.Low, &m.High} {
					if v.Kind == stat.Withheld {
						v.N = mark
					}
				}
			}
		}
		return of
	}
	out.Means, out.Full = means(x.Means), means(x.Full)
	return &out
}

// recounted is what is published, made anew of other answers, and in each figure that is
// withheld what these make it.
func recounted(t *testing.T, p *disclosure.Published, x disclosure.Input) *disclosure.Published {
	t.Helper()
	copied := *p
	copied.Tables = slices.Clone(p.Tables)
	for i := range copied.Tables {
		table, counted := &copied.Tables[i], &x.Tables[i]
		counts := x.Grid.Count(x.Edition, table.Question, table.Row)
		design := estimate.NewDesign(x.Grid, counts.Universe, counts.Sample)
		table.Lines = slices.Clone(table.Lines)
		for area := range table.Lines {
			l := &table.Lines[area]
			l.Options = slices.Clone(l.Options)
			base := counted.Base[area]
			fill := func(v *stat.Value, n float64) {
				switch {
				case v.OK() && v.N != n:
					t.Fatalf("question %d, row %d, area %d is printed otherwise: this is no witness", table.Question, table.Row, area)
				case v.Kind == stat.Withheld:
					v.N = n
				}
			}
			fill(&l.Base, float64(base))
			for col := range counts.Num {
				c := &l.Headline
				if col < len(l.Options) {
					c = &l.Options[col]
				}
				if base == 0 {
					continue
				}
				scale := 1
				if c.Decimals > 0 {
					scale = 10
				}
				fill(&c.Value, float64((2*100*scale*counted.Num[col][area]+base)/(2*base))/float64(scale))
				of, people := design.Comuni(area, counts.Base, counts.Num[col]), design.Residents(area, counts.Base, counts.Num[col])
				fill(&c.Estimate, math.Round(of.P))
				fill(&c.Low, math.Round(of.Low))
				fill(&c.High, math.Round(of.High))
				fill(&c.Residents, math.Round(people.P))
			}
		}
	}
	return &copied
}

// held are the numbers of what is withheld.
func held(p *disclosure.Published) (out []float64) {
	add := func(values ...stat.Value) {
		for _, v := range values {
			if v.Kind == stat.Withheld {
				out = append(out, v.N)
			}
		}
	}
	for i := range p.Tables {
		for _, l := range p.Tables[i].Lines {
			add(l.Base)
			for _, c := range append([]disclosure.Cell{l.Headline}, l.Options...) {
				add(c.Value, c.Estimate, c.Low, c.High, c.Residents)
			}
		}
	}
	return out
}
