package survey

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// question reads one question and appends it to the codebook.
func (r bookReader) question(f questionFile, section int, in Section) {
	owner := f.ID
	if owner.line == 0 {
		owner = f.Export
	}
	id := r.id(f.ID, owner, "a question", "question")
	what := fmt.Sprintf("question %q", id)
	q := Question{ID: id, Section: section, Line: owner.line,
		Export: r.number(f.Export, owner, what, "domanda_id"),
		Title:  r.need(f.Title, owner, what, "titolo"),
		Text:   r.need(f.Text, owner, what, "testo"),
		Shape:  oneOf(r.reader, f.Shape, owner, what, "forma", Single, Multiple, Grid, Text),
		Area:   r.area(f.Area),
	}
	r.forms(&q, f, owner, what)
	r.class(&q, f, owner, what, in)
	r.options(&q, f, owner, what)
	if q.Shape == Text && q.Class != Never && q.Class != "" {
		r.at(f.Class, fmt.Sprintf("%s is free text and has class %q", what, q.Class), "want mai")
	}
	if !in.Personal {
		q.Earlier = r.earlier(f.Earlier, owner, what)
	}
	q.Route = r.route(f.Route, &q, what)
	if f.Headline != nil {
		q.Headline = Headline{Title: r.need(f.Headline.Title, owner, what+": sintesi", "titolo"), Any: r.codes(f.Headline.Any, &q, owner, what)}
	}
	if q.Export > 0 {
		r.once(f.Export, "domanda_id", f.Export.text)
		r.book.byExport[q.Export] = len(r.book.Questions)
	}
	if _, twice := r.book.byID[id]; !twice {
		r.book.byID[id] = len(r.book.Questions)
	}
	r.book.Questions = append(r.book.Questions, q)
}

func (r bookReader) area(w word) int {
	id := r.text(w)
	if id == "" {
		return -1
	}
	var known []string
	for i, a := range r.book.Areas {
		if a.ID == id {
			return i
		}
		known = append(known, a.ID)
	}
	r.at(w, fmt.Sprintf("the area %q is not among those of accademia", id), diag.DidYouMean(id, known))
	return -1
}

func (r bookReader) forms(q *Question, f questionFile, owner word, what string) {
	for _, w := range f.Forms {
		switch oneOf(r.reader, w, owner, what, "moduli", "completo", "breve") {
		case "completo":
			q.Full = true
		case "breve":
			q.Short = true
		}
	}
	if len(f.Forms) == 0 {
		r.missing(owner, what, "moduli", "say on which forms it stands: [completo, breve] or [completo]")
	}
}

// class reads the publication class and holds it to the policy.
func (r bookReader) class(q *Question, f questionFile, owner word, what string, in Section) {
	q.Reserved = in.Reserved || r.flag(f.Reserved)
	if f.Class.text == "" {
		r.missing(owner, what, "classe", "nothing is published without a class: choose mai, aggregato, comune or registro")
		return
	}
	q.Class = oneOf(r.reader, f.Class, owner, what, "classe", Never, Aggregate, Consented, Register)
	if in.Reserved && f.Reserved.text == "false" {
		r.at(f.Reserved, fmt.Sprintf("%s cannot lift riservata, its section %q has it", what, in.ID), "delete this line")
	}
	switch {
	case q.Reserved && (q.Class == Consented || q.Class == Register):
		r.at(f.Class, fmt.Sprintf("%s is riservata and has class %q", what, q.Class), "want aggregato or mai; this cannot be promoted")
	case in.Personal && q.Class != Never && q.Class != "":
		r.at(f.Class, fmt.Sprintf("%s is in a personal section and has class %q", what, q.Class), "want mai")
	}
}

// options reads rows and options of a question.
func (r bookReader) options(q *Question, f questionFile, owner word, what string) {
	codes, labels := map[string]int{}, map[string]int{}
	for _, o := range f.Options {
		opt := Option{Label: r.label(labelFile{o.Code, o.Text, o.Also}, owner, what, "option", codes, labels),
			Exclusive: r.flag(o.Exclusive), DontKnow: r.flag(o.DontKnow)}
		q.Options = append(q.Options, opt)
	}
	clear(codes)
	clear(labels)
	for _, row := range f.Rows {
		q.Rows = append(q.Rows, r.label(row, owner, what, "row", codes, labels))
	}
	const least = 2 // a choice is between two at least
	switch {
	case q.Shape == Text:
		if len(q.Options)+len(q.Rows) > 0 {
			r.at(owner, what+" is free text and has options or rows", "delete them, or choose another forma")
		}
	case q.Shape != "" && len(q.Options) < least:
		r.at(owner, what+" has fewer than two options", "")
	case len(q.Options) > maxOptions:
		r.at(owner, fmt.Sprintf("%s has %d options, want %d at most", what, len(q.Options), maxOptions), "")
	case q.Shape == Grid && len(q.Rows) == 0:
		r.at(owner, what+" is a griglia without righe", "add its rows, or choose forma: singola")
	case q.Shape != Grid && q.Shape != "" && len(q.Rows) > 0:
		r.at(owner, fmt.Sprintf("%s has righe and is a %s", what, q.Shape), "want forma: griglia")
	}
}

// label reads code and label, each once within a question.
func (r bookReader) label(f labelFile, owner word, what, kind string, codes, labels map[string]int) Label {
	if f.Code.line > 0 {
		owner = f.Code
	}
	l := Label{Code: r.need(f.Code, owner, what+": "+kind, "codice"), Text: r.need(f.Text, owner, what+": "+kind, "voce")}
	first := func(seen map[string]int, w word, key, as string) {
		if line, twice := seen[key]; twice {
			r.at(w, fmt.Sprintf("%s: the %s %s %q stands twice, first on line %d", what, kind, as, w.text, line), "")
			return
		}
		seen[key] = w.line
	}
	if l.Code != "" {
		first(codes, f.Code, l.Code, "code")
	}
	if l.Text != "" {
		first(labels, f.Text, foldLabel(l.Text), "label")
	}
	for _, a := range f.Also {
		l.Also = append(l.Also, r.text(a))
		first(labels, a, foldLabel(a.text), "label")
	}
	return l
}

func (r bookReader) earlier(f earlierFile, owner word, what string) Earlier {
	e := Earlier{Edition: r.text(f.Edition), Question: r.text(f.Question), Reason: r.text(f.Reason)}
	if f.Outcome.line == 0 {
		r.missing(owner, what, "confronto", "say how it compares with the earlier edition: {esito: confrontabile, edizione, domanda}, {esito: interruzione, motivo} or {esito: nuova}")
		return e
	}
	e.Outcome = oneOf(r.reader, f.Outcome, owner, what+": confronto", "esito", Comparable, Break, New)
	switch {
	case e.Outcome == Comparable && (e.Edition == "" || e.Question == ""):
		r.at(f.Outcome, what+" is confrontabile, but confronto does not say with what", "add edizione and domanda")
	case e.Outcome == Break && e.Reason == "":
		r.at(f.Outcome, what+" breaks its series without a motivo", "readers see the reason where the line stops: add it")
	}
	return e
}

// route reads the condition; its target must stand before the question.
func (r bookReader) route(f *routeFile, q *Question, what string) Route {
	if f == nil {
		return Route{}
	}
	target := r.text(f.Question)
	i, ok := r.book.byID[target]
	if !ok {
		known := make([]string, len(r.book.Questions))
		for i := range r.book.Questions {
			known[i] = r.book.Questions[i].ID
		}
		r.at(f.Question, fmt.Sprintf("%s is asked after question %q, which does not stand before it", what, target), diag.DidYouMean(target, known))
		return Route{}
	}
	on := &r.book.Questions[i]
	if on.Shape != Single && on.Shape != Multiple {
		r.at(f.Question, fmt.Sprintf("%s is asked after question %q, which is a %s", what, target, on.Shape), "want a singola or a multipla")
		return Route{}
	}
	if on.Class == Never {
		r.at(f.Question, fmt.Sprintf("%s is asked after question %q, which is of class mai and is not read", what, target), "give the condition another question")
	}
	if q.Full && !on.Full || q.Short && !on.Short {
		r.at(f.Question, fmt.Sprintf("%s is asked after question %q, which is not on all of its forms", what, target), "correct moduli of one of them")
	}
	return Route{On: true, Question: i, Any: r.codes(f.Any, on, f.Question, what)}
}

// codes is the set of q's options that the words name.
func (r bookReader) codes(words []word, q *Question, owner word, what string) Set {
	var s Set
	if len(words) == 0 {
		r.missing(owner, what, "una_di", "list the codes of the answers that count")
	}
	for _, w := range words {
		code := r.text(w)
		i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Code == code })
		if i < 0 || i >= maxOptions {
			var known []string
			for _, o := range q.Options {
				known = append(known, o.Code)
			}
			r.at(w, fmt.Sprintf("%s: %q is not the code of an option of question %q", what, code, q.ID), diag.DidYouMean(code, known))
			continue
		}
		s = s.With(i)
	}
	return s
}

// foldLabel brings a label to the form in which labels are compared: small
// letters, one kind of apostrophe, quote and dash, single blanks.
func foldLabel(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '`', '´', 'ʼ', '′':
			return '\''
		case '“', '”', '«', '»':
			return '"'
		case '–', '—', '‑', '‐', '−':
			return '-'
		}
		return r
	}, s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
