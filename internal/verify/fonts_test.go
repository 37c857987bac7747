package verify

import "testing"

func TestAFontForRareCharactersIsNotPartOfAFirstVisit(t *testing.T) {
	for in, want := range map[string]bool{
		"U+20-7E,U+A0-FF": true, "u+0061": true, "U+0100-02AF": false, "U+4??": false, "U+??": true, "": false,
	} {
		if got := hasLetters(in); got != want {
			t.Errorf("hasLetters(%q) = %v, want %v", in, got, want)
		}
	}
	d := document{data: []byte(`@font-face{src:url(a.woff2)}@font-face{src:url(b.woff2);unicode-range:U+100-200}@font-face{src:url(c.woff2);unicode-range:U+20-7e}`)}
	if rare := d.rareFonts(); len(rare) != 1 || string(d.data[rare[0][0]:rare[0][0]+28]) != "@font-face{src:url(b.woff2);" {
		t.Errorf("got %v", rare)
	}
}
