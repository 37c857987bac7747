package disclosure

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mappa/internal/survey"
)

// again is what a kept proof makes of a site, through its file.
func (s site) again(t testing.TB, change func(*Kept)) (site, bool) {
	t.Helper()
	var b bytes.Buffer
	if err := Keep(s.in, s.p, s.proof).Write(&b); err != nil {
		t.Fatal(err)
	}
	k, err := ReadKept(&b)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(k)
	}
	p, proof, ok := k.Protect(s.in, s.p.Policy)
	return site{s.in, p, proof}, ok
}

func TestAKeptProofPublishesTheSame(t *testing.T) {
	for _, in := range []Input{of(inputs()[0], questions...), of(inputs()[1], questions...)} {
		s := publish(in)
		again, ok := s.again(t, nil)
		if !ok {
			t.Fatal("the proof does not fit its own answers")
		}
		if !reflect.DeepEqual(s.p, again.p) {
			t.Error("what is published differs")
		}
		if !reflect.DeepEqual(s.proof, again.proof) {
			t.Error("the proof differs")
		}
		if leaks := Audit(again.p, again.in, again.proof); len(leaks) > 0 {
			t.Error(Words(leaks, again.in))
		}
	}
}

// Of other answers, other consents, another policy or other areas a kept proof says
// nothing.
func TestAKeptProofIsOfItsAnswersAlone(t *testing.T) {
	s := publish(of(inputs()[1], "spid-cie"))
	k := Keep(s.in, s.p, s.proof)
	q := s.in.Tables[0].Question
	someone := slices.IndexFunc(s.in.Edition.Answers(q, 0), func(a survey.Answer) bool { return a.Options == 1 })
	policy := Default()
	policy.WidthCover++
	fits := func(in Input, p Policy) bool { _, _, ok := k.Protect(in, p); return ok }
	if !fits(s.in, Default()) {
		t.Fatal("the proof does not fit its own answers")
	}
	if fits(s.in, policy) {
		t.Error("it fits another policy")
	}
	if fits(of(inputs()[0], "spid-cie"), Default()) {
		t.Error("it fits another edition")
	}
	a := &s.in.Edition.Answers(q, 0)[someone]
	a.Options = 2
	if fits(s.in, Default()) {
		t.Error("it fits another answer")
	}
	a.Options = 1
	if in := of(Inputs(territory(), both()[1:], nil)[0], "spid-cie"); fits(in, Default()) {
		t.Error("it fits an edition without a panel")
	}
}

// Whoever changes a kept proof by hand is found out: the audit takes nothing of it on
// trust.
func TestAKeptProofThatWasChangedIsALeak(t *testing.T) {
	s := publish(of(inputs()[1], "spid-cie", "cloud-avviso", "cloud-stato"))
	for what, x := range map[string]struct {
		change func(*Kept)
		words  string
	}{
		"a cover is shown":        {func(k *Kept) { k.Covers = k.Covers[1:] }, "look otherwise there"},
		"no witness":              {func(k *Kept) { k.Witnesses = nil }, "nothing shows that it cannot be worked out"},
		"a figure is shown":       {func(k *Kept) { k.Lacks = nil }, "look otherwise there"},
		"a witness ticks nothing": {func(k *Kept) { k.Witnesses[0][0][3] = 0 }, "a witness"},
	} {
		again, ok := s.again(t, x.change)
		if !ok {
			t.Fatalf("%s: the proof is refused", what)
		}
		leaks := Audit(again.p, again.in, again.proof)
		if !slices.ContainsFunc(leaks, func(l Leak) bool { return strings.Contains(l.Text, x.words) }) {
			t.Errorf("%s: the audit says %q, want %q", what, Words(leaks, again.in), x.words)
		}
	}
	for what, change := range map[string]func(*Kept){
		"a table too many":  func(k *Kept) { k.Witnesses[0][0][0] = 1 << 40 },
		"a Comune too many": func(k *Kept) { k.Witnesses[0][0][1] = 1 << 40 },
		"a state too many":  func(k *Kept) { k.Witnesses[0][0][2] = 9 },
		"an area too many":  func(k *Kept) { k.Covers[0][1] = 1 << 40 },
		"below nothing":     func(k *Kept) { k.Lacks[0][2] = -1 },
		"groups too few":    func(k *Kept) { k.Cuts = k.Cuts[1:] },
	} {
		if _, ok := s.again(t, change); ok {
			t.Errorf("%s: the proof is taken", what)
		}
	}
}

// Whatever is in the file, it is refused or audited, and nothing panics.
func FuzzKept(f *testing.F) {
	s := publish(of(inputs()[1], "spid-cie"))
	k := Keep(s.in, s.p, s.proof)
	k.Covers, k.Lacks, k.Witnesses = k.Covers[:2], k.Lacks[:2], k.Witnesses[:3]
	var b bytes.Buffer
	if err := k.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		k, err := ReadKept(bytes.NewReader(raw))
		if err != nil {
			return
		}
		k.Of = digest(&s.in, s.p.Policy)
		if p, proof, ok := k.Protect(s.in, s.p.Policy); ok {
			Audit(p, s.in, proof)
		}
	})
}
