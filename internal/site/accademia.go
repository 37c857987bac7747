package site

import (
	"html/template"

	"mappa/internal/agenda"
	"mappa/internal/locale"
)

// academy is the page of courses and microprojects, with their files; a site
// without a catalogue has none.
func (p *press) academy() []job {
	if p.Agenda.Academy.Title == "" {
		return nil
	}
	return []job{p.academyList, p.coursesCSV, p.microsCSV}
}

func (p *press) academyList() error {
	w, a := p.words, &p.Agenda.Academy
	page := listPage{Chrome: p.chrome(a.Title, w.T("accademia.descrizione"), academyPath, "comuni"), Name: a.Title,
		Lead: w.HTML("accademia.lead", locale.N("aree", len(a.Areas)), locale.S("editore", a.Publisher))}
	if p.invented() {
		page.Lead += " " + w.HTML("accademia.inventati")
		page.NoIndex = true
	}
	for i, area := range a.Areas {
		page.Groups = append(page.Groups, linkGroup{ID: area.ID, Title: area.Title, Table: p.coursesTable(i)})
	}
	page.Groups = append(page.Groups, p.microsGroup(), linkGroup{ID: "scarica", Title: w.T("scarica.titolo"),
		Items: []linkItem{
			{Text: "corsi.csv", URL: academyPath + "corsi.csv", Note: w.T("accademia.corsi_csv")},
			{Text: "microprogetti.csv", URL: academyPath + "microprogetti.csv", Note: w.T("accademia.microprogetti_csv")}}})
	return p.page("elenco", &page, academyPath)
}

// invented reports whether an entry of the catalogue is an example.
func (p *press) invented() bool {
	for _, c := range p.Agenda.Academy.Courses {
		if c.Fictional {
			return true
		}
	}
	for _, m := range p.Agenda.Academy.Micros {
		if m.Fictional {
			return true
		}
	}
	return false
}

// coursesTable is the courses of an area, from the first level to the last.
func (p *press) coursesTable(area int) template.HTML {
	w := p.words
	title := w.T("accademia.corsi_tabella", locale.S("area", p.Agenda.Academy.Areas[area].Title))
	g := grid{Title: title, Head: []heading{{Text: w.T("accademia.corso")}, {Text: w.T("accademia.livello_colonna")}, {Text: w.T("accademia.ore"), Number: true}, {Text: w.T("accademia.badge")}}}
	for _, level := range agenda.Levels() {
		for _, c := range p.Agenda.Academy.CoursesIn(area, level) {
			badge := "accademia.no"
			if c.Badge {
				badge = "accademia.si"
			}
			g.Rows = append(g.Rows, line{Cells: []cell{{HTML: p.entry(c.Title, c.URL, c.Fictional)}, {Text: p.level(level)}, {Text: w.Int(c.Hours)}, {Text: w.T(badge)}}})
		}
	}
	if g.Rows == nil {
		return "<p>" + esc(w.T("accademia.nessuno")) + "</p>"
	}
	return scroll(title, g.HTML())
}

func (p *press) microsGroup() linkGroup {
	w, a := p.words, &p.Agenda.Academy
	title := w.T("accademia.microprogetti", locale.S("nome", a.MicroName))
	g := grid{Title: title, Head: []heading{{Text: w.T("accademia.microprogetto")}, {Text: w.T("accademia.area")}, {Text: w.T("accademia.che_cosa")}}}
	for i, area := range a.MicroAreas {
		for _, m := range a.MicrosIn(i) {
			g.Rows = append(g.Rows, line{Cells: []cell{{HTML: p.entry(m.Title, m.URL, m.Fictional)}, {Text: area.Title}, {Text: m.Text}}})
		}
	}
	return linkGroup{ID: "microprogetti", Title: title, Lead: w.HTML("accademia.microprogetti_lead", locale.N("n", a.Below)), Table: scroll(title, g.HTML())}
}

// lessonRow is a row of corsi.csv.
type lessonRow struct {
	ID        string `csv:"id"`
	Title     string `csv:"titolo"`
	Area      string `csv:"area"`
	AreaTitle string `csv:"area_titolo"`
	Level     string `csv:"livello"`
	Hours     int    `csv:"ore"`
	Badge     bool   `csv:"open_badge"`
	URL       string `csv:"url"`
	Fictional bool   `csv:"fittizio"`
}

func (p *press) coursesCSV() error {
	var rows []lessonRow
	for _, c := range p.Agenda.Academy.Courses {
		area := p.Agenda.Academy.Areas[c.Area]
		rows = append(rows, lessonRow{c.ID, c.Title, area.ID, area.Title, string(c.Level), c.Hours, c.Badge, c.URL, c.Fictional})
	}
	return p.csv(academyPath+"corsi.csv", rows)
}

// microRow is a row of microprogetti.csv.
type microRow struct {
	ID        string `csv:"id"`
	Title     string `csv:"titolo"`
	Text      string `csv:"descrizione"`
	Area      string `csv:"area"`
	AreaTitle string `csv:"area_titolo"`
	Below     int    `csv:"meno_di_abitanti"`
	URL       string `csv:"url"`
	Fictional bool   `csv:"fittizio"`
}

func (p *press) microsCSV() error {
	var rows []microRow
	for _, m := range p.Agenda.Academy.Micros {
		area := p.Agenda.Academy.MicroAreas[m.Area]
		rows = append(rows, microRow{m.ID, m.Title, m.Text, area.ID, area.Title, p.Agenda.Academy.Below, m.URL, m.Fictional})
	}
	return p.csv(academyPath+"microprogetti.csv", rows)
}
