package disclosure

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// twice are both fictional editions with few questions, as they are published.
var twice = sync.OnceValue(func() (out [2]Side) {
	ids := append([]string{"pagopa", "atti-digitali", "assistenza", "servizi-online"}, questions...)
	for i := range out {
		in := of(inputs()[i], ids...)
		s := publish(in)
		out[i] = Side{in, s.p, s.proof}
	}
	return out
})

// clone is an edition with its published tables copied.
func (s Side) clone() Side {
	c := site{s.Input, s.Published, s.Proof}.clone()
	return Side{c.in, c.p, c.proof}
}

func TestTheChangeOfThePanelIsThatOfTheAnswersWhereNothingMovesIt(t *testing.T) {
	both := twice()
	now := both[1].clone()
	Pair(both[0], now)
	if leaks := AuditPair(both[0], now); len(leaks) > 0 {
		t.Error(Words(leaks, now.Input))
	}
	books := []*survey.Codebook{both[0].Edition.Book, now.Edition.Book}
	shown, withheld := 0, 0
	for _, pt := range now.Published.Tables {
		q := &now.Edition.Book.Questions[pt.Question]
		twins := survey.Twins(books, 1, pt.Question)
		moved := now.Published.Moved(pt.Question, pt.Row)
		if (len(twins) > 0) != (moved != nil) {
			t.Errorf("%s: %d twins, %v", q.ID, len(twins), moved)
			continue
		}
		if moved == nil {
			continue
		}
		for col, pairs := range now.Grid.Twice(both[0].Edition, now.Edition, pt.Question, pt.Row, twins[0]) {
			m := moved[col]
			switch {
			case pairs == nil:
				if m != (Moved{}) {
					t.Errorf("%s: a new answer has moved", q.ID)
				}
			case m.Points.Kind == stat.Withheld:
				withheld++
				if m.Key != "" || m.Low.OK() || m.High.OK() {
					t.Errorf("%s: %+v", q.ID, m)
				}
			default:
				shown++
				x := estimate.NewDesign(now.Grid, pairs.Universe, pairs.Sample).PairedComuni(0, pairs.Cross).Change
				if d := m.Points.N - x.Points; d > .5 || d < -.5 || m.Low.N > x.Low+.5 || m.High.N < x.High-.5 {
					t.Errorf("%s: %+v, want %+v", q.ID, m, x)
				}
				if q.Reserved {
					t.Errorf("%s is riservata", q.ID)
				}
				if want := "2025/" + q.ID + "/"; !strings.HasPrefix(m.Key, want) || !strings.HasSuffix(m.Key, "/0/panel") || len(now.Published.Figures()[m.Key]) != 6 {
					t.Errorf("key %q", m.Key)
				}
			}
		}
	}
	t.Logf("%d changes are shown, %d withheld", shown, withheld)
	if shown < 10 || withheld == 0 {
		t.Error("the test says little")
	}
}

// Attack: a change that the proofs of both editions do not bear, or another one.
func TestAChangeThatTellsIsALeak(t *testing.T) {
	both := twice()
	now := both[1].clone()
	Pair(both[0], now)
	planted := map[string]bool{}
	p := newPaired(&both[0], &now)
	for i := range now.Published.moved {
		q := &now.Edition.Book.Questions[now.Published.Tables[i].Question]
		for col, m := range now.Published.moved[i] {
			if m == (Moved{}) {
				continue
			}
			d, ok := p.duo(i, col)
			if !ok {
				t.Fatalf("%s does not compare", q.ID)
			}
			truth, want := p.print(&d.pairs, d.design), ""
			switch {
			case m.Points.OK():
				truth.Points.N++
				want = "not that of the answers"
			case p.open(&d, col):
				want = "look otherwise there"
			default:
				want = "a share of the panel is not, or fewer than the threshold"
			}
			if planted[want] || !truth.Points.OK() {
				continue
			}
			planted[want] = true
			leaky := now.clone()
			leaky.Published.moved = slices.Clone(now.Published.moved)
			leaky.Published.moved[i] = slices.Clone(now.Published.moved[i])
			leaky.Published.moved[i][col] = truth
			leaks := AuditPair(both[0], leaky)
			if len(leaks) == 0 || !strings.Contains(leaks[0].Text, want) {
				t.Errorf("%s, column %d: %q, want %q", q.ID, col, Words(leaks, now.Input), want)
			}
		}
	}
	if len(planted) != 3 {
		t.Errorf("planted %v: the test says little", planted)
	}
}

// Attack: one Comune that alone changed its answer. What it said both times is printed
// by no figure of one edition, and must not be by one of two.
func TestTheChangeOfFewIsNotShown(t *testing.T) {
	both := twice()
	now := both[1].clone()
	Pair(both[0], now)
	p := newPaired(&both[0], &now)
	seen := 0
	for i := range now.Published.moved {
		for col, m := range now.Published.moved[i] {
			if d, ok := p.duo(i, col); ok {
				up, down := p.crossed(&d)
				if seen++; m.Points.OK() && (up < 3 || down < 3) {
					t.Errorf("table %d, column %d is shown: %d and %d", i, col, up, down)
				}
				d.marks[1] = slices.Clone(d.marks[0]) // nobody changed, but for one
				d.marks[1][slices.Index(d.marks[0], estimate.No)] = estimate.Yes
				if p.open(&d, col) {
					t.Errorf("table %d, column %d would be shown of one", i, col)
				}
			}
		}
	}
	if seen < 10 {
		t.Error("the test says little")
	}
}
