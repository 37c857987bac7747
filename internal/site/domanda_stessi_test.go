package site

import (
	"html/template"
	"strings"
	"testing"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

func TestAMoveAmongTheSameComuniIsCalledAChangeOnlyBeyondItsInterval(t *testing.T) {
	s, _, _ := byClass(t)
	s.icons = map[string]template.HTML{}
	move := func(points, low, high float64) disclosure.Moved {
		return disclosure.Moved{Points: stat.Of(points), Low: stat.Of(low), High: stat.Of(high), Key: "k"}
	}
	k := func(number string) string { return `<span data-cifra="k">` + number + "</span>" }
	const same = "Seguendo gli stessi Comuni, quelli che hanno risposto nel 2024 e nel 2025, la stima per tutti i Comuni "
	for _, c := range []struct {
		name       string
		m          disclosure.Moved
		text, cell string
	}{
		{"rises", move(3, 1, 5), same + "sale: " + k("+3") + " punti, fra " + k("+1") + " e " + k("+5") + ".", "+3 (da +1 a +5)"},
		{"falls", move(-3, -5, -1), same + "scende: " + k("−3") + " punti, fra " + k("−5") + " e " + k("−1") + ".", "−3 (da −5 a −1)"},
		{"reaches 0", move(1, 0, 2), same + "non cambia oltre il suo margine: " + k("+1") + " punto, fra " + k("0") + " e " + k("+2") + ".", "+1 (da 0 a +2)"},
		{"not known", disclosure.Moved{}, "", "–"},
		{"withheld", disclosure.Moved{Points: stat.Missing(stat.Withheld)}, "", ""},
	} {
		text, _ := s.movedWords(c.m, []locale.Arg{locale.S("prima", "2024"), locale.S("dopo", "2025")})
		if got := plain(string(text)); got != c.text {
			t.Errorf("%s: %q, want %q", c.name, got, c.text)
		}
		if got := s.movedCell(c.m); got.Text != c.cell || (got.Figure != "") != c.m.Points.OK() || c.cell == "" && !strings.Contains(string(got.HTML), "ris.") {
			t.Errorf("%s: the cell is %+v", c.name, got)
		}
	}
}

// The table, the words and the file of a question have the same moves.
func TestAQuestionHasItsChangeAmongTheSameComuni(t *testing.T) {
	p, out := surveySite(t, "it")
	s, _ := p.inquiry()
	shown := 0
	for _, i := range questionsShown(p) {
		q, _ := s.asked(i)
		moved := s.movedRows(q)
		path := strings.TrimPrefix(indicatorPath(q.ID), "/")
		file, ok := out.File(path + movedFile)
		page, _ := out.File(path + "index.html")
		if ok != (moved != nil) {
			t.Errorf("%s: %d moves, and a file: %v", q.ID, len(moved), ok)
		}
		if q.Reserved && strings.Contains(string(page), "/panel\"") {
			t.Errorf("%s is riservata", q.ID)
		}
		if q.byRow() || !ok {
			continue
		}
		for _, r := range moved {
			if r.Figure == "" || r.Row != moved[0].Row { // of a ranking the page has the first place
				continue
			}
			shown++
			if !strings.Contains(string(page), `data-cifra="`+r.Figure+`"`) || !strings.Contains(string(file), r.Figure) {
				t.Errorf("%s: %s is not on its page, or in its file", q.ID, r.Figure)
			}
		}
	}
	if shown < 30 {
		t.Errorf("%d moves: the test says little", shown)
	}
}
