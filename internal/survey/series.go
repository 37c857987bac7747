package survey

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Twin is the question of an earlier edition with which a question is
// confrontabile, and where its parts stand there.
type Twin struct {
	Edition  int   // index among the codebooks
	Question int   // in that codebook
	Options  []int // by option of the later question: the same one there
	Rows     []int // by row: the same one there, -1 where the row is new; nil for a question without rows
}

// Twins follows a question back through the editions, as far as it is
// confrontabile: the newest first. The codebooks are oldest first and were
// found sound by [CheckSeries].
func Twins(books []*Codebook, edition, question int) []Twin {
	var out []Twin
	for {
		now := &books[edition].Questions[question]
		earlier, there, ok := now.before(books[:edition])
		if now.Earlier.Outcome != Comparable || !ok {
			return out
		}
		then := &books[earlier].Questions[there]
		t := Twin{Edition: earlier, Question: there, Options: positions(now.optionCodes(), then.optionCodes()), Rows: positions(now.rowCodes(), then.rowCodes())}
		if len(out) > 0 { // by option and row of the first question, not of the one between
			last := out[len(out)-1]
			t.Options, t.Rows = through(last.Options, t.Options), through(last.Rows, t.Rows)
		}
		out = append(out, t)
		edition, question = earlier, there
	}
}

// before is where the question stood that this one names.
func (q *Question) before(books []*Codebook) (edition, question int, ok bool) {
	for e, b := range books {
		if b.Edition == q.Earlier.Edition {
			question = b.Find(q.Earlier.Question)
			return e, question, question >= 0
		}
	}
	return 0, 0, false
}

func (q *Question) optionCodes() (out []string) {
	for _, o := range q.Options {
		out = append(out, o.Code)
	}
	return out
}

func (q *Question) rowCodes() (out []string) {
	for _, r := range q.Rows {
		out = append(out, r.Code)
	}
	return out
}

// positions are where the codes stand in others, -1 where they do not.
func positions(codes, others []string) (out []int) {
	for _, c := range codes {
		out = append(out, slices.Index(others, c))
	}
	return out
}

// through follows positions one step further.
func through(first, next []int) (out []int) {
	for _, i := range first {
		if i >= 0 {
			i = next[i]
		}
		out = append(out, i)
	}
	return out
}

// CheckSeries holds what the codebooks, oldest first, say of one another: a
// question that is confrontabile must be there in the edition that it names,
// asked of the same Comuni, in the same shape, with the same answers. Whatever
// differs is an interruzione, and readers are to know why.
func CheckSeries(books []*Codebook, list *diag.List) {
	for e, b := range books {
		c := &yamlfile.Check{File: b.File, List: list}
		for i := range b.Questions {
			if q := &b.Questions[i]; q.Earlier.Edition != "" && !q.broken {
				q.checkEarlier(c, b, books[:e])
			}
		}
	}
}

// checkEarlier holds one question to the one that it names.
func (q *Question) checkEarlier(c *yamlfile.Check, of *Codebook, books []*Codebook) {
	at := q.Earlier.place
	e := slices.IndexFunc(books, func(b *Codebook) bool { return b.Edition == q.Earlier.Edition })
	if e < 0 {
		var known []string
		for _, b := range books {
			known = append(known, b.Edition)
		}
		c.At(at, fmt.Sprintf("question %q names edition %q, which is not among those before this one", q.ID, q.Earlier.Edition), diag.DidYouMean(q.Earlier.Edition, known))
		return
	}
	then := books[e]
	i := then.Find(q.Earlier.Question)
	switch {
	case then.broken || q.Earlier.Question == "" || i >= 0 && then.Questions[i].broken:
		return
	case i < 0:
		var known []string
		for k := range then.Questions {
			known = append(known, then.Questions[k].ID)
		}
		c.At(at, fmt.Sprintf("edition %q has no question %q", then.Edition, q.Earlier.Question), diag.DidYouMean(q.Earlier.Question, known))
		return
	case q.Earlier.Outcome != Comparable:
		return
	}
	for _, difference := range q.differences(&then.Questions[i], of, then) {
		c.At(at, fmt.Sprintf("question %q is confrontabile with %q of %s, but %s", q.ID, q.Earlier.Question, then.Edition, difference),
			"write {esito: interruzione, motivo: …}: a line through two different questions says what is not so")
	}
}

// differences are what keeps two questions from being compared.
func (q *Question) differences(then *Question, book, thenBook *Codebook) (out []string) {
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if q.Shape != then.Shape {
		add("its forma is %s and was %s", q.Shape, then.Shape)
		return out // the options would all differ with it
	}
	if q.Full != then.Full || q.Short != then.Short || q.Short && book.ShortUpTo != thenBook.ShortUpTo {
		add("it was on other forms")
	}
	if !sameRoute(q, then, book, thenBook) {
		add("it was asked after other answers")
	}
	now, old := q.optionCodes(), then.optionCodes()
	if fresh := without(now, old); len(fresh) > 0 {
		add("the answer %s is new", quoted(fresh))
	}
	if gone := without(old, now); len(gone) > 0 {
		add("the answer %s is gone", quoted(gone))
	}
	if q.Numeric() && !q.Measure.same(&then.Measure) {
		add("its unita, fasce or somma were others")
	}
	if len(out) == 0 && !sameOptions(q.Headline.Any, q, then.Headline.Any, then) {
		add("its sintesi counts other answers")
	}
	return out
}

// sameRoute reports whether two questions are asked after the same answers, or
// nobody can say: the one that leads here names a question that is not there.
func sameRoute(q, then *Question, book, thenBook *Codebook) bool {
	if !q.Route.On || !then.Route.On {
		return q.Route.On == then.Route.On
	}
	on, was := &book.Questions[q.Route.Question], &thenBook.Questions[then.Route.Question]
	if on.Earlier.Outcome == Comparable && thenBook.Find(on.Earlier.Question) < 0 {
		return true
	}
	return on.Earlier.Outcome == Comparable && on.Earlier.Edition == thenBook.Edition && on.Earlier.Question == was.ID &&
		sameOptions(q.Route.Any, on, then.Route.Any, was)
}

// sameOptions reports whether two sets name the same answers, by code.
func sameOptions(a Set, q *Question, b Set, then *Question) bool {
	codes := func(s Set, q *Question) (out []string) {
		for i, o := range q.Options {
			if s.Has(i) {
				out = append(out, o.Code)
			}
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(codes(a, q), codes(b, then))
}

// without are the codes that others lack.
func without(codes, others []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return slices.Contains(others, c) })
}

func quoted(codes []string) string { return `"` + strings.Join(codes, `", "`) + `"` }
