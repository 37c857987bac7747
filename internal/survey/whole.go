package survey

import (
	"fmt"
	"math"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/stat"
)

// hold checks what only all items of a question together can show.
func (c *collector) hold(q int) {
	switch question := &c.book.Questions[q]; {
	case question.broken || c.partial || question.Class == Never:
	case question.Shape == Percentages:
		for at := range c.Places {
			c.addUp(q, at)
		}
	case question.Shape == Ranking:
		for at := range c.Places {
			c.inOrder(q, at)
		}
	}
}

// addUp holds the percentages of a Comune to their sum. A row left blank is no 0:
// where nobody said so, those given must add up by themselves.
func (c *collector) addUp(q, at int) {
	question := &c.book.Questions[q]
	sum, line, known := 0.0, 0, 0
	for item := c.first[q]; item < c.first[q]+question.Items(); item++ {
		answer, stands := c.answers[item][at], int(c.lines[item][at])
		switch {
		case answer.Kind == stat.DontKnow, answer.Options == 0 && stands > 0: // not known, or could not be read
			return
		case answer.Kind == stat.Known:
			sum += c.numbers[item][at]
			known++
			if line == 0 || stands < line {
				line = stands
			}
		}
	}
	m := &question.Measure
	const slack = 1e-9 // of adding decimals
	if known == 0 || math.Abs(sum-m.Sum) <= m.Within+slack {
		return
	}
	text, hint := fmt.Sprintf("the numbers of question %q do not add up to %s", question.ID, plain(m.Sum)), strings.Replace(c.hidden(question), "its value is", "the values are", 1)
	if !question.secret() {
		text, hint = fmt.Sprintf("the numbers of question %q add up to %s, want %s", question.ID, plain(math.Round(sum*maxScale)/maxScale), plain(m.Sum)), ""
	}
	c.list.Add(diag.Problem{File: c.exports[c.from[at]], Line: line, Text: fmt.Sprintf("%s, in the answers of %s", text, c.atlas.Comuni[at].Name), Hint: hint})
}

// maxScale is ten to the most decimals that a number may have.
const maxScale = 1e6

// inOrder holds a ranking to one place an option, and to no gap between places.
func (c *collector) inOrder(q, at int) {
	question := &c.book.Questions[q]
	var placed Set
	gap := -1
	for place := range question.Items() {
		item := c.first[q] + place
		answer, line := c.answers[item][at], int(c.lines[item][at])
		fault := func(text string, more ...any) {
			c.list.Add(diag.Problem{File: c.exports[c.from[at]], Line: line, Text: fmt.Sprintf(text, append([]any{question.ID}, more...)...)})
		}
		switch {
		case answer.Kind != stat.Known:
			if line > 0 { // could not be read
				return
			}
			gap = place
			continue
		case placed.Meets(answer.Options):
			fault("question %q has one option at two places, the second is %s", question.Rows[place].Text)
		case gap >= 0:
			fault("question %q has an option at place %s and none at place %s", question.Rows[place].Text, question.Rows[gap].Text)
		}
		if gap >= 0 {
			return
		}
		placed |= answer.Options
	}
}
