package site

import (
	"mappa/internal/content"
	"mappa/internal/stat"
)

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
			out = append(out, reply{name: a.q.Rows[k].Text, value: c.Value, decimals: c.Decimals, base: t.Lines[area].Base})
		}
		return out
	}
	for k, c := range a.table.Lines[area].Options {
		out = append(out, reply{name: a.q.Options[k].Text, value: c.Value, decimals: c.Decimals})
	}
	return out
}

// crossedReplies is one answer by class and ripartizione, with the totals of
// both.
func (f figures) crossedReplies(r content.Ref, out content.Figure, dims []string, a replies) (content.Figure, error) {
	where := scope{comuni: everyone(f.press), region: -1, rip: -1, unit: -1, i: -1, class: -1}
	rows, columns := f.parts(dims[0], where), f.parts(dims[1], where)
	total := part{name: f.words.T("italia"), at: -1}
	rows, columns = append(rows, total), append(columns, total)
	g := grid{Head: []heading{f.dimensionHead(dims[0])}}
	for _, c := range columns {
		g.Head = append(g.Head, heading{Text: c.name, Number: true})
	}
	covered := false
	var last []reply
	for _, x := range rows {
		row := line{Cells: []cell{{Text: x.name, Href: x.href}}}
		for k, y := range columns {
			s := where
			for d, p := range map[string]part{dims[0]: x, dims[1]: y} {
				if d == "classe" {
					s.class = p.at
				} else {
					s.rip = p.at
				}
			}
			i, err := f.surveyArea(s)
			if err != nil {
				return out, err
			}
			c := a.cell(a.table.Lines[i])
			covered = covered || c.Value.Kind == stat.Withheld
			row.Cells = append(row.Cells, f.shareCell(c.Value, c.Decimals))
			if k == len(columns)-1 {
				last = append(last, reply{name: x.name, value: c.Value, decimals: c.Decimals})
			}
		}
		g.Rows = append(g.Rows, row)
	}
	out.Body = scroll(out.Title, g.HTML())
	if covered {
		out.Body += f.coveredNote()
	}
	out.Alt = f.replyFinding(out.Title, last)
	return out, nil
}
