package agenda

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/yamlfile"
)

// Cohort is a list of Comuni with a name: those of a project, whose before and
// after has a page.
type Cohort struct {
	ID, Title, Note, Source, URL string
	Comuni                       []int // in the order of the atlas
	Scale                        Scale // of the assessments
	Assessments                  []Assessment
	doubt                        bool // its list or its scale could not be read whole
}

// Scale is what an assessment is given on.
type Scale struct {
	Title    string
	Min, Max float64
}

// Phase is when an assessment was made.
type Phase string

// The phases.
const (
	Before Phase = "ex ante"
	After  Phase = "ex post"
)

// Assessment is a line of valutazioni.csv: what the persons of a Comune said, on
// average.
type Assessment struct {
	Comune         int
	Phase          Phase
	Date           atlas.Date
	Area, Question string
	Value          float64 // on the cohort's scale
	Persons        int
	Fictional      bool
}

// Mean is what all persons of a cohort said on average, as it may be shown: with one
// decimal.
type Mean struct {
	Value   stat.Value // on the cohort's scale; Withheld, or Unknown where nobody was asked
	Persons int        // 0 where withheld
	Comuni  int
	First   atlas.Date // of the assessments it is made of
	Last    atlas.Date
}

// Change is a question before and after.
type Change struct {
	Area, Question string
	Before, After  Mean
	Fictional      bool
}

// Difference is after less before as they are shown, where both are.
func (c Change) Difference() stat.Value {
	switch {
	case !c.Before.Value.OK():
		return c.Before.Value
	case !c.After.Value.OK():
		return c.After.Value
	}
	return stat.Of(tenth(c.After.Value.N - c.Before.Value.N))
}

// Fictional reports whether an assessment is invented.
func (c *Cohort) Fictional() bool {
	return slices.ContainsFunc(c.Assessments, func(x Assessment) bool { return x.Fictional })
}

// Changes are the questions of a cohort's assessments, in the order of the file.
// A mean of fewer than least persons, or at an end of the scale, is withheld.
func (c *Cohort) Changes(least int) (out []Change) {
	for _, x := range c.Assessments {
		i := slices.IndexFunc(out, func(c Change) bool { return c.Area == x.Area && c.Question == x.Question })
		if i < 0 {
			i = len(out)
			out = append(out, Change{Area: x.Area, Question: x.Question})
		}
		m := &out[i].Before
		if x.Phase == After {
			m = &out[i].After
		}
		m.add(x)
		out[i].Fictional = out[i].Fictional || x.Fictional
	}
	for i := range out {
		out[i].Before, out[i].After = out[i].Before.shown(c.Scale, least), out[i].After.shown(c.Scale, least)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(c.first(a.Area), c.first(b.Area)) })
	return out
}

// first is where an area is first spoken of.
func (c *Cohort) first(area string) int {
	return slices.IndexFunc(c.Assessments, func(x Assessment) bool { return x.Area == area })
}

// add counts an assessment in: Value is a sum until it is shown.
func (m *Mean) add(x Assessment) {
	m.Value = stat.Of(m.Value.N + float64(x.Value*float64(x.Persons)))
	m.Persons += x.Persons
	m.Comuni++
	if m.First == 0 || x.Date < m.First {
		m.First = x.Date
	}
	m.Last = max(m.Last, x.Date)
}

func (m Mean) shown(s Scale, least int) Mean {
	if !m.Value.OK() {
		return m
	}
	mean := m.Value.N / float64(m.Persons)
	printed := tenth(mean)
	if m.Persons < least || printed <= s.Min || printed >= s.Max {
		m.Value, m.Persons = stat.Missing(stat.Withheld), 0
		return m
	}
	m.Value.N = printed
	return m
}

// tenth rounds to what is printed.
func tenth(v float64) float64 {
	const tenths = 10
	return math.Round(v*tenths) / tenths
}

// cohortFile is an entry of gruppi.yaml.
type cohortFile struct {
	ID     word   `yaml:"id,required"`
	Title  string `yaml:"titolo,required"`
	Note   string `yaml:"nota"`
	Source string `yaml:"fonte,required"`
	URL    word   `yaml:"indirizzo"`
	Scale  *struct {
		yamlfile.Place
		Title string  `yaml:"titolo,required"`
		Min   float64 `yaml:"minimo"`
		Max   float64 `yaml:"massimo,required"`
	} `yaml:"scala"`
}

// The files of the folder beside the lists of Comuni.
const (
	cohortsFile     = "gruppi.yaml"
	assessmentsFile = "valutazioni.csv"
)

func (r *reader) cohorts() (out []Cohort) {
	if !r.has(CohortsFolder) {
		return nil
	}
	var file struct {
		Cohorts []cohortFile `yaml:"gruppi,required"`
	}
	ok := r.yaml(path.Join(CohortsFolder, cohortsFile), &file, func(check *yamlfile.Check) {
		seen := map[string]yamlfile.Place{}
		for _, f := range file.Cohorts {
			check.ID(f.ID, "id", seen)
			out = append(out, f.cohort(check))
		}
	})
	for i := range out {
		whole := false
		out[i].Comuni, whole = r.members(path.Join(CohortsFolder, out[i].ID+".csv"))
		out[i].doubt = !ok || !whole
	}
	if ok {
		r.strays(out)
	}
	r.assess(out)
	return out
}

func (f cohortFile) cohort(check *yamlfile.Check) Cohort {
	c := Cohort{ID: f.ID.Text, Title: f.Title, Note: f.Note, Source: f.Source, URL: f.URL.Text}
	if c.URL != "" && !isAddress(c.URL) {
		check.At(f.URL.Place, fmt.Sprintf("%q is not an address, want https://…", c.URL), "")
	}
	if c.ID+".csv" == assessmentsFile {
		check.At(f.ID.Place, fmt.Sprintf("%q is the name of another file of this folder", c.ID), "give the cohort another id")
	}
	if f.Scale != nil {
		if c.Scale = (Scale{f.Scale.Title, f.Scale.Min, f.Scale.Max}); f.Scale.Min >= f.Scale.Max {
			check.At(f.Scale.Place, "the scale ends where it begins, or before", "minimo is 0 where it is not said")
		}
	}
	return c
}

// members reads who belongs to a cohort; the name is there for people, and held
// against the code.
func (r *reader) members(name string) (out []int, whole bool) {
	if path.Base(name) == assessmentsFile {
		return nil, false
	}
	whole = r.rows(name, []string{"codice_catastale", "comune"}, func(c *cells) {
		if i, ok := c.comune("codice_catastale"); ok {
			if got := c.want("comune"); got != "" && atlas.Fold(got) != atlas.Fold(c.atlas.Comuni[i].Name) {
				c.say("comune", fmt.Sprintf("%q does not fit the code %s, which is that of %s", got, c.atlas.Comuni[i].Cadastral, c.atlas.Comuni[i].Name), "")
			}
			c.once("codice_catastale", c.called(i))
			out = append(out, i)
		}
	})
	if len(out) == 0 && whole {
		r.list.File(name, "the cohort has no Comune", "add one a line, by cadastral code and name")
	}
	slices.Sort(out)
	return slices.Compact(out), whole
}

// strays reports lists of Comuni that gruppi.yaml does not name.
func (r *reader) strays(cohorts []Cohort) {
	entries, err := fs.ReadDir(r.fsys, CohortsFolder)
	if err != nil {
		return
	}
	for _, e := range entries {
		id, isTable := strings.CutSuffix(e.Name(), ".csv")
		if isTable && e.Name() != assessmentsFile && !slices.ContainsFunc(cohorts, func(c Cohort) bool { return c.ID == id }) {
			r.list.File(path.Join(CohortsFolder, e.Name()), fmt.Sprintf("no cohort of %s has the id %q", cohortsFile, id), "add it there, or take the file away")
		}
	}
}

func (r *reader) assess(cohorts []Cohort) {
	name := path.Join(CohortsFolder, assessmentsFile)
	if !r.has(name) {
		return
	}
	var areas []Area
	for _, c := range cohorts {
		areas = append(areas, Area{ID: c.ID})
	}
	columns := []string{"gruppo", "codice_catastale", "fase", "data", "area", "domanda", "valore", "rispondenti", "fittizio"}
	r.rows(name, columns, func(c *cells) {
		k := c.area("gruppo", areas)
		i, ok := c.comune("codice_catastale")
		x := Assessment{Comune: i, Phase: Phase(c.one("fase", string(Before), string(After))), Date: c.day("data"), Area: c.want("area"), Question: c.want("domanda"),
			Persons: c.count("rispondenti"), Fictional: c.fiction()}
		if k >= 0 && ok {
			x.Value = c.score(&cohorts[k], i)
		}
		if c.faults == 0 && x.Persons == 0 {
			c.say("rispondenti", `rispondenti is "0", want the persons that valore is the mean of`, "leave the row out where nobody answered")
		}
		if c.faults == 0 {
			c.once("domanda", strings.Join([]string{x.Question, c.called(i), string(x.Phase), x.Area, cohorts[k].ID}, ", "))
		}
		if c.faults == 0 {
			cohorts[k].Assessments = append(cohorts[k].Assessments, x)
		}
	})
}

// score reads a mean and holds it to the cohort's scale and list. What persons
// said is in no message.
func (c *cells) score(of *Cohort, comune int) float64 {
	if of.doubt {
		c.faults++
		return 0
	}
	if !slices.Contains(of.Comuni, comune) {
		c.say("codice_catastale", fmt.Sprintf("%s is not one of the Comuni of %q", c.atlas.Comuni[comune].Name, of.ID), "add it to "+of.ID+".csv, or look at the code")
	}
	s := c.want("valore")
	v, ok := decimal(s)
	switch {
	case s == "":
	case of.Scale.Max == of.Scale.Min:
		c.say("valore", fmt.Sprintf("the cohort %q has no scale to read this on", of.ID), "add scala to it in "+cohortsFile)
	case !ok:
		c.say("valore", "this is not a number", "")
	case v < of.Scale.Min || v > of.Scale.Max:
		c.say("valore", fmt.Sprintf("this is off the scale, want %g to %g", of.Scale.Min, of.Scale.Max), "")
	}
	return v
}
