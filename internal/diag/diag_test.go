package diag

import "testing"

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

func TestANearWordIsSuggestedAndAFarOneIsNot(t *testing.T) {
	words := []string{"denominazione", "codice", "provincia"}
	for in, want := range map[string]string{"denominazoine": "denominazione", "Codice": "codice", "prvincia": "provincia", "xyz": ""} {
		if got := Nearest(in, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}
