package survey

import (
	"regexp"
	"strconv"
	"strings"
)

// role is what the cells of a column of a wide export hold.
type role uint8

const (
	cellUnread   role = iota // system columns, comments, what was specified, class mai
	cellAnswer               // the answer to an item: an option, a number; of several options with | or ; between them
	cellTick                 // whether an option was ticked
	cellOther                // what was specified beside "Altro" where several may be ticked: that there is something ticks it
	cellPlace                // the place that an option has in a ranking
	cellIdentity             // whose answers these are
)

// column is what a column of a wide export is.
type column struct {
	role      role
	question  int
	item      int // of the question
	option    int // of cellTick, cellOther and cellPlace
	ambiguous bool
}

// headings finds out what a column of a wide export is by its heading: by the
// codes that LimeSurvey and spreadsheets write (`Q1`, `Q1[SQ001]`, `Q1_SQ001`,
// `Q1[SQ001]. Text`), else by the text of the question where no other has it.
type headings struct {
	codes    map[string]column
	texts    map[string]column
	wordings []wording // in the order of the form
}

func newHeadings(b *Codebook) *headings {
	h := &headings{codes: map[string]column{}, texts: map[string]column{}}
	for i := range b.Questions {
		h.question(&b.Questions[i], i)
	}
	return h
}

// question learns the columns that a question can have.
func (h *headings) question(q *Question, at int) {
	unread := column{question: at}
	as := func(r role, item, option int) column {
		if q.Class == Never {
			return unread
		}
		return column{role: r, question: at, item: item, option: option}
	}
	if len(q.Rows) == 0 || q.Class == Never {
		h.learn(q, as(cellAnswer, 0, 0))
	}
	h.unread(q, unread, part{Key: "comment"}, "Comment", "Commento")
	for r := range q.Rows {
		switch c := as(cellAnswer, r, 0); {
		case q.Scale > 0 && q.Class != Never:
			h.scale(q, c, q.Rows[r].part())
		case q.Shape == Ranking:
			place := q.Rows[r].part()
			h.learn(q, c, place)
			place.Text = place.Key // "Rank 1", in any language
			h.learn(q, c, place)
		default:
			h.learn(q, c, q.Rows[r].part())
		}
	}
	for o, option := range q.Options {
		ticked := cellTick
		if option.Other {
			ticked = cellOther
		}
		switch {
		case q.Shape == Multiple:
			h.learn(q, as(ticked, 0, o), option.part())
			h.learn(q, unread, part{Key: option.Key + "comment"})
			h.words(q, unread, []part{option.part(), {Text: "Comment"}})
			h.words(q, unread, []part{option.part(), {Text: "Commento"}})
			if option.Other {
				h.learn(q, as(cellOther, 0, o), otherPart)
				h.learn(q, as(cellOther, 0, o), part{Key: otherPart.Key, Text: "Other"})
				h.unread(q, unread, part{Key: otherPart.Key + "comment"}, "Other comment", "Altro commento")
			}
		case q.Shape == MultiGrid:
			for r := range q.Rows {
				h.learn(q, as(ticked, r, o), q.Rows[r].part(), option.part())
			}
		case q.Shape == Ranking && strings.Trim(option.Key, "0123456789") != "":
			h.learn(q, as(cellPlace, 0, o), option.part())
		case option.Other:
			h.unread(q, unread, otherPart, otherPart.Text, "Other")
		}
	}
}

// unread learns a column that is passed over, and what LimeSurvey calls it.
func (h *headings) unread(q *Question, c column, p part, texts ...string) {
	for _, p.Text = range texts {
		h.learn(q, c, p)
	}
}

// scale learns the column of a row in one of the two scales of a question:
// `Q1[SQ001][1]`, and `Q1_SQ001_0`, which counts from 0.
func (h *headings) scale(q *Question, c column, row part) {
	number := strconv.Itoa(q.Scale)
	for _, base := range q.bases() {
		for _, key := range row.keys() {
			for _, code := range []string{base + "[" + key + "][" + number + "]", base + "_" + key + "_" + strconv.Itoa(q.Scale-1)} {
				h.codes[foldKey(code)] = clash(h.codes, foldKey(code), c)
			}
		}
	}
	h.words(q, c, []part{row, {Key: number, Text: number}})
}

// part is a row or an option within a heading.
type part struct{ Key, Code, Text string }

// otherPart is how LimeSurvey calls what was specified beside "Altro".
var otherPart = part{Key: "other", Text: "Altro"}

func (l *Label) part() part { return part{l.Key, l.Code, l.Text} }

// learn writes down the ways to head a column: of the question, or of its parts.
func (h *headings) learn(q *Question, c column, parts ...part) {
	for _, base := range q.bases() {
		for _, sub := range subs(parts) {
			keys := []string{base}
			if sub != "" {
				keys = []string{base + "[" + sub + "]", base + "_" + sub}
			}
			for _, key := range keys {
				h.codes[foldKey(key)] = clash(h.codes, foldKey(key), c)
			}
		}
	}
	h.words(q, c, parts)
}

// bases are what a question's columns may begin with.
func (q *Question) bases() []string {
	return []string{q.Key, q.ID, strings.ReplaceAll(q.ID, "-", "")}
}

// words writes down the texts that head a column.
func (h *headings) words(q *Question, c column, parts []part) {
	of := ""
	for _, p := range parts {
		if p.Text == "" { // only codes have it
			return
		}
		of += "[" + p.Text + "]"
	}
	for _, text := range []string{q.Text, q.Title} {
		key := textKey(text + of)
		h.texts[key] = clash(h.texts, key, c)
		h.wordings = append(h.wordings, wording{c, text, parts})
	}
}

// subs are the ways to write the parts within a heading.
func subs(parts []part) []string {
	switch len(parts) {
	case 0:
		return []string{""}
	case 1:
		return parts[0].keys()
	}
	var out []string
	for _, a := range parts[0].keys() {
		for _, b := range parts[1].keys() {
			out = append(out, a+"_"+b, a+"]["+b)
		}
	}
	return out
}

func (p part) keys() []string {
	if p.Code == "" {
		return []string{p.Key}
	}
	return []string{p.Key, p.Code}
}

// clash is the column of a key, ambiguous where another one has it already.
func clash(m map[string]column, key string, c column) column {
	if old, ok := m[key]; ok && old != c {
		c.ambiguous = true
	}
	return c
}

// foldKey brings a code to the form in which codes are compared.
func foldKey(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "_")) }

// How a heading was understood.
const (
	byCode     = "codes"
	byCodeText = "codes and text"
	byText     = "text"
)

// codeAndText is a heading of the mode `Q1[SQ001]. Text`.
var codeAndText = regexp.MustCompile(`^([^\s.\[\]]+(?:\[[^\]]*\]){0,2})(?:[.:]|\s[-–|])\s.*$`)

// find is the column of a heading, and how it was understood.
func (h *headings) find(head string) (c column, how string, ok bool) {
	if c, ok = h.codes[foldKey(head)]; ok {
		return c, byCode, true
	}
	if m := codeAndText.FindStringSubmatch(head); m != nil {
		if c, ok = h.codes[foldKey(m[1])]; ok {
			return c, byCodeText, true
		}
	}
	c, ok = h.texts[textKey(head)]
	return c, byText, ok
}

// codeOf is a heading without the text that may follow its code.
func codeOf(head string) string {
	if m := codeAndText.FindStringSubmatch(head); m != nil {
		head = m[1]
	}
	return strings.ToLower(head)
}

// machine are columns that LimeSurvey adds by itself, or that hold persons: they
// are not read.
var machine = regexp.MustCompile(`^(id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|interviewtime|grouptime.*|.+time|firstname|lastname|email|emailstatus|attribute_[0-9]+|dimostrativo)$`)
