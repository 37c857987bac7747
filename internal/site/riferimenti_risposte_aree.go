package site

// areaRows are the areas of a dimension with what is published of them.
func (f figures) areaRows(per string, where scope, of func(area int) reply) ([]reply, error) {
	var out []reply
	for _, p := range f.parts(per, where) {
		s := where
		switch per {
		case "ripartizione":
			s.rip = p.at
		case "regione":
			s.region, s.rip = p.at, -1
		case "classe":
			s.class = p.at
		}
		i, err := f.surveyArea(s)
		if err != nil {
			return nil, err
		}
		row := of(i)
		row.name, row.href = p.name, p.href
		out = append(out, row)
	}
	if per != "nazione" && where.italy() {
		row := of(0) // the first area of the frame is Italy
		row.name = f.words.T("italia")
		out = append(out, row)
	}
	return out, nil
}

// optionRows are the answers to a question in one area, or the rows of a grid
// with their main answer.
func (f figures) optionRows(a replies, area int) []reply {
	var out []reply
	if a.anyRow {
		for k, t := range f.Survey.Published.Of(a.id) {
			c := t.Lines[area].Headline
			out = append(out, reply{name: a.q.Rows[k].Text, value: c.Value, decimals: c.Decimals, base: t.Lines[area].Base, key: c.Key, about: t.Lines[area].Key})
		}
		return out
	}
	for k, c := range a.table.Lines[area].Options {
		out = append(out, reply{name: a.q.Options[k].Text, value: c.Value, decimals: c.Decimals, key: c.Key})
	}
	return out
}
