package site

import (
	"os"
	"sync"
	"testing"

	"mappa/internal/agenda"
	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/geo"
	"mappa/internal/indicator"
	"mappa/internal/istat"
	"mappa/internal/locale"
	"mappa/internal/output"
	"mappa/internal/score"
	"mappa/internal/settings"
	"mappa/internal/source"
	"mappa/internal/stat"
	"mappa/internal/survey"
	"mappa/internal/theme"
)

// siteFolder is where the shipped data, content and themes are, from here.
const siteFolder = "../.."

// realInputs is the shipped site, read once for all tests. It has no theme: see
// realTheme. Its content is whatever the authors have written so far.
func realInputs(t testing.TB) Inputs {
	t.Helper()
	if testing.Short() {
		t.Skip("reads all of Italy")
	}
	in, list := readShipped()
	if list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	return in
}

// shippedInputs is the shipped site with the answers and proofs of its editions, the
// current one last.
type shippedInputs struct {
	in    Inputs
	list  *diag.List
	sides []disclosure.Side
}

func readShipped() (Inputs, *diag.List) {
	s := readAnswers()
	return s.in, s.list
}

var readAnswers = sync.OnceValue(func() (s shippedInputs) {
	s.in, s.list = readSite(&s.sides)
	return s
})

func readSite(sides *[]disclosure.Side) (Inputs, *diag.List) {
	list, fsys := new(diag.List), os.DirFS(siteFolder)
	var in Inputs
	in.Settings, _ = settings.Read(fsys, list)
	territory, ok := istat.Read(fsys, "data/territorio", list)
	if !ok {
		return in, list
	}
	in.Atlas, ok = atlas.New(territory, in.Settings.Site.Setting(), list)
	if !ok {
		return in, list
	}
	in.Maps = shippedMaps(in.Atlas, territory.Boundaries, list)
	in.Sources = source.Read(fsys, "data/fonti", in.Atlas, in.Settings.Site.DisplayDate(), list)
	in.Book = indicator.Build(in.Atlas, in.Settings.Indicators, in.Sources.Variables, in.Settings.IndicatorProblem, list)
	in.Content, _ = content.Read(fsys, "content", list)
	in.Agenda, _ = agenda.Read(fsys, in.Atlas, list)
	var editions []*survey.Edition
	for _, name := range survey.Editions(fsys) {
		e, ok := survey.Read(fsys, name, in.Atlas, list)
		if !ok {
			return in, list
		}
		editions = append(editions, e)
	}
	var books []*survey.Codebook
	for _, e := range editions {
		books = append(books, e.Book)
	}
	var earlier disclosure.Side
	for i, x := range disclosure.Inputs(in.Atlas, editions, nil) {
		published, proof := disclosure.Protect(x, disclosure.Default())
		side := disclosure.Side{Input: x, Published: published, Proof: proof}
		if i > 0 {
			disclosure.Pair(earlier, side)
		}
		before := earlier
		earlier = side
		*sides = append(*sides, side)
		one := Survey{Edition: &x.Edition.Public, Published: published}
		var ids []string
		for _, i := range in.Settings.Indicators {
			ids = append(ids, i.ID)
		}
		if one.Tree, ok = score.Read(fsys, "data/indagini/"+x.Edition.Book.Edition+"/"+score.FileName, x.Edition.Book, score.Known{Indicators: ids}, list); !ok {
			return in, list
		}
		one.Indices = NewIndices(indexSource(one.Tree, side, in.Sources.Variables), in.Atlas)
		if i > 0 {
			series := one.Tree.Series(books, i, i-1)
			one.Indices.Series = NewIndexSeries(series, indexSource(series.Now, side, nil), indexSource(series.Then, before, nil))
		}
		if x.Edition.Book.Edition == in.Settings.Site.Edition {
			in.Survey = one
		} else {
			in.Before = append(in.Before, one)
		}
	}
	return in, list
}

func indexSource(t *score.Tree, of disclosure.Side, variables []stat.Variable) Source {
	s := score.New(t, score.NewAnswers(of.Edition, variables))
	return Source{Scores: s, Worlds: s.Worlds(of.Published.Others(of.Proof)), Edition: &of.Edition.Public, Published: of.Published, Grid: of.Grid}
}

func shippedMaps(a *atlas.Atlas, b atlas.Boundaries, list *diag.List) *cartography.Maps {
	set, ok := boundary.Read(os.DirFS(siteFolder), b.File, b.Source.Date, list)
	if !ok {
		return nil
	}
	l := cartography.Lines{ToGeographic: geo.UTM32ToGeographic, Shapes: atlas.Shapes{Date: b.Source.Date, Where: func(i int) diag.Problem {
		if i < 0 {
			return diag.Problem{File: set.File}
		}
		return diag.Problem{File: set.File, Record: set.Shapes[i].Record}
	}}}
	for _, s := range set.Shapes {
		l.Codes, l.Polygons = append(l.Codes, s.Code), append(l.Polygons, s.Polygon)
	}
	f, ok := cartography.Fit(a, l, list)
	if !ok {
		return nil
	}
	return cartography.New(a, f)
}

// realTheme is the shipped theme, loaded once.
func realTheme(t testing.TB) *theme.Theme {
	t.Helper()
	th, list := loadShippedTheme()
	if list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	return th
}

var loadShippedTheme = sync.OnceValues(func() (*theme.Theme, *diag.List) {
	list := new(diag.List)
	th, _ := theme.Load(os.DirFS(siteFolder), theme.Source{Dir: "themes/italia", Base: "/"}, list)
	return th, list
})

// referencePress is a press that can answer references, in the given language:
// data, words and meshes, without the theme's templates and files.
func referencePress(t testing.TB, lang string) *press {
	t.Helper()
	in := realInputs(t)
	list := new(diag.List)
	words, ok := locale.Load(os.DirFS(siteFolder), list, "themes/italia/lingue/"+lang+".yaml")
	if !ok {
		t.Fatal(list.Problems())
	}
	p := &press{Inputs: in, words: words, out: &output.Memory{}, list: list, images: map[string]string{}}
	if !p.bind() {
		t.Fatal(list.Problems())
	}
	p.geometry()
	bound := in.Maps.Country.Bounds()
	p.country = draw.NewMesh(draw.NewFrame(bound, countryGrid, margin), polygons(in.Maps.Country))
	p.drawAreaMeshes(bound)
	return p
}
