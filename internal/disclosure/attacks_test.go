package disclosure

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

func TestTheFictionalEditionPassesTheAudit(t *testing.T) {
	s := default2025()
	if leaks := Audit(s.p, s.in, s.proof); len(leaks) > 0 {
		t.Error(Words(leaks, s.in))
	}
	if len(s.proof.Witnesses) == 0 || len(s.proof.Withheld) == 0 {
		t.Error("nothing is withheld: the test says nothing")
	}
}

// Attack: subtraction over margins, and over two overlapping tables (classes within
// ripartizioni and halves of regions).
func TestNoSumOfShownCellsNarrowsASecretDown(t *testing.T) {
	s := default2025()
	a := attack(s.p, s.in.Edition.Book)
	n := 0
	for _, w := range s.proof.Withheld {
		if w.Area >= len(s.p.Frame.Areas) || w.why == unpublished || w.why == cover {
			continue
		}
		room := int(w.base)
		want := min(s.p.Policy.Width, room)
		if s.in.Edition.Book.Questions[s.p.Tables[w.Table].Question].Reserved {
			want = min(s.p.Policy.WidthReserved, room)
		}
		if n++; a.width(w.Table, w.Area, w.Column) < want && w.Column < len(s.in.Tables[w.Table].Num) {
			t.Errorf("%s: known to within %d, want %d", s.name(w), a.width(w.Table, w.Area, w.Column), want)
		}
	}
	if n == 0 {
		t.Error("no secret: the test says nothing")
	}
}

func (s site) name(w Withheld) string {
	q := &s.in.Edition.Book.Questions[s.p.Tables[w.Table].Question]
	return fmt.Sprintf("%s, column %d of %+v", q.ID, w.Column, s.p.Frame.Areas[w.Area])
}

// The attacker works: where the covers are shown, it has secrets to the unit; and the
// audit says so.
func TestShowingTheCoversGivesSecretsBackAndTheAuditSaysSo(t *testing.T) {
	s := default2025().clone()
	for _, w := range s.proof.Withheld {
		if w.why == cover && w.Column < len(s.in.Tables[w.Table].Num) && s.p.Tables[w.Table].Lines[w.Area].Base.OK() {
			s.set(w.Table, w.Area, w.Column, s.truth(w.Table, w.Area, w.Column))
		}
	}
	a := attack(s.p, s.in.Edition.Book)
	found := 0
	for _, w := range s.proof.Withheld {
		if w.Area < len(s.p.Frame.Areas) && w.why == few && w.base > 0 && a.width(w.Table, w.Area, w.Column) == 0 {
			found++
		}
	}
	if found == 0 {
		t.Error("the attacker finds nothing without covers")
	}
	s.mustLeak(t, "answers that were to look the same look otherwise there")
}

// Each cell that is withheld for others, shown alone, breaks the proof.
func TestEveryOneOfTheCoversIsNeededByTheProof(t *testing.T) {
	s := default2025()
	tried := 0
	for _, w := range s.proof.Withheld {
		if w.why != cover || w.Column >= len(s.in.Tables[w.Table].Num) || !s.p.Tables[w.Table].Lines[w.Area].Base.OK() {
			continue
		}
		if tried++; tried > 3 {
			break
		}
		c := s.clone()
		c.set(w.Table, w.Area, w.Column, s.truth(w.Table, w.Area, w.Column))
		c.mustLeak(t, "answers that were to look the same look otherwise there")
	}
}

// Attack: count and share of residents; raw share and estimate. Where one of these
// figures would tell witnesses apart it is withheld, and shown it is a leak.
func TestAFigureBesideTheShareThatTellsIsWithheld(t *testing.T) {
	s := default2025()
	for name, plant := range map[string]func(s site, table, area, col int, c *Cell) bool{
		"share of residents": func(s site, table, area, col int, c *Cell) bool {
			if c.Residents.Kind != stat.Withheld {
				return false
			}
			counts := s.in.Grid.Count(s.in.Edition, s.p.Tables[table].Question, s.p.Tables[table].Row)
			e := estimate.NewDesign(s.in.Grid, counts.Universe, counts.Sample).Residents(area, counts.Base, counts.Num[col])
			c.Residents = stat.Of(float64(steps(e.P)))
			return true
		},
		"estimate": func(s site, table, area, col int, c *Cell) bool {
			if c.Estimate.Kind != stat.Withheld {
				return false
			}
			counts := s.in.Grid.Count(s.in.Edition, s.p.Tables[table].Question, s.p.Tables[table].Row)
			e := estimate.NewDesign(s.in.Grid, counts.Universe, counts.Sample).Comuni(area, counts.Base, counts.Num[col])
			c.Estimate, c.Low, c.High = stat.Of(float64(steps(e.P))), stat.Of(float64(steps(e.Low))), stat.Of(float64(steps(e.High)))
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			planted := false
			s.cells(func(table, area, col int, l *Line, c *Cell) {
				if planted || !c.Value.OK() {
					return
				}
				x := *c
				if plant(s, table, area, col, &x) {
					planted = true
					p := s.clone()
					p.set(table, area, col, x)
					p.mustLeak(t, "answers that were to look the same look otherwise there")
				}
			})
			if !planted {
				t.Error("none is withheld: the test says nothing")
			}
		})
	}
}

func TestOneDecimalMoreIsALeak(t *testing.T) {
	s := default2025().clone()
	done := false
	s.cells(func(table, area, col int, l *Line, c *Cell) {
		if !done && c.Value.OK() && c.Decimals == 0 && l.Base.N > 300 {
			x := *c
			x.Value, x.Decimals = stat.Of(percent(s.in.Tables[table].Num[col][area], s.in.Tables[table].Base[area], 1)), 1
			s.set(table, area, col, x)
			done = true
		}
	})
	s.mustLeak(t, "what is shown is not what the answers say")
}

// Attack: a rate with its n, and its complement.
func TestNoShownShareWithItsBaseIsOfFewRespondents(t *testing.T) {
	s := default2025()
	shown := 0
	s.cells(func(table, area, col int, l *Line, c *Cell) {
		if !c.Value.OK() {
			return
		}
		shown++
		high := -1
		low := 0
		for n := range int(l.Base.N) + 1 {
			if percent(n, int(l.Base.N), c.Decimals) == c.Value.N {
				if high < 0 {
					low = n
				}
				high = n
			}
		}
		if least := s.least(table); high < least || int(l.Base.N)-low < least || c.Value.N <= 0 || c.Value.N >= 100 {
			t.Errorf("%s: %v of %v", s.name(Withheld{Table: table, Area: area, Column: col}), c.Value.N, l.Base.N)
		}
	})
	if shown == 0 {
		t.Error("nothing is shown")
	}
}

func TestAShareOfFewIsALeakIfItIsShown(t *testing.T) {
	s := default2025()
	for why, words := range map[reason]string{few: "fewer than the threshold gave the answer", allBut: "all but fewer than the threshold"} {
		for _, w := range s.proof.Withheld {
			if w.why == why && w.Area < len(s.p.Frame.Areas) && w.Column < len(s.in.Tables[w.Table].Num) && s.p.Tables[w.Table].Lines[w.Area].Base.OK() {
				c := s.clone()
				c.set(w.Table, w.Area, w.Column, s.truth(w.Table, w.Area, w.Column))
				c.mustLeak(t, words)
				break
			}
		}
	}
}

// Attack: a respondent's own answer. Without the witnesses that leave one respondent
// alone, that respondent has the rest.
func TestAWitnessLessIsALeak(t *testing.T) {
	s := default2025().clone()
	s.proof.Witnesses = s.proof.Witnesses[:len(s.proof.Witnesses)*9/10]
	s.mustLeak(t, "it is withheld")
	s.proof.Witnesses = nil
	s.mustLeak(t, "nothing shows that it cannot be worked out")
}

func TestTheAuditKnowsWhoKnowsItsOwnAnswer(t *testing.T) {
	s := default2025()
	a := newAuditor(s.p, &s.in)
	for i := range s.proof.Witnesses {
		a.witnesses = append(a.witnesses, a.witness(s.proof.Witnesses[i]))
	}
	by := map[spot][]int{}
	for w := range a.witnesses {
		for _, m := range a.witnesses[w].moved {
			by[spot{m.table, m.area, m.column}] = append(by[spot{m.table, m.area, m.column}], w)
		}
	}
	for x, all := range by {
		need, insiders := a.needed(x.table, x.area, x.column)
		if !insiders || x.area >= len(s.p.Frame.Areas) || s.in.Tables[x.table].Base[x.area] < 3 {
			continue
		}
		mine := a.witnesses[all[0]].movers[0]
		var without []int
		for _, w := range all {
			for _, i := range a.witnesses[w].movers {
				if i == mine {
					without = append(without, w)
				}
			}
		}
		if text := a.open(x, without, min(need, 1), true); !strings.Contains(text, "knows its own answer") {
			t.Fatalf("%q", text)
		}
		return
	}
	t.Error("no such cell: the test says nothing")
}

// Attack: two consented of a cell of three. Everybody knows what the two said, so
// that the cell would say what the third did.
func TestConsentedAnswersHideNobody(t *testing.T) {
	e, f := both()[1], inputs()[1].Frame
	q := e.Book.Find("spid-cie")
	answers := e.Answers(q, 0)
	for area, x := range f.Areas {
		if x.Level != estimate.Regions {
			continue
		}
		for o := range e.Book.Questions[q].Options {
			var said []int
			for i := range answers {
				if answers[i].Options.Has(o) && holdsInt(f.Of(i), area) {
					said = append(said, i)
				}
			}
			if len(said) != 3 {
				continue
			}
			lines := "codice_catastale;domanda;data\n"
			for _, i := range said[:2] {
				lines += territory().Comuni[i].Cadastral + ";spid-cie;2025-12-01\n"
			}
			with := edition("2025", fstest.MapFS{"data/indagini/2025/edizione.yaml": {Data: []byte("esportazione: risposte.csv.gz\nrispondenti: rispondenti.csv.gz\nconsensi: consensi.csv\n")},
				"data/indagini/2025/consensi.csv": {Data: []byte(lines)}})
			if !with.Consents(q, said[0]) {
				t.Fatal("the consent was not read")
			}
			in := of(Inputs(territory(), []*survey.Edition{with}, nil)[0], "spid-cie")
			s := publish(in)
			if c := s.p.Of(q)[0].Lines[area].Options[o]; c.Value.OK() {
				t.Errorf("shown: %v", c.Value)
			}
			if leaks := Audit(s.p, s.in, s.proof); len(leaks) > 0 {
				t.Error(Words(leaks, s.in))
			}
			for _, w := range s.proof.Witnesses {
				for _, c := range w {
					if int(c.Comune) == said[0] || int(c.Comune) == said[1] {
						t.Fatal("a witness moves an answer that everybody knows")
					}
				}
			}
			p := s.clone()
			p.set(0, area, o, p.truth(0, area, o))
			p.mustLeak(t, "fewer than the threshold gave the answer")
			return
		}
	}
	t.Error("no cell of three: the test says nothing")
}

func holdsInt(areas []int, area int) bool {
	for _, a := range areas {
		if a == area {
			return true
		}
	}
	return false
}

// Attack: an edition differs from the one before by one new respondent. The panel beside the whole would say what that one answered.
func TestOneNewRespondentIsNotToldByThePanel(t *testing.T) {
	e := both()[1]
	before := *e
	before.Places = append([]survey.Participation(nil), e.Places...)
	newcomer := -1
	for i, p := range before.Places {
		if territory().Comuni[i].Rip == 0 && p.State == survey.Completed && p.Form == survey.FullForm {
			newcomer = i
		}
	}
	before.Places[newcomer].State = survey.NotOpened
	in := of(Inputs(territory(), []*survey.Edition{&before, e}, nil)[1], "spid-cie", "servizi-associati")
	s := publish(in)
	if leaks := Audit(s.p, s.in, s.proof); len(leaks) > 0 {
		t.Error(Words(leaks, s.in))
	}
	f := s.p.Frame
	const italy = 0
	panel := f.Find(estimate.Area{Level: estimate.PanelItaly, Rip: -1, Region: -1, Class: -1})
	a := attack(s.p, in.Edition.Book)
	for i := range s.p.Tables {
		if s.in.Tables[i].Base[italy]-s.in.Tables[i].Base[panel] != 1 {
			t.Fatal("the newcomer is not the difference")
		}
		for col := range s.in.Tables[i].Num {
			low := a.low[i][[2]int{italy, col}] - a.high[i][[2]int{panel, col}]
			high := a.high[i][[2]int{italy, col}] - a.low[i][[2]int{panel, col}]
			if low > 0 || high < 1 {
				t.Errorf("table %d, column %d: the newcomer's answer is known", i, col)
			}
		}
	}
}

// Attack: the list of respondents and a cell of three. Who answered is public; where
// three did, no share says that all or one of them said something.
func TestAnAreaOfThreeSaysNothingOfThem(t *testing.T) {
	s := default2025()
	seen := 0
	s.cells(func(table, area, col int, l *Line, c *Cell) {
		if l.Respondents <= 5 && c.Value.OK() {
			t.Errorf("%s: a share is shown of %d respondents", s.name(Withheld{Table: table, Area: area, Column: col}), l.Respondents)
		}
		if l.Respondents <= 5 {
			seen++
		}
	})
	if seen == 0 {
		t.Error("no such area: the test says nothing")
	}
}

func TestASmallAreaOfTwoCriteriaIsClosedAndNeverAlone(t *testing.T) {
	s := default2025()
	f := s.p.Frame
	closed := func(a int) bool { return s.p.Tables[0].Lines[a].Closed }
	some := 0
	for _, sum := range f.Sums {
		n := 0
		for _, p := range sum.Parts {
			if closed(p) && s.p.Tables[0].Lines[p].Respondents > 0 {
				n++
			}
		}
		some += n
		if n == 1 && !closed(sum.Total) {
			t.Errorf("one part alone of %+v is closed", f.Areas[sum.Total])
		}
	}
	if some == 0 {
		t.Error("none is closed")
	}
}

// What was published before stays as it was, and is part of what is proven.
func TestWhatWasPublishedBeforeIsAConstraint(t *testing.T) {
	e := both()[0]
	alone := publish(of(Inputs(territory(), []*survey.Edition{e}, nil)[0], "spid-cie"))
	in := of(inputs()[0], "spid-cie")
	in.Frozen, in.FrozenProof = [][]*Line{frozenLines(alone.p.Tables[0], len(in.Frame.Areas))}, alone.proof
	s := publish(in)
	for area, l := range alone.p.Tables[0].Lines {
		now := s.p.Tables[0].Lines[area]
		for col := range l.Options {
			if l.Options[col] != now.Options[col] {
				t.Fatalf("column %d of %+v was %+v and is %+v", col, s.p.Frame.Areas[area], l.Options[col], now.Options[col])
			}
		}
	}
	if leaks := Audit(s.p, s.in, s.proof); len(leaks) > 0 {
		t.Error(Words(leaks, s.in))
	}
	panel := s.p.Frame.Find(estimate.Area{Level: estimate.PanelItaly, Rip: -1, Region: -1, Class: -1})
	if !s.p.Tables[0].Lines[panel].Base.OK() {
		t.Error("nothing is shown of the panel")
	}
}

// frozenLines are the lines of a table in a frame that begins with its areas.
func frozenLines(t Table, areas int) []*Line {
	out := make([]*Line, areas)
	for i := range t.Lines {
		out[i] = &t.Lines[i]
	}
	return out
}

func TestHidingTheNextSmallestLeaks(t *testing.T) {
	s := default2025()
	n := Naive(s.in, s.p.Policy)
	t.Logf("naive: %d of %d withheld, %d given back; here %d", n.Hidden, n.Cells, n.Leaks, hidden(s.p, s.proof))
	if n.Leaks == 0 {
		t.Error("the naive way gives nothing back: the comparison says nothing")
	}
}

func TestTheReportHoldsReasonsAndNoValues(t *testing.T) {
	s := default2025()
	var out bytes.Buffer
	if err := Write(&out, s.p, s.in, s.proof); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !strings.Contains(text, "fewer than the threshold") || !strings.Contains(text, "spid-cie, 0, ") {
		t.Errorf("got %.400s", text)
	}
	t.Logf("%.2000s", text)
}

func TestTheSameTwice(t *testing.T) {
	one, two := publish(of(inputs()[1], "spid-cie", "cloud-avviso", "cloud-stato")), publish(of(inputs()[1], "spid-cie", "cloud-avviso", "cloud-stato"))
	for i := range one.p.Tables {
		for area := range one.p.Tables[i].Lines {
			if fmt.Sprint(one.p.Tables[i].Lines[area]) != fmt.Sprint(two.p.Tables[i].Lines[area]) {
				t.Fatalf("table %d, area %d differs", i, area)
			}
		}
	}
}
