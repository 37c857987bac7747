package pack_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"mappa/internal/atlas"
	"mappa/internal/geo"
	"mappa/internal/pack"
)

var update = flag.Bool("update", false, "rewrite the pictures in testdata/immagini")

// view is a piece of the map: around Comuni, so many letters wide. A letter is
// twice as high as it is wide.
type view struct {
	comuni []string // by name
	wide   int
	region bool // of the region's own pack, else of the country's
}

var views = map[string]view{
	"italia":          {nil, 96, false},
	"laguna-veneta":   {[]string{"Venezia", "Chioggia", "Cavallino-Treporti", "Jesolo"}, 88, true},
	"campione":        {[]string{"Campione d'Italia", "Lavena Ponte Tresa", "Alta Valle Intelvi", "Porlezza"}, 88, true},
	"isole-siciliane": {[]string{"Ustica", "Favignana", "Pantelleria", "Lampedusa e Linosa", "Lipari", "Malfa", "Trapani", "Agrigento", "Messina"}, 120, false},
}

// The hard places look as they did when somebody last looked at them: every
// Comune a letter, the same in all pictures of it, the outside a dot.
func TestTheHardPlacesLookAsTheyDid(t *testing.T) {
	c := realItaly(t)
	country := through(t, c.whole(countryStep))
	for name, v := range views {
		t.Run(name, func(t *testing.T) {
			g := country
			if v.region {
				g = through(t, c.region(c.atlas.Comuni[c.named(t, v.comuni[0])].Region, regionStep))
			}
			if name == "campione" { // abroad, beside another region
				g = through(t, c.geometry(c.maps.Region, regionStep, func(m atlas.Comune) bool { return m.Plate == "CO" || m.Plate == "VA" }))
			}
			got := c.picture(t, g, v)
			file := filepath.Join("testdata", "immagini", name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s is not what it was; look at it, and go test ./internal/pack -run Hard -update:\n%s", file, got)
			}
			for _, place := range v.comuni {
				if letter := letterOf(c.named(t, place)); !strings.Contains(got, letter) {
					t.Errorf("%s (%s) is not in the picture", place, letter)
				}
			}
		})
	}
}

// through is a geometry as it comes out of its pack.
func through(t *testing.T, g pack.Geometry) pack.Geometry {
	t.Helper()
	data, err := pack.EncodeGeometry(g)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pack.DecodeGeometry(data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (c *country) named(t *testing.T, name string) int {
	t.Helper()
	for i, m := range c.atlas.Comuni {
		if m.Name == name {
			return i
		}
	}
	t.Fatalf("there is no Comune %q", name)
	return 0
}

// letterOf is the letter of a Comune of the atlas.
func letterOf(i int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	return letters[i%len(letters) : i%len(letters)+1]
}

// picture draws a view in letters. A Comune that no letter's middle meets is
// put where its own middle is.
func (c *country) picture(t *testing.T, g pack.Geometry, v view) string {
	t.Helper()
	shapes := make([]orb.MultiPolygon, len(g.Faces))
	boxes := make([]orb.Bound, len(g.Faces))
	at := map[int]int{} // Comune of the atlas → face
	for f, place := range g.Faces {
		shapes[f] = g.Lines.Polygon(f)
		boxes[f] = shapes[f].Bound()
		at[c.order[place]] = f
	}
	b := g.Lines.Bounds()
	for k, name := range v.comuni {
		box := boxes[at[c.named(t, name)]]
		if k == 0 {
			b = box
		}
		b = b.Union(box)
	}
	side := (b.Max[0] - b.Min[0]) / float64(v.wide)
	high := int((b.Max[1]-b.Min[1])/(2*side)) + 1
	rows := make([][]byte, high)
	met := map[int]bool{}
	for y := range rows {
		rows[y] = []byte(strings.Repeat(".", v.wide))
		for x := range rows[y] {
			p := orb.Point{b.Min[0] + (float64(x)+0.5)*side, b.Max[1] - (float64(y)+0.5)*2*side}
			for f, s := range shapes {
				if boxes[f].Contains(p) && planar.MultiPolygonContains(s, p) {
					rows[y][x], met[f] = letterOf(c.order[g.Faces[f]])[0], true
					break
				}
			}
		}
	}
	for _, name := range v.comuni {
		i := c.named(t, name)
		if f := at[i]; !met[f] {
			p := geo.LabelPoint(shapes[f])
			rows[int((b.Max[1]-p[1])/(2*side))][int((p[0]-b.Min[0])/side)] = letterOf(i)[0]
		}
	}
	var out strings.Builder
	for _, r := range rows {
		out.Write([]byte(strings.TrimRight(string(r), ".")))
		out.WriteByte('\n')
	}
	return out.String()
}
