package survey

import (
	"testing"

	"mappa/internal/diag"
)

func TestAColumnIsKnownByEveryWayToHeadIt(t *testing.T) {
	var list diag.List
	book, ok := ParseCodebook([]byte(shapesBook(t)+scalesBook), "q.yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	for _, c := range []struct {
		heads    []string
		question string
		role     role
		item     int
		option   int
	}{
		{[]string{"canali[tari_web]", "canali[tari][web]", "canali_tari_web", "canali[tari_web]. Quali canali?", "Quali canali, servizio per servizio? [TARI][Sito]",
			"Quali canali, servizio per servizio? [TARI] [Sito]", "Quali_canali,_servizio_per_servizio?_[TARI][Sito]"}, "canali", cellTick, 0, 0},
		{[]string{"G7[tari][1]", "G7_tari_0", "G7[tari][1]. Quanto conta", "Quanto conta ogni servizio, e come va? [TARI][Scale 1]", "Quanto conta ogni servizio, e come va? [TARI][Gamma 1]"}, "importanza", cellAnswer, 0, 0},
		{[]string{"G7[mensa][2]", "G7_mensa_1", "andamento[mensa][2]", "Quanto conta ogni servizio, e come va? [Mensa scolastica e trasporto][Scala 2]"}, "andamento", cellAnswer, 1, 0},
		{[]string{"ostacoli[2]", "ostacoli_2", "Quali ostacoli, dal più alto? [Rank 2]", "Quali ostacoli, dal più alto? [Ruolo 2]", "Quali ostacoli, dal più alto? [2º]"}, "ostacoli", cellAnswer, 1, 0},
		{[]string{"perche[other]", "Perché? [Altro]", "Perché? [Other]", "perche[comment]", "Perché? [Commento]"}, "perche", cellUnread, 0, 0},
	} {
		want := column{role: c.role, question: book.Find(c.question), item: c.item, option: c.option}
		for _, head := range c.heads {
			if got, _, ok := newHeadings(book).find(head); !ok || got != want {
				t.Errorf("%s: got %+v, %v, want %+v", head, got, ok, want)
			}
		}
	}
	if _, _, ok := newHeadings(book).find("G7_tari_2"); ok {
		t.Error("a third scale is known")
	}
}

func TestACutHeadingIsReadWhereOneColumnCanBeMeant(t *testing.T) {
	var list diag.List
	book, ok := ParseCodebook([]byte(shapesBook(t)+scalesBook), "q.yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	at := func(id string, item int) column {
		return column{role: cellAnswer, question: book.Find(id), item: item}
	}
	for _, c := range []struct {
		name  string
		heads []string
		want  []column
	}{
		{"each text for itself", []string{"Quanto conta og.. [TARI][Scale 1]", "Quanto conta og.. [Mensa scolastic.. ][Scale 1]"}, []column{at("importanza", 0), at("importanza", 1)}},
		{"a text that is hardly longer", []string{"Quanto conta ogni servizio.. [TARI][Scale 1]", "Quanto conta ogni servizio.. [Mensa scolastica e trasporto][Scale 2]"}, []column{at("importanza", 0), at("andamento", 1)}},
		{"the codes of the parts", []string{"Quale parte dei.. [cloud]", "Quante persone,.. [altri]"}, []column{at("dove", 0), at("uffici", 1)}},
		{"no text is cut", []string{"Perché?", "altro"}, []column{{}, {}}},
		{"another text", []string{"Quanto costa og.. [TARI][Scale 1]"}, []column{{}}},
	} {
		got := newHeadings(book).abbreviated(c.heads)
		for i, want := range c.want {
			if got[i] != want {
				t.Errorf("%s: %s is %+v, want %+v", c.name, c.heads[i], got[i], want)
			}
		}
	}
}

func TestLimeSurveysOwnColumnsAreKnownByTheirText(t *testing.T) {
	for head, want := range map[string]string{"Date submitted": "submitdate", "Data inviata": "submitdate", "Response ID": "id", "Linguaggio di p.. ": "startlanguage", "Date submitted.. ": "submitdate",
		"Access code": "token", "Group time: Sicurezza": "grouptime", "Data": "", "Date.. ": "", "Perché?": "", "": ""} {
		if got := spoken(head); got != want {
			t.Errorf("%q: got %q, want %q", head, got, want)
		}
	}
}
