package site

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mappa/internal/agenda"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/output"
	"mappa/internal/survey"
)

// printed is a figure of the survey on a page.
var printed = regexp.MustCompile(`data-cifra="([^"]*)"[^>]*>([^<]*)<`)

// TestACohortOfTenHasFiguresBeforeAndAfter makes a group of forty Comuni that answered,
// large and small, and one of nine, and reads their pages.
func TestACohortOfTenHasFiguresBeforeAndAfter(t *testing.T) {
	p := referencePress(t, "it")
	p.Theme = realTheme(t)
	var list diag.List
	var editions []*survey.Edition
	for _, name := range []string{"2024", "2025"} {
		e, ok := survey.Read(os.DirFS(siteFolder), name, p.Atlas, &list)
		if !ok {
			t.Fatal(list.Problems())
		}
		editions = append(editions, e)
	}
	var forty []int
	for i := range p.Atlas.Comuni {
		if len(forty) < 40 && i%7 == 0 && editions[0].Places[i].State == survey.Completed && editions[1].Places[i].State == survey.Completed {
			forty = append(forty, i)
		}
	}
	few := forty[:9]
	cohorts := []estimate.Cohort{{ID: "quaranta", Comuni: forty}, {ID: "nove", Comuni: few}}
	wanted := []string{"rtd", "pagopa", "pdnd", "dati-aperti", "formazione", "servizi-online", "copie"}
	var rounds []Survey
	for _, in := range disclosure.Inputs(p.Atlas, editions, cohorts) {
		in.Tables = slices.DeleteFunc(slices.Clone(in.Tables), func(x estimate.Table) bool {
			return !slices.Contains(wanted, in.Edition.Book.Questions[x.Question].ID)
		})
		published, proof := disclosure.Protect(in, disclosure.Default())
		if leaks := disclosure.Audit(published, in, proof); len(leaks) > 0 {
			t.Fatal(disclosure.Words(leaks, in))
		}
		rounds = append(rounds, Survey{Edition: &in.Edition.Public, Published: published})
	}
	p.Before, p.Survey = rounds[:1], rounds[1]
	p.Agenda.Cohorts = []agenda.Cohort{{ID: "quaranta", Title: "Quaranta", Comuni: forty}, {ID: "nove", Title: "Nove", Comuni: few}}
	out := new(output.Memory)
	p.out = out
	if err := p.dress(); err != nil {
		t.Fatal(err)
	}
	for _, j := range p.cohorts() {
		if err := j(); err != nil {
			t.Fatal(err)
		}
	}
	data, _ := out.File(file(cohortPath("quaranta")))
	page := string(data)
	figures := p.Survey.Published.Figures()
	for key, of := range rounds[0].Published.Figures() {
		figures[key] = of
	}
	shown := map[string]int{}
	area := strconv.Itoa(p.Survey.Published.Frame.Find(estimate.Area{Level: estimate.CohortAreas, Rip: -1, Region: -1, Class: -1, Cohort: "quaranta"}))
	for _, m := range printed.FindAllStringSubmatch(page, -1) {
		if figures[m[1]] == nil {
			t.Errorf("%s is on the page and was not published", m[1])
		}
		if strings.HasSuffix(m[1], "/"+area) {
			shown[m[1][:4]]++
		}
	}
	if shown["2024"] < 2 || shown["2025"] < 2 {
		t.Errorf("%v figures of the group: the test says little", shown)
	}
	text := reading(data)
	for _, want := range []string{"| Domanda | Il gruppo, 2024 | Il gruppo, 2025 | Differenza, punti | Base (Comuni) | Italia |", "| Classe di abitanti | Hanno risposto, 2024 | Hanno risposto, 2025 |",
		"Per classe di abitanti", "Dove sono i Comuni del gruppo", "Dati dimostrativi"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if n := strings.Count(page, `<circle class="here"`); n != len(forty) {
		t.Errorf("%d dots for %d Comuni", n, len(forty))
	}
	if !strings.Contains(page, `content="noindex"`) {
		t.Error("the page is not kept from search engines")
	}
	data, _ = out.File(file(cohortPath("nove")))
	if text := reading(data); printed.Match(data) || !strings.Contains(text, "da 10 Comuni che hanno risposto in su") {
		t.Error("a group of nine has figures of the survey, or no reason why it has none")
	}
}
