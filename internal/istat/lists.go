package istat

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/table"
)

// columns names the headings of a list of Comuni in one of its formats.
type columns struct {
	istat, cadastral, fiscal, name, other, both, unit, prefix, unitName, kind, plate string
	region, regionName, rip, ripName, unitCapital, regionCapital                     string
}

// columnsOf are the headings as ISTAT writes them, white space folded.
func columnsOf(format string) columns {
	if format == formatSITUAS {
		return columns{istat: "Codice Comune (alfanumerico)", cadastral: "Codice catasto", fiscal: "Codice fiscale",
			name: "Comune (dizione italiana)", other: "Comune (dizione straniera)", both: "Comune",
			unit: "Codice Provincia/Uts", prefix: "Codice Provincia (Storico)", unitName: "Provincia/Uts", kind: "Tipologia Provincia/Uts",
			plate: "Sigla automobilistica", region: "Codice Regione", regionName: "Regione",
			rip: "Codice Ripartizione geografica", ripName: "Ripartizione geografica",
			unitCapital: "Capoluogo di provincia/uts", regionCapital: "Capoluogo di regione"}
	}
	return columns{istat: "Codice Comune formato alfanumerico", cadastral: "Codice Catastale del comune",
		name: "Denominazione in italiano", other: "Denominazione altra lingua", both: "Denominazione (Italiana e straniera)",
		unit: "Codice dell'Unità territoriale sovracomunale (valida a fini statistici)", prefix: "Codice Provincia (Storico)(1)",
		unitName: "Denominazione dell'Unità territoriale sovracomunale (valida a fini statistici)",
		kind:     "Tipologia di Unità territoriale sovracomunale", plate: "Sigla automobilistica",
		region: "Codice Regione", regionName: "Denominazione Regione",
		rip: "Codice Ripartizione Geografica", ripName: "Ripartizione geografica",
		unitCapital: "Flag Comune capoluogo di provincia/città metropolitana/libero consorzio"}
}

func (c columns) want() []string {
	all := []string{c.istat, c.cadastral, c.fiscal, c.name, c.other, c.both, c.unit, c.prefix, c.unitName, c.kind, c.plate,
		c.region, c.regionName, c.rip, c.ripName, c.unitCapital, c.regionCapital}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// comuni reads a list of Comuni.
func (r reader) comuni(f file, format string) atlas.List {
	out := atlas.List{File: f.name, Source: f.source}
	c := columnsOf(format)
	t := r.table(f.name, table.Spec{Want: c.want(), Extra: true}, r.doubt.All, r.inDoubt(onePlace))
	cell := cells(t)
	codes, cads := map[string]int{}, map[string]int{}
	for _, row := range t.Rows {
		p := atlas.Place{Line: row.Line(), ISTAT: cell(row, c.istat), Cadastral: cell(row, c.cadastral), FiscalCode: fiscalCode(cell(row, c.fiscal)),
			Name: cell(row, c.name), Both: cell(row, c.both), Other: otherName(cell(row, c.other)),
			Unit: cell(row, c.unit), UnitName: cell(row, c.unitName), Prefix: cell(row, c.prefix), Plate: cell(row, c.plate),
			Region: cell(row, c.region), RegionName: cell(row, c.regionName), Rip: cell(row, c.rip), RipName: cell(row, c.ripName)}
		coded := wantForm(t, row, c.istat, isISTAT, "an ISTAT code, want six digits")
		good := wantForm(t, row, c.cadastral, isCadastral, "a cadastral code, want a letter and three digits")
		good = good && once(t, row, c.cadastral, p.Cadastral, cads)
		good = wantForm(t, row, c.kind, isUnitKind, "a type of unit, want 1 to 5") && good
		good = wantForm(t, row, c.unit, isUnitCode, "the code of a unit, want three digits") && good
		good = wantForm(t, row, c.region, isRegionCode, "the code of a region, want two digits") && good
		good = wantForm(t, row, c.rip, isRipCode, "the code of a ripartizione, want 1 to 5") && good
		good = coded && once(t, row, c.istat, p.ISTAT, codes) && good
		if p.Name == "" {
			t.Problem(row, t.Col(c.name), "the name is missing", "")
			good = false
		}
		if coded && p.Prefix != p.ISTAT[:3] {
			t.Problem(row, t.Col(c.prefix), fmt.Sprintf("%q is not what the code %q begins with", p.Prefix, p.ISTAT), "correct one of them")
			good = false
		}
		if !good {
			r.inDoubt(onePlace)(row.Cells)
			continue
		}
		kind, _ := strconv.Atoi(cell(row, c.kind))
		p.Kind = atlas.UnitKind(kind)
		switch {
		case cell(row, c.regionCapital) == "1":
			p.Capital = atlas.RegionCapital
		case cell(row, c.unitCapital) == "1":
			p.Capital = atlas.UnitCapital
		}
		out.Places = append(out.Places, p)
	}
	return out
}

// cells reads a cell by heading, looking each heading up once.
func cells(t *table.Table) func(table.Row, string) string {
	at := make(map[string]int, len(t.Head))
	for _, h := range t.Head {
		at[h] = t.Col(h)
	}
	return func(row table.Row, head string) string {
		i, ok := at[head]
		if !ok {
			return ""
		}
		return row.Get(i)
	}
}

// wantForm reports a cell that does not have its form.
func wantForm(t *table.Table, row table.Row, head string, form func(string) bool, what string) bool {
	i := t.Col(head)
	s := row.Get(i)
	if form(s) {
		return true
	}
	hint := ""
	if n := len(s); n > 0 && n < 6 && isDigits(s) && strings.HasPrefix(what, "an ISTAT") {
		hint = "a spreadsheet took the leading zeros; import the column as text"
	}
	t.Problem(row, i, fmt.Sprintf("%q is not %s", s, what), hint)
	return false
}

// once reports a key that another row has already.
func once(t *table.Table, row table.Row, head, key string, seen map[string]int) bool {
	if first, twice := seen[key]; twice {
		t.Problem(row, t.Col(head), fmt.Sprintf("the code %q stands twice, first on line %d", key, first), "delete one of the rows")
		return false
	}
	seen[key] = row.Line()
	return true
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isISTAT(s string) bool      { return len(s) == 6 && isDigits(s) }
func isCadastral(s string) bool  { return len(s) == 4 && s[0] >= 'A' && s[0] <= 'Z' && isDigits(s[1:]) }
func isUnitCode(s string) bool   { return len(s) == 3 && isDigits(s) }
func isRegionCode(s string) bool { return len(s) == 2 && isDigits(s) }
func isRipCode(s string) bool    { return len(s) == 1 && s[0] >= '1' && s[0] <= '5' }
func isUnitKind(s string) bool   { return len(s) == 1 && s[0] >= '1' && s[0] <= '5' }

// fiscalCode gives back the leading zeros that a spreadsheet took from the
// eleven digits of a body's fiscal code.
func fiscalCode(s string) string {
	const digits = 11
	if isDigits(s) && len(s) < digits {
		return strings.Repeat("0", digits-len(s)) + s
	}
	return s
}

// otherName leaves out a name in which ISTAT's own export lost a letter:
// Sovodnje ob So?i.
func otherName(s string) string {
	if strings.Contains(s, "?") {
		return ""
	}
	return s
}
