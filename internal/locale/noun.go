package locale

import "mappa/internal/atlas"

// Noun is a place as it is spoken of in a sentence. Which form is wanted the
// message says with the name of its value: {luogo}, {di_luogo}, {in_luogo}.
type Noun struct {
	Name string // L'Aquila; provincia di Livorno; Marche
	The  string // L'Aquila; la provincia di Livorno; le Marche
	Of   string // dell'Aquila; della provincia di Livorno; delle Marche
	In   string // all'Aquila; in provincia di Livorno; nelle Marche
	To   string // all'Aquila; alla provincia di Livorno; alle Marche
	From string // dall'Aquila; dalla provincia di Livorno; dalle Marche
}

// Args are the forms as values of a message: name, il_name, di_name, in_name,
// a_name, da_name.
func (n Noun) Args(name string) []Arg {
	return []Arg{S(name, n.Name), S("il_"+name, n.The), S("di_"+name, n.Of),
		S("in_"+name, n.In), S("a_"+name, n.To), S("da_"+name, n.From)}
}

// grammar is what a language does to names.
type grammar struct {
	town func(name string) Noun
	area func(name string) Noun // region or ripartizione, whose name has an article of its own
}

func grammarOf(code string) grammar {
	if code == "it" {
		return grammar{town: italianTown, area: italianArea}
	}
	return grammar{town: bareNoun, area: englishArea}
}

// Comune is the forms of a Comune's name.
func (l *Language) Comune(name string) Noun { return l.grammar.town(name) }

// Region is the forms of a region's Italian name.
func (l *Language) Region(name string) Noun { return l.grammar.area(name) }

// Ripartizione is the forms of a ripartizione's name: Nord-ovest, Mezzogiorno.
func (l *Language) Ripartizione(name string) Noun { return l.grammar.area(name) }

// Unit is the forms of a supra-municipal unit with its kind in words: "la
// provincia dell'Aquila". Valle d'Aosta, which is a region and no province, is
// named alone.
func (l *Language) Unit(kind atlas.UnitKind, name string) Noun {
	if name == valleDAosta {
		return l.Region(name)
	}
	of := l.grammar.town(name).Of
	if a, ok := unitArticle(name); ok && l.Code == "it" {
		of = a.of(name)
	}
	arg := [...]Arg{S("di", of), S("nome", name)}
	key := "unita." + unitKeys[kind] + "."
	return Noun{Name: l.T(key+"nome", arg[:]...), The: l.T(key+"il", arg[:]...), Of: l.T(key+"di", arg[:]...),
		In: l.T(key+"in", arg[:]...), To: l.T(key+"a", arg[:]...), From: l.T(key+"da", arg[:]...)}
}

// unitKeys are the last part of the keys under unita, by atlas.UnitKind.
var unitKeys = [...]string{"ente", "provincia", "autonoma", "metropolitana", "consorzio", "friuli"}
