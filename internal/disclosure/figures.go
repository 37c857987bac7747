package disclosure

import (
	"strconv"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// sintesi is the headline among the options of a figure's key.
const sintesi = "sintesi"

// Turnout is the base and the response among the options of a figure's key.
const Turnout = "risposta"

// name gives what is shown its key: edition, question, row (or -), option and
// position of the area in the frame, "2025/rtd/-/si/12". A cell of which nothing is
// shown has none, so that nobody can print it under a name.
func (p *Published) name(book *survey.Codebook) {
	for i := range p.Tables {
		t := &p.Tables[i]
		q := &book.Questions[t.Question]
		t.Key = stemOf(book, q, t.Row)
		key := func(of []float64, option string, area int) string {
			if len(of) == 0 {
				return ""
			}
			return t.Key + option + "/" + strconv.Itoa(area)
		}
		for area := range t.Lines {
			l := &t.Lines[area]
			for k := range l.Options {
				l.Options[k].Key = key(l.Options[k].numbers(), q.Options[k].Code, area)
			}
			l.Headline.Key, l.Key = key(l.Headline.numbers(), sintesi, area), key(l.numbers(), Turnout, area)
		}
	}
}

// stemOf is the beginning of the keys of a table.
func stemOf(book *survey.Codebook, q *survey.Question, row int) string {
	name := "-"
	if len(q.Rows) > 0 {
		name = q.Rows[row].Code
	}
	return book.Edition + "/" + q.ID + "/" + name + "/"
}

// Figures are all figures that may be printed: by key the numbers that may stand
// under it. What pages and files print is held against them by package verify.
func (p *Published) Figures() map[string][]float64 {
	out := p.MovedFigures()
	for i := range p.Tables {
		for _, l := range p.Tables[i].Lines {
			out[l.Key], out[l.Headline.Key] = l.numbers(), l.Headline.numbers()
			for _, c := range l.Options {
				out[c.Key] = c.numbers()
			}
		}
	}
	delete(out, "")
	return out
}

// MovedFigures are those of Figures that tell how answers moved since the edition before.
func (p *Published) MovedFigures() map[string][]float64 {
	out := map[string][]float64{}
	for _, columns := range p.moved {
		for _, m := range columns {
			out[m.Key] = m.numbers()
		}
	}
	delete(out, "")
	return out
}

// numbers are all that is printed of a cell.
func (c *Cell) numbers() []float64 { return shown(c.Value, c.Estimate, c.Low, c.High, c.Residents) }

// numbers are the base and the two response rates.
func (l *Line) numbers() []float64 { return shown(l.Base, l.Response, l.ResidentsResponse) }

func shown(values ...stat.Value) (out []float64) {
	for _, v := range values {
		if v.OK() {
			out = append(out, v.N)
		}
	}
	return out
}
