package source

import (
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// projectManifest is a manifest of the adapter "progetti".
type projectManifest struct {
	Header        `yaml:",inline"`
	Columns       projectColumns     `yaml:"colonne,required"`
	Ignored       []word             `yaml:"altre_colonne"`   // may be there, are not read
	Kinds         []word             `yaml:"comuni,required"` // words of the column tipologia that mean a Comune
	Others        []otherBody        `yaml:"altri_enti"`
	Prefixes      []word             `yaml:"prefissi"` // before a Comune's name in the column ente
	Stages        stageWords         `yaml:"stati,required"`
	Interventions []interventionSpec `yaml:"interventi,required"`
	Skipped       []skippedCall      `yaml:"avvisi_esclusi"`
	Calls         callSpec           `yaml:"avvisi"`
	Totals        totalSpec          `yaml:"totali"`

	file string
}

// projectColumns are the headings of a list of projects.
type projectColumns struct {
	IPA      word `yaml:"ipa,required"`
	Body     word `yaml:"ente,required"`
	Kind     word `yaml:"tipologia,required"`
	ISTAT    word `yaml:"codice,required"`
	Province word `yaml:"provincia,required"`
	Amount   word `yaml:"importo,required"`
	Call     word `yaml:"avviso,required"`
	Measure  word `yaml:"misura,required"`
	CUP      word `yaml:"cup,required"`
	Stage    word `yaml:"stato,required"`
	Financed word `yaml:"data_finanziamento,required"`
	Status   word `yaml:"data_stato"` // older lists lack it
}

// otherBody are bodies that are not Comuni, by tipologia or by name.
type otherBody struct {
	Kind   word `yaml:"tipologia"`
	Body   word `yaml:"ente"` // pattern
	Reason word `yaml:"ragione,required"`
}

// stageWords are the letters of the column stato.
type stageWords struct {
	Financed  word `yaml:"finanziato,required"`
	Paid      word `yaml:"pagato,required"`
	Renounced word `yaml:"rinunciato,required"`
}

// interventionSpec says which calls of which list make an intervention.
type interventionSpec struct {
	ID      word   `yaml:"id,required"`
	Name    word   `yaml:"nome,required"`
	Measure word   `yaml:"misura,required"`
	File    word   `yaml:"file,required"`   // stem of the list
	Calls   []word `yaml:"avvisi,required"` // patterns of the calls' titles
}

// skippedCall is a call to Comuni that is none of the interventions.
type skippedCall struct {
	Call   word `yaml:"avviso,required"` // pattern
	Reason word `yaml:"ragione,required"`
}

// wanted lists the columns that every list must have.
func (c projectColumns) wanted() []word {
	return []word{c.IPA, c.Body, c.Kind, c.ISTAT, c.Province, c.Amount, c.Call, c.Measure, c.CUP, c.Stage, c.Financed}
}

// check reports what is wrong, and whether the files can be read all the same.
func (m *projectManifest) check(c *yamlfile.Check) bool {
	m.Header.check(c)
	seen := map[string]yamlfile.Place{}
	for _, i := range m.Interventions {
		c.ID(i.ID, "id", seen)
	}
	follow := true
	for _, o := range m.Others {
		if (o.Kind.Text == "") == (o.Body.Text == "") {
			c.At(o.Reason.Place, "want one of tipologia and ente", "")
			follow = false
		}
	}
	return follow
}

// stems lists the lists, in the order in which the interventions name them.
func (m *projectManifest) stems() []word {
	var out []word
	for _, i := range m.Interventions {
		if !slices.ContainsFunc(out, func(w word) bool { return w.Text == i.File.Text }) {
			out = append(out, i.File)
		}
	}
	return out
}

// read reads the lists, then the calls and the publisher's totals.
func (m *projectManifest) read(f folder, set setting) part {
	p := part{source: m.Header.source(f.id)}
	programme := newProgramme(m, f.id, len(set.atlas.Comuni))
	match := newMatcher(set, m.Prefixes, m.Exceptions)
	stems := m.stems()
	files := make([]Snapshot, len(stems))
	for i, stem := range stems {
		files[i], _ = f.newest(stem)
	}
	f.stray(append(stems, m.Calls.File, m.Totals.File)...)
	var sums []listSum
	whole := true
	for i, t := range open(f, files, m.spec()) {
		if whole = whole && t.whole; t.Table == nil {
			continue
		}
		l := newLister(m, t, files[i], stems[i].Text, match)
		account := l.read(&programme)
		account.Source = f.id
		p.accounts = append(p.accounts, account)
		p.matches = append(p.matches, l.matches...)
		p.source.Files = append(p.source.Files, files[i])
		p.source.Dates = append(p.source.Dates, files[i].Date)
		sums = append(sums, l.sums...)
	}
	slices.Sort(p.source.Dates)
	p.source.Dates = slices.Compact(p.source.Dates)
	if whole {
		match.unusedExceptions(m.file, f.list)
	}
	programme.sum(set.display)
	m.readCalls(f, &programme, &p)
	m.readTotals(f, sums, &p)
	p.variables = programme.variables()
	p.programme = []Programme{programme}
	return p
}

func (m *projectManifest) spec() table.Spec {
	s := table.Spec{Want: yamlfile.Texts(m.Columns.wanted()), May: yamlfile.Texts(m.Ignored)}
	if m.Columns.Status.Text != "" {
		s.May = append(s.May, m.Columns.Status.Text)
	}
	return s
}

func newProgramme(m *projectManifest, id string, comuni int) Programme {
	p := Programme{Source: id, Positions: make([][]Position, comuni)}
	for _, i := range m.Interventions {
		p.Interventions = append(p.Interventions, Intervention{ID: i.ID.Text, Name: i.Name.Text, Measure: i.Measure.Text})
	}
	all := make([]Position, comuni*len(m.Interventions))
	for i := range p.Positions {
		p.Positions[i], all = all[:len(m.Interventions):len(m.Interventions)], all[len(m.Interventions):]
	}
	return p
}

// staleMonths is the age beyond which a list says nothing of what is not paid
// yet.
const staleMonths = 12

// sum draws every position and intervention from its projects.
func (p *Programme) sum(display atlas.Date) {
	for k := range p.Interventions {
		i := &p.Interventions[k]
		for c := range p.Positions {
			at := &p.Positions[c][k]
			at.sum()
			i.Comuni[at.Stage]++
			i.Projects[Renounced] += len(at.Renounced)
			i.Projects[Financed] += at.Open()
			i.Projects[Paid] += len(at.Projects) - at.Open()
			i.Amount += at.Amount
			i.Paid += at.Paid
		}
		i.SupportsPaid = i.Projects[Paid] > 0
		i.Stale = i.List.Date != 0 && i.List.Date.AddMonths(staleMonths) < display
	}
}

// variables are the flags of every intervention whose list was read.
func (p *Programme) variables() []stat.Variable {
	var out []stat.Variable
	for k, i := range p.Interventions {
		if i.List.Date == 0 {
			continue
		}
		flag := func(name string, from Stage) {
			v := stat.Variable{ID: p.Source + "/" + i.ID + "/" + name, Source: p.Source, Date: i.List.Date, Values: make([]stat.Value, len(p.Positions))}
			for c, row := range p.Positions {
				switch {
				case row[k].Stage == Untold:
					v.Values[c] = stat.Missing(stat.NotComparable)
				case row[k].Stage >= from:
					v.Values[c] = stat.Of(1)
				default:
					v.Values[c] = stat.Of(0)
				}
			}
			out = append(out, v)
		}
		flag("finanziato", Financed)
		if i.SupportsPaid {
			flag("pagato", Paid)
		}
	}
	return out
}
