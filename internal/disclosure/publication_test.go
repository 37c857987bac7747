package disclosure

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Attacks on what was published twice: the country's edition of 2025 is published, one
// thing changes, and it is published again. Whoever kept the first site subtracts.

// often are the questions of these tests: one choice, several, and one that leads to
// another.
var often = []string{"spid-cie", "servizi-associati", "cloud-avviso", "cloud-stato"}

// alone is the edition of 2025 without the one before, published.
var alone = sync.OnceValue(func() site { return publish(only(both()[1])) })

// spid is the table of spid-cie, the question that is corrected.
func (s site) spid() int { return s.p.first[s.in.Edition.Book.Find("spid-cie")] }

func only(e *survey.Edition) Input {
	return of(Inputs(territory(), []*survey.Edition{e}, nil)[0], often...)
}

// silenced is an edition without the answers of some Comuni.
func silenced(e *survey.Edition, comuni ...int) *survey.Edition {
	var said []survey.Said
	for q := range e.Book.Questions {
		for row := range e.Book.Questions[q].Items() {
			for _, i := range comuni {
				if e.Answers(q, row) != nil {
					said = append(said, survey.Said{Question: q, Row: row, Comune: i, Answer: survey.Answer{Kind: stat.NoRespondent}})
				}
			}
		}
	}
	e = e.With(said)
	e.Places = slices.Clone(e.Places)
	for _, i := range comuni {
		e.Places[i].State = survey.NotOpened
	}
	return e
}

// corrects is an edition in which some Comuni say something else to a question.
func corrects(e *survey.Edition, question string, to survey.Set, comuni ...int) *survey.Edition {
	var said []survey.Said
	for _, i := range comuni {
		said = append(said, survey.Said{Question: e.Book.Find(question), Comune: i, Answer: survey.Answer{Kind: stat.Known, Options: to}})
	}
	return e.With(said)
}

// sayers are Comuni that said so to spid-cie: those of regions with few respondents first.
func (s site) sayers(set survey.Set) (out []int) {
	f := s.in.Frame
	small := func(i int) int {
		for _, area := range f.Of(i) {
			if f.Areas[area].Level == estimate.Regions {
				return s.p.Tables[s.spid()].Lines[area].Respondents
			}
		}
		return 0
	}
	for i, a := range s.in.Edition.Answers(s.in.Edition.Book.Find("spid-cie"), 0) {
		if s.in.Edition.Places[i].State == survey.Completed && a.Kind == stat.Known && a.Options == set {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return small(a) - small(b) })
	return out
}

// kept is what a build keeps of a site, through its file.
func (s site) kept(t testing.TB, before *Publication) *Publication {
	t.Helper()
	var b bytes.Buffer
	if err := NewPublication(territory(), s.in, s.p, s.proof, before).Write(&b); err != nil {
		t.Fatal(err)
	}
	pub, err := ReadPublication(&b)
	if err != nil {
		t.Fatal(err)
	}
	return pub
}

// subtracted are the cells of which two publications tell, to the unit, how many of those that
// answered in one of them only, or otherwise, gave the answer.
func subtracted(then, now *Published) (n int) {
	for i := range then.Tables {
		for area := range then.Tables[i].Lines {
			was, is := &then.Tables[i].Lines[area], &now.Tables[i].Lines[area]
			for col := range was.Options {
				a, b := was.Options[col], is.Options[col]
				if !was.Base.OK() || !is.Base.OK() || !a.Value.OK() || !b.Value.OK() {
					continue
				}
				lowA, highA := spanOf(a, int(was.Base.N))
				lowB, highB := spanOf(b, int(is.Base.N))
				n += one(lowA == highA && lowB == highB && (was.Base != is.Base || lowA != lowB))
			}
		}
	}
	return n
}

// spanOf are the counts that a share can stand for.
func spanOf(c Cell, base int) (low, high int) {
	low = -1
	for n := range base + 1 {
		if percent(n, base, c.Decimals) == c.Value.N {
			if high = n; low < 0 {
				low = n
			}
		}
	}
	return low, high
}

// again publishes an edition whose answers changed beside what was published of it.
func (pub *Publication) again(t *testing.T, raw *survey.Edition) (Side, survey.Since) {
	t.Helper()
	if pub.Same(territory(), raw) {
		t.Fatal("the answers are taken for those that were published")
	}
	e, since, err := pub.As(territory(), raw)
	if err != nil {
		t.Fatal(err)
	}
	in := only(e)
	pub.Freeze(territory(), &in)
	p, proof, ok := pub.Proof.Protect(in, Default())
	if !ok {
		t.Fatal("the kept proof does not fit what was published")
	}
	if leaks := append(Audit(p, in, proof), AuditFrozen(p, in)...); len(leaks) > 0 {
		t.Fatal(Words(leaks, in))
	}
	return Side{in, p, proof}, since
}

// Attack: edition differencing with one new respondent, one exclusion, one correction.
// Published as if nothing had been before, each is told; beside what was, it is not.
func TestPublishingAgainTellsNoAnswer(t *testing.T) {
	e := both()[1]
	all := alone()
	x := all.sayers(1)[0]
	for name, c := range map[string]struct {
		then, now *survey.Edition
		want      survey.Since
	}{
		"one new respondent": {silenced(e, x), e, survey.Since{New: 1}},
		"one exclusion":      {e, silenced(e, x), survey.Since{Gone: 1}},
		"one correction":     {e, corrects(e, "spid-cie", 2, x), survey.Since{Corrected: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			then, naive := all, all
			if c.then != e {
				then = publish(only(c.then))
			}
			if c.now != e {
				naive = publish(only(c.now))
			}
			n := subtracted(then.p, naive.p)
			if n == 0 {
				t.Error("publishing again tells nothing: the test says nothing")
			}
			side, since := then.kept(t, nil).again(t, c.now)
			later := since.Later
			if since.Later = nil; since.New != c.want.New || since.Gone != c.want.Gone || since.Corrected != c.want.Corrected || since.Refilled+since.Revoked+len(since.Granted) > 0 {
				t.Errorf("what changed: %+v, want %+v", since, c.want)
			}
			p, renewals := Renew(side, nil, later)
			if leaks := AuditRenewals(p, side, nil, renewals); len(leaks) > 0 {
				t.Error(Words(leaks, side.Input))
			}
			if n := subtracted(then.p, p); n > 0 {
				t.Errorf("%d cells are told", n)
			}
			t.Logf("published as if nothing had been: %d cells are told", n)
		})
	}
}

// Attack: two consents since, of a cell of three that was shown: the third's answer would
// be known. A consent of whom nothing hangs on is followed, and what was printed stays.
func TestAConsentGivenLaterIsFollowedOnlyWhereNothingFollows(t *testing.T) {
	s := alone()
	q := s.in.Edition.Book.Find("spid-cie")
	answers := s.in.Edition.Answers(q, 0)
	var few []survey.Grant
	for area := range s.p.Tables[s.spid()].Lines {
		for o, c := range s.p.Tables[s.spid()].Lines[area].Options {
			if few == nil && c.Value.OK() && s.in.Tables[s.spid()].Num[o][area] == 3 {
				for i := range answers {
					if answers[i].Options.Has(o) && s.in.Edition.Places[i].State == survey.Completed && holdsInt(s.in.Frame.Of(i), area) && len(few) < 2 {
						few = append(few, survey.Grant{Comune: i, Question: q})
					}
				}
			}
		}
	}
	if len(few) < 2 {
		t.Fatal("no cell of three is shown: the test says nothing")
	}
	side := Side{s.in, s.p, s.proof}
	naive := s.in
	naive.Edition = s.in.Edition.Granting(few)
	if leaks := Audit(s.p, naive, s.proof); !slices.ContainsFunc(leaks, func(l Leak) bool { return strings.Contains(l.Text, "fewer than the threshold gave the answer") }) {
		t.Errorf("shown beside what was published: %s", Words(leaks, naive))
	}
	if out, n := Grant(side, few); n != 0 || out.Edition.Consents(q, few[0].Comune) {
		t.Errorf("%d consents are followed", n)
	}
	free := survey.Grant{Comune: s.sayers(1)[len(s.sayers(1))-1], Question: q}
	out, n := Grant(side, append([]survey.Grant{free}, few...))
	if n != 1 || !out.Edition.Consents(q, free.Comune) {
		t.Fatalf("%d consents are followed", n)
	}
	if leaks := append(Audit(out.Published, out.Input, out.Proof), AuditFrozen(out.Published, out.Input)...); len(leaks) > 0 {
		t.Error(Words(leaks, out.Input))
	}
	for _, w := range out.Proof.Witnesses {
		for _, c := range w {
			if int(c.Comune) == free.Comune && s.p.Tables[c.Table].Question == q {
				t.Fatal("a witness moves an answer that everybody knows by now")
			}
		}
	}
	if subtracted(s.p, out.Published) > 0 {
		t.Error("what was printed is another")
	}

	// Those that nothing hangs on are not held up by a few among many.
	var many []survey.Grant
	for k, i := range s.sayers(1)[len(s.sayers(1))-100:] {
		if many = append(many, survey.Grant{Comune: i, Question: q}); k == 30 || k == 60 {
			many = append(many, few[k/60])
		}
	}
	out, n = Grant(side, many)
	if n != 100 || out.Edition.Consents(q, few[0].Comune) && out.Edition.Consents(q, few[1].Comune) {
		t.Errorf("of %d consents %d are followed", len(many), n)
	}
}

// A question whose rows are proven apart is one to agree to: a row that cannot be shown
// leaves the others' consents to it alone, and those to other questions.
func TestAConsentIsToAllRowsOfAQuestion(t *testing.T) {
	in := of(Inputs(territory(), []*survey.Edition{both()[1]}, nil)[0], "spid-cie", "servizi-online")
	s := publish(in)
	grid := in.Edition.Book.Find("servizi-online")
	if n := len(groups(&in)); n < 3 {
		t.Fatalf("there are %d groups: the test says nothing", n)
	}
	var bad []survey.Grant
	for i, table := range in.Tables {
		for area := range s.p.Tables[i].Lines {
			for o, c := range s.p.Tables[i].Lines[area].Options {
				if table.Question != grid || len(bad) > 0 || !c.Value.OK() || table.Num[o][area] != 3 {
					continue
				}
				for comune, a := range in.Edition.Answers(grid, table.Row) {
					if a.Options.Has(o) && in.Edition.Places[comune].State == survey.Completed && holdsInt(in.Frame.Of(comune), area) && len(bad) < 2 {
						bad = append(bad, survey.Grant{Comune: comune, Question: grid})
					}
				}
			}
		}
	}
	if len(bad) < 2 {
		t.Fatal("no cell of three is shown: the test says nothing")
	}
	more := bad
	for _, i := range s.sayers(1)[len(s.sayers(1))-20:] {
		more = append(more, survey.Grant{Comune: i, Question: in.Edition.Book.Find("spid-cie")})
	}
	out, n := Grant(Side{s.in, s.p, s.proof}, more)
	if n < 20 || out.Edition.Consents(grid, bad[0].Comune) && out.Edition.Consents(grid, bad[1].Comune) {
		t.Errorf("of %d consents %d are followed", len(more), n)
	}
	if leaks := append(Audit(out.Published, out.Input, out.Proof), AuditFrozen(out.Published, out.Input)...); len(leaks) > 0 {
		t.Error(Words(leaks, out.Input))
	}
}

// What is printed beside tables is remembered, also once it is printed no more; other
// numbers under a key do not hold.
func TestWhatIsPrintedBesideTablesIsRemembered(t *testing.T) {
	first := &Publication{Edition: "2025"}
	first.Remember(map[string][]float64{"2025/indici/a/0": {1, 2}, "2025/indici/b/0": {3}, "2024/indici/a/0": {4}}, nil)
	again := &Publication{Edition: "2025"}
	again.Remember(map[string][]float64{"2025/indici/a/0": {1, 2}}, first)
	if len(first.Beside) != 2 || !first.Holds(again) || first.Adds(again) {
		t.Errorf("%v, then %v", first.Beside, again.Beside)
	}
	other := &Publication{Edition: "2025"}
	other.Remember(map[string][]float64{"2025/indici/b/0": {5}}, again)
	if again.Holds(other) || !again.Adds(other) {
		t.Errorf("%v, then %v", again.Beside, other.Beside)
	}
	if other.Areas = []string{"x"}; !again.Holds(other) || again.SameAreas(other) {
		t.Error("of other areas nothing can be said")
	}
}

// Corrections of many reach Italy's figures and nothing else. Whoever holds the two
// publications together cannot say of anybody that it corrected.
func TestCorrectionsReachItalyInACrowd(t *testing.T) {
	s := alone()
	pub := s.kept(t, nil)
	sayers := s.sayers(1)
	const many = 60
	raw := corrects(s.in.Edition, "spid-cie", 2, sayers[:many]...)
	side, since := pub.again(t, raw)
	p, renewals := Renew(side, nil, since.Later)
	if leaks := AuditRenewals(p, side, nil, renewals); len(leaks) > 0 {
		t.Fatal(Words(leaks, side.Input))
	}
	if len(renewals) != 1 || len(renewals[0].Said) != many || len(renewals[0].crowds) != many {
		t.Fatalf("%d renewals", len(renewals))
	}
	line, was := p.Tables[s.spid()].Lines[0], s.p.Tables[s.spid()].Lines[0]
	if line.Options[0].Value == was.Options[0].Value || line.Options[1].Value == was.Options[1].Value {
		t.Error("no share of Italy follows the corrections")
	}
	for col := range line.Options {
		if c := line.Options[col]; c.Value != was.Options[col].Value && c.Value.N != percent(s.in.Tables[s.spid()].Num[col][0]+many*(one(col == 1)-one(col == 0)), int(line.Base.N), c.Decimals) {
			t.Errorf("column %d is %v", col, c.Value)
		}
	}
	if len(otherwise(p, side, renewals)) > 0 || subtracted(s.p, p) > 0 {
		t.Error("something else is printed otherwise, or an answer is told")
	}

	// The same answers once more: the same lines. More corrections: on top of them.
	now := NewPublication(territory(), side.Input, side.Published, side.Proof, pub)
	now.Renew(territory(), side.Edition.Book, renewals)
	if !pub.Adds(now) {
		t.Error("what is published now is held to be kept already")
	}
	var b bytes.Buffer
	if err := now.Write(&b); err != nil {
		t.Fatal(err)
	}
	pub, err := ReadPublication(&b)
	if err != nil {
		t.Fatal(err)
	}
	side, since = pub.again(t, raw)
	before := pub.Versions(territory(), side.Input)
	p, renewals = Renew(side, before, since.Later)
	if leaks := AuditRenewals(p, side, before, renewals); len(leaks) > 0 {
		t.Error(Words(leaks, side.Input))
	}
	if !slices.Equal(encodeLine(&p.Tables[s.spid()].Lines[0]), encodeLine(&line)) || p.Tables[s.spid()].Lines[0].Respondents != line.Respondents {
		t.Errorf("the same answers: %+v, want %+v", p.Tables[s.spid()].Lines[0], line)
	}
	same := *pub
	if same.Renew(territory(), side.Edition.Book, renewals); pub.Adds(&same) {
		t.Error("the same answers are kept once more")
	}
	side, since = pub.again(t, corrects(s.in.Edition, "spid-cie", 2, sayers[:200]...))
	p, renewals = Renew(side, before, since.Later)
	if leaks := AuditRenewals(p, side, before, renewals); len(leaks) > 0 {
		t.Error(Words(leaks, side.Input))
	}
	if p.Tables[s.spid()].Lines[0].Options[0].Value.N >= line.Options[0].Value.N {
		t.Error("Italy does not follow further corrections")
	}

	// A correction of whom nobody said the same has no crowd, and stays out.
	rare := s.rare(t)
	side, since = s.kept(t, nil).again(t, corrects(s.in.Edition, "servizi-associati", 1, rare))
	if p, renewals := Renew(side, nil, since.Later); len(renewals) > 0 || subtracted(s.p, p) > 0 {
		t.Error("a correction of which one could say whose it is reaches the page")
	}
}

// rare is a Comune whose answer to servizi-associati few others gave.
func (s site) rare(t *testing.T) int {
	t.Helper()
	seen := map[survey.Set][]int{}
	for i, a := range s.in.Edition.Answers(s.in.Edition.Book.Find("servizi-associati"), 0) {
		if a.Kind == stat.Known {
			seen[a.Options] = append(seen[a.Options], i)
		}
	}
	for i, a := range s.in.Edition.Answers(s.in.Edition.Book.Find("servizi-associati"), 0) {
		if all := seen[a.Options]; a.Kind == stat.Known && a.Options != 1 && len(all) <= leastCrowd {
			return i
		}
	}
	t.Fatal("nobody is alone with an answer: the test says nothing")
	return 0
}

// A renewed figure that tells is a leak: planted, each is found.
func TestARenewedFigureThatTellsIsALeak(t *testing.T) {
	s := alone()
	side, since := s.kept(t, nil).again(t, corrects(s.in.Edition, "spid-cie", 2, s.sayers(1)[:30]...))
	p, renewals := Renew(side, nil, since.Later)
	naive := publish(only(corrects(s.in.Edition, "spid-cie", 2, s.sayers(1)[:30]...)))
	for name, c := range map[string]struct {
		plant func(p *Published, r *Renewal)
		want  string
	}{
		"another area follows":    {func(p *Published, _ *Renewal) { p.Tables[s.spid()].Lines[1] = naive.p.Tables[s.spid()].Lines[1] }, "it was published with other figures"},
		"another question":        {func(p *Published, _ *Renewal) { p.Tables[s.spid()-1].Lines[0].Base.N++ }, "it was published with other figures"},
		"nobody else may have":    {func(_ *Published, r *Renewal) { r.crowds[0].others = r.crowds[0].others[:9] }, "too few others may have done it"},
		"one of them twice":       {func(_ *Published, r *Renewal) { r.crowds[0].others[1] = r.crowds[0].others[0] }, "one cannot have"},
		"one who said otherwise":  {func(_ *Published, r *Renewal) { r.crowds[0].others[0] = int32(s.sayers(2)[0]) }, "one cannot have"},
		"said to be known":        {func(_ *Published, r *Renewal) { r.crowds[0].known = true }, "not everybody knows"},
		"a figure of no answers":  {func(p *Published, r *Renewal) { p.Tables[s.spid()].Lines[0].Options[0].Value.N++ }, "what is shown is not what the answers say"},
		"a figure of all answers": {func(p *Published, r *Renewal) { p.Tables[s.spid()].Lines[0] = exact(naive, s.spid()) }, "look otherwise there"},
	} {
		t.Run(name, func(t *testing.T) {
			q := site{s.in, p, s.proof}.clone().p
			r := renewals[0]
			r.crowds = slices.Clone(r.crowds)
			r.crowds[0].others = slices.Clone(r.crowds[0].others)
			c.plant(q, &r)
			leaks := AuditRenewals(q, side, nil, []Renewal{r})
			if !slices.ContainsFunc(leaks, func(l Leak) bool { return strings.Contains(l.Text, c.want) }) {
				t.Errorf("the audit says %q, want %q", Words(leaks, side.Input), c.want)
			}
		})
	}
}

// exact is the line of Italy with all figures that it can have.
func exact(s site, table int) Line {
	l := s.p.Tables[table].Lines[0]
	l.Options = slices.Clone(l.Options)
	t := &s.in.Tables[table]
	counts := s.in.Grid.Count(s.in.Edition, s.p.Tables[table].Question, 0)
	d := estimate.NewDesign(s.in.Grid, counts.Universe, counts.Sample)
	for o := range l.Options {
		e := d.Comuni(0, counts.Base, counts.Num[o])
		l.Options[o] = Cell{Value: stat.Of(percent(t.Num[o][0], t.Base[0], 1)), Decimals: 1, Estimate: stat.Of(float64(steps(e.P))), Low: stat.Of(float64(steps(e.Low))), High: stat.Of(float64(steps(e.High)))}
		l.Options[o].Residents = stat.Of(float64(steps(d.Residents(0, counts.Base, counts.Num[o]).P)))
	}
	return l
}

// A later edition brings a panel: areas that were not there. Searched as if nothing had
// been published, thousands of other cells would be shown; held to what was, none, and
// the panel is proven beside it.
func TestMoreAreasLeaveWhatWasPublished(t *testing.T) {
	s := alone()
	pub := s.kept(t, nil)
	in := of(inputs()[1], often...)
	if gone := pub.Freeze(territory(), &in); gone > 0 {
		t.Fatalf("%d areas are gone", gone)
	}
	free := in
	free.Frozen = nil
	naive := publish(free)
	if leaks := AuditFrozen(naive.p, in); len(leaks) == 0 {
		t.Error("nothing is printed otherwise: the test says nothing")
	} else {
		t.Logf("as if nothing had been: %d lines otherwise", len(leaks))
	}
	in.FrozenProof = pub.Witnesses(territory(), in)
	if n := len(in.FrozenProof.Witnesses); n != len(s.proof.Witnesses) {
		t.Errorf("%d witnesses of %d", n, len(s.proof.Witnesses))
	}
	now := publish(in)
	if leaks := append(Audit(now.p, in, now.proof), AuditFrozen(now.p, in)...); len(leaks) > 0 {
		t.Fatal(Words(leaks, in))
	}
	panel := in.Frame.Find(estimate.Area{Level: estimate.PanelItaly, Rip: -1, Region: -1, Class: -1})
	if !now.p.Tables[s.spid()].Lines[panel].Base.OK() {
		t.Error("nothing is shown of the panel")
	}

	// The next build of the same takes the proof, and prints the same.
	next := now.kept(t, pub)
	if !pub.Adds(next) || len(next.Areas) != len(pub.Areas)+1 {
		t.Errorf("%d areas are kept of %d", len(next.Areas), len(pub.Areas)+1)
	}
	in = of(inputs()[1], often...)
	next.Freeze(territory(), &in)
	p, proof, ok := next.Proof.Protect(in, Default())
	if !ok || len(Audit(p, in, proof))+len(AuditFrozen(p, in)) > 0 {
		t.Error("the proof does not hold beside what it was found beside")
	}

	// A panel that is no more is remembered.
	in = only(both()[1])
	if gone := next.Freeze(territory(), &in); gone != 1 {
		t.Errorf("%d areas are gone, want 1", gone)
	}
	last := s.kept(t, next)
	if len(last.Areas) != len(next.Areas) || !slices.Contains(last.Areas, next.Areas[len(next.Areas)-1]) {
		t.Error("the panel is forgotten")
	}
	in = of(inputs()[1], often...)
	last.Freeze(territory(), &in)
	if l := in.Frozen[s.spid()][panel]; l == nil || !slices.Equal(encodeLine(l), encodeLine(&now.p.Tables[s.spid()].Lines[panel])) {
		t.Error("what was printed of the panel is forgotten")
	}
}

// Whatever stands in the file is refused, or held against what is printed; nothing panics.
func FuzzPublication(f *testing.F) {
	s := publish(of(Inputs(territory(), both()[1:], nil)[0], "spid-cie"))
	pub := NewPublication(territory(), s.in, s.p, s.proof, nil)
	whole, err := json.Marshal(pub)
	if err != nil {
		f.Fatal(err)
	}
	pub.Proof.Covers, pub.Proof.Lacks, pub.Proof.Witnesses = pub.Proof.Covers[:1], pub.Proof.Lacks[:1], pub.Proof.Witnesses[:2]
	pub.Areas, pub.Tables[0].Lines = pub.Areas[:3], pub.Tables[0].Lines[:3]
	pub.Renewed = []renewed{{Said: []corrected{{"A326", "spid-cie", 0, stat.Known, 1}}, Lines: []printed{{"spid-cie", 0, pub.Tables[0].Columns, pub.Tables[0].Lines[:1]}}}}
	small, err := json.Marshal(pub)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small, []byte(`{"edizione":"2025","comuni":[{"codice":"A326","stato":2,"modulo":1}],"voci":[{"domanda":"spid-cie","opzioni":["a"],"risposte":"AQEAAAAAAAAA"}],"consensi":[{"codice":"A326","domanda":"spid-cie"}]}`))
	f.Add(whole, []byte("{}"))
	f.Fuzz(func(t *testing.T, head, body []byte) {
		pub, err := ReadPublication(bytes.NewReader(append(slices.Clone(head), body...)))
		if err != nil {
			return
		}
		in := s.in
		pub.Freeze(territory(), &in)
		AuditFrozen(s.p, in)
		in.FrozenProof = pub.Witnesses(territory(), in)
		if pub.Proof != nil {
			pub.Proof.Of = digest(&in, s.p.Policy)
			pub.Proof.Protect(in, s.p.Policy)
		}
		pub.Versions(territory(), in)
		if c, err := survey.ReadClosed(body); err == nil {
			s.in.Edition.As(c, territory())
		}
	})
}
