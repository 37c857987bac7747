package agenda

import (
	"fmt"
	"path"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/yamlfile"
)

// State is how far an action of a plan has come.
type State string

// The states.
const (
	Planned State = "da_avviare"
	Running State = "in_corso"
	Done    State = "concluso"
	Stopped State = "sospeso"
)

// PlanArea is an area of a municipal digital plan, or one within it.
type PlanArea struct {
	ID, Title string
	Within    int // in Plans.Areas, -1 for one of the first level
}

// Action is a line of a Comune's own plan.
type Action struct {
	Title    string
	Area     int // in Plans.Areas
	Unit     string
	Start    float64    // where it set out from, 0 if not said
	Target   float64    // what is to be reached
	Value    stat.Value // what was measured last; Unknown before the first time
	Measured atlas.Date // when
	Due      atlas.Date
	State    State
	Source   string
}

// Progress is how much of the way from start to target is done, 0 to 1; missing
// before it was measured.
func (a Action) Progress() stat.Value {
	if !a.Value.OK() {
		return a.Value
	}
	return stat.Of(min(1, max(0, (a.Value.N-a.Start)/(a.Target-a.Start))))
}

// Late reports whether an action that is not done should have been by a day.
func (a Action) Late(on atlas.Date) bool { return a.State != Done && a.Due < on }

// Plans is data/piani: the plans that Comuni sent, as they sent them.
type Plans struct {
	Areas []PlanArea
	by    map[int][]Action
}

// Of are the actions of Comune i, by area and then in the order of the file; none
// where it sent no plan.
func (p Plans) Of(i int) []Action { return p.by[i] }

// Comuni are those with a plan, in order.
func (p Plans) Comuni() []int {
	var out []int
	for i := range p.by {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

type planAreaFile struct {
	areaFile `yaml:",inline"`
	Parts    []areaFile `yaml:"voci"`
}

func (r *reader) plans() (out Plans) {
	if !r.has(PlansFolder) {
		return out
	}
	var file struct {
		Areas []planAreaFile `yaml:"aree,required"`
	}
	var leaves []Area // what an action may name: an area without parts, or a part
	ok := r.yaml(path.Join(PlansFolder, "piani.yaml"), &file, func(c *yamlfile.Check) {
		seen := map[string]yamlfile.Place{}
		add := func(f areaFile, within int) {
			c.ID(f.ID, "id", seen)
			out.Areas = append(out.Areas, PlanArea{f.ID.Text, f.Title, within})
		}
		for _, f := range file.Areas {
			add(f.areaFile, none)
			for k, within := 0, len(out.Areas)-1; k < len(f.Parts); k++ {
				add(f.Parts[k], within)
			}
		}
	})
	for k, a := range out.Areas {
		if !ok {
			break
		}
		if k+1 == len(out.Areas) || out.Areas[k+1].Within != k {
			leaves = append(leaves, Area{a.ID, a.Title})
		}
	}
	out.by = r.actions(out.Areas, leaves)
	return out
}

func (r *reader) actions(areas []PlanArea, leaves []Area) map[int][]Action {
	by := map[int][]Action{}
	columns := []string{"codice_catastale", "azione", "area", "traguardo", "unita", "partenza", "valore", "misurato_il", "scadenza", "stato", "fonte"}
	r.rows(path.Join(PlansFolder, "piani.csv"), columns, func(c *cells) {
		i, ok := c.comune("codice_catastale")
		x := Action{Title: c.want("azione"), Target: c.number("traguardo"), Unit: c.want("unita"), Due: c.day("scadenza"), Source: c.want("fonte"),
			State: State(c.one("stato", string(Planned), string(Running), string(Done), string(Stopped)))}
		if leaf := c.area("area", leaves); leaf >= 0 {
			x.Area = slices.IndexFunc(areas, func(a PlanArea) bool { return a.ID == leaves[leaf].ID })
		}
		c.measured(&x)
		if c.faults == 0 {
			c.once("azione", x.Title+", "+c.called(i))
		}
		if ok && c.faults == 0 {
			by[i] = append(by[i], x)
		}
	})
	for _, actions := range by {
		slices.SortStableFunc(actions, func(a, b Action) int { return a.Area - b.Area })
	}
	return by
}

// measured reads start and value, which go together with their day.
func (c *cells) measured(x *Action) {
	if c.text("partenza") != "" {
		x.Start = c.number("partenza")
	}
	if c.faults == 0 && x.Start == x.Target {
		c.say("traguardo", fmt.Sprintf("traguardo is %q, where the action sets out from", c.text("traguardo")), "say in partenza what was there before, and in traguardo what is to be reached")
	}
	value, day := c.text("valore"), c.text("misurato_il")
	switch {
	case value == "" && day == "":
		if x.State == Done {
			c.say("valore", fmt.Sprintf("stato is %q, want what was measured", Done), "")
		}
	case value == "":
		c.say("valore", fmt.Sprintf("valore is empty, but misurato_il is %q", day), "")
	case day == "":
		c.say("misurato_il", fmt.Sprintf("misurato_il is empty, but valore is %q", value), "")
	default:
		x.Value, x.Measured = stat.Of(c.number("valore")), c.day("misurato_il")
		if c.faults == 0 && x.Measured > c.atlas.Display {
			c.Table.Note(c.row, c.Col("misurato_il"), fmt.Sprintf("misurato_il is %s, after the display date %s", x.Measured, c.atlas.Display), "")
		}
	}
}
