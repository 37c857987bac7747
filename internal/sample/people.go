package sample

import (
	"mappa/internal/atlas"
	"mappa/internal/survey"
)

// lean is how far the maturity of a ripartizione lies from the mean, in
// thousandths of a standard deviation; by ISTAT's code.
func lean(ripartizione string) int {
	switch ripartizione {
	case "1":
		return 150
	case "2":
		return 350
	case "3":
		return 50
	case "4":
		return -250
	}
	return -350
}

// bandOf is the band whose column of campione.csv holds.
func bandOf(residents int) int {
	const small, middle = 5000, 20000
	switch {
	case residents <= small:
		return 0
	case residents <= middle:
		return 1
	}
	return 2
}

// invite lists the Comuni of the time of the edition.
func (m *maker) invite() {
	a := m.Atlas
	for i := range a.Comuni {
		c := &a.Comuni[i]
		m.places = append(m.places, place{code: c.Cadastral, name: c.Name, residents: c.Residents, rip: a.Ripartizioni[c.Rip].Code, region: a.Regions[c.Region].Code})
	}
	for _, e := range a.Ended {
		if e.Until <= m.Book.From || len(e.Successors) != 1 {
			continue
		}
		c := &a.Comuni[e.Successors[0]]
		m.places[e.Successors[0]].absent = e.How == atlas.Merger
		m.places = append(m.places, place{code: e.Cadastral, name: e.Name, residents: c.Residents / (len(c.Parts) + 1), rip: a.Ripartizioni[c.Rip].Code, region: a.Regions[c.Region].Code})
	}
}

// move brings residents from the day of the count to the year of the edition.
func (m *maker) move() {
	const yearly = 4 // permille: how far Comuni drift apart in a year
	years := m.Book.From.Year() - m.Atlas.Population.Date.Year()
	d := m.stream("residents")
	for i := range m.places {
		p := &m.places[i]
		p.residents += p.residents * d.bell() / full * yearly * years / full
		p.band, p.form, p.reached = bandOf(p.residents), survey.FullForm, len(m.Book.Questions)
		if p.residents <= m.Book.ShortUpTo {
			p.form = survey.ShortForm
		}
		for _, c := range m.Atlas.Schemes[0].Classes {
			if p.residents > c.Over && (p.residents <= c.UpTo || c.UpTo == 0) {
				p.class = c.Label
			}
		}
	}
}

// people draws who answers and how mature each Comune is.
func (m *maker) people() {
	m.invite()
	m.move()
	mature := m.lasting("maturity")
	inclined, again, now := m.stream("inclined"), m.stream("again", m.Book.Edition), m.stream("now", m.Book.Edition)
	days := int(m.Book.To.Time().Sub(m.Book.From.Time()).Hours()/24) + 1
	for i := range m.places {
		p := &m.places[i]
		p.maturity = mature[i] + lean(p.rip)
		const slight, same = 25, 600 // a standard deviation of maturity is worth 4 points; so many are as inclined as always
		chance := m.Model.turnout(p.class, p.region) + p.maturity/slight
		lot, other := inclined.below(full), now.below(full)
		if again.below(full) >= same {
			lot = other
		}
		begins, reached, day := now.below(full) < begunChance, now.below(len(m.Book.Questions)+1), max(now.below(days), now.below(days))
		switch {
		case p.absent:
		case lot < chance:
			p.state, p.sent = survey.Completed, m.Book.From.AddDays(day)
		case begins:
			p.state, p.reached = survey.Begun, reached
		}
	}
	m.users()
}

// users gives every place a user id that says nothing about it.
func (m *maker) users() {
	d := m.stream("users", m.Book.Edition)
	ids := make([]int, len(m.places))
	for i := range ids {
		const firstUser = 1001
		ids[i] = firstUser + i
		j := d.below(i + 1)
		ids[i], ids[j] = ids[j], ids[i]
	}
	for i, id := range ids {
		m.places[i].user = id
	}
}
