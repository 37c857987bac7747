package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// question reads one question and appends it to the codebook.
func (r bookReader) question(f questionFile, section int, in Section) {
	before := r.Faults
	r.ID(f.ID, "question", r.seen)
	owner, what := f.ID.Place, fmt.Sprintf("question %q", f.ID.Text)
	q := Question{ID: f.ID.Text, Key: cmp.Or(f.Key.Text, f.ID.Text), Section: section, Line: owner.Line, Title: f.Title, Text: f.Text, Area: r.area(f.Area), Objective: r.objective(f.Objective),
		Shape: yamlfile.OneOf(r.Check, f.Shape, "forma", shapes()...)}
	var err error
	if q.Export, err = strconv.Atoi(f.Export.Text); err != nil || q.Export < 0 {
		r.At(f.Export.Place, fmt.Sprintf("%q is not a number, want digits only", f.Export.Text), "")
		r.book.partial = true
	}
	r.forms(&q, f, what)
	r.class(&q, f, what, in)
	r.options(&q, f, owner, what)
	if q.Shape == Text && q.Class != Never && q.Class != "" {
		r.At(f.Class.Place, fmt.Sprintf("%s is free text and has class %q", what, q.Class), "want mai")
	}
	if !in.Personal {
		q.Earlier = r.earlier(f.Earlier, f, what)
	}
	q.Route = r.route(f.Route, &q, what)
	if f.Headline != nil {
		q.Headline = Headline{Title: f.Headline.Title, Any: r.codes(f.Headline.Any, &q, what)}
	}
	if q.Export > 0 {
		r.Once(f.Export, "domanda_id", r.seen)
		r.book.byExport[q.Export] = len(r.book.Questions)
	}
	scale := yamlfile.OneOf(r.Check, f.Scale, "scala", "1", "2")
	q.Scale, _ = strconv.Atoi(scale)
	if scale == f.Scale.Text {
		r.sigla(f.Key, q.Scale)
	}
	if _, twice := r.book.byID[q.ID]; !twice {
		r.book.byID[q.ID] = len(r.book.Questions)
	}
	q.broken = r.Faults > before
	r.book.Questions = append(r.book.Questions, q)
}

// sigla holds questions to names of their own; the two scales of one share theirs.
func (r bookReader) sigla(w word, scale int) {
	if w.Text == "" {
		return
	}
	key := func(scale int) string { return fmt.Sprintf("sigla %d %s", scale, w.Text) }
	for other := range scales + 1 {
		if first, twice := r.seen[key(other)]; twice && (other == scale || other*scale == 0) {
			r.At(w.Place, fmt.Sprintf("the sigla %q stands twice, first on line %d", w.Text, first.Line), "give one of them another name")
			return
		}
	}
	r.seen[key(scale)] = w.Place
}

// scales is how many a row can have: LimeSurvey's "array dual scale".
const scales = 2

func (r bookReader) area(w word) int {
	known := make([]string, len(r.book.Areas))
	for i, a := range r.book.Areas {
		known[i] = a.ID
	}
	return r.among(w, known, "area", "accademia")
}

func (r bookReader) objective(w word) int {
	known := make([]string, len(r.book.Objectives))
	for i, o := range r.book.Objectives {
		known[i] = o.ID
	}
	return r.among(w, known, "objective", "piano_triennale")
}

// among is the index of a word in a list of the head, -1 for none.
func (r bookReader) among(w word, known []string, kind, list string) int {
	if w.Text == "" {
		return -1
	}
	i := slices.Index(known, w.Text)
	if i < 0 {
		r.At(w.Place, fmt.Sprintf("the %s %q is not among those of %s", kind, w.Text, list), diag.DidYouMean(w.Text, known))
	}
	return i
}

// missing reports a key that a question lacks, and why it must be there.
func (r bookReader) missing(f questionFile, what, key, hint string) {
	r.At(f.ID.Place, fmt.Sprintf("%s has no key %q", what, key), hint)
}

func (r bookReader) forms(q *Question, f questionFile, what string) {
	for _, w := range f.Forms {
		switch yamlfile.OneOf(r.Check, w, "moduli", "completo", "breve") {
		case "completo":
			q.Full = true
		case "breve":
			q.Short = true
		}
	}
	if strings.Join(yamlfile.Texts(f.Forms), "") == "" {
		r.missing(f, what, "moduli", "say on which forms it stands: [completo, breve] or [completo]")
	}
}

// class reads the publication class and holds it to the policy.
func (r bookReader) class(q *Question, f questionFile, what string, in Section) {
	reserved := yamlfile.OneOf(r.Check, f.Reserved, "riservata", "true", "false")
	q.Reserved = in.Reserved || reserved == "true"
	if f.Class.Text == "" {
		r.missing(f, what, "classe", "nothing is published without a class: choose mai, aggregato, comune or registro")
		return
	}
	q.Class = yamlfile.OneOf(r.Check, f.Class, "classe", Never, Aggregate, Consented, Register)
	if in.Reserved && reserved == "false" {
		r.At(f.Reserved.Place, fmt.Sprintf("%s cannot lift riservata, its section %q has it", what, in.ID), "delete this line")
	}
	switch {
	case q.Reserved && (q.Class == Consented || q.Class == Register):
		r.At(f.Class.Place, fmt.Sprintf("%s is riservata and has class %q", what, q.Class), "want aggregato or mai; this cannot be promoted")
	case in.Personal && q.Class != Never && q.Class != "":
		r.At(f.Class.Place, fmt.Sprintf("%s is in a personal section and has class %q", what, q.Class), "want mai")
	}
}

func (r bookReader) earlier(f *earlierFile, of questionFile, what string) Earlier {
	if f == nil {
		r.missing(of, what, "confronto", "say how it compares with the earlier edition: {esito: confrontabile, edizione, domanda}, {esito: interruzione, motivo} or {esito: nuova}")
		return Earlier{}
	}
	e := Earlier{Edition: f.Edition, Question: f.Question, Reason: f.Reason, place: f.Outcome.Place, Outcome: yamlfile.OneOf(r.Check, f.Outcome, "esito", Comparable, Break, New)}
	switch {
	case e.Outcome == Comparable && (e.Edition == "" || e.Question == ""):
		r.At(f.Outcome.Place, what+" is confrontabile, but confronto does not say with what", "add edizione and domanda")
	case e.Outcome == Break && e.Reason == "":
		r.At(f.Outcome.Place, what+" breaks its series without a motivo", "readers see the reason where the line stops: add it")
	}
	return e
}

// route reads the condition; its target must stand before the question.
func (r bookReader) route(f *routeFile, q *Question, what string) Route {
	if f == nil {
		return Route{}
	}
	target := f.Question.Text
	i, ok := r.book.byID[target]
	if !ok {
		known := make([]string, len(r.book.Questions))
		for i := range r.book.Questions {
			known[i] = r.book.Questions[i].ID
		}
		r.At(f.Question.Place, fmt.Sprintf("%s is asked after question %q, which does not stand before it", what, target), diag.DidYouMean(target, known))
		return Route{}
	}
	on := &r.book.Questions[i]
	if on.Shape != Single && on.Shape != Multiple {
		r.At(f.Question.Place, fmt.Sprintf("%s is asked after question %q, which is a %s", what, target, on.Shape), "want a singola or a multipla")
		return Route{}
	}
	if on.Class == Never {
		r.At(f.Question.Place, fmt.Sprintf("%s is asked after question %q, which is of class mai and is not read", what, target), "give the condition another question")
	}
	if q.Full && !on.Full || q.Short && !on.Short {
		r.At(f.Question.Place, fmt.Sprintf("%s is asked after question %q, which is not on all of its forms", what, target), "correct moduli of one of them")
	}
	return Route{On: true, Question: i, Any: r.codes(f.Any, on, what)}
}

// codes is the set of q's options that the words name.
func (r bookReader) codes(words []word, q *Question, what string) Set {
	var s Set
	for _, w := range words {
		code := w.Text
		i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Code == code })
		if i < 0 || i >= maxOptions {
			var known []string
			for _, o := range q.Options {
				known = append(known, o.Code)
			}
			r.At(w.Place, fmt.Sprintf("%s: %q is not the code of an option of question %q", what, code, q.ID), diag.DidYouMean(code, known))
			continue
		}
		s = s.With(i)
	}
	return s
}
