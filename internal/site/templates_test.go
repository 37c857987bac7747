package site

import (
	"testing"

	"mappa/internal/diag"
	"mappa/internal/theme"
)

// A template that names a field its page does not have would print an empty
// paragraph on thousands of pages: each is held against its struct.
func TestEveryTemplateFitsItsPage(t *testing.T) {
	th := realTheme(t)
	pages := map[string]theme.Page{
		"404": &struct{ theme.Chrome }{}, "area": &areaPage{}, "cessato": &formerPage{}, "comune": &comunePage{}, "domanda": &questionPage{}, "gruppo": &cohortPage{},
		"elenco": &listPage{}, "home": &homePage{}, "incorpora": &embedPage{}, "indicatore": &indicatorPage{}, "mappa": &mapPage{}, "prosa": &prosePage{},
	}
	for _, kind := range th.Kinds() {
		page := pages[kind]
		if page == nil {
			t.Errorf("pagine/%s.html belongs to no page", kind)
			continue
		}
		var list diag.List
		th.Check(kind, page, &list)
		for _, p := range list.Problems() {
			t.Error(p)
		}
	}
}
