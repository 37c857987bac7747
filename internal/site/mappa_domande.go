package site

import (
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// answersFile is a question of the survey on the map: each of its answers, of a
// grid in each row, in every area of which it is published. There is nothing by
// Comune. componenti/atlante/domanda.ts reads it.
type answersFile struct {
	Order string      `json:"ordine"`
	Areas []int       `json:"aree"`  // what the keys of their figures end with
	Rows  []answerSet `json:"righe"` // one, or those of the grid
}

// answerSet is the answers of a row. Areas are Italy, the regions and, region by
// region, its halves by size; the latter are left out where nothing is published
// of any.
type answerSet struct {
	Name  string      `json:"nome,omitempty"` // of the grid's row
	Key   string      `json:"cifra_base"`     // where bases come from, but for the area
	Bases []int       `json:"basi"`           // 0 where it is not published
	Items []answerMap `json:"voci"`
}

// answerMap is one answer. Values are the per cents that the pages print; where
// there is none, null says that nothing is published of the area and -k the
// place of the reason among the catalogue's kinds.
type answerMap struct {
	ID     string     `json:"id,omitempty"` // in the address; none is shown first
	Key    string     `json:"cifra"`        // where values come from, but for the area
	Name   string     `json:"nome"`
	Values []*float64 `json:"valori"`
}

// mapped are the questions with a map: those of which anything is published.
func (s *inquiry) mapped() (out []*asked) {
	for i := range s.book.Questions {
		if q, ok := s.asked(i); ok {
			out = append(out, q)
		}
	}
	return out
}

// mapGroup is under what a question stands in the choice of indicators: its
// section of the form.
func (s *inquiry) mapGroup(q *asked) string {
	return s.demoWords(s.words.T("domanda.elenco.titolo", locale.S("sezione", s.book.Sections[q.Section].Title)))
}

// mapSurvey is what all questions have in common on the map; files is their
// address.
func (s *inquiry) mapSurvey(files string) mapIndicator {
	out := mapIndicator{Form: stat.Share, Decimals: surveyDecimals, DecimalsFrom: s.published.Policy.Decimal, Breaks: surveyBreaks(), Demo: s.edition.Demo(), Source: s.book.Title,
		Levels: []string{"regioni"}, Classes: []mapClass{}, Series: []mapSeries{{s.book.To.String(), s.words.Date(s.book.To), files}}}
	if len(s.areas.halves) > 0 {
		for _, size := range halfSizes() {
			out.Classes = append(out.Classes, mapClass{halfCodes[size], s.halfWords(size)})
		}
	}
	return out
}

// halfSizes are the halves of a region in their order on the map.
func halfSizes() []estimate.Size { return []estimate.Size{estimate.Small, estimate.Large} }

// surveyBreaks are the classes of the survey's shares, the same for every
// question, so that one can be held against another.
func surveyBreaks() []float64 { return []float64{20, 40, 60, 80} }

// surveyDecimals is how exactly shares of the survey are printed where their
// base is large enough (Decimal of disclosure.Policy); elsewhere they are whole.
const surveyDecimals = 1

// answersFile is a question as far as it is published.
func (s *inquiry) answersFile(q *asked) answersFile {
	areas := append([]place{s.areas.italy}, s.areas.regions...)
	if halves := s.regionHalves(); slices.ContainsFunc(halves, func(x place) bool { return !q.tables[0].Lines[x.area].Closed }) {
		areas = append(areas, halves...)
	}
	out := answersFile{Order: s.order.hash.String()}
	for _, x := range areas {
		out.Areas = append(out.Areas, x.area)
	}
	for i := range q.tables {
		t := &q.tables[i]
		set := answerSet{Key: t.Key + disclosure.Turnout}
		if len(q.Rows) > 0 {
			set.Name = q.Rows[t.Row].Text
		}
		for _, x := range areas {
			base := 0
			if b := t.Lines[x.area].Base; b.OK() {
				base = int(b.N)
			}
			set.Bases = append(set.Bases, base)
		}
		for _, column := range q.columns() {
			item := answerMap{ID: q.itemID(t, column), Key: t.Key + q.columnCode(column), Name: q.itemName(column)}
			for _, x := range areas {
				item.Values = append(item.Values, mapValue(&t.Lines[x.area], q.cell(t, x.area, column)))
			}
			set.Items = append(set.Items, item)
		}
		out.Rows = append(out.Rows, set)
	}
	return out
}

// regionHalves are the halves of all regions, region by region.
func (s *inquiry) regionHalves() (out []place) {
	if len(s.areas.halves) == 0 {
		return nil
	}
	for r := range s.Atlas.Regions {
		for _, size := range halfSizes() {
			out = append(out, s.areas.halves[[2]int{r, int(size)}])
		}
	}
	return out
}

// columns are what a table has a share of: the headline, where there is one, and
// every answer.
func (q *asked) columns() (out []int) {
	if q.Headline.Title != "" {
		out = append(out, headline)
	}
	for k := range q.Options {
		out = append(out, k)
	}
	return out
}

// itemID is how the address names an answer: by its code, in a grid behind that
// of the row; the one that the map shows first has none.
func (q *asked) itemID(t *disclosure.Table, column int) string {
	if t.Row == q.tables[0].Row && column == q.focus {
		return ""
	}
	code := q.columnCode(column)
	if len(q.Rows) > 0 {
		code = q.Rows[t.Row].Code + "." + code
	}
	return code
}

// columnCode is a column in files and keys.
func (q *asked) columnCode(column int) string {
	if column == headline {
		return headlineCode
	}
	return q.Options[column].Code
}

func (q *asked) itemName(column int) string {
	if column == headline {
		return locale.Capital(q.Headline.Title)
	}
	return q.Options[column].Text
}

// mapValue is a share as the map's files have it.
func mapValue(l *disclosure.Line, c disclosure.Cell) *float64 {
	v := c.Value.N
	switch {
	case l.Closed && hidden(c.Value):
		return nil
	case !c.Value.OK():
		v = -float64(1 + slices.Index(stat.Kinds(), c.Value.Kind))
	}
	return &v
}
