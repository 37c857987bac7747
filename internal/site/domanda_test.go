package site

import (
	"bytes"
	"encoding/csv"
	"html/template"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/output"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

func TestQuestionTemplateFitsItsStruct(t *testing.T) {
	var list diag.List
	realTheme(t).Check("domanda", &questionPage{}, &list)
	if list.Len() > 0 {
		t.Error(list.Problems())
	}
}

// surveySite writes the survey's pages of the shipped edition.
func surveySite(t *testing.T, lang string) (*press, *output.Memory) {
	t.Helper()
	p := referencePress(t, lang)
	p.Theme = realTheme(t)
	out := new(output.Memory)
	p.out = out
	if err := p.dress(); err != nil {
		t.Fatal(err)
	}
	for _, j := range p.questions() {
		if err := j(); err != nil {
			t.Fatal(err)
		}
	}
	return p, out
}

// pageBudget is how heavy a question's page may be, uncompressed; the page of
// who took part carries a map. Where each figure comes from takes a tenth of it, what
// a screen reader says of withheld cells another; brotli makes 6 kB of all.
const pageBudget, mapBudget = 98_000, 80_000

// ofAComune is a link to a Comune's page, which no page of the survey has.
var ofAComune = regexp.MustCompile(`href="/comuni/[a-z]`)

func TestFictionalPagesAreMarkedLightAndNameNoComune(t *testing.T) {
	for _, lang := range []string{"it", "en"} {
		p, out := surveySite(t, lang)
		if p.list.Len() > 0 {
			t.Error(p.list.Problems())
		}
		pages := 0
		for _, path := range out.Paths() {
			data, _ := out.File(path)
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			pages++
			budget := pageBudget
			if path == file(indicatorPath(turnoutID)) {
				budget = mapBudget
			}
			switch {
			case bytes.Contains(data, []byte("⟦")):
				t.Errorf("%s %s: a message lacks a word: %s", lang, path, data[bytes.Index(data, []byte("⟦")):][:60])
			case !bytes.Contains(data, []byte(`content="noindex"`)), !bytes.Contains(data, []byte(`class="demo slimdemo"`)):
				t.Errorf("%s %s is not marked as demonstration data", lang, path)
			case ofAComune.Match(data):
				t.Errorf("%s %s links to a Comune: %s", lang, path, ofAComune.Find(data))
			case len(data) > budget:
				t.Errorf("%s %s has %d bytes, want at most %d", lang, path, len(data), budget)
			}
		}
		want := 2 // who took part, and the editions
		for k, s := range p.inquiries() {
			for i := range s.book.Questions {
				if _, ok := s.asked(i); ok && !goesOn(&s.book.Questions[i], s.book.Edition, p.inquiries()[:k]) {
					want++
				}
			}
		}
		if pages != want || want <= len(questionsShown(p))+2 {
			t.Errorf("%s: %d pages, want %d", lang, pages, want)
		}
	}
}

func questionsShown(p *press) (out []int) {
	for i := range p.Survey.Edition.Book.Questions {
		if len(p.Survey.Published.Of(i)) > 0 {
			out = append(out, i)
		}
	}
	return out
}

func TestFilesHoldSharesAsPublishedAndNoCounts(t *testing.T) {
	p, out := surveySite(t, "it")
	s, _ := p.inquiry()
	areas := 0
	for _, level := range slices.Concat(s.areas.levels, s.areas.more) {
		areas += len(level.places)
	}
	for _, i := range questionsShown(p) {
		q := &p.Survey.Edition.Book.Questions[i]
		data, ok := out.File(strings.TrimPrefix(indicatorPath(q.ID), "/") + "dati.csv")
		if !ok {
			t.Fatalf("%s has no file", q.ID)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"edizione", "domanda", "riga", "opzione", "voce", "livello", "codice", "nome", "classe", "quota", "assenza", "stima", "stima_da", "stima_a", "stima_residenti", "stima_assenza", "cifra", "base", "base_assenza", "cifra_base", "comuni", "risposta_comuni", "risposta_residenti", "dimostrativo"}
		if !slices.Equal(rows[0], want) {
			t.Fatalf("%s: columns %q, want %q", q.ID, rows[0], want)
		}
		columns := len(q.Options)
		if q.Headline.Title != "" {
			columns++
		}
		col := func(name string) int { return slices.Index(want, name) }
		ofEdition := map[string]int{}
		for _, r := range rows[1:] {
			ofEdition[r[col("edizione")]]++
		}
		if n := columns * q.Items() * areas; ofEdition[p.Survey.Edition.Book.Edition] != n {
			t.Errorf("%s: %d rows, want %d", q.ID, ofEdition[p.Survey.Edition.Book.Edition], n)
		}
		if n, comparable := ofEdition[p.Before[0].Edition.Book.Edition], q.Earlier.Outcome == survey.Comparable; n > 0 != comparable {
			t.Errorf("%s: %d rows of the edition before, and it is %s", q.ID, n, q.Earlier.Outcome)
		}
		for _, r := range rows[1:] {
			if (r[col("quota")] == "") != (r[col("assenza")] != "") || (r[col("base")] == "") != (r[col("base_assenza")] != "") || (r[col("stima")] == "") != (r[col("stima_assenza")] != "") {
				t.Fatalf("%s: a value and a reason for its absence: %q", q.ID, r)
			}
			if r[col("dimostrativo")] != "true" {
				t.Fatalf("%s: a row of fictional answers is not marked: %q", q.ID, r)
			}
		}
	}
}

func TestListOfIndicatorsShowsNoInventedFigure(t *testing.T) {
	p, _ := surveySite(t, "it")
	groups := p.questionGroups()
	if len(groups) == 0 {
		t.Fatal("no groups")
	}
	for _, g := range groups {
		if len(g.Items) == 0 || g.Table != "" {
			t.Errorf("%s: %d links, table %q", g.ID, len(g.Items), g.Table)
		}
		for _, item := range g.Items {
			if item.Note != "" {
				t.Errorf("%s: %s says %q", g.ID, item.URL, item.Note)
			}
		}
	}
}

func TestAreasOfTwoCriteriaAreShownButForWhatIsReserved(t *testing.T) {
	p, out := surveySite(t, "it")
	s, _ := p.inquiry()
	shown, reserved := 0, 0
	for _, i := range questionsShown(p) {
		q, _ := s.asked(i)
		page, _ := out.File(file(indicatorPath(q.ID)))
		data, _ := out.File(strings.TrimPrefix(indicatorPath(q.ID), "/") + "dati.csv")
		if bytes.Count(data, []byte("ripartizione-classe")) == 0 || bytes.Count(data, []byte("regione-dimensione")) == 0 {
			t.Errorf("%s: its file lacks them", q.ID)
		}
		table := bytes.Contains(page, []byte("Per ripartizione e classe di abitanti"))
		switch {
		case q.Reserved:
			reserved++
			if table || !bytes.Contains(data, []byte(closedCode)) || bytes.Contains(page, []byte("Oltre 5.000 abitanti")) {
				t.Errorf("%s is riservata: table %v", q.ID, table)
			}
		case q.byRow():
		case !table:
			t.Errorf("%s: its page lacks the table", q.ID)
		default:
			shown++
		}
	}
	if shown == 0 || reserved == 0 {
		t.Errorf("%d questions with the table, %d reserved", shown, reserved)
	}
}

// TestAClosedAreaIsNotCalledConfidential looks at a table, a chart and the file: of an
// area of which nothing is published they say the same, and it is not "ris.".
func TestAClosedAreaIsNotCalledConfidential(t *testing.T) {
	s, q, places := byClass(t, ris(), ris(), one(20))
	s.edition, s.book, s.areas.italy = &survey.Public{Book: &survey.Codebook{}}, &survey.Codebook{}, places[2]
	s.published = &disclosure.Published{Policy: disclosure.Default(), Frame: &estimate.Frame{}}
	s.areas.levels = []level{{"classe", places}}
	s.icons = map[string]template.HTML{}
	l := &q.tables[0].Lines[0]
	l.Closed, l.Headline.Closed, l.Base = true, true, stat.Missing(stat.Withheld)
	const closed = "non pubblicato"
	if s.text(l.Headline) != closed || s.share(l.Headline).Text != closed || s.baseOf(*l).Text != closed || s.base(q, places[0]).Text != closed {
		t.Errorf("%q, %q, %q", s.text(l.Headline), s.share(l.Headline).Text, s.baseOf(*l).Text)
	}
	if c := s.share(q.tables[0].Lines[1].Headline); c.Text != "" || !strings.Contains(string(c.HTML), "ris.") {
		t.Errorf("what is withheld reads %q", c.Text)
	}
	table := string(s.optionsTable(q, &q.tables[0], "", places))
	chart := string(s.areaChart(q, places))
	for name, n := range map[string]int{table: 2, chart: 1} {
		if strings.Count(name, closed) != n || !strings.Contains(name, "ris.") {
			t.Errorf("%d times %q in %s", strings.Count(name, closed), closed, name)
		}
	}
	if !strings.Contains(table, "Non pubblicato: di quest’area") || !strings.Contains(table, "10 Comuni") {
		t.Error("the table does not say what that means")
	}
	rows := s.answerRows(q)
	if rows[0].Missing != closedCode || rows[0].NoBase != closedCode || rows[1].Missing != stat.Withheld.Code() || rows[2].Missing != "" {
		t.Errorf("the file says %+v", rows)
	}
}

// TestOneWithheldRowTakesNotTheStrongFigureOff: of a grid the page opens with the
// highest share that may be shown, and says that it is of those.
func TestOneWithheldRowTakesNotTheStrongFigureOff(t *testing.T) {
	for _, c := range []struct {
		name  string
		rows  [][2]disclosure.Cell // headline, first option
		value string
		what  string
	}{
		{"all are shown", [][2]disclosure.Cell{{one(20), one(5)}, {one(30), one(5)}}, "30,0 %", "La riga 1: sì"},
		{"one is withheld", [][2]disclosure.Cell{{ris(), one(5)}, {one(30), one(5)}}, "30,0 %", "La riga 1: sì, la più alta delle quote pubblicate"},
		{"no headline is shown", [][2]disclosure.Cell{{ris(), ris()}, {ris(), one(5)}}, "5,0 %", "La riga 1: no, la più alta delle quote pubblicate"},
		{"nothing is", [][2]disclosure.Cell{{ris(), ris()}, {ris(), ris()}}, "", "Di tutta l’Italia nessuna quota si può mostrare: ognuna direbbe la risposta di pochi Comuni, o che l’hanno data quasi tutti."},
	} {
		s, q, places := byClass(t, one(1))
		s.areas.italy, s.icons, s.book = places[0], map[string]template.HTML{}, &survey.Codebook{}
		q.Question.Shape, q.tables = survey.Grid, nil
		q.Question.Options = []survey.Option{{Label: survey.Label{Text: "no"}}}
		for i, cells := range c.rows {
			q.Question.Rows = append(q.Question.Rows, survey.Label{Text: "La riga " + strconv.Itoa(i)})
			q.tables = append(q.tables, disclosure.Table{Row: i, Lines: []disclosure.Line{{Headline: cells[0], Options: []disclosure.Cell{cells[1]}, Base: stat.Of(50)}}})
		}
		if s.silent(q) {
			s.focus(q)
		}
		value, what, _ := s.strongest(q)
		if got := strings.ReplaceAll(string(value), "\u00a0", " "); got != c.value || what != c.what {
			t.Errorf("%s: %q, %q", c.name, got, what)
		}
	}
}

func TestSiteWithoutASurveyHasNoPagesOfIt(t *testing.T) {
	p := new(press)
	if jobs, groups := p.questions(), p.questionGroups(); jobs != nil || groups != nil {
		t.Errorf("%d pages and %d groups", len(jobs), len(groups))
	}
}

func TestQuestionWithTheAddressOfAnotherPageIsAProblem(t *testing.T) {
	for _, id := range []string{usesID, turnoutID} {
		p := referencePress(t, "it")
		edition, book := *p.Survey.Edition, *p.Survey.Edition.Book
		book.Questions = slices.Clone(book.Questions)
		at := questionsShown(p)[0]
		book.Questions[at].ID = id
		edition.Book, p.Survey.Edition = &book, &edition
		if len(p.questions()) == 0 {
			t.Fatal("no pages")
		}
		want := `data/indagini/2025/questionario.yaml:` // line and column follow
		if p.list.Len() != 1 || !strings.HasPrefix(p.list.Problems()[0].Place(), want) || !strings.Contains(p.list.Problems()[0].Text, indicatorPath(id)) {
			t.Errorf("%s: %v", id, p.list.Problems())
		}
	}
}

// one, whole and ris are cells of one decimal, of none and withheld.
func one(v float64) disclosure.Cell   { return disclosure.Cell{Value: stat.Of(v), Decimals: 1} }
func whole(v float64) disclosure.Cell { return disclosure.Cell{Value: stat.Of(v)} }
func ris() disclosure.Cell            { return disclosure.Cell{Value: stat.Missing(stat.Withheld)} }

func TestAShareIsAboveAnotherOnlyBeyondRounding(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b disclosure.Cell
		want bool
	}{
		{"a decimal apart", one(12.1), one(12.0), false},
		{"two decimals apart", one(12.2), one(12.0), true},
		{"a whole per cent that may be lower", whole(83), one(82.8), false},
		{"a whole per cent that cannot", whole(83), one(82.4), true},
		{"equal", one(50), one(50), false},
		{"withheld", ris(), one(1), false},
		{"above what is withheld", one(99), ris(), false},
	} {
		if got := above(c.a, c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// byClass is a question with a share for each of three classes.
func byClass(t *testing.T, cells ...disclosure.Cell) (*inquiry, *asked, []place) {
	t.Helper()
	var list diag.List
	words, ok := locale.Load(os.DirFS(siteFolder), &list, "themes/italia/lingue/it.yaml")
	if !ok {
		t.Fatal(list.Problems())
	}
	s := &inquiry{press: &press{words: words}}
	q := &asked{Question: &survey.Question{Headline: survey.Headline{Title: "sì"}}, focus: headline, tables: make([]disclosure.Table, 1)}
	classes := []atlas.Class{{UpTo: 2500}, {Over: 2500, UpTo: 5000}, {Over: 5000}}
	var places []place
	for i, c := range cells {
		q.tables[0].Lines = append(q.tables[0].Lines, disclosure.Line{Headline: c, Comuni: 1})
		places = append(places, place{name: []string{"Nord-est", "Centro", "Isole"}[i], words: s.classWords(classes[i]), area: i})
	}
	return s, q, places
}

func TestHeadingsSayNoMoreThanTheFigures(t *testing.T) {
	type cells = []disclosure.Cell
	for _, c := range []struct {
		name           string
		cells          cells
		byClass, byRip string
	}{
		{"rising", cells{one(10), one(20), one(30)}, "Più grande il Comune, più alta la quota: da 10,0 % a 30,0 %", "La quota è più alta nelle Isole (30,0 %), più bassa nel Nord-est (10,0 %)"},
		{"falling", cells{one(30), one(20), one(10)}, "Più grande il Comune, più bassa la quota: da 30,0 % a 10,0 %", "La quota è più alta nel Nord-est (30,0 %), più bassa nelle Isole (10,0 %)"},
		{"a step within rounding", cells{one(10), whole(10), one(30)}, "10,0 % dei Comuni fino a 2.500 abitanti, 30,0 % di quelli con più di 5.000 abitanti", "Per ripartizione"},
		{"one withheld", cells{one(10), one(20), ris()}, "10,0 % dei Comuni fino a 2.500 abitanti, 20,0 % di quelli da 2.501 a 5.000 abitanti", "Per ripartizione"},
		{"all but one withheld", cells{ris(), one(20), ris()}, "Per classe di abitanti", "Per ripartizione"},
	} {
		s, q, places := byClass(t, c.cells...)
		plain := func(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
		if got := plain(string(s.classFinding(q, places))); got != c.byClass {
			t.Errorf("%s: %q, want %q", c.name, got, c.byClass)
		}
		if got := plain(string(s.areaFinding(q, "ripartizioni", places, s.words.Ripartizione))); got != c.byRip {
			t.Errorf("%s: %q, want %q", c.name, got, c.byRip)
		}
	}
}

func TestRegionsWithoutAFigureStandLast(t *testing.T) {
	_, q, places := byClass(t, ris(), one(20), one(30))
	var names []string
	for _, x := range descending(q, column{table: &q.tables[0], at: headline}, places) {
		names = append(names, x.name)
	}
	if want := []string{"Isole", "Centro", "Nord-est"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

func TestPlaceOfParticipationsAddsUp(t *testing.T) {
	p := referencePress(t, "it")
	s, _ := p.inquiry()
	all := s.turnouts()
	for name, groups := range map[string][]turnout{"classes": all.classes, "regions": all.regions} {
		var sum turnout
		for _, g := range groups {
			sum.comuni, sum.sent, sum.begun = sum.comuni+g.comuni, sum.sent+g.sent, sum.begun+g.begun
			sum.residents, sum.reached = sum.residents+g.residents, sum.reached+g.reached
		}
		sum.place, sum.key = all.italy.place, all.italy.key
		if sum != all.italy {
			t.Errorf("%s: %+v, want %+v", name, sum, all.italy)
		}
	}
	if all.italy.sent != p.Survey.Edition.Respondents() {
		t.Errorf("%d took part, want %d", all.italy.sent, p.Survey.Edition.Respondents())
	}
}
