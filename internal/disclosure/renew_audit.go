package disclosure

import (
	"slices"

	"mappa/internal/survey"
)

// AuditRenewals goes over the figures of Italy that were renewed as [Audit] does over those
// that were published first, and takes nothing of how they were made on trust: it counts
// the corrected answers, those of every witness and those of everybody who may have
// corrected in another's place. S is the edition as it was published first, p what is
// published of it now, and before what was printed since.
func AuditRenewals(p *Published, s Side, before []Version, renewals []Renewal) (out []Leak) {
	x := newRenewing(&s)
	for _, r := range renewals {
		versions := x.versions(r.Tables, before)
		printed := len(versions)
		if last := versions[len(versions)-1]; len(versions) == 1 || !slices.Equal(last.Said, r.Said) {
			now := Version{r.Said, map[int]Line{}}
			for _, i := range r.Tables {
				now.Lines[i] = p.Tables[i].Lines[x.italy]
			}
			versions = append(versions, now)
		}
		for v := 1; v < len(versions); v++ {
			out = append(out, r.audit(x, versions[v], versions[v-1], v == printed)...)
		}
		out = append(out, r.corrected(s, versions)...)
	}
	return append(out, otherwise(p, s, renewals)...)
}

// audit holds the figures that a version has and the one before had not against the
// answers: against those of the crowds, and where it is new against the true ones and
// those of the witnesses.
func (r *Renewal) audit(x *renewing, now, before Version, fresh bool) (out []Leak) {
	in := x.Input
	in.Edition = in.Edition.With(now.Said)
	lines := changed(now, before)
	q := *x.Published // with these alone
	q.Tables = make([]Table, len(r.Tables))
	for k, i := range r.Tables {
		t := x.Published.Tables[i]
		q.Tables[k] = Table{Question: t.Question, Row: t.Row, Lines: make([]Line, len(t.Lines))}
		for area := range t.Lines {
			q.Tables[k].Lines[area] = Line{Closed: true, Options: make([]Cell, len(t.Lines[area].Options))}
		}
		q.Tables[k].Lines[x.italy] = lines[i]
	}
	a := newAuditor(&q, &in)
	look := func(w []Change) {
		var left []Change
		for _, c := range w {
			if k := slices.Index(r.Tables, c.Table); k >= 0 {
				left = append(left, Change{c.Comune, k, c.To, c.state})
			}
		}
		if len(left) > 0 {
			out = append(out, a.witness(left).leaks...)
		}
	}
	if fresh {
		for k := range q.Tables {
			out = append(out, a.table(k)...)
		}
		for _, w := range x.Proof.Witnesses {
			look(without(w, now.Said))
		}
	}
	for _, c := range r.crowds {
		for _, other := range c.others {
			look(r.exchange(x.Side, in.Edition, c.comune, other))
		}
	}
	return out
}

// exchange is the edition in which a Comune said what it did, and another what it says.
func (r *Renewal) exchange(s *Side, later *survey.Edition, comune, other int32) (out []Change) {
	for _, i := range r.Tables {
		t := &s.Published.Tables[i]
		was, is := replyOf(s.Edition.Answers(t.Question, t.Row)[comune]), replyOf(later.Answers(t.Question, t.Row)[comune])
		if was != is {
			out = append(out, Change{comune, i, was.set, was.state}, Change{other, i, is.set, is.state})
		}
	}
	return out
}

// corrected finds a Comune that could be told to have corrected.
func (r *Renewal) corrected(s Side, versions []Version) (out []Leak) {
	t := &s.Published.Tables[r.Tables[0]]
	leak := func(text string) { out = append(out, Leak{Question: t.Question, Row: t.Row, Text: text}) }
	crowds := map[int]crowd{}
	for _, m := range r.crowds {
		crowds[int(m.comune)] = m
	}
	var all []survey.Said
	for _, v := range versions {
		all = append(all, v.Said...)
	}
	for _, x := range all {
		m, ok := crowds[x.Comune]
		switch {
		case !ok || !m.known && len(m.others) < leastCrowd:
			leak("an answer was corrected, and too few others may have done it")
			continue
		case m.known && !s.Edition.Known(x.Question, x.Comune):
			leak("an answer was corrected that not everybody knows")
		}
		seen := map[int32]bool{}
		for _, other := range m.others {
			same := !seen[other] && int(other) != x.Comune && !slices.ContainsFunc(all, func(y survey.Said) bool { return y.Comune == int(other) })
			seen[other] = true
			for _, i := range r.Tables {
				pt := &s.Published.Tables[i]
				answers := s.Edition.Answers(pt.Question, pt.Row)
				same = same && replyOf(answers[other]) == replyOf(answers[x.Comune]) && !s.Edition.Known(pt.Question, int(other))
			}
			if !same {
				leak("of who may have corrected an answer, one cannot have")
			}
		}
	}
	return out
}

// otherwise finds a line that is not as it was and was not renewed.
func otherwise(p *Published, s Side, renewals []Renewal) (out []Leak) {
	italy, _ := panelled(s.Frame)
	for i := range p.Tables {
		renewed := slices.ContainsFunc(renewals, func(r Renewal) bool { return slices.Contains(r.Tables, i) })
		for area := range p.Tables[i].Lines {
			if renewed && area == italy {
				continue
			}
			if !slices.Equal(encodeLine(&p.Tables[i].Lines[area]), encodeLine(&s.Published.Tables[i].Lines[area])) {
				out = append(out, Leak{p.Tables[i].Question, p.Tables[i].Row, area, 0, "it was published with other figures, which whoever kept them can subtract"})
			}
		}
	}
	return out
}
