package atlas

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesFoldAlikeHoweverTheyAreTyped(t *testing.T) {
	for _, same := range [][]string{
		{"aglie", "Agliè", "AGLIE'", "AGLIE’", "Aglie`", "AGLIÈ", "  agliè "},
		{"reggio nell emilia", "Reggio nell'Emilia", "REGGIO NELL’EMILIA", "Reggio nell' Emilia", "reggio-nell-emilia"},
		{"citta sant angelo", "Città Sant'Angelo", "CITTA' SANT'ANGELO"},
		{"bolzano bozen", "Bolzano/Bozen", "BOLZANO - BOZEN"},
		{"kurtinig an der weinstrasse", "Kurtinig an der Weinstraße", "KURTINIG AN DER WEINSTRASSE"},
		{"sovodnje ob soci", "Sovodnje ob Soči"},
		{"re", "Re", "RE"},
	} {
		for _, s := range same[1:] {
			if got := Fold(s); got != same[0] {
				t.Errorf("%q folds to %q, want %q", s, got, same[0])
			}
		}
	}
}

func TestAnAccentTellsPaternoFromPaterno(t *testing.T) {
	if sharp("Paternò") != sharp("PATERNO'") || sharp("Paternò") == sharp("Paterno") || sharp("L’Aquila") != sharp("L'AQUILA") {
		t.Error(sharp("Paternò"), sharp("PATERNO'"), sharp("Paterno"), sharp("L’Aquila"))
	}
}

func TestAddressesAreASCII(t *testing.T) {
	for in, want := range map[string]string{"Forlì-Cesena": "forli-cesena", "L'Aquila": "l-aquila", "Sèn Jan": "sen-jan", "Tripi - Abakainon": "tripi-abakainon", "日本": ""} {
		if got := Slugify(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTheArchivesUpperCaseIsWrittenAsItalianWritesIt(t *testing.T) {
	for in, want := range map[string]string{
		"PONTE NELL'ALPI": "Ponte nell'Alpi", "SANT'ANGELO DEI LOMBARDI": "Sant'Angelo dei Lombardi", "L'AQUILA": "L'Aquila",
		"CA' D'ANDREA": "Ca' d'Andrea", "GRAVEDONA ED UNITI": "Gravedona ed Uniti", "DI": "Di", "SÈN JAN DI FASSA": "Sèn Jan di Fassa",
		"PRESICCE-ACQUARICA": "Presicce-Acquarica", "ACQUARICA DEL CAPO": "Acquarica del Capo", "": "",
	} {
		if got := TitleCase(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Agliè’ß/ - ")
	f.Add("\xff\u0300")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if Fold(once) != once {
			t.Errorf("%q folds to %q and then to %q", s, once, Fold(once))
		}
		if slug := Slugify(s); !utf8.ValidString(slug) || strings.Contains(slug, "--") && !strings.ContainsFunc(once, func(r rune) bool { return r >= utf8.RuneSelf }) {
			t.Errorf("%q is addressed %q", s, slug)
		}
		TitleCase(s)
	})
}
