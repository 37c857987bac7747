package diag

import (
	"strings"
	"testing"
)

func TestAProblemSaysWhereWhatAndHow(t *testing.T) {
	for _, c := range []struct {
		name string
		in   Problem
		want string
	}{
		{"whole file", Problem{File: "a.csv", Text: "the file is empty"}, "a.csv: the file is empty"},
		{"line", Problem{File: "a.csv", Line: 3, Text: "x"}, "a.csv:3: x"},
		{"column and hint", Problem{File: "a.csv", Line: 3, Col: 9, Text: "x", Hint: "y"}, "a.csv:3:9: x\n    hint: y"},
		{"record", Problem{File: "a.zip", Record: "record 2 (058091)", Text: "x"}, "a.zip: record 2 (058091): x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.in.String(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestProblemsComeInFileOrderAndOnce(t *testing.T) {
	var l List
	for _, p := range []Problem{{File: "b", Text: "x"}, {File: "a", Line: 10}, {File: "a", Line: 9, Col: 2}, {File: "a", Line: 9, Col: 1}, {File: "b", Text: "x"}} {
		l.Add(p)
	}
	got := l.Problems()
	if len(got) != 4 || got[0].Col != 1 || got[2].Line != 10 || got[3].File != "b" {
		t.Errorf("got %v", got)
	}
}

func TestAPartCountsItsOwnProblemsOnly(t *testing.T) {
	var l List
	l.File("a", "x", "")
	mine, theirs := l.Part(), l.Part()
	theirs.File("b", "x", "")
	within := mine.Part()
	if mine.Len() != 0 {
		t.Error("what others add is counted")
	}
	within.File("c", "x", "")
	within.Note(Problem{File: "c", Text: "y"})
	if mine.Len() != 1 || theirs.Len() != 1 || l.Len() != 3 || len(l.Notes()) != 1 || len(mine.Notes()) != 1 {
		t.Errorf("mine %v, theirs %v, all %v", mine.Problems(), theirs.Problems(), l.Problems())
	}
}

func TestANearWordIsSuggestedAndAFarOneIsNot(t *testing.T) {
	words := []string{"denominazione", "codice", "provincia"}
	for in, want := range map[string]string{"denominazoine": "denominazione", "Codice": "codice", "prvincia": "provincia", "xyz": ""} {
		if got := Nearest(in, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestATextOfTheSourcesDoesNothingToAMessage(t *testing.T) {
	long := strings.Repeat("è", 61)
	for in, want := range map[string]string{"Agliè": `"Agliè"`, "a\x1b[31mb": `"a\x1b[31mb"`, "abc\u202edef": `"abc\u202edef"`, "a\nb": `"a\nb"`,
		long: `"` + long[:120] + `"… (122 bytes)`, long[:120]: `"` + long[:120] + `"`} {
		if got := Quote(in); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := DidYouMean("x", []string{"codice", "a\x1bb"}); got != `known here: codice, "a\x1bb"` {
		t.Errorf("got %s", got)
	}
}
