package site

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mappa/internal/output"
	"mappa/internal/score"
	"mappa/internal/stat"
)

// indexSite writes the pages of the indices of the shipped edition, as change
// leaves it.
func indexSite(t *testing.T, lang string, change func(*press)) (*press, *output.Memory) {
	t.Helper()
	p := referencePress(t, lang)
	p.Theme = realTheme(t)
	out := new(output.Memory)
	p.out = out
	if err := p.dress(); err != nil {
		t.Fatal(err)
	}
	change(p)
	for _, j := range p.indices() {
		if err := j(); err != nil {
			t.Fatal(err)
		}
	}
	return p, out
}

func asShipped(*press) {}

func TestPagesOfIndicesAreWholeAndMarked(t *testing.T) {
	for _, lang := range []string{"it", "en"} {
		p, out := indexSite(t, lang, asShipped)
		if p.list.Len() > 0 {
			t.Error(p.list.Problems())
		}
		figures := []string{file(indicesPath), file(sensitivityPath)}
		for _, i := range p.Survey.Tree.Indices() {
			figures = append(figures, file(indicesPath+p.Survey.Tree.Nodes[i].ID+"/"))
		}
		for _, path := range append(figures, file(indexMethodPath)) {
			data, ok := out.File(path)
			switch {
			case !ok:
				t.Errorf("%s: there is no %s", lang, path)
			case bytes.Contains(data, []byte("⟦")):
				t.Errorf("%s %s: a message lacks a word: %s", lang, path, data[bytes.Index(data, []byte("⟦")):][:60])
			case ofAComune.Match(data):
				t.Errorf("%s %s links to a Comune", lang, path)
			case slices.Contains(figures, path) && (!bytes.Contains(data, []byte(`content="noindex"`)) || !bytes.Contains(data, []byte(`class="demo slimdemo"`))):
				t.Errorf("%s %s is not marked as demonstration data", lang, path)
			}
		}
	}
}

// TestTheMethodPageIsTheTree holds the page of the method to the tree that the
// figures are computed from: every part with its weight, and every answer with its
// points; and another weight or point is another page.
func TestTheMethodPageIsTheTree(t *testing.T) {
	p, out := indexSite(t, "it", asShipped)
	data, _ := out.File(file(indexMethodPath))
	text := reading(data)
	tree := p.Survey.Tree
	for _, n := range tree.Nodes {
		if n.Part == nil {
			continue
		}
		if want := n.Title + " (" + tree.Nodes[n.Parent].Title + ", peso "; !strings.Contains(text, want) {
			t.Errorf("the page has no %q", want)
		}
		q := &p.Survey.Edition.Book.Questions[n.Part.Question]
		if q.Numeric() {
			continue
		}
		for i, o := range q.Options {
			if row := "| " + o.Text + " | " + strconv.FormatFloat(n.Part.Rows[0].Points[i], 'f', -1, 64); !o.DontKnow && !strings.Contains(text, row) {
				t.Errorf("%s: the page has no %q", n.ID, row)
			}
		}
	}
	_, other := indexSite(t, "it", func(p *press) {
		changed, x := *p.Survey.Tree, *p.Survey.Indices
		changed.Nodes = slices.Clone(changed.Nodes)
		sue := &changed.Nodes[changed.Find("canali-sue")]
		part := *sue.Part
		part.Rows = []score.Row{{Weight: 1, Points: []float64{77, 60, 20, 0}, Max: 77}}
		sue.Part, sue.Share = &part, .123
		x.Tree, p.Survey.Tree, p.Survey.Indices = &changed, &changed, &x
	})
	data, _ = other.File(file(indexMethodPath))
	if text := reading(data); !strings.Contains(text, "Canali dello sportello edilizia (Front office, peso 12,3") || !strings.Contains(text, "| Soltanto su un portale | 77") {
		t.Error("another weight and other points are not on the page")
	}
}

// ordinal is a place in a ranking.
var ordinal = regexp.MustCompile(`\dº`)

func TestOneSettingTakesAllRanksOff(t *testing.T) {
	for _, ranked := range []bool{true, false} {
		_, out := indexSite(t, "it", func(p *press) { p.Settings.Site.Rankings = &ranked })
		places := 0
		for _, path := range htmlOf(out) {
			data, _ := out.File(path)
			places += len(ordinal.FindAllString(reading(data), -1))
		}
		if ranked == (places == 0) {
			t.Errorf("classifiche = %v: %d places", ranked, places)
		}
	}
}

// TestNoRankIsBare looks at every cell of the pages: a place is a band.
func TestNoRankIsBare(t *testing.T) {
	_, out := indexSite(t, "it", asShipped)
	band := regexp.MustCompile(`\dº–\d+º`)
	bare := regexp.MustCompile(`[|:] (\d+º)(\s|$)`)
	for _, path := range htmlOf(out) {
		data, _ := out.File(path)
		text := reading(data)
		if m := bare.FindStringSubmatch(text); m != nil {
			t.Errorf("%s has the bare place %s", path, m[1])
		}
		if strings.Contains(path, "esterna") && !band.MatchString(text) {
			t.Errorf("%s has no place", path)
		}
	}
}

// TestWhatIsShownOfIndicesIsWhatDisclosureLetsThrough reads the file of the means
// again: what has few Comuni is not in it, and says why.
func TestWhatIsShownOfIndicesIsWhatDisclosureLetsThrough(t *testing.T) {
	p, out := indexSite(t, "it", asShipped)
	data, ok := out.File("indici/dati.csv")
	if !ok {
		t.Fatal("there is no indici/dati.csv")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	shown, withheld := 0, 0
	for _, row := range rows[1:] {
		switch row[at("assenza")] {
		case "":
			shown++
			if n, err := strconv.Atoi(row[at("base")]); (err != nil || n < 30) && row[at("base_assenza")] != stat.Withheld.Code() {
				t.Errorf("%v rests on few", row)
			}
		case stat.Withheld.Code():
			withheld++
			if row[at("media")] != "" || row[at("base")] != "" {
				t.Errorf("%v is withheld and tells something", row)
			}
		}
		if row[at("livello_indice")] == "1" && row[at("livello")] != "nazione" {
			t.Errorf("%v is a part by area", row)
		}
		if row[at("dimostrativo")] == "false" || row[at("dimostrativo")] == "" {
			t.Fatalf("%v is not marked", row)
		}
	}
	if shown < 100 || withheld == 0 {
		t.Errorf("%d means are shown, %d withheld", shown, withheld)
	}
	for _, own := range p.Survey.Indices.Own {
		for _, v := range own {
			if v != stat.Missing(stat.Withheld) {
				t.Fatal("a fictional index of a Comune may be shown")
			}
		}
	}
}

// TestAComuneShowsItsIndexOnlyWhereItMay gives two Comuni open indices.
func TestAComuneShowsItsIndexOnlyWhereItMay(t *testing.T) {
	p := referencePress(t, "it")
	x := *p.Survey.Indices
	x.Own = nil
	open, closed := 0, 1
	for range x.Tree.Indices() {
		own := slices.Repeat([]stat.Value{stat.Missing(stat.Withheld)}, len(p.Atlas.Comuni))
		if len(x.Own) == 0 {
			own[open] = stat.Of(63.4)
		}
		x.Own = append(x.Own, own)
	}
	p.Survey.Indices = &x
	of := func(i int) []section {
		c := p.Atlas.Comuni[i]
		place := comunePlace{press: p, i: i, c: c, unit: p.Atlas.Units[c.Unit], reg: p.Atlas.Regions[c.Region], class: p.Atlas.Schemes[0].Classes[c.Class[0]]}
		place.known = place.names()
		return place.ownIndices()
	}
	if got := of(closed); got != nil {
		t.Errorf("a Comune without consent has %v", got)
	}
	got := of(open)
	if len(got) != 1 || len(got[0].Parts) != 1 {
		t.Fatalf("the Comune has %v", got)
	}
	table := string(got[0].Parts[0])
	if !strings.Contains(table, "Digitalizzazione esterna") || !strings.Contains(table, ">63<") || !strings.Contains(table, "avanzato") || strings.Contains(table, "Digitalizzazione interna") {
		t.Errorf("the table is %s", table)
	}
}

// htmlOf are the pages among the files.
func htmlOf(out *output.Memory) []string {
	return slices.DeleteFunc(slices.Clone(out.Paths()), func(path string) bool { return !strings.HasSuffix(path, ".html") })
}
