package site

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"mappa/internal/stat"
)

// plainFile and plainRow are dati.json as the standard library alone would
// write it.
type plainFile struct {
	comuneJSON
	Data []plainSet `json:"dati"`
}

type plainSet struct {
	topicOf
	Values []plainRow `json:"valori"`
}

type plainRow struct {
	whereOf
	On        string   `json:"data"`
	Statistic string   `json:"statistica,omitempty"`
	Value     *float64 `json:"valore"`
	Base      int      `json:"base,omitempty"`
	Of        int      `json:"su,omitempty"`
	Missing   string   `json:"assenza,omitempty"`
	Stage     string   `json:"stato,omitempty"`
	Since     string   `json:"stato_dal,omitempty"`
}

func (r *plainRow) fill(x datum) {
	r.On, r.Statistic, r.Base, r.Of, r.Stage, r.Since = x.date.String(), x.statistic, x.base, x.of, x.stage, x.since.String()
	if x.value.OK() {
		n := math.Round(x.value.N*1e4) / 1e4
		r.Value = &n
	} else {
		r.Missing = x.value.Kind.Code()
	}
}

// cells is the row of dati.csv.
func (r plainRow) cells(cadastral string, t topicOf) []string {
	unit, value := t.Unit, ""
	if r.Level == "comune" && t.OwnUnit != "" {
		unit = t.OwnUnit
	}
	if r.Value != nil {
		value = strconv.FormatFloat(*r.Value, 'f', -1, 64)
	}
	known := func(n int) string { return strings.TrimPrefix(strconv.Itoa(n), "0") }
	return []string{cadastral, r.Level, r.Code, r.Class, r.Place, t.ID, t.Title, r.On, r.Statistic, value, unit,
		known(r.Base), known(r.Of), r.Missing, r.Stage, r.Since, t.Source}
}

// FuzzBothFilesAreWhatTheStandardLibraryWrites holds the bytes that are put
// together from ready pieces against those of encoding/json and encoding/csv.
func FuzzBothFilesAreWhatTheStandardLibraryWrites(f *testing.F) {
	for _, s := range []string{"La Spezia", "", " ", "a,b", `"San Daniele"`, "a\nb\r", `<b>&"`, "\u2028\u2029", "\\.", "\x00\x7f", "\xff", "Aosta/Aoste", "=1+1", "\ufeff"} {
		f.Add(s, s, 70.07874, 127, uint8(stat.Known))
		f.Add("E463", s, -0.00001, 0, uint8(stat.Withheld))
	}
	f.Fuzz(func(t *testing.T, a, b string, n float64, base int, kind uint8) {
		if base < 0 || math.IsNaN(n) || math.Abs(n) > 1e15 {
			t.Skip("no figure")
		}
		share := topicOf{ID: a, Title: b, Unit: "% dei Comuni", OwnUnit: b, Source: a, Licence: b}
		count := topicOf{ID: b, Title: a, Unit: b, Source: b, Licence: a}
		own, class := whereOf{Level: "comune", Code: a, Place: b}, whereOf{Level: "regione-classe", Code: b, Class: a, Place: a}
		v := stat.Missing(stat.Kind(kind) % (stat.Failed + 1))
		if v.OK() {
			v = stat.Of(n)
		}
		figures := []datum{
			{date: 20260814, value: v, stage: "pagato", since: 20240516},
			{date: 20220101, statistic: "quota", value: v, base: base, of: base + 1},
		}

		head := comuneJSON{Cadastral: a, Name: b, Other: []string{b}, DrawnKm2: 51.15}
		files, want := begin(head), plainFile{comuneJSON: head}
		var table bytes.Buffer
		w := csv.NewWriter(&table)
		table.WriteString(dataHead)
		for _, of := range []topicOf{share, count} {
			topic, set := of.ready(), plainSet{topicOf: of}
			for _, at := range []whereOf{own, class} {
				place := at.ready()
				for _, x := range figures {
					files.add(topic, &place, x)
					row := plainRow{whereOf: at}
					row.fill(x)
					set.Values = append(set.Values, row)
					if err := w.Write(row.cells(a, of)); err != nil {
						t.Fatal(err)
					}
				}
			}
			want.Data = append(want.Data, set)
		}
		w.Flush()
		wantJSON, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := files.end()
		if string(got.json) != string(wantJSON)+"\n" {
			t.Errorf("dati.json is\n%s\nwant\n%s", got.json, wantJSON)
		}
		if string(got.csv) != table.String() {
			t.Errorf("dati.csv is\n%s\nwant\n%s", got.csv, table.String())
		}
	})
}

func TestFilesWithoutFiguresAreWhole(t *testing.T) {
	got := begin(comuneJSON{Cadastral: "E463"}).end()
	if !json.Valid(got.json) || string(got.csv) != dataHead {
		t.Errorf("files without figures are\n%s\n%s", got.json, got.csv)
	}
}
