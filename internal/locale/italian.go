package locale

import "strings"

// valleDAosta is the one unit that is also a region.
const valleDAosta = "Valle d'Aosta"

// article is an Italian definite article with the prepositions it melts into.
type article struct{ the, di, in, a, da string }

func articleOf(word string) article {
	switch word {
	case "il":
		return article{"il ", "del ", "nel ", "al ", "dal "}
	case "lo":
		return article{"lo ", "dello ", "nello ", "allo ", "dallo "}
	case "la":
		return article{"la ", "della ", "nella ", "alla ", "dalla "}
	case "l'":
		return article{"l'", "dell'", "nell'", "all'", "dall'"}
	case "i":
		return article{"i ", "dei ", "nei ", "ai ", "dai "}
	case "gli":
		return article{"gli ", "degli ", "negli ", "agli ", "dagli "}
	case "le":
		return article{"le ", "delle ", "nelle ", "alle ", "dalle "}
	}
	return article{}
}

func (a article) of(name string) string { return a.di + name }

// italianTown: a name that begins with an article melts with the preposition
// (L'Aquila: dell'Aquila, all'Aquila; La Spezia: della Spezia), the others take
// the bare one, ad before a-.
func italianTown(name string) Noun {
	if word, rest, ok := leadingArticle(name); ok {
		a := articleOf(word)
		return Noun{Name: name, The: name, Of: a.di + rest, In: a.a + rest, To: a.a + rest, From: a.da + rest}
	}
	to := "a " + name
	if strings.ContainsAny(name[:min(1, len(name))], "Aa") {
		to = "ad " + name
	}
	return Noun{Name: name, The: name, Of: "di " + name, In: to, To: to, From: "da " + name}
}

// leadingArticle cuts the article off a name. Three names of Valle d'Aosta
// begin with a French article, which does not melt: "il sindaco di La Thuile".
func leadingArticle(name string) (word, rest string, ok bool) {
	switch name {
	case "La Magdeleine", "La Salle", "La Thuile":
		return "", "", false
	}
	if rest, ok := strings.CutPrefix(name, "L'"); ok {
		return "l'", rest, true
	}
	if rest, ok := strings.CutPrefix(name, "L’"); ok {
		return "l'", rest, true
	}
	first, rest, found := strings.Cut(name, " ")
	switch first {
	case "Il", "Lo", "La", "I", "Gli", "Le":
		return strings.ToLower(first), rest, found
	}
	return "", "", false
}

// italianArea: names of regions and ripartizioni have an article; after in it
// is heard with some and not with others (in Toscana, nel Lazio).
func italianArea(name string) Noun {
	word, bare := areaArticle(name)
	if word == "" {
		return italianTown(name)
	}
	a := articleOf(word)
	n := Noun{Name: name, The: a.the + name, Of: a.di + name, In: a.in + name, To: a.a + name, From: a.da + name}
	if bare {
		n.In = "in " + name
	}
	return n
}

// areaArticle is the article of a region or ripartizione, by its ISTAT name,
// and whether in takes it without.
func areaArticle(name string) (word string, bareIn bool) {
	switch name {
	case "Piemonte", "Veneto", "Friuli-Venezia Giulia", "Trentino-Alto Adige", "Molise":
		return "il", true
	case "Lazio":
		return "il", false
	case "Lombardia", "Liguria", "Toscana", "Campania", "Puglia", "Basilicata", "Calabria",
		"Sicilia", "Sardegna", valleDAosta:
		return "la", true
	case "Emilia-Romagna", "Umbria", "Abruzzo", "Italia":
		return "l'", true
	case "Marche":
		return "le", false
	case "Nord-ovest", "Nord-est", "Centro", "Sud", "Mezzogiorno", "Nord", "Centro-nord":
		return "il", false
	case "Isole":
		return "le", false
	}
	return "", false
}

// unitArticle is the article of the units whose name is that of a land and not
// of a town: la provincia del Verbano-Cusio-Ossola.
func unitArticle(name string) (article, bool) {
	switch name {
	case "Verbano-Cusio-Ossola", "Sud Sardegna", "Medio Campidano", "Sulcis Iglesiente":
		return articleOf("il"), true
	case "Ogliastra":
		return articleOf("l'"), true
	case "Gallura Nord-Est Sardegna":
		return articleOf("la"), true
	}
	return article{}, false
}

// bareNoun is a name that takes prepositions as it is, in English.
func bareNoun(name string) Noun {
	return Noun{Name: name, The: name, Of: "of " + name, In: "in " + name, To: "to " + name, From: "from " + name}
}

// englishArea: ripartizioni take the article, regions do not, with the one
// exception that English makes.
func englishArea(name string) Noun {
	switch name {
	case "Marche", "Nord-ovest", "Nord-est", "Centro", "Sud", "Isole", "Mezzogiorno", "Nord", "Centro-nord":
		n := bareNoun("the " + name)
		n.Name = name
		return n
	}
	return bareNoun(name)
}
