package table

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
)

// packed is a text as a gzip file.
func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// long is a text of several pieces; in each a letter of two bytes lies on the border
// for some shift.
func long(shift int) string {
	return "nome;voce\n" + strings.Repeat("x", shift) + ";\"a\nb\"\n" + strings.Repeat("Forlì;\"è \"\"così\"\"\"\r\n", 3*piece/24)
}

// streamed reads a text in pieces.
func streamed(t *testing.T, text string) (tab *Table, rows [][]string, places []pos, ok bool) {
	t.Helper()
	var list diag.List
	tab = &Table{File: "x.csv.gz", list: &list}
	if !tab.stream(packed(t, text), Form{}, 0) {
		return nil, nil, nil, false
	}
	tab.headings()
	rows, places = rowsOf(tab)
	return tab, rows, places, true
}

func rowsOf(tab *Table) (rows [][]string, places []pos) {
	for row := range tab.All() {
		rows = append(rows, slices.Clone(row.Cells))
		line, col := row.place(len(row.Cells) - 1)
		places = append(places, pos{int32(line), int32(col)})
	}
	return rows, places
}

func TestALargeTextReadInPiecesIsTheSame(t *testing.T) {
	for shift := range 4 {
		for _, mark := range []string{"", "\ufeff"} {
			text := mark + long(shift)
			tab, rows, places, ok := streamed(t, text)
			if !ok {
				t.Fatal("it is not read in pieces")
			}
			var list diag.List
			whole := &Table{File: "x.csv", list: &list}
			whole.open(text, Form{})
			wantRows, wantPlaces := rowsOf(whole)
			if tab.Encoding != whole.Encoding || tab.Comma != whole.Comma || !slices.Equal(tab.Head, whole.Head) {
				t.Errorf("shift %d: it is read as %s, %q, %q, want %s, %q, %q", shift, tab.Encoding, tab.Comma, tab.Head, whole.Encoding, whole.Comma, whole.Head)
			}
			if !slices.EqualFunc(rows, wantRows, slices.Equal) || !slices.Equal(places, wantPlaces) {
				t.Errorf("shift %d: the rows differ", shift)
			}
		}
	}
}

func TestWhatNeedsAllOfATextIsReadWhole(t *testing.T) {
	good := long(1)
	cases := []struct{ name, text string }{
		{"another encoding in the last piece", good + "Forl\xec;\n"},
		{"a letter that is cut off at the end", good + "\xc3"},
		{"no text in the last piece", good + "a\x00;b\n"},
		{"headings that do not end in the first piece", "nome;\"" + strings.Repeat("\n", piece) + good},
		{"white space", strings.Repeat(" \n", piece)},
	}
	for _, c := range cases {
		if _, _, _, ok := streamed(t, c.text); ok {
			t.Errorf("%s: it is read in pieces", c.name)
		}
	}
	var list diag.List
	tab := &Table{File: "x.csv.gz", list: &list}
	whole := packed(t, good)
	damaged := whole[:len(whole)/2] + "?" + whole[len(whole)/2+1:]
	if tab.stream(damaged, Form{}, 0) || tab.stream(whole, Form{}, len(good)) || tab.stream(whole, Form{Encoding: Windows1252}, 0) {
		t.Error("a damaged file, a small one, or one that is said to be Windows-1252 is read in pieces")
	}
}
