package sample

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/survey"
)

// File is a finished file, its path relative to the site folder.
type File struct {
	Path string
	Data []byte
}

// Names of the files within the edition's folder; edizione.yaml names them.
const (
	ExportFile   = "risposte.csv.gz"
	RegisterFile = "rispondenti.csv.gz"
)

// mark is the cell of the column that every file carries.
const mark = "sì"

// Files makes the fictional edition: the export in the Mappa's long format and
// the register of who was invited.
func Files(c Config) []File {
	m := maker{Config: c, answers: make([][][]reply, len(c.Book.Questions))}
	m.people()
	for q := range c.Book.Questions {
		m.ask(q)
	}
	dir := path.Join(survey.Dir, c.Book.Edition)
	return []File{
		{path.Join(dir, ExportFile), pack(m.export)},
		{path.Join(dir, RegisterFile), pack(m.register)},
	}
}

// byUser are the places in the order of their user ids.
func (m *maker) byUser() []int {
	out := make([]int, len(m.places))
	for i := range out {
		out[i] = i
	}
	return ranked(out, func(i int) int { return -m.places[i].user })
}

// export writes the rows as they are made: of a large survey there are millions.
func (m *maker) export(w *csv.Writer) error {
	row := []string{"quesito.user_id", "quesito.username", "domanda_id", "risposta_voce", "risposta_valore", "dimostrativo"}
	err := w.Write(row)
	for _, i := range m.byUser() {
		p := m.places[i]
		if p.state == survey.NotOpened {
			continue
		}
		id := strconv.Itoa(p.user)
		for q := range p.reached {
			for _, cells := range m.cells(q, i) {
				row = append(row[:0], id, p.name, strconv.Itoa(m.Book.Questions[q].Export), cells[0], cells[1], mark)
				err = cmp.Or(err, w.Write(row))
			}
		}
	}
	return err
}

// cells are the answers of place i to question q as the export writes them:
// voce and valore. Some Comuni write apostrophes as printers do, as in real
// exports.
func (m *maker) cells(q, i int) (out [][2]string) {
	question := &m.Book.Questions[q]
	free := "testo inventato (" + question.ID + ")"
	if question.Shape == survey.Text {
		return [][2]string{{free, ""}}
	}
	const printers = 5 // every fifth
	typed := func(s string) string {
		if m.places[i].user%printers == 0 {
			return strings.ReplaceAll(s, "'", "’")
		}
		return s
	}
	for row, replies := range m.answers[q] {
		for o, option := range question.Options {
			voce, valore := typed(option.Text), ""
			switch {
			case !replies[i].options.Has(o):
				continue
			case question.Shape == survey.Ranking:
				valore = strconv.Itoa(row + 1)
			case question.Numeric() && o <= len(question.Measure.Bins):
				voce, valore = "", decimal(replies[i].number, question.Measure.Decimals)
			case option.Other:
				valore = free
			}
			if len(question.Rows) > 0 && question.Shape != survey.Ranking {
				if valore == "" {
					valore = voce
				}
				voce = typed(question.Rows[row].Text)
			}
			out = append(out, [2]string{voce, valore})
		}
	}
	return out
}

// decimal writes a number of 10^-d with a decimal comma.
func decimal(n, d int) string {
	if d == 0 {
		return strconv.Itoa(n)
	}
	scale := tens(d)
	return fmt.Sprintf("%d,%0*d", n/scale, d, n%scale)
}

func (m *maker) register(w *csv.Writer) error {
	rows := [][]string{{"user_id", "codice_catastale", "comune", "cluster", "questionario", "stato_compilazione", "data_invio_risposta", "dimostrativo"}}
	states := []string{"Mai aperto", "In compilazione", "Completato"}
	for _, i := range m.byUser() {
		p := m.places[i]
		if p.absent {
			continue
		}
		form := "completo"
		if p.form == survey.ShortForm {
			form = "breve"
		}
		rows = append(rows, []string{strconv.Itoa(p.user), p.code, p.name, p.class, form, states[p.state], p.sent.String(), mark})
	}
	return w.WriteAll(rows)
}

// pack makes a gzip of CSV, without name or time.
func pack(write func(*csv.Writer) error) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		w := csv.NewWriter(z)
		err = write(w)
		w.Flush()
		err = cmp.Or(err, w.Error())
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("sample: writing to memory failed: %v", err))
	}
	return slices.Clip(out.Bytes())
}
