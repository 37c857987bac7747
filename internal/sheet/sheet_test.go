package sheet

import (
	"html/template"
	"os"
	"strings"
	"testing"
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
		Parts: []Explained{{hostile, []Line{{Weight: hostile, Text: hostile, Value: hostile, How: hostile}}}}, Open: Table{Rows: []Row{{Name: hostile}}},
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
