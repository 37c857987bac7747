package site

import (
	"strings"
	"testing"

	"mappa/internal/disclosure"
	"mappa/internal/survey"
)

func TestADifferenceIsThatOfThePrintedShares(t *testing.T) {
	s, _, _ := byClass(t)
	for _, c := range []struct {
		name     string
		was, now disclosure.Cell
		want     string
	}{
		{"a decimal each", one(10.1), one(12.2), "+2,1"},
		{"a fall", one(12.2), one(10.1), "−2,1"},
		{"nothing", one(12.2), one(12.2), "0,0"},
		{"whole before", whole(10), one(12.2), "+2"},
		{"withheld before", ris(), one(12.2), "–"},
		{"withheld now", one(12.2), ris(), "–"},
	} {
		if got := s.difference([]disclosure.Cell{one(1), c.was, c.now}).Text; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What was published of an edition before has a file even where it does not compare,
// and every question of it one.
func TestSharesThatDoNotCompareHaveAFileOfTheirOwn(t *testing.T) {
	p, out := surveySite(t, "it")
	all := p.inquiries()
	before := all[1]
	files := map[string]bool{} // of questions of the edition before, by name of the file
	for i := range before.book.Questions {
		if _, ok := before.asked(i); !ok {
			continue
		}
		k, j := newest(all, 1, i)
		q := &all[k].book.Questions[j]
		name := "dati.csv"
		if q.Earlier.Outcome == survey.Break && k == 0 {
			name = brokenFile
		}
		data, _ := out.File(strings.TrimPrefix(indicatorPath(q.ID), "/") + name)
		if files[name] = true; !strings.Contains(string(data), "\n"+before.book.Edition+","+before.book.Questions[i].ID+",") {
			t.Errorf("%s of %s does not have %s", name, q.ID, before.book.Questions[i].ID)
		}
	}
	if !files["dati.csv"] || !files[brokenFile] {
		t.Error("the test says nothing")
	}
	if _, ok := out.File("indicatori/rtd/" + brokenFile); ok {
		t.Error("a question that compares has a file of shares that do not")
	}
	if page, _ := out.File("indicatori/copie/index.html"); !strings.Contains(string(page), `href="/indicatori/copie/prima.csv"`) {
		t.Error("nothing leads to the file")
	}
}

func TestAQuestionShowsItsEditionsOrWhyItDoesNot(t *testing.T) {
	_, out := surveySite(t, "it")
	page := func(id string) string {
		data, ok := out.File(file(indicatorPath(id)))
		if !ok {
			t.Fatalf("no page of %s", id)
		}
		return strings.NewReplacer("\u00a0", " ", "’", "'").Replace(string(data))
	}
	const both = "Differenza, punti"
	for _, c := range []struct {
		id    string
		has   []string
		lacks []string
	}{
		{"rtd", []string{both, "Base 2024", `class="hollow"`, "Non sono gli stessi Comuni"}, nil},
		{"servizi-online", []string{both, "Anello: 2024"}, []string{"Base 2024"}},
		{"copie", []string{"La serie si interrompe nel 2025", "ogni quanto si fanno le copie", "Nel 2024 la domanda era"}, []string{both, "Base 2024"}},
		{"sue-canali", []string{"Una domanda nuova del 2025"}, []string{both, "Base 2024"}},
		{"iter-atti", []string{"Una domanda del 2024", "Nel 2025 non è stata posta"}, []string{both, "Base 2024"}},
		{"edizioni", []string{"Soltanto nel 2024", `<a href="/indicatori/iter-atti/">`, "3.861", "4.603"}, nil},
		{"ostacoli", []string{"Più spesso al primo posto", "2º posto", "Quota dei Comuni che la mettono al primo posto"}, nil},
		{"addetti-ict", []string{"Da 0 a 1.000, in persone, con un decimale."}, nil},
	} {
		text := page(c.id)
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", c.id, want)
			}
		}
		for _, no := range c.lacks {
			if strings.Contains(text, no) {
				t.Errorf("%s has %q", c.id, no)
			}
		}
	}
}
