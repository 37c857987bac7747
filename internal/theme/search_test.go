package theme

import (
	"testing"
)

func TestTheIndexWritesASlugOnlyWhereItDoesNotFollow(t *testing.T) {
	got, err := SearchIndex([]Entry{
		{Name: "Suvereto", Detail: "LI", Dir: "comuni/", Slug: "suvereto"},
		{Name: "Paterno", Detail: "PZ", Dir: "comuni/", Slug: "paterno-m269"},
		{Name: "Bolzano", Detail: "BZ", Dir: "comuni/", Slug: "bolzano", Aliases: []string{"Bozen", "Bolzano", "bozen", "Bolzano/Bozen"}},
		{Name: "Bibbona", Detail: "LI", Dir: "comuni/", Slug: "bibbona"},
		{Name: "Reggio nell'Emilia", Detail: "RE", Dir: "comuni/", Slug: "reggio-nell-emilia", Aliases: []string{"due\trighe\nqui"}},
	})
	want := `[{"p":"comuni/","d":"BZ","n":"Bolzano\t\tBozen\tBolzano/Bozen"},` +
		`{"p":"comuni/","d":"LI","n":"Bibbona\nSuvereto"},` +
		`{"p":"comuni/","d":"PZ","n":"Paterno\tpaterno-m269"},` +
		`{"p":"comuni/","d":"RE","n":"Reggio nell'Emilia\t\tdue righe qui"}]`
	if err != nil || string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
