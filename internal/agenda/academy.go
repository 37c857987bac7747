package agenda

import (
	"fmt"
	"path"
	"slices"

	"mappa/internal/yamlfile"
)

// Level is how deep a course goes.
type Level string

// The levels of the Accademia dei Comuni digitali, in order.
const (
	Base       Level = "base"
	Deepening  Level = "approfondimento"
	Specialist Level = "specialistico"
)

// Levels are all of them, in order.
func Levels() []Level { return []Level{Base, Deepening, Specialist} }

func levels() []string { return []string{string(Base), string(Deepening), string(Specialist)} }

// Area is a subject of courses or of microprojects.
type Area struct{ ID, Title string }

// Course is one of the Accademia's.
type Course struct {
	ID, Title string
	Area      int // in Academy.Areas
	Level     Level
	Hours     int
	Badge     bool   // ends with an Open Badge
	URL       string // "" where there is none
	Fictional bool
}

// Micro is a microproject: something small that a small Comune can get done.
type Micro struct {
	ID, Title, Text string
	Area            int // in Academy.MicroAreas
	URL             string
	Fictional       bool
}

// Academy is data/accademia.
type Academy struct {
	Title, Publisher, URL string
	Areas                 []Area
	MicroName             string // what the microprojects are called: FAST
	Below                 int    // they are for Comuni with fewer residents
	MicroAreas            []Area
	Courses               []Course
	Micros                []Micro
	Rules                 []Rule
}

// CoursesIn are the courses of an area at a level, in the order of the file.
func (a *Academy) CoursesIn(area int, level Level) []Course {
	return filter(a.Courses, func(c Course) bool { return c.Area == area && c.Level == level })
}

// MicrosIn are the microprojects of an area.
func (a *Academy) MicrosIn(area int) []Micro {
	return filter(a.Micros, func(m Micro) bool { return m.Area == area })
}

func filter[T any](all []T, keep func(T) bool) (out []T) {
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

// academyFile is accademia.yaml.
type academyFile struct {
	Title     string     `yaml:"titolo,required"`
	Publisher string     `yaml:"editore,required"`
	URL       word       `yaml:"indirizzo"`
	Areas     []areaFile `yaml:"aree,required"`
	Micro     struct {
		Name  string     `yaml:"nome,required"`
		Below int        `yaml:"meno_di,required"`
		Areas []areaFile `yaml:"aree,required"`
	} `yaml:"microprogetti,required"`
}

type areaFile struct {
	ID    word   `yaml:"id,required"`
	Title string `yaml:"titolo,required"`
}

type word = yamlfile.Word

func (r *reader) academy() (out Academy) {
	if !r.has(AcademyFolder) {
		return out
	}
	var file academyFile
	ok := r.yaml(path.Join(AcademyFolder, "accademia.yaml"), &file, func(c *yamlfile.Check) {
		if file.URL.Text != "" && !isAddress(file.URL.Text) {
			c.At(file.URL.Place, fmt.Sprintf("%q is not an address, want https://…", file.URL.Text), "")
		}
		out = Academy{Title: file.Title, Publisher: file.Publisher, URL: file.URL.Text, Areas: areasOf(c, file.Areas),
			MicroName: file.Micro.Name, Below: file.Micro.Below, MicroAreas: areasOf(c, file.Micro.Areas)}
	})
	if !ok {
		out.Areas, out.MicroAreas = nil, nil // which there are is not known
	}
	known := r.rows(path.Join(AcademyFolder, "corsi.csv"), []string{"id", "titolo", "area", "livello", "ore", "open_badge", "url", "fittizio"}, func(c *cells) {
		x := Course{ID: c.id("id"), Title: c.want("titolo"), Area: c.area("area", out.Areas), Level: Level(c.one("livello", levels()...)),
			Hours: c.count("ore"), Badge: c.yes("open_badge"), URL: c.address("url"), Fictional: c.fiction()}
		if c.faults == 0 {
			out.Courses = append(out.Courses, x)
		}
	})
	known = r.rows(path.Join(AcademyFolder, "microprogetti.csv"), []string{"id", "titolo", "descrizione", "area", "url", "fittizio"}, func(c *cells) {
		x := Micro{ID: c.id("id"), Title: c.want("titolo"), Text: c.want("descrizione"), Area: c.area("area", out.MicroAreas), URL: c.address("url"), Fictional: c.fiction()}
		if c.faults == 0 {
			out.Micros = append(out.Micros, x)
		}
	}) && known
	out.Rules = r.crosswalk(&out, known)
	return out
}

func areasOf(c *yamlfile.Check, files []areaFile) (out []Area) {
	seen := map[string]yamlfile.Place{}
	for _, f := range files {
		c.ID(f.ID, "id", seen)
		out = append(out, Area{f.ID.Text, f.Title})
	}
	return out
}

// area is a cell that names one of the areas; where they are not known nothing is
// said.
func (c *cells) area(column string, areas []Area) int {
	var ids []string
	for _, a := range areas {
		ids = append(ids, a.ID)
	}
	if len(ids) == 0 {
		c.faults++
		return -1
	}
	return slices.Index(ids, c.one(column, ids...))
}
