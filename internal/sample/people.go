package sample

import "mappa/internal/survey"

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

// turnout is the chance to answer, permille: over Italy near 58 % of Comuni and
// 75 % of residents, as a second edition after one with 48.8 % might have.
func turnout(residents int, region string) int {
	classes := []struct{ upTo, chance int }{{2500, 500}, {5000, 590}, {20000, 665}, {50000, 760}, {250000, 855}}
	chance := 960
	for _, c := range classes {
		if residents <= c.upTo {
			chance = c.chance
			break
		}
	}
	switch region {
	case "05", "08", "09": // Veneto, Emilia-Romagna, Toscana
		return chance + 85
	case "03", "06", "10": // Lombardia, Friuli-Venezia Giulia, Umbria
		return chance + 40
	case "12", "13", "14", "19": // Lazio, Abruzzo, Molise, Sicilia
		return chance - 60
	case "15", "18": // Campania, Calabria
		return chance - 100
	}
	return chance
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

// people draws who answers and how mature each Comune is.
func (m *maker) people() {
	d, a := m.stream(forPlaces, 0), m.Atlas
	days := int(m.Book.To.Time().Sub(m.Book.From.Time()).Hours()/24) + 1
	for i := range a.Comuni {
		c := &a.Comuni[i]
		p := place{band: bandOf(c.Residents), form: survey.FullForm, reached: len(m.Book.Questions)}
		if c.Residents <= m.Book.ShortUpTo {
			p.form = survey.ShortForm
		}
		p.maturity = d.bell() + lean(a.Ripartizioni[c.Rip].Code)
		const slight = 25 // one standard deviation of maturity is worth 4 points of turnout
		chance := turnout(c.Residents, a.Regions[c.Region].Code) + p.maturity/slight
		answers, begins := d.below(full) < chance, d.below(full) < begunChance
		reached, day := d.below(len(m.Book.Questions)+1), max(d.below(days), d.below(days))
		switch {
		case answers:
			p.state, p.sent = survey.Completed, m.Book.From.AddDays(day)
		case begins:
			p.state, p.reached = survey.Begun, reached
		}
		m.places = append(m.places, p)
	}
	m.users()
}

// users gives every Comune a user id that says nothing about it.
func (m *maker) users() {
	d := m.stream(forUsers, 0)
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
