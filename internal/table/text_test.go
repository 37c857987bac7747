package table

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// sameAsCSV reads a text whole and in pieces, and holds rows, places and faults to
// those of the standard library.
func sameAsCSV(t *testing.T, in string, comma byte) {
	t.Helper()
	holdToCSV(t, newText(in, nil, comma), in, comma)
	for _, size := range []int{1, 2, 7} {
		holdToCSV(t, newText("", inPieces(in, size), comma), in, comma)
	}
}

// inPieces gives a text so many bytes at a time, or as many as are asked for.
func inPieces(in string, size int) func(least int) string {
	return func(least int) string {
		n := min(max(size, least), len(in))
		out := in[:n]
		in = in[n:]
		return out
	}
}

func holdToCSV(t *testing.T, x *text, in string, comma byte) {
	t.Helper()
	want := csv.NewReader(strings.NewReader(in))
	want.Comma, want.FieldsPerRecord = rune(comma), -1
	for {
		cells, err := x.next()
		wantCells, wantErr := want.Read()
		if err == io.EOF || wantErr == io.EOF {
			if err != wantErr {
				t.Fatalf("%q ends with %v, want %v", in, err, wantErr)
			}
			return
		}
		if !slices.Equal(cells, wantCells) {
			t.Fatalf("%q has the row %q, want %q", in, cells, wantCells)
		}
		for i := range cells {
			line, col := x.place(i)
			if wantLine, wantCol := want.FieldPos(i); line != wantLine || col != wantCol {
				t.Fatalf("%q: the cell %q is at %d:%d, want %d:%d", in, cells[i], line, col, wantLine, wantCol)
			}
		}
		var wantFault *csv.ParseError
		if !errors.As(wantErr, &wantFault) {
			if err != nil {
				t.Fatalf("%q: %v", in, err)
			}
			continue
		}
		var f *fault
		if !errors.As(err, &f) || f.first != wantFault.StartLine || f.line != wantFault.Line || f.col != wantFault.Column || f.inside != errors.Is(wantErr, csv.ErrBareQuote) {
			t.Fatalf("%q: got %+v, want %v", in, f, wantFault)
		}
	}
}

// awkward are texts in which it matters how a reader goes.
var awkward = []string{
	"", "\n", "\r", "\r\n", "a", "a\r", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a\r\r\nb", "\n\na,b\n\n\n1,2", ",\n,,\n",
	`"a","b"` + "\n" + `"1","2"`, `"a",b` + "\r\n", `"",""` + "\n", `"a""b",c` + "\n", `"""a""",""""` + "\n", `"a` + "\r\n" + `b",c` + "\nd,e\n", "\"a\n\n\nb\"\nc",
	`a,"b` + "\n" + `c",d"e` + "\nf\n", `a"b,c` + "\nd\n", `"a"b,c` + "\nd\n", `a,"b` + "\n" + `c"d` + "\ne\n", `a,"b`, "a,\"b\n", "a,\"b\n\r", "a,\"b\nc\r", `"`, `""`, `"""`, `a,"`, "è,\"à\n\",ì\"\n", "\"a\"\r", "\"a\"\r\n\"b\"", "\"a\" ,b\n",
}

func TestTextIsReadAsTheStandardLibraryDoes(t *testing.T) {
	for _, in := range awkward {
		sameAsCSV(t, in, ',')
		sameAsCSV(t, strings.ReplaceAll(in, ",", ";"), ';')
	}
}

func TestACellIsAPartOfTheText(t *testing.T) {
	const rows = 100
	in := strings.Repeat("1001,Piea,\"101\",\"Voce\",\n", rows)
	x := newText(in, nil, ',')
	if n := testing.AllocsPerRun(1, func() {
		for x.rest = in; ; {
			if _, err := x.next(); err != nil {
				return
			}
		}
	}); n > 2 {
		t.Errorf("%.0f allocations for %d rows", n, rows)
	}
}

func FuzzText(f *testing.F) {
	for _, in := range awkward {
		f.Add(in, true)
	}
	f.Fuzz(func(t *testing.T, in string, semicolon bool) {
		comma := byte(',')
		if semicolon {
			comma = ';'
		}
		sameAsCSV(t, in, comma)
	})
}
