package site

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/stat"
)

// A file of 8,000 Comuni is mostly text that many of them share: what a figure
// is of, and of which place. Both are written once, by the encoders of the
// standard library, and their bytes are copied; all that is written afresh are
// numbers, dates and codes, which need no quotes of CSV and no escapes of JSON.

// topic is what a page's figures of one id are of, as the files write it: the
// id of the indicator's own page and files, or that of an intervention or
// service with what is counted of it (send-importo, anpr-visure-numero).
type topic struct {
	json        string // the dataset up to its first figure
	id, source  string // cells of dati.csv
	unit, ofOwn string // units of areas and of Comuni, cells of dati.csv
}

// topicOf is the head of a dataset in dati.json.
type topicOf struct {
	ID      string `json:"indicatore"`
	Title   string `json:"titolo"`
	Unit    string `json:"unita"`
	OwnUnit string `json:"unita_comuni,omitempty"` // of Comuni, where it is another: of a share they have 1 or 0
	Source  string `json:"fonte"`
	Licence string `json:"licenza"`
}

func (t topicOf) ready() *topic {
	own := t.OwnUnit
	if own == "" {
		own = t.Unit
	}
	return &topic{json: jsonOpen(t) + `,"valori":[`, id: csvCells(t.ID, t.Title), source: csvCells(t.Source), unit: csvCells(t.Unit), ofOwn: csvCells(own)}
}

// where is the place of a figure as the files write it.
type where struct {
	json, csv string
	own       bool // a Comune
}

// whereOf is the beginning of a figure in dati.json. Level and code are named
// as in an indicator's aree.csv.
type whereOf struct {
	Level string `json:"livello"`
	Code  string `json:"codice"`
	Class string `json:"classe,omitempty"`
	Place string `json:"luogo"`
}

func (p whereOf) ready() where {
	return where{jsonOpen(p), csvCells(p.Level, p.Code, p.Class, p.Place), p.Level == "comune"}
}

// jsonOpen is a struct in JSON to which more can be added.
func jsonOpen(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a struct of strings and finite numbers marshals
	}
	return string(b[:len(b)-1])
}

// csvCells is a part of a row of CSV.
func csvCells(row ...string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(row); err != nil {
		panic(err) // a buffer takes everything
	}
	w.Flush()
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// datum is one number with all that is said of it besides topic and place: the
// rest of a row of dati.csv and of an item of dati.json. A missing value is
// empty and has its reason; it is never 0.
type datum struct {
	date      atlas.Date
	statistic string // "" of a Comune: its value
	value     stat.Value
	base, of  int
	stage     string
	since     atlas.Date
}

// kept is what a figure is rounded to: four decimals, two more than any page
// prints.
const kept = 1e4

// twoFiles writes dati.json and dati.csv side by side.
type twoFiles struct {
	json, csv []byte
	first     string // cell of every row of dati.csv
	topic     *topic // of the dataset that is being written
}

// room is what either file takes, of nearly every Comune.
const room = 32 << 10

// put appends parts.
func put(b []byte, parts ...string) []byte {
	for _, s := range parts {
		b = append(b, s...)
	}
	return b
}

// begin writes the heads: the place itself, and the names of the columns.
func begin(head comuneJSON) *twoFiles {
	return &twoFiles{
		json:  put(make([]byte, 0, room), jsonOpen(head), `,"dati":[`),
		csv:   put(make([]byte, 0, room), dataHead),
		first: csvCells(head.Cadastral),
	}
}

// add writes a figure. Those of a topic follow each other.
func (f *twoFiles) add(t *topic, at *where, x datum) {
	switch f.topic {
	case t:
		f.json = append(f.json, ',')
	case nil:
		f.json = put(f.json, t.json)
	default:
		f.json = put(f.json, "]},", t.json)
	}
	f.topic = t
	f.json = append(x.date.Append(put(f.json, at.json, `,"data":"`)), '"')
	f.csv = x.date.Append(put(f.csv, f.first, ",", at.csv, ",", t.id, ","))
	f.code(`,"statistica":"`, x.statistic)
	missing := f.value(x.value)
	if at.own {
		f.csv = put(f.csv, ",", t.ofOwn)
	} else {
		f.csv = put(f.csv, ",", t.unit)
	}
	f.count(`,"base":`, x.base)
	f.count(`,"su":`, x.of)
	f.code(`,"assenza":"`, missing)
	f.code(`,"stato":"`, x.stage)
	f.csv = append(f.csv, ',')
	if x.since != 0 {
		f.json = append(x.since.Append(put(f.json, `,"stato_dal":"`)), '"')
		f.csv = x.since.Append(f.csv)
	}
	f.json = append(f.json, '}')
	f.csv = put(f.csv, ",", t.source, "\n")
}

// value writes a number, or nothing and returns the code of the reason.
func (f *twoFiles) value(v stat.Value) (missing string) {
	f.json, f.csv = put(f.json, `,"valore":`), append(f.csv, ',')
	if !v.OK() {
		f.json = put(f.json, "null")
		return v.Kind.Code()
	}
	from := len(f.csv)
	f.csv = strconv.AppendFloat(f.csv, math.Round(v.N*kept)/kept, 'f', -1, 64)
	f.json = append(f.json, f.csv[from:]...)
	return ""
}

// code writes a code of this program, where there is one.
func (f *twoFiles) code(key, s string) {
	f.csv = put(f.csv, ",", s)
	if s != "" {
		f.json = put(f.json, key, s, `"`)
	}
}

// count writes a number of Comuni, where there are any.
func (f *twoFiles) count(key string, n int) {
	f.csv = append(f.csv, ',')
	if n != 0 {
		f.json = strconv.AppendInt(put(f.json, key), int64(n), 10)
		f.csv = strconv.AppendInt(f.csv, int64(n), 10)
	}
}

func (f *twoFiles) end() openData {
	if f.topic != nil {
		f.json = put(f.json, "]}")
	}
	return openData{json: put(f.json, "]}\n"), csv: f.csv}
}
