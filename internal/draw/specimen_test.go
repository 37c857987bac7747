package draw

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// specimen is one component with values a reader could meet.
type specimen struct {
	name string
	d    Drawing
}

// file is a drawing that is a file of its own.
type file []byte

func (f file) Append(b []byte) []byte { return append(b, f...) }

// specimens is every component, all words and addresses through say.
func specimens(say func(string) string) []specimen {
	return append(chartSpecimens(say), mapSpecimens(say)...)
}

func chartSpecimens(say func(string) string) []specimen {
	num := func(v float64) string { return say(strings.Replace(fmt.Sprint(v), ".", ",", 1)) }
	return []specimen{
		{"dots", unitChart(say, []int{0, 2, 0, 3, 4, 5, 8, 9, 9, 5}, 9)},
		{"dots-many", unitChart(say, []int{12, 40, 80, 133, 244, 305, 280, 219, 120, 35}, 1)},
		{"histogram", histogram(say, num)},
		{"rows", dotRows(say, num)},
		{"rows-interval", intervalRows(say, num)},
		{"bars", Bars{Words: say("72 % nella classe, 100 % in Toscana"), Bars: []Bar{
			{Whole: At(72), Part: At(30), Text: say("72 %")}, {Whole: At(100), Part: At(0), Text: say("100 %")}, {Text: say("n.d.")}}}},
		{"timeline", timeline(say, num, "Suvereto 50")},
		{"timeline-long", timeline(say, num, "San Giovanni Valdarno 50")},
		{"slope", slope(say)},
		{"strip", strip(say, num, 41, 28.3)},
		{"strip-many", strip(say, num, 400, 1.9)},
		{"tiles", tiles(say)},
		{"swatches", Swatches{Label: say("Legenda"), Swatches: []Swatch{
			{C1, say("fino a 29"), say("577")}, {C2, say("30–49"), say("1.587")}, {C3, say("50–64"), say("1.872")},
			{C4, say("65–79"), say("2.137")}, {C5, say("80–100"), say("774")}, {NoValue, say("rilevazione non riuscita"), say("950")}}}},
		{"hatch", Hatch{ID: "hatch"}},
	}
}

func unitChart(say func(string) string, n []int, here int) Dots {
	d := Dots{Label: say("Distribuzione di 45 Comuni per interventi finanziati."), Name: say("Suvereto")}
	for i, k := range n {
		d.Columns = append(d.Columns, Column{Text: say(fmt.Sprint(i)), N: k, Here: i == here})
	}
	return d
}

func histogram(say func(string) string, num func(float64) string) Histogram {
	h := Histogram{Label: say("Istogramma di 7.891 Comuni: coda lunga verso destra."), Axis: Axis{Lo: 0, Hi: 1000}}
	for _, v := range []float64{0, 150, 250, 350, 500, 750, 1000} {
		h.Axis.Ticks = append(h.Axis.Ticks, Tick{v, num(v)})
	}
	for v := 0.; v < 1000; v += 25 {
		class := C1
		for _, edge := range []float64{150, 250, 350, 500} {
			if v >= edge {
				class++
			}
		}
		h.Bins = append(h.Bins, Bin{v, v + 25, int(9000 * v / 300 * math.Exp(-v/150) / 10), class})
	}
	h.Marks = []Mark{{At(305), say("mediana dei Comuni 305"), false}, {At(506), say("Italia 506"), false}, {At(276), say("Suvereto 276"), true}, {Pos{}, say("mai"), false}}
	return h
}

func dotRows(say func(string) string, num func(float64) string) Rows {
	r := Rows{Label: say("Servizi ogni 1.000 abitanti"), Axis: NewAxis(0, 544, 3, num), Ref: At(506)}
	for i, v := range []float64{276, 289, 337, 544, 466} {
		name := []string{"Suvereto", "Comuni toscani della classe (45)", "Comuni italiani della classe (1.468)", "Provincia di Livorno (19)", "Toscana (273)"}[i]
		r.Rows = append(r.Rows, Row{Name: say(name), Href: say("/x/"), Value: num(v), Dot: At(v), Ring: At(v * .8), Here: i == 0})
	}
	r.Rows = append(r.Rows, Row{Name: say("Cervatto"), Value: say("non rilevato")})
	return r
}

func intervalRows(say func(string) string, num func(float64) string) Rows {
	r := Rows{Axis: NewAxis(0, 100, 4, num)}
	for i, v := range []float64{39.8, 46.1, 54.8, 74.2} {
		half := []float64{2, 3, 6, 20}[i]
		r.Rows = append(r.Rows, Row{
			Name: say([]string{"fino a 2.500", "2.501–5.000", "5.001–20.000", "oltre 250.000"}[i]), Note: say("905 risposte"),
			Value: num(v), Dot: At(v), Ring: At(v + 1), Interval: Between(v-half, v+half), Weak: i == 3, Strong: i == 0,
		})
	}
	r.Rows = append(r.Rows, Row{Name: say("Front office"), Value: num(61), Dot: At(61), Band: Between(38, 64), Median: At(51), Here: true})
	return r
}

func timeline(say func(string) string, num func(float64) string, place string) Timeline {
	t := Timeline{Label: say("Punteggio del sito di Suvereto: da 18 a 50."), Axis: NewAxis(0, 100, 4, num), Dashed: true,
		Place: say(place), Median: say("Classe 61"), Band: say("metà centrale")}
	for i, day := range []float64{0, 629, 760, 901} {
		m := []float64{32, 49, 38, 61}[i]
		t.Moments = append(t.Moments, Moment{At: day, Date: say([]string{"feb 2022", "nov 2023", "mar 2024", "lug 2024"}[i]),
			Place: At([]float64{18, 50, 18, 50}[i]), PlaceText: num([]float64{18, 50, 18, 50}[i]), Median: At(m), Band: Between(m-17, m+14), Break: i == 2 && place != "Suvereto 50"})
	}
	return t
}

func slope(say func(string) string) Slope {
	s := Slope{Label: say("Da febbraio 2022 a luglio 2024 tutte le classi crescono."), Left: say("febbraio 2022"), Right: say("luglio 2024"), Lo: 0, Hi: 70}
	for i, name := range []string{"fino a 2.500 ab.", "2.501–5.000 ab.", "5.001–20.000 ab.", "20.001–50.000 ab.", "50.001–250.000 ab.", "oltre 250.000 ab."} {
		from, to := []float64{6.1, 6.5, 8.1, 12.5, 17.6, 16.7}[i], []float64{60.8, 62.8, 51, 51.3, 48.4, 27.3}[i]
		s.Lines = append(s.Lines, SlopeLine{Name: say(name), From: At(from), To: At(to), FromText: say(fmt.Sprint(from)), ToText: say(fmt.Sprint(to)), Dark: i == 1 || i == 5})
	}
	return s
}

func strip(say func(string) string, num func(float64) string, n int, here float64) Strip {
	s := Strip{Label: say("Peso della pagina iniziale di 41 siti."), Axis: NewLogAxis(.25, 40, 9, num),
		Here: Mark{At(here), say("Suvereto " + fmt.Sprint(here) + " MB"), true}, Median: Mark{At(1.7), say("mediana 1,7 MB"), false}}
	for i := range n {
		s.Values = append(s.Values, 1.7*math.Exp(1.1*math.Sin(float64(i*i))*math.Cos(float64(i))*1.6))
	}
	return s
}

func tiles(say func(string) string) Tiles {
	t := Tiles{Label: say("Venti regioni: Friuli-Venezia Giulia 37 punti sopra l’Italia.")}
	for i, code := range []string{"VdA", "TAA", "FVG", "PIE", "LOM", "VEN"} {
		t.Tiles = append(t.Tiles, Tile{Col: i % 3, Row: i / 3, Code: say(code), Value: say("+15,6"), Title: say(code + ": 73,6 %"), Href: say("/regioni/x/"), Class: D1 + Class(i%5)})
	}
	return t
}

// drawn is a land in ASCII: each letter is an area of unit squares, a dot is
// outside. Areas that touch share every vertex.
func drawn(rows ...string) (shapes []orb.MultiPolygon) {
	var arrows [26][]arrow
	at := func(x, y int) rune {
		if y < 0 || y >= len(rows) || x < 0 || x >= len(rows[y]) {
			return '.'
		}
		return rune(rows[y][x])
	}
	for y, row := range rows {
		for x, c := range row {
			l, t := int32(x), int32(y)
			corners := []pt{{l, t}, {l, t + 1}, {l + 1, t + 1}, {l + 1, t}}
			beyond := []rune{at(x-1, y), at(x, y+1), at(x+1, y), at(x, y-1)}
			for k := range corners {
				if c != '.' && beyond[k] != c {
					arrows[c-'a'] = append(arrows[c-'a'], arrow{corners[k], corners[(k+1)%4]})
				}
			}
		}
	}
	for _, a := range arrows {
		w := newWalks(a)
		var shape orb.MultiPolygon
		for i := range a {
			var r orb.Ring
			for k := int32(i); k >= 0 && !w.gone[k]; k = w.take(a[k].to) {
				w.gone[k] = true
				r = append(r, orb.Point{1000 * float64(a[k].from.x), -1000 * float64(a[k].from.y)})
			}
			if r != nil {
				shape = append(shape, orb.Polygon{append(r, r[0])})
			}
		}
		if shape != nil {
			shapes = append(shapes, shape)
		}
	}
	return shapes
}

func island() []orb.MultiPolygon {
	return drawn(
		".aaaabbb....",
		"aaaaabbbb...",
		"aaccccbbb...",
		"aaccccddd...",
		"..ccccdddd..",
		"...ccdddd..e",
	)
}

func boundOf(shapes []orb.MultiPolygon) orb.Bound {
	b := shapes[0].Bound()
	for _, s := range shapes[1:] {
		b = b.Union(s.Bound())
	}
	return b
}

func mapSpecimens(say func(string) string) []specimen {
	shapes := island()
	f := NewFrame(boundOf(shapes), 240, 6)
	m := NewMesh(f, shapes)
	class := []Class{C1, C4, C4, NoValue, C5}
	style := ".c1{fill:gold}.c4{fill:teal}.c5{fill:navy}.c0{fill:url(#hatch)}.coast,.regb{fill:none;stroke:#555}"
	national := National{Mesh: m, Class: class, Group: []int{0, 0, 1, 1, 1}, Label: say("Cinque Comuni."), Detail: say("Descrizione."), Style: style}
	areas := Areas{Mesh: m, Group: []int{0, 0, 1, 1, 1}, Label: say("Comuni della provincia."), Sea: true}
	for i, c := range class {
		areas.Areas = append(areas.Areas, Area{Title: say("Comune: 12"), Href: say("/comuni/x/"), Class: c, Here: i == 1})
	}
	keyboard := areas
	keyboard.Keyboard, keyboard.Sea = true, false
	keyboard.Around = NewMesh(f, []orb.MultiPolygon{{{{{12000, 0}, {20000, 0}, {20000, -4000}, {12000, -4000}, {12000, 0}}}}})
	return []specimen{
		{"national", national},
		{"national-file", file(national.File())},
		{"areas", areas},
		{"areas-keyboard", keyboard},
		{"locator", locator(say, shapes)},
		{"inset", Inset{Frame: f, Image: say("/italia.svg"), At: orb.Point{4000, -3000}}},
		{"outline-file", file(Outline{Mesh: m, Class: []Class{Land, Land, Dark, Land, Land}, Style: style}.File())},
	}
}

func locator(say func(string) string, shapes []orb.MultiPolygon) Locator {
	l := Locator{Here: Place{Name: say("Suvereto"), Shape: shapes[2]}, Units: []int{1, 1, 2, 1, 1}, Sea: true, Around: shapes[4:],
		Label: say("Suvereto e i Comuni vicini"), Scale: func(km float64) string { return say(fmt.Sprint(km, " km")) }}
	for i, k := range []int{0, 1, 3} {
		name := []string{"San Vincenzo", "Sassetta", "Monterotondo Marittimo"}[i]
		l.Neighbours = append(l.Neighbours, Place{Name: say(name), Title: say(name + " (LI)"), Href: say("/comuni/x/"), Shape: shapes[k]})
	}
	return l
}
