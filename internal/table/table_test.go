package table

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"mappa/internal/diag"
)

func TestOfficesExportsAreRead(t *testing.T) {
	spec := Spec{Want: []string{"codice", "nome del Comune"}}
	for _, c := range []struct {
		name, in, encoding string
		comma              rune
	}{
		{"comma", "codice,nome del Comune\n001001,Agliè\n", UTF8, ','},
		{"semicolon, BOM, CRLF", "\ufeffcodice;nome del Comune\r\n001001;Agliè\r\n", UTF8BOM, ';'},
		{"tab", "codice\tnome del Comune\n001001\tAgliè\n", UTF8, '\t'},
		{"Windows-1252", "codice;nome del Comune\n001001;Agli\xe8\n", Windows1252, ';'},
		{"heading with a line break", "codice;\"nome \ndel Comune\"\n001001;Agliè\n", UTF8, ';'},
		{"quoted separators in headings", "codice;\"nome del Comune\"\n001001;\"Agliè\"\n\n", UTF8, ';'},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			got, ok := parse([]byte(c.in), "x.csv", spec, &list)
			if !ok {
				t.Fatal(list.Problems())
			}
			if got.Encoding != c.encoding || got.Comma != c.comma {
				t.Errorf("detected %s %q", got.Encoding, got.Comma)
			}
			if len(got.Rows) != 1 || got.Rows[0].Get(got.Col("nome del Comune")) != "Agliè" || got.Rows[0].Get(got.Col("codice")) != "001001" {
				t.Errorf("rows %v", got.Rows)
			}
		})
	}
}

func TestBrokenTablesSayWhatIsWrong(t *testing.T) {
	spec := Spec{Want: []string{"codice", "nome"}}
	for _, c := range []struct{ name, in, want string }{
		{"empty", " \n", "x.csv: the file is empty"},
		{"wrong separator", "codice|nome\n1|a\n", "x.csv:1:1: the first line holds one column only; a comma, a semicolon or a tab is wanted between columns\n    hint: export the file again with one of these separators"},
		{"UTF-16", "\xff\xfec\x00", "x.csv: the file is in UTF-16, want UTF-8 or Windows-1252\n    hint: save the file again as CSV, UTF-8"},
		{"spreadsheet", "PK\x03\x04abc", "x.csv: the file is a zip or a spreadsheet, want delimited text\n    hint: save the file again as CSV, UTF-8"},
		{"binary", "codice,nome\n\x00", "x.csv: the file is not text: byte 13 is zero\n    hint: save the file again as CSV, UTF-8"},
		{"missing column", "codice,nmoe\n", "x.csv:1:8: the column \"nmoe\" is not known here\n    hint: did you mean \"nome\"?\nx.csv:1: the column \"nome\" is missing\n    hint: did you mean \"nmoe\"?"},
		{"doubled column", "codice,nome,nome\n", "x.csv:1:13: the column \"nome\" stands twice, first as column 2\n    hint: delete or rename one of them"},
		{"short row", "codice,nome\n1,a\n2\n", "x.csv:3: the row has 1 cells, want 2 as the headings have\n    hint: look for a missing separator or an unquoted one"},
		{"raw quote", "codice,nome\n1,a\"b\n", "x.csv:2:4: a quote stands inside a cell that is not quoted\n    hint: a quote inside a quoted cell is written twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if _, ok := parse([]byte(c.in), "x.csv", spec, &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.String())
			}
			if want := strings.Split(c.want, "\nx.csv"); len(got) != len(want) {
				t.Errorf("got %q", got)
			}
			for _, g := range got {
				if !strings.Contains(c.want, g) {
					t.Errorf("got %q\nwant %q", g, c.want)
				}
			}
		})
	}
}

// A reader that wants a number under n of every row.
func TestOneFaultDoesNotHideTheNext(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a short row before a bad value", "n,m\n1\nx,2\n", []string{"x.csv:2: the row has 1 cells, want 2 as the headings have", "x.csv:3:1: bad"}},
		{"a long row before a bad value", "n,m\n1,2,3\nx,2\n", []string{"x.csv:2: the row has 3 cells, want 2 as the headings have", "x.csv:3:1: bad"}},
		{"a raw quote before a bad value", "n,m\n1,a\"b\nx,2\n", []string{"x.csv:2:4: a quote stands inside a cell that is not quoted", "x.csv:3:1: bad"}},
		{"a quoted cell that goes on before a bad value", "n,m\n1,\"a\"b\nx,2\n", []string{"x.csv:2:5: a quoted cell is not closed, or goes on after its closing quote", "x.csv:3:1: bad"}},
		{"a cell that is not closed, to the end", "n,m\nx,2\n1,\"a\n2,3\n", []string{"x.csv:2:1: bad", "x.csv:3: a quoted cell is not closed, or goes on after its closing quote: the row goes on to line 4"}},
		{"an unknown column before a bad value", "n,m,o\nx,2,3\n", []string{`x.csv:1:5: the column "o" is not known here`, "x.csv:2:1: bad"}},
		{"another column that is missing", "n,o\nx,1\n", []string{`x.csv:1: the column "m" is missing`, `x.csv:1:3: the column "o" is not known here`, "x.csv:2:1: bad"}},
		{"the column itself is missing: what lacks is said once", "m,o\n1,2\n1\n", []string{`x.csv:1: the column "n" is missing`, `x.csv:1:3: the column "o" is not known here`, "x.csv:3: the row has 1 cells, want 2 as the headings have"}},
		{"the column itself stands twice: neither is believed", "n,m,n\nx,2,y\n", []string{`x.csv:1:5: the column "n" stands twice, first as column 1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			tab, ok := parse([]byte(c.in), "x.csv", Spec{Want: []string{"n", "m"}}, &list)
			if ok {
				t.Error("was taken as whole")
			}
			for _, r := range tab.Rows {
				if n := tab.Col("n"); r.Get(n) == "" || strings.Trim(r.Get(n), "0123456789") != "" {
					tab.Problem(r, n, "bad", "")
				}
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.Place()+": "+p.Text)
			}
			if g, w := strings.Join(got, "\n"), strings.Join(c.want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

// Each text is read to its end in spite of its faults.
func TestAMixtureOfEncodingsIsNamedPlaceByPlace(t *testing.T) {
	const hint = "\n    hint: put the letter right there and save the file as UTF-8"
	for _, c := range []struct {
		name, in, encoding string
		want               []string
		names              string // as they are read
	}{
		{"one byte in a file of UTF-8", "n,nome\n1,Agliè\n2,Citt\xe0 di Castello\n", UTF8,
			[]string{`x.csv:3:7: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint}, "Agliè Città di Castello"},
		{"after a byte-order mark and nothing else", "\ufeffn,nome\n1,Agli\xe8\n", UTF8BOM,
			[]string{`x.csv:2:7: the byte 0xE8 is not UTF-8, which the file is in; in Windows-1252 it would be "è"` + hint}, "Agliè"},
		{"two on a line, a letter cut in two, in the first line too", "n,nome,\xe0\n1,“Agliè”,\xe2\x80\n", UTF8,
			[]string{`x.csv:1:8: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint,
				`x.csv:2:16: the byte 0xE2 is not UTF-8, which the file is in; in Windows-1252 it would be "â"` + hint,
				`x.csv:2:17: the byte 0x80 is not UTF-8, which the file is in; in Windows-1252 it would be "€"` + hint}, "“Agliè”"},
		{"a byte that Windows-1252 has no letter for", "n,nome\n1,è\x81\n", UTF8,
			[]string{"x.csv:2:5: the byte 0x81 is not UTF-8, which the file is in" + hint}, "è\ufffd"},
		{"more than are named", "n,nome\n1," + strings.Repeat("è", 9) + strings.Repeat("\xe0", 7) + "\n", UTF8,
			[]string{"x.csv: the file has 7 bytes that are not UTF-8, of which the first 5 are named\n    hint: save the file as UTF-8",
				`x.csv:2:21: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint,
				`x.csv:2:22: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint,
				`x.csv:2:23: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint,
				`x.csv:2:24: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint,
				`x.csv:2:25: the byte 0xE0 is not UTF-8, which the file is in; in Windows-1252 it would be "à"` + hint}, strings.Repeat("è", 9) + strings.Repeat("à", 7)},
		{"a letter of UTF-8 in a file of Windows-1252", "n,nome\n1,Agli\xe8\n2,Forl\xec\n3,Cantù\n", Windows1252,
			[]string{`x.csv:4:7: the bytes 0xC3B9 are "ù" in UTF-8, while the file is in Windows-1252` + hint}, "Agliè Forlì Cantù"},
		{"capitals of Windows-1252 before marks are no UTF-8", "n,nome\n1,\xabPERCH\xc9\xbb di Forl\xec\n", Windows1252, nil, "«PERCHÉ» di Forlì"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			tab, ok := parse([]byte(c.in), "x.csv", Spec{Want: []string{"n", "nome"}, Extra: true}, &list)
			if ok != (c.want == nil) || tab.Encoding != c.encoding {
				t.Errorf("whole %v, read as %s", ok, tab.Encoding)
			}
			var got, names []string
			for _, p := range list.Problems() {
				got = append(got, p.String())
			}
			for _, r := range tab.Rows {
				names = append(names, r.Get(tab.Col("nome")))
			}
			if g, w := strings.Join(got, "\n"), strings.Join(c.want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
			if g := strings.Join(names, " "); g != c.names {
				t.Errorf("read %q, want %q", g, c.names)
			}
		})
	}
}

func TestACellKnowsItsPlace(t *testing.T) {
	var list diag.List
	tab, _ := parse([]byte("a;b\n\"x\ny\";1\nz;2\n"), "x.csv", Spec{Want: []string{"a", "b"}}, &list)
	tab.Problem(tab.Rows[0], 1, "bad", "")
	tab.Problem(tab.Rows[1], 1, "bad", "")
	if line, col := tab.Where(tab.Rows[1], 1); line != 4 || col != 3 {
		t.Errorf("the cell is at %d:%d", line, col)
	}
	if line, col := tab.Where(tab.Rows[1], tab.Col("z")); line != 4 || col != 0 {
		t.Errorf("a cell that is not there is at %d:%d", line, col)
	}
	if got := list.Problems(); got[0].Place() != "x.csv:3:4" || got[1].Place() != "x.csv:4:3" {
		t.Errorf("got %v", got)
	}
}

func TestAGzippedTableIsReadAndACutOneRefused(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write([]byte("a,b\n1,2\n"))
	w.Close()
	fsys := fstest.MapFS{"x.csv.gz": {Data: z.Bytes()}, "cut.csv.gz": {Data: z.Bytes()[:z.Len()-9]}, "plain.csv.gz": {Data: []byte("a,b\n")}}
	var list diag.List
	if tab, ok := Read(fsys, "x.csv.gz", Spec{Want: []string{"a"}, May: []string{"b"}}, &list); !ok || len(tab.Rows) != 1 {
		t.Error(list.Problems())
	}
	Read(fsys, "cut.csv.gz", Spec{}, &list)
	Read(fsys, "plain.csv.gz", Spec{}, &list)
	Read(fsys, "gone.csv", Spec{}, &list)
	var got []string
	for _, p := range list.Problems() {
		got = append(got, p.Place()+": "+p.Text)
	}
	want := "cut.csv.gz: the gzip file is cut short or damaged after 8 bytes of text\ngone.csv: the file is missing or cannot be read\nplain.csv.gz: the name ends in .gz but the file is not gzip"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}

func TestAnotherFilesProblemsDoNotCount(t *testing.T) {
	var list diag.List
	list.File("b.csv", "something is wrong", "")
	tab, ok := parse([]byte("a;b\n1;2\n"), "a.csv", Spec{Want: []string{"a", "b"}}, &list)
	if !ok {
		t.Fatal("a good file was refused")
	}
	if tab.Problem(tab.Rows[0], 0, "x", ""); list.Len() != 2 {
		t.Error("a problem of a cell is not on the list")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("a;b\n1;2\n"))
	f.Add([]byte("\ufeff\"a\",b\r\n\"1\n\",2\r\n\r\n"))
	f.Add([]byte("a,b\n\x80,\xe8\n"))
	f.Add([]byte("a,b\nè,\xe8\xe2\x80\n"))
	f.Add([]byte("\ufeffa,b\n\xe8\xe8,è\n"))
	f.Fuzz(func(t *testing.T, raw []byte) { whole(t, raw, "f.csv") })
}

// parse reads a table from its bytes.
func parse(raw []byte, name string, spec Spec, list *diag.List) (*Table, bool) {
	t := &Table{File: name, list: list.Part()}
	t.open(string(raw), Form{})
	return t.read(spec)
}

// whole holds a reading of whatever bytes to what a Table promises.
func whole(t *testing.T, raw []byte, name string) {
	var list diag.List
	tab, ok := parse(raw, name, Spec{Want: []string{"a"}, Extra: true}, &list)
	if ok != (list.Len() == 0) {
		t.Fatal("refused without a reason, or not in spite of one")
	}
	for _, r := range tab.Rows {
		for i, c := range r.Cells {
			if !utf8.ValidString(c) {
				t.Fatalf("the cell %q is not UTF-8", c)
			}
			tab.Problem(r, i, "here", "")
		}
	}
}
