package atlas

import "testing"

func TestWhatABrokenRowNamedIsInDoubt(t *testing.T) {
	row := func(codes, keys int, cells ...string) (d Doubt) {
		d.Row(codes, keys, cells...)
		return d
	}
	for _, c := range []struct {
		name     string
		in       Doubt
		yes, no  []string // asked by any word
		yesA, na string   // asked by cadastral code alone; "" is not asked
	}{
		{"nothing", Doubt{}, nil, []string{"001168", "None", "F931", ""}, "", "F931"},
		{"a row with both codes", row(1, 1, "1", "001168", "None", "F931", ""), []string{"001168", "NONE", "f931"}, []string{"007003", "Aosta", "A326", ""}, "F931", "A326"},
		{"a code without its zeros", row(1, 1, "1168", "None", "F931"), []string{"001168"}, []string{"007003"}, "F931", "A326"},
		{"a code misspelt", row(1, 1, "0O1168", "None", "F931"), []string{"001168", "None"}, []string{"007003", "001268"}, "F931", "A326"},
		{"a cadastral code misspelt", row(1, 1, "075096", "Castro", "M26"), []string{"075096", "M261"}, []string{"007003", "A326"}, "M261", "L999"},
		{"a cadastral code that is gone", row(1, 1, "075096", "Castro"), []string{"075096"}, []string{"007003", "A326"}, "L999", ""},
		{"a code that is gone", row(1, 1, "Castro", "M261"), []string{"007003", "A326", "Aosta"}, nil, "L999", ""},
		{"one code of two", row(2, 2, "fusione", "001003", "A003", "Gamma", "A004", "Delta"), []string{"001003", "007003"}, nil, "A003", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, w := range c.yes {
				if !c.in.Of(w) {
					t.Errorf("%q is not in doubt", w)
				}
			}
			for _, w := range c.no {
				if c.in.Of(w) {
					t.Errorf("%q is in doubt", w)
				}
			}
			if c.yesA != "" && !c.in.OfKey(c.yesA) {
				t.Errorf("the key %q is not in doubt", c.yesA)
			}
			if c.na != "" && c.in.OfKey(c.na) {
				t.Errorf("the key %q is in doubt", c.na)
			}
		})
	}
}

func TestDoubtFollowsTheVariations(t *testing.T) {
	var d Doubt
	d.Row(1, 1, "001004", "A004", "Delta")
	events := []Event{
		{Kind: Merger, OldISTAT: "001009", OldCadastral: "A009", OldName: "Kappa", NewISTAT: "001003", NewCadastral: "A003", To: 20220101},
		{Kind: Merger, OldISTAT: "001003", OldCadastral: "A003", OldName: "Gamma", NewISTAT: "001004", NewCadastral: "A004", To: 20230101},
	}
	if f := d.followed(events); !f.Of("Kappa") || !f.Of("001003") || f.Of("001001") || d.Of("Gamma") {
		t.Errorf("%+v", f)
	}
}
