package locale

import (
	"os"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

func load(t *testing.T, code string) *Language {
	t.Helper()
	var list diag.List
	l, ok := Load(os.DirFS("../../themes/italia"), &list, "lingue/"+code+".yaml")
	if !ok {
		t.Fatal(list.Problems())
	}
	return l
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	var list diag.List
	Same(load(t, "it"), load(t, "en"), &list)
	for _, p := range list.Problems() {
		t.Error(p)
	}
}

func TestNumbersAsTheirReadersWriteThem(t *testing.T) {
	it, en := load(t, "it"), load(t, "en")
	for _, c := range []struct{ name, got, want string }{
		{"zero", it.Number(0, 0), "0"},
		{"thousands from 1.000 on", it.Number(1234.5, 1), "1.234,5"},
		{"millions", it.Int(59030133), "59.030.133"},
		{"half away from zero", it.Number(2.5, 0), "3"},
		{"half below zero", it.Number(-2.5, 0), "−3"},
		{"as the digits show it", it.Number(2.675, 2), "2,68"},
		{"carry through all digits", it.Number(999.96, 1), "1.000,0"},
		{"padded", it.Number(45, 1), "45,0"},
		{"no minus at zero", it.Number(-0.04, 1), "0,0"},
		{"below a thousand", it.Number(-999, 0), "−999"},
		{"percent", it.Percent(45.25, 1), "45,3\u00a0%"},
		{"euro whole", it.Euro(77897), "77.897\u00a0€"},
		{"euro cents", it.Euro(253642.6), "253.642,60\u00a0€"},
		{"euro below a cent", it.Euro(10.001), "10\u00a0€"},
		{"signed", it.Signed(15.64, 1), "+15,6"},
		{"signed below", it.Signed(-3, 0), "−3"},
		{"signed zero", it.Signed(0.04, 1), "0,0"},
		{"large", it.Large(29848981), "29,8\u00a0milioni"},
		{"milliards", it.Large(2.5e9), "2,5\u00a0miliardi"},
		{"not so large", it.Large(999999), "999.999"},
		{"english", en.Number(1234.5, 1), "1,234.5"},
		{"english percent", en.Percent(45.3, 1), "45.3%"},
		{"english euro", en.Euro(-77897.5), "−€77,897.50"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	it, en := load(t, "it"), load(t, "en")
	for _, c := range []struct{ name, got, want string }{
		{"long", it.Date(20260814), "14 agosto 2026"},
		{"the first", it.Date(20240101), "1º gennaio 2024"},
		{"short", it.ShortDate(20220905), "5\u00a0set\u00a02022"},
		{"month", it.Month(20260814), "agosto 2026"},
		{"not known", it.Date(0), ""},
		{"the", it.TheDate(20260814), "il 14 agosto 2026"},
		{"the eighth", it.AtDate(20260808), "all’8 agosto 2026"},
		{"the eleventh", it.OfDate(20220211), "dell’11 febbraio 2022"},
		{"since the first", it.SinceDate(20240101), "dal 1º gennaio 2024"},
		{"english", en.TheDate(20240101), "on 1 January 2024"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestItalianPlaceNamesInASentence(t *testing.T) {
	it := load(t, "it")
	for _, c := range []struct {
		got  Noun
		want Noun
	}{
		{it.Comune("Roma"), Noun{"Roma", "Roma", "di Roma", "a Roma", "a Roma", "da Roma"}},
		{it.Comune("Ancona"), Noun{"Ancona", "Ancona", "di Ancona", "ad Ancona", "ad Ancona", "da Ancona"}},
		{it.Comune("Empoli"), Noun{"Empoli", "Empoli", "di Empoli", "a Empoli", "a Empoli", "da Empoli"}},
		{it.Comune("L'Aquila"), Noun{"L'Aquila", "L'Aquila", "dell'Aquila", "all'Aquila", "all'Aquila", "dall'Aquila"}},
		{it.Comune("La Spezia"), Noun{"La Spezia", "La Spezia", "della Spezia", "alla Spezia", "alla Spezia", "dalla Spezia"}},
		{it.Comune("La Valle Agordina"), Noun{"La Valle Agordina", "La Valle Agordina", "della Valle Agordina", "alla Valle Agordina", "alla Valle Agordina", "dalla Valle Agordina"}},
		{it.Comune("La Thuile"), Noun{"La Thuile", "La Thuile", "di La Thuile", "a La Thuile", "a La Thuile", "da La Thuile"}},
		{it.Comune("Il Borgo"), Noun{"Il Borgo", "Il Borgo", "del Borgo", "al Borgo", "al Borgo", "dal Borgo"}},
		{it.Comune("Lo Scoglio"), Noun{"Lo Scoglio", "Lo Scoglio", "dello Scoglio", "allo Scoglio", "allo Scoglio", "dallo Scoglio"}},
		{it.Comune("Gli Ulivi"), Noun{"Gli Ulivi", "Gli Ulivi", "degli Ulivi", "agli Ulivi", "agli Ulivi", "dagli Ulivi"}},
		{it.Comune("I Prati"), Noun{"I Prati", "I Prati", "dei Prati", "ai Prati", "ai Prati", "dai Prati"}},
		{it.Comune("Le Grazie"), Noun{"Le Grazie", "Le Grazie", "delle Grazie", "alle Grazie", "alle Grazie", "dalle Grazie"}},
		{it.Comune("Lecce"), Noun{"Lecce", "Lecce", "di Lecce", "a Lecce", "a Lecce", "da Lecce"}},
		{it.Comune("Laives"), Noun{"Laives", "Laives", "di Laives", "a Laives", "a Laives", "da Laives"}},
		{it.Region("Toscana"), Noun{"Toscana", "la Toscana", "della Toscana", "in Toscana", "alla Toscana", "dalla Toscana"}},
		{it.Region("Lazio"), Noun{"Lazio", "il Lazio", "del Lazio", "nel Lazio", "al Lazio", "dal Lazio"}},
		{it.Region("Veneto"), Noun{"Veneto", "il Veneto", "del Veneto", "in Veneto", "al Veneto", "dal Veneto"}},
		{it.Region("Umbria"), Noun{"Umbria", "l'Umbria", "dell'Umbria", "in Umbria", "all'Umbria", "dall'Umbria"}},
		{it.Region("Marche"), Noun{"Marche", "le Marche", "delle Marche", "nelle Marche", "alle Marche", "dalle Marche"}},
		{it.Region("Valle d'Aosta"), Noun{"Valle d'Aosta", "la Valle d'Aosta", "della Valle d'Aosta", "in Valle d'Aosta", "alla Valle d'Aosta", "dalla Valle d'Aosta"}},
		{it.Ripartizione("Isole"), Noun{"Isole", "le Isole", "delle Isole", "nelle Isole", "alle Isole", "dalle Isole"}},
		{it.Unit(atlas.Provincia, "L'Aquila"), Noun{"provincia dell'Aquila", "la provincia dell'Aquila", "della provincia dell'Aquila", "in provincia dell'Aquila", "alla provincia dell'Aquila", "dalla provincia dell'Aquila"}},
		{it.Unit(atlas.CittaMetropolitana, "Torino"), Noun{"città metropolitana di Torino", "la città metropolitana di Torino", "della città metropolitana di Torino", "nella città metropolitana di Torino", "alla città metropolitana di Torino", "dalla città metropolitana di Torino"}},
		{it.Unit(atlas.LiberoConsorzio, "Enna"), Noun{"libero consorzio comunale di Enna", "il libero consorzio comunale di Enna", "del libero consorzio comunale di Enna", "nel libero consorzio comunale di Enna", "al libero consorzio comunale di Enna", "dal libero consorzio comunale di Enna"}},
		{it.Unit(atlas.Provincia, "Verbano-Cusio-Ossola"), Noun{"provincia del Verbano-Cusio-Ossola", "la provincia del Verbano-Cusio-Ossola", "della provincia del Verbano-Cusio-Ossola", "in provincia del Verbano-Cusio-Ossola", "alla provincia del Verbano-Cusio-Ossola", "dalla provincia del Verbano-Cusio-Ossola"}},
		{it.Unit(atlas.Provincia, "Valle d'Aosta"), it.Region("Valle d'Aosta")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestEveryRegionHasItsArticle(t *testing.T) {
	it := load(t, "it")
	for _, name := range []string{"Abruzzo", "Basilicata", "Calabria", "Campania", "Emilia-Romagna",
		"Friuli-Venezia Giulia", "Lazio", "Liguria", "Lombardia", "Marche", "Molise", "Piemonte", "Puglia",
		"Sardegna", "Sicilia", "Toscana", "Trentino-Alto Adige", "Umbria", "Valle d'Aosta", "Veneto"} {
		if it.Region(name).The == name {
			t.Errorf("%s has no article", name)
		}
	}
}

func TestListsReadAloud(t *testing.T) {
	it := load(t, "it")
	for want, items := range map[string][]string{
		"": {}, "a": {"a"}, "a e b": {"a", "b"}, "a, b e c": {"a", "b", "c"}, "Asti ed Enna": {"Asti", "Enna"},
	} {
		if got := it.And(items); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEveryKindOfNoValueHasItsOwnWords(t *testing.T) {
	for _, code := range []string{"it", "en"} {
		l := load(t, code)
		seen := map[string]stat.Kind{}
		for _, k := range stat.Kinds() {
			m := l.Missing(k)
			for _, word := range []string{m.Short, m.Full} {
				if other, ok := seen[word]; ok && other != k {
					t.Errorf("%s: %q is said of two kinds", code, word)
				}
				seen[word] = k
			}
		}
		if l.Missing(stat.Known) != (Missing{}) {
			t.Error("a known value has words for a missing one")
		}
	}
}

func TestAWordStartsASentence(t *testing.T) {
	for in, want := range map[string]string{"è a Roma": "È a Roma", "pagoPA, finanziati": "pagoPA, finanziati", "app IO": "App IO", "l’Aquila è": "L’Aquila è", "PDND": "PDND", "": "", "a": "A"} {
		if got := Capital(in); got != want {
			t.Errorf("Capital(%q) is %q, want %q", in, got, want)
		}
	}
	if got := Capital("è a Roma"); got != "È a Roma" {
		t.Error(got)
	}
}
