package site

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
	"mappa/internal/score"
)

// figured is text of which all numbers are figures of the survey, with where they come
// from. Whatever is printed of the survey goes through here, or is the cell of a table
// or the row of a chart that has its key: package verify wants a key of every per cent
// on these pages.
func figured(key, text string) template.HTML {
	if key == "" {
		return esc(text)
	}
	return template.HTML(`<span data-cifra="`+html.EscapeString(key)+`">`) + esc(text) + "</span>"
}

// told is a share as a value of a message.
func (s *inquiry) told(name string, c disclosure.Cell) locale.Arg {
	return locale.H(name, figured(c.Key, s.text(c)))
}

// guessed is an estimate with its interval as a value of a message.
func (s *inquiry) guessed(name string, c disclosure.Cell) locale.Arg {
	return locale.H(name, figured(c.Key, s.estimateText(c)))
}

// SurveyPages are the files of all pages that speak of nothing but the survey, and those
// of them whose tables hold no number but figures: others have counts of who took part,
// which anybody may know.
func SurveyPages(in Inputs) (all, answers []string) {
	pages := []string{objectivesPath, indicesPath, sensitivityPath}
	for _, s := range append(slices.Clone(in.Before), in.Survey) {
		if s.Edition == nil {
			continue
		}
		for _, q := range s.Edition.Book.Questions {
			pages = append(pages, indicatorPath(q.ID))
		}
		if s.Tree != nil {
			for _, i := range s.Tree.Indices() {
				pages = append(pages, indicesPath+s.Tree.Nodes[i].ID+"/")
			}
		}
	}
	slices.Sort(pages)
	for _, p := range slices.Compact(pages) {
		answers = append(answers, file(p))
	}
	return append([]string{file(indicatorPath(turnoutID)), file(indicatorPath(editionsID))}, answers...), answers
}

// SurveyWords are the words of those pages that have a per cent which is no figure: what
// a codebook says, the ends of axes, classes of a map, and by which rule figures are made.
func SurveyWords(in Inputs) (out []string) {
	const confidence, drawn, whole = 95, 90, 100 // per cent: of intervals, of the trials in a band, and the end of an axis
	for _, n := range []int{confidence, drawn, whole, int(whole * score.Spread)} {
		out = append(out, strconv.Itoa(n)+" %")
	}
	if lang := in.Theme.Language(in.Settings.Site.Lang); lang != nil {
		for k := range len(turnoutBreaks) + 1 {
			out = append(out, turnoutClass(lang, k))
		}
	}
	add := func(texts ...string) {
		for _, t := range texts {
			if strings.Contains(t, "%") {
				out = append(out, t, locale.Capital(t))
			}
		}
	}
	for _, s := range append(slices.Clone(in.Before), in.Survey) {
		if s.Edition == nil {
			continue
		}
		book := s.Edition.Book
		add(book.Title, book.Note)
		for _, x := range book.Sections {
			add(x.Title)
		}
		for _, x := range book.Objectives {
			add(x.Title)
		}
		for _, q := range book.Questions {
			add(q.Title, q.Text, q.Headline.Title, q.Earlier.Reason)
			for _, o := range q.Options {
				add(o.Text)
			}
			for _, r := range q.Rows {
				add(r.Text)
			}
		}
	}
	return out
}

// told is a mean as a value of a message.
func (s *indexed) told(name string, m disclosure.Mean) locale.Arg {
	return locale.H(name, figured(s.origin(m), s.number(m)))
}

// origin is where a mean comes from, "" where none is shown.
func (s *indexed) origin(m disclosure.Mean) string {
	if !m.Value.OK() {
		return ""
	}
	return m.Key
}
