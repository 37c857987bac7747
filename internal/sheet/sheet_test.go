package sheet

import (
	"html/template"
	"os"
	"strings"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

const themeDir = "themes/italia"

// Whatever a name or an answer holds, it is text: in the page, in the style and in
// the title.
func TestWhatAComuneWroteIsOnlyText(t *testing.T) {
	tpl, err := ReadTemplate(os.DirFS("../.."), themeDir)
	if err != nil {
		t.Fatal(err)
	}
	const hostile = `"</style><script>alert(1)</script><!-- } body { display: none`
	s := &Sheet{Lang: "it", Title: hostile, Name: hostile, Lead: hostile, Demo: hostile, Private: hostile, Style: tpl.style, Top: quoted(hostile), Foot: quoted(hostile),
		Facts: []Fact{{hostile, hostile}}, Indices: Table{Head: []string{hostile}, Rows: []Row{{hostile, []string{hostile}}}, Note: hostile},
		Parts: []Explained{{hostile, []Line{{Weight: hostile, Text: hostile, Value: hostile, How: hostile}}}}, Open: Table{Rows: []Row{{Name: hostile}}}, Peers: Table{Head: []string{hostile}, Rows: []Row{{hostile, []string{hostile}}}},
		Sections: []Section{{hostile, []Question{{hostile, hostile, hostile, []Answer{{Row: hostile, Said: hostile, Compare: []string{hostile}}}}}}}}
	var b strings.Builder
	if err := tpl.tree.Execute(&b, s); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, bad := range []string{"<script", "<!--", "ZgotmplZ"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page has %s:\n%s", bad, got)
		}
	}
	if n := strings.Count(got, "</style>"); n != 2 {
		t.Errorf("%d ends of a style, want 2", n)
	}
	if strings.Count(got, "alert(1)") < 18 {
		t.Error("the text is not there")
	}
}

// maker makes sheets of a country of so many Comuni of one class, with a figure each.
func maker(t *testing.T, values ...stat.Value) (*Maker, *indicator.Entry, []int) {
	t.Helper()
	var list diag.List
	words, ok := locale.Load(os.DirFS("../.."), &list, themeDir+"/lingue/it.yaml")
	if !ok {
		t.Fatal(list.Problems())
	}
	group := make([]int, len(values))
	for i := range group {
		group[i] = i
	}
	return &Maker{Input: Input{Words: words}}, &indicator.Entry{Series: []*indicator.Series{{Values: values}}}, group
}

func TestAPlaceIsSaidInQuartersOfItsClass(t *testing.T) {
	of := func(values ...float64) (out []stat.Value) {
		for _, v := range values {
			out = append(out, stat.Of(v))
		}
		return out
	}
	eight := of(1, 2, 3, 4, 5, 6, 7, 8)
	for _, c := range []struct {
		name   string
		values []stat.Value
		comune int
		want   string
	}{
		{"the lowest", eight, 0, "quarto più basso"},
		{"the second lowest", eight, 1, "quarto più basso"},
		{"the third lowest", eight, 2, "secondo quarto"},
		{"above the middle", eight, 4, "terzo quarto"},
		{"the highest", eight, 7, "quarto più alto"},
		{"alike over a border", of(1, 2, 2, 2, 5, 6, 7, 8), 1, "fra quarto più basso e secondo quarto"},
		{"all alike", of(3, 3, 3, 3, 3, 3, 3, 3), 0, "fra quarto più basso e quarto più alto"},
		{"of seven", eight[:7], 0, ""},
		{"without a value", append(of(1, 2, 3, 4, 5, 6, 7, 8), stat.Missing(stat.Failed)), 8, ""},
		{"a missing one is not the lowest", append(of(1, 2, 3, 4, 5, 6, 7, 8), stat.Missing(stat.Failed)), 0, "quarto più basso"},
	} {
		m, e, group := maker(t, c.values...)
		if got := m.quarter(e, c.comune, group); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	m, e, group := maker(t, eight...)
	if e.Form = stat.Share; m.quarter(e, 0, group) != "" {
		t.Error("a yes or no has a quarter")
	}
}

func TestWhatPercentagesAreWorthIsAPerCent(t *testing.T) {
	m, _, _ := maker(t)
	for _, c := range []struct {
		shape    survey.Shape
		raw, max float64
		want     string
	}{
		{survey.Percentages, 8390, 10000, "dalla domanda «Vie»: 83,9 % del massimo"},
		{survey.Number, 40, 100, "dalla domanda «Vie»: 40,0 % del massimo"},
		{survey.Grid, 7, 12, "dalla domanda «Vie»: 7 su 12"},
		{survey.Grid, 7.5, 12, "dalla domanda «Vie»: 7,5 su 12"},
	} {
		got := m.worth(&survey.Question{Title: "Vie", Shape: c.shape}, score.Result{Raw: c.raw, Max: c.max})
		if got = strings.ReplaceAll(got, "\u00a0", " "); got != c.want {
			t.Errorf("%g of %g: %q, want %q", c.raw, c.max, got, c.want)
		}
	}
}

func TestAStringOfCSSHasNoEndInIt(t *testing.T) {
	for in, want := range map[string]template.CSS{
		"":              `""`,
		"Forlì 2":       `"Forlì 2"`,
		`a"b\c`:         `"a\22 b\5c c"`,
		"</style>\n;}*": `"\3c \2f style\3e \a \3b \7d \2a "`,
	} {
		if got := quoted(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
