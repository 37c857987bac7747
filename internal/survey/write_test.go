package survey

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mappa/internal/atlas"
)

// writer writes an edition as a tool would export it.
type writer struct {
	lime     bool   // LimeSurvey, else a plain wide CSV
	headings string // "code", "em" (Q1_SQ001), "codetext", "text", "cut" (as since 2.50), "old" (as before)
	labels   bool   // answers in words, else in codes
	key      string // codice_istat, codice_catastale, codice_ipa, token
	comma    rune
	decimal  string // "," or "."
	joined   bool   // several options in one cell
	bom      bool
	cut      int    // letters that are left of a text
	blank    string // between the words of a text
}

// sheet is the edition as rows of cells, headings first.
func (w writer) sheet(e *Edition, a *atlas.Atlas, users []string) [][]string {
	head := []string{w.key}
	if w.lime {
		head = []string{"id", "submitdate", "lastpage", "startlanguage", "seed", w.key}
		switch w.headings {
		case "text": // what LimeSurvey calls its own columns
			head = []string{"Response ID", "Date submitted", "Last page", "Start language", "Seed", w.spokenKey("Access code")}
		case "cut":
			head = []string{"ID risposta", "Data inviata", "Ultima pagina", "Linguaggio di p.. ", "Seed", w.spokenKey("Identificativo")}
		case "old":
			head = []string{"Response ID.. ", "Date submitted.. ", "Last page.. ", "Start language.. ", "seed", w.key}
		case "codetext":
			head = []string{"id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language", "seed. Seed", w.key + ". Access code"}
		}
	} else {
		head = append(head, "stato_compilazione", "data_invio_risposta")
	}
	var cells []func(at int) string
	for q := range e.Book.Questions {
		for _, c := range w.question(e, q) {
			head, cells = append(head, c.head), append(cells, c.cell)
		}
	}
	if w.key != "token" { // nothing else says so
		head = append(head, "questionario", "cluster")
	}
	rows := [][]string{append(head, "dimostrativo")}
	for i := range e.Places {
		p := &e.Places[i]
		if p.State == NotOpened {
			continue
		}
		row := w.front(a, i, p, users)
		for _, cell := range cells {
			if p.State != Completed {
				row = append(row, "")
				continue
			}
			row = append(row, cell(i))
		}
		if w.key != "token" {
			class := &a.Schemes[defaultScheme].Classes[p.Class]
			row = append(row, map[Form]string{FullForm: "completo", ShortForm: "breve"}[p.Form], fmt.Sprintf("%d-%d ab.", class.Over, class.UpTo))
			if class.UpTo == 0 {
				row[len(row)-1] = fmt.Sprintf(">%d ab.", class.Over)
			}
		}
		rows = append(rows, append(row, "sì"))
	}
	return rows
}

func (w writer) front(a *atlas.Atlas, i int, p *Participation, users []string) []string {
	c := &a.Comuni[i]
	key := map[string]string{"codice_istat": c.ISTAT, "codice_catastale": c.Cadastral, "codice_ipa": "c_" + strings.ToLower(c.Cadastral)}[w.key]
	if w.key == "token" {
		key = users[i]
	}
	if !w.lime {
		sent := ""
		if p.Sent != 0 {
			sent = p.Sent.String()
		}
		return []string{key, states()[p.State], sent}
	}
	sent := ""
	if p.State == Completed {
		sent = p.Sent.String() + " 10:30:00"
	}
	return []string{fmt.Sprint(i + 1), sent, "7", "it", "12345", key}
}

// written is a column.
type written struct {
	head string
	cell func(at int) string
}

func (w writer) head(q *Question, subs ...part) string {
	var keys []string
	texts := ""
	for _, s := range subs {
		if q.Shape == Ranking {
			s.Text = "Rank " + s.Key
		}
		keys, texts = append(keys, s.Key), texts+"["+w.abbreviate(s.Text)+"]"
	}
	code, em := "", strings.Join(append([]string{q.Key}, keys...), "_")
	if len(keys) > 0 {
		code = "[" + strings.Join(keys, "_") + "]"
	}
	if q.Scale > 0 {
		code, em, texts = fmt.Sprintf("%s[%d]", code, q.Scale), fmt.Sprintf("%s_%d", em, q.Scale-1), fmt.Sprintf("%s[Scale %d]", texts, q.Scale)
	}
	if texts != "" {
		texts = " " + texts
	}
	switch w.headings {
	case "em":
		return em
	case "codetext":
		return q.Key + code + ". " + q.Text + texts
	case "text":
		return strings.ReplaceAll(q.Text+texts, " ", w.blank)
	case "cut":
		return w.abbreviate(q.Text) + texts
	case "old":
		return string([]rune(q.Text)[:min(len([]rune(q.Text)), w.cut)]) + ".. " + code
	}
	return q.Key + code
}

// abbreviate cuts a text as LimeSurvey does.
func (w writer) abbreviate(s string) string {
	if r := []rune(s); w.headings == "cut" && len(r) > w.cut+3 {
		return string(r[:w.cut]) + ".. "
	}
	return s
}

// spokenKey is the heading of the column that says whose answers a row holds.
func (w writer) spokenKey(token string) string {
	if w.key == "token" {
		return token
	}
	return w.key
}

// question is the columns of a question.
func (w writer) question(e *Edition, at int) (out []written) {
	q := &e.Book.Questions[at]
	add := func(cell func(i int) string, subs ...part) { out = append(out, written{w.head(q, subs...), cell}) }
	if q.Class == Never {
		add(func(int) string { return "Testo Segreto" })
		return out
	}
	for item := range q.Items() {
		answers, numbers := e.Answers(at, item), e.Numbers(at, item)
		value := func(i int) string {
			if numbers != nil && answers[i].Options != 0 && answers[i].Options < 1<<(len(q.Measure.Bins)+1) {
				return strings.Replace(plain(numbers[i]), ".", w.decimal, 1)
			}
			var said []string
			for o := range q.Options {
				if answers[i].Options.Has(o) {
					said = append(said, w.option(q, o))
				}
			}
			return strings.Join(said, "|")
		}
		var row []part
		if len(q.Rows) > 0 {
			row = []part{q.Rows[item].part()}
		}
		if !q.Many() || w.joined {
			add(value, row...)
			if !q.Many() && len(q.Rows) == 0 && len(q.Options) > 0 && q.Options[len(q.Options)-1].Other && w.lime && w.headings != "text" {
				add(func(int) string { return "Testo Segreto" }, otherPart)
			}
			continue
		}
		for o := range q.Options {
			sub, yes, no := q.Options[o].part(), "Y", ""
			if w.labels {
				yes, no = "Sì", "No"
			}
			if q.Options[o].Other {
				yes, no = "Testo Segreto", ""
				if w.lime && q.Shape == Multiple {
					sub = otherPart
				}
			}
			add(func(i int) string {
				if answers[i].Options.Has(o) {
					return yes
				}
				return no
			}, append(append([]part(nil), row...), sub)...)
		}
	}
	return out
}

func (w writer) option(q *Question, o int) string {
	switch {
	case w.labels:
		return q.Options[o].Text
	case w.lime && q.Options[o].Other:
		return "-oth-"
	}
	return q.Options[o].Key
}

// csv is the rows as a file, with LimeSurvey's quotes and its empty line at the
// end.
func (w writer) csv(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	if w.bom {
		b.WriteString("\ufeff")
	}
	if !w.lime {
		c := csv.NewWriter(&b)
		c.Comma = w.comma
		if err := c.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, row := range rows {
		for i, s := range row {
			if i > 0 {
				b.WriteRune(w.comma)
			}
			b.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// workbook is the rows as a sheet; what is a number is kept as one.
func workbook(t testing.TB, sheet string, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for k, text := range row {
			if n, _, ok := parseNumber(text, '.', 0); ok && !strings.HasPrefix(text, "0") && k > 5 {
				cells[k] = n
			} else if text != "" {
				cells[k] = text
			}
		}
		if err := s.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := s.Flush(); err == nil {
		err = f.Write(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
