package table

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mappa/internal/diag"
)

// workbook has two sheets: the cells given, and another.
func sheets(t testing.TB, name string, rows [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	err := f.SetSheetName("Sheet1", name)
	for i, row := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow(name, at, &row)
		}
	}
	if err == nil {
		_, err = f.NewSheet("Altro")
	}
	if err == nil {
		err = f.SetSheetRow("Altro", "A1", &[]any{"n"})
	}
	var b bytes.Buffer
	if err == nil {
		err = f.Write(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestASheetIsReadAsATable(t *testing.T) {
	raw := sheets(t, "Foglio1", [][]any{{"codice ", "nome", "quota"}, {"001001", "Agliè", 12.5}, nil, {"001002", nil, 33.3}, {"x", "Città", nil}})
	var list diag.List
	tab, ok := parse(raw, "x.XLSX", Spec{Want: []string{"codice", "nome", "quota"}}, &list)
	if !ok || tab.Sheet != "Foglio1" || tab.Encoding != Workbook || len(tab.Rows) != 3 {
		t.Fatalf("%+v %v", tab, list.Problems())
	}
	var got []string
	for _, r := range tab.Rows {
		got = append(got, strings.Join(r.Cells, "|"))
	}
	if s := strings.Join(got, " "); s != "001001|Agliè|12.5 001002||33.3 x|Città|" {
		t.Errorf("got %s", s)
	}
	tab.Problem(tab.Rows[1], 2, "bad", "")
	tab.Problem(tab.Rows[2], -1, "bad", "")
	if p := list.Problems(); p[0].Place() != "x.XLSX: Foglio1!C4" || p[1].Place() != "x.XLSX: Foglio1!5" {
		t.Errorf("got %v", p)
	}
}

func TestAWorkbookWithoutWhatIsWantedIsRefused(t *testing.T) {
	raw := sheets(t, "Foglio1", [][]any{{"codice", "name"}, {"1", "2", "3"}})
	for _, c := range []struct {
		name string
		raw  []byte
		form Form
		want string
	}{
		{"no workbook", []byte("a;b\n"), Form{}, "x.xlsx: the file is not an Excel workbook that can be read"},
		{"cut short", raw[:len(raw)/2], Form{}, "x.xlsx: the file is not an Excel workbook that can be read"},
		{"no such sheet", raw, Form{Sheet: "Foglio2"}, `x.xlsx: the workbook has no sheet "Foglio2"`},
		{"another sheet", raw, Form{Sheet: "Altro"}, `x.xlsx:1: the column "nome" is missing; x.xlsx: Altro!A1: the column "n" is not known here`},
		{"a column and a cell", raw, Form{}, `x.xlsx:1: the column "nome" is missing; x.xlsx: Foglio1!A1: the column "codice" is not known here; x.xlsx: Foglio1!B1: the column "name" is not known here; x.xlsx:2: the row has 3 cells, want 2 as the headings have`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			tab := &Table{File: "x.xlsx", list: list.Part()}
			tab.open(string(c.raw), c.form)
			if _, ok := tab.read(Spec{Want: []string{"nome"}}); ok {
				t.Error("was taken as whole")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.Place()+": "+p.Text)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func TestRowsReadOneAtATimeAreThoseReadTogether(t *testing.T) {
	const text = "a;b\n1;x\n2\n\"3\n\";\"z\"\n\"\"\n"
	var list diag.List
	together, _ := parse([]byte(text), "x.csv", Spec{Want: []string{"a", "b"}}, &list)
	tab := &Table{File: "x.csv", list: list.Part()}
	tab.open(text, Form{Comma: ';', Encoding: UTF8})
	tab.Require(Spec{Want: []string{"a", "b"}})
	i := 0
	for row := range tab.All() {
		line, col := tab.Where(row, 1)
		if wantLine, wantCol := together.Where(together.Rows[i], 1); line != wantLine || col != wantCol || row.Get(1) != together.Rows[i].Get(1) || row.Line() != together.Rows[i].Line() {
			t.Errorf("row %d is at %d:%d", i, line, col)
		}
		i++
	}
	if i != len(together.Rows) || tab.Whole() || i != 2 {
		t.Errorf("%d rows, together %d", i, len(together.Rows))
	}
}

func TestAnEncodingThatIsSaidIsBelieved(t *testing.T) {
	for _, c := range []struct {
		said, want string
		whole      bool
	}{{"", Windows1252, true}, {Windows1252, Windows1252, true}, {UTF8, UTF8, false}} {
		var list diag.List
		tab := &Table{File: "x.csv", list: list.Part()}
		tab.open("a,b\n\xe8,1\n", Form{Encoding: c.said})
		if _, ok := tab.read(Spec{Extra: true}); ok != c.whole || tab.Encoding != c.want || tab.Rows[0].Get(0) != "è" {
			t.Errorf("%q: %v %s %q", c.said, ok, tab.Encoding, tab.Rows[0].Cells)
		}
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add(sheets(f, "Foglio1", [][]any{{"a", "b"}, {"1", 2.5}, {nil, "è"}}))
	f.Fuzz(func(t *testing.T, raw []byte) { whole(t, raw, "f.xlsx") })
}
