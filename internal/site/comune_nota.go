package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/locale"
	"mappa/internal/survey"
)

// remark is what a Comune says in public to a figure on its page, with the edition
// that it is about.
type remark struct {
	survey.Reply
	edition *survey.Public
	tree    string // title of the index, where it is about one
}

// bindRemarks sorts the replies by Comune, the newest first. One about an index that
// is not there is a fault. Those to an invented edition are invented too, and stand on
// no page.
func (p *press) bindRemarks() bool {
	list := p.list.Part()
	p.remarks = map[int][]remark{}
	for _, s := range append(slices.Clone(p.Before), p.Survey) {
		if s.Edition == nil {
			continue
		}
		for _, r := range s.Edition.Replies {
			x := remark{Reply: r, edition: s.Edition}
			if r.Index != "" {
				var ids []string
				if s.Tree != nil {
					for _, i := range s.Tree.Indices() {
						ids = append(ids, s.Tree.Nodes[i].ID)
						if s.Tree.Nodes[i].ID == r.Index {
							x.tree = s.Tree.Nodes[i].Title
						}
					}
				}
				if x.tree == "" {
					list.Add(diag.Problem{File: r.File, Line: r.Line, Text: fmt.Sprintf("there is no index %q to reply to", r.Index), Hint: diag.DidYouMean(r.Index, ids)})
					continue
				}
			}
			if !s.Edition.Demo() {
				p.remarks[r.Comune] = append(p.remarks[r.Comune], x)
			}
		}
	}
	for _, all := range p.remarks {
		slices.SortStableFunc(all, func(a, b remark) int { return cmp.Compare(b.Date, a.Date) })
	}
	return list.Len() == 0
}

// regards is the title of what a reply is to, and its page, "" without one: an index
// has one in the newest edition.
func (p *press) regards(r remark) (title, href string) {
	if r.Question < 0 {
		if p.Survey.Indices != nil && r.edition == p.Survey.Edition {
			href = indicesPath + r.Index + "/"
		}
		return r.tree, href
	}
	q := &r.edition.Book.Questions[r.Question]
	if s, ok := p.inquiry(); ok && r.edition == s.edition && len(s.published.Of(r.Question)) > 0 {
		href = indicatorPath(q.ID)
	}
	return q.Title, href
}

// ownNotes is what the Comune says to its figures, as it sent it: the newest first.
func (p comunePlace) ownNotes() []section {
	all := p.press.remarks[p.i]
	if len(all) == 0 {
		return nil
	}
	w := p.words
	s := section{ID: "nota", Title: w.T("comune.nota_comune.titolo", p.args(locale.N("n", len(all)))...),
		Margin: []note{{w.T("comune.piano.chi"), w.HTML("comune.nota_comune.chi")}}}
	for _, r := range all {
		title, href := p.press.regards(r)
		head := esc(title)
		if href != "" {
			head = anchor(href, title)
		}
		text := "<h3>" + head + `</h3><blockquote class="reply">`
		for _, line := range strings.Split(r.Text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				text += "<p>" + esc(line) + "</p>"
			}
		}
		s.Parts = append(s.Parts, text+`</blockquote><p class="note">`+w.HTML("comune.nota_comune.firma", p.args(locale.S("data", w.Date(r.Date)), locale.S("edizione", r.edition.Book.Edition))...)+"</p>")
	}
	return []section{s}
}

// remarkFile is a note of the Comune in dati.json.
type remarkFile struct {
	Date     string `json:"data"`
	Edition  string `json:"edizione"`
	Question string `json:"domanda,omitempty"`
	Index    string `json:"indice,omitempty"`
	Title    string `json:"titolo"`
	Text     string `json:"testo"`
}

func (p comunePlace) remarkRows() (out []remarkFile) {
	for _, r := range p.press.remarks[p.i] {
		title, _ := p.press.regards(r)
		x := remarkFile{Date: r.Date.String(), Edition: r.edition.Book.Edition, Index: r.Index, Title: title, Text: r.Text}
		if r.Question >= 0 {
			x.Question = r.edition.Book.Questions[r.Question].ID
		}
		out = append(out, x)
	}
	return out
}
