package site

import (
	"html/template"
	"math"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// moved is how a share moved among the Comuni that answered the edition before as
// well; the zero Moved where nothing is known of it.
func (s *inquiry) moved(q *asked, row, column int) disclosure.Moved {
	all := s.published.Moved(q.index, row)
	if column == headline {
		column = len(q.Options)
	}
	if column >= len(all) {
		return disclosure.Moved{}
	}
	return all[column]
}

// anyMoved reports whether a move is shown, or withheld, of one of the rows.
func (s *inquiry) anyMoved(q *asked, rows []seriesRow) bool {
	for _, r := range rows {
		if m := s.moved(q, r.row, r.column); m.Points.OK() || hidden(m.Points) {
			return true
		}
	}
	return false
}

// movedCell is a move as a table's cell: points with their interval.
func (s *inquiry) movedCell(m disclosure.Moved) cell {
	switch {
	case m.Points.OK():
		w := s.words
		return cell{Text: w.T("domanda.stessi.cella", locale.S("punti", w.Signed(m.Points.N, 0)), locale.S("da", w.Signed(m.Low.N, 0)), locale.S("a", w.Signed(m.High.N, 0))),
			Sort: sortKey(m.Points.N), Figure: m.Key, Class: "nowrap"}
	case hidden(m.Points):
		return cell{HTML: s.missing(stat.Withheld), Sort: "-1000"}
	}
	return cell{Text: "–", Sort: "-1000"}
}

// movedWords say how the leading share moved among the same Comuni, and whether that
// is a change: where the whole points of the interval leave 0 out, so does the
// interval.
func (s *inquiry) movedWords(m disclosure.Moved, names []locale.Arg) (template.HTML, bool) {
	if !m.Points.OK() {
		return "", false
	}
	how := "fermo"
	switch {
	case m.Low.N > 0:
		how = "sale"
	case m.High.N < 0:
		how = "scende"
	}
	w := s.words
	return w.HTML("domanda.stessi.testo", append(names, locale.S("come", how), locale.N("n", int(math.Abs(m.Points.N))), locale.H("punti", figured(m.Key, w.Signed(m.Points.N, 0))), locale.H("da", figured(m.Key, w.Signed(m.Low.N, 0))), locale.H("a", figured(m.Key, w.Signed(m.High.N, 0))))...), true
}

// movedRow is a row of a question's cambio.csv, in points.
type movedRow struct {
	Edition  string   `csv:"edizione"`
	Before   string   `csv:"edizione_prima"`
	Question string   `csv:"domanda"`
	Row      string   `csv:"riga"`
	Option   string   `csv:"opzione"` // "sintesi" is the headline
	Text     string   `csv:"voce"`
	Level    string   `csv:"livello"`
	Points   *float64 `csv:"stima"`
	Low      *float64 `csv:"stima_da"`
	High     *float64 `csv:"stima_a"`
	Missing  string   `csv:"assenza"`
	Figure   string   `csv:"cifra"`
	Demo     bool     `csv:"dimostrativo"`
}

// movedFile is the name of the file.
const movedFile = "cambio.csv"

// movedRows is how every answer moved among the same Comuni; none where the edition
// before does not compare.
func (s *inquiry) movedRows(q *asked) (out []movedRow) {
	for i := range q.tables {
		t := &q.tables[i]
		base := movedRow{Edition: s.book.Edition, Question: q.ID, Level: "nazione", Demo: s.edition.Demo()}
		if len(s.before) > 0 {
			base.Before = s.before[len(s.before)-1].Edition.Book.Edition
		}
		if len(q.Rows) > 0 {
			base.Row = q.Rows[t.Row].Code
		}
		for k, m := range s.published.Moved(q.index, t.Row) {
			if m.Points.Kind == stat.Unknown { // an answer that was not there
				continue
			}
			r := base
			r.Option, r.Text = headlineCode, q.Headline.Title
			if k < len(q.Options) {
				r.Option, r.Text = q.Options[k].Code, q.Options[k].Text
			}
			r.Points, r.Low, r.High, r.Missing, r.Figure = known(m.Points), known(m.Low), known(m.High), m.Points.Kind.Code(), m.Key
			out = append(out, r)
		}
	}
	return out
}
