package survey

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/stat"
)

// filed goes through its file.
func filed(t *testing.T, c *Closed) *Closed {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	out, err := ReadClosed(raw)
	if err != nil {
		t.Fatal(err)
	}
	if out.Digest() != c.Digest() {
		t.Error("the file holds other answers")
	}
	return out
}

func readEdition(t *testing.T, changed map[string]string) *Edition {
	t.Helper()
	var list diag.List
	e, ok := Read(folder(t, changed), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	return e
}

// Whoever answers later, no more or otherwise, and whoever consents later, is counted and
// does not count; a consent that is taken back shows nothing, and is known all the same.
func TestAnEditionStaysAsItWasPublished(t *testing.T) {
	a := piedmont(t)
	settings := goodSettings + "consensi: consensi.csv\n"
	consents := "codice_catastale;domanda;data\n"
	then := readEdition(t, map[string]string{SettingsFile: settings, "consensi.csv": consents + "A074;spid;2031-04-01\n"})
	c := filed(t, then.Close(a))
	if same := readEdition(t, map[string]string{SettingsFile: settings, "consensi.csv": consents + "A074;spid;2031-05-01\n"}); same.Close(a).Digest() != c.Digest() {
		t.Error("the same answers have another digest")
	}
	now := readEdition(t, map[string]string{
		SettingsFile:      settings,
		"consensi.csv":    consents + "F925;spid;2031-04-01\n",
		"rispondenti.csv": strings.NewReplacer("4,H754,breve,Mai aperto,", "4,H754,breve,Completato,2031-03-02", "5,L378,completo,Completato,2031-03-01", "5,L378,completo,In compilazione,").Replace(goodRegister),
		"risposte.csv":    strings.NewReplacer("2,None,12,Applicazione,,sì\n", "", "5,Trento,10,Non so,,sì\n5,Trento,12,Nessuno,,sì\n", "4,Samone,10,No,,sì\n4,Samone,11,Manca il tempo,,sì\n").Replace(goodExport),
	})
	if now.Close(a).Digest() == c.Digest() {
		t.Error("other answers have the same digest")
	}
	again, since, err := now.As(c, a)
	if err != nil {
		t.Fatal(err)
	}
	canali, spid := then.Book.Find("canali"), then.Book.Find("spid")
	want := Since{New: 1, Gone: 1, Corrected: 1, Revoked: 1,
		Later:   []Said{{canali, 0, 1, Answer{stat.Known, Set(0).With(0)}}},
		Granted: []Grant{{1, spid}}}
	if !reflect.DeepEqual(since, want) || !since.Any() {
		t.Errorf("what changed: %+v, want %+v", since, want)
	}
	if !slices.Equal(again.Places, then.Places) || !reflect.DeepEqual(again.answers, then.answers) || !reflect.DeepEqual(again.numbers, then.numbers) {
		t.Error("the answers are not those that were published")
	}
	if again.Consents(spid, 0) || !again.Known(spid, 0) || again.Consents(spid, 1) || again.Known(spid, 1) {
		t.Error("consents are not those that stand")
	}
	if x := again.Granting(since.Granted); !x.Consents(spid, 1) || again.Consents(spid, 1) {
		t.Error("a consent that is granted is not")
	}
	if now.Places[3].State != Completed {
		t.Error("the edition of today was changed")
	}
	if again.Close(a).Digest() != c.Digest() { // what was told is told
		t.Error("closed again it is another one")
	}
}

// A question that is new has the answers of those that answered then; one with other
// options cannot stand beside what was published.
func TestACodebookThatChangedSincePublication(t *testing.T) {
	a := piedmont(t)
	c := readEdition(t, nil).Close(a)
	c.Items = slices.DeleteFunc(c.Items, func(i ClosedItem) bool { return i.Question == "canali" })
	e := readEdition(t, nil)
	again, since, err := e.As(c, a)
	if q := e.Book.Find("canali"); err != nil || !slices.Equal(again.Answers(q, 0), e.Answers(q, 0)) || since.Any() {
		t.Errorf("%v, %+v", err, since)
	}
	c = readEdition(t, nil).Close(a)
	c.Items[0].Options = c.Items[0].Options[1:]
	if _, _, err := e.As(c, a); err == nil || err.Error() != `question "spid" was published with other options` {
		t.Errorf("%v", err)
	}
}

// What is public by law follows the answers of today, unless what is not hangs on it.
func TestWhatIsPublicByLawFollows(t *testing.T) {
	book := &Codebook{Questions: []Question{
		{ID: "nomina", Class: Register, Full: true, Options: make([]Option, 2)},
		{ID: "conduce", Class: Register, Full: true, Options: make([]Option, 2)},
		{ID: "segreta", Class: Aggregate, Full: true, Options: make([]Option, 2), Route: Route{On: true, Question: 1, Any: 1}},
		{ID: "dietro", Class: Register, Full: true, Options: make([]Option, 2), Route: Route{On: true, Question: 2, Any: 1}},
	}}
	a := piedmont(t)
	of := func(set Set) *Edition {
		e := &Edition{Public: Public{Book: book, Places: make([]Participation, len(a.Comuni))}, first: []int{0, 1, 2, 3}, numbers: make([][]float64, 4)}
		for range 4 {
			e.answers = append(e.answers, slices.Repeat([]Answer{{stat.Known, set}}, len(a.Comuni)))
		}
		for i := range e.Places {
			e.Places[i] = Participation{Form: FullForm, State: Completed}
		}
		return e
	}
	c := of(1).Close(a)
	book.byID = map[string]int{}
	again, since, err := of(2).As(c, a)
	if err != nil {
		t.Fatal(err)
	}
	for q, want := range []Set{2, 1, 1, 1} {
		if got := again.Answers(q, 0)[0].Options; got != want {
			t.Errorf("%s: %d, want %d", book.Questions[q].ID, got, want)
		}
	}
	if since.Corrected != len(a.Comuni) || len(since.Later) != 3*len(a.Comuni) {
		t.Errorf("%+v", since)
	}
}

// Answers that are none are not taken for some.
func TestWhatIsNoClosedEditionIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{`: "unexpected EOF",
		`{"comuni":[{"codice":"A074"}],"voci":[{"domanda":"spid","risposte":""}]}`:                                 `question "spid" has not an answer for every Comune`,
		`{"comuni":[{"codice":"A074"}],"voci":[{"domanda":"spid","risposte":"AQEAAAAAAAAA","numeri":"AQEAAAAA"}]}`: `question "spid" has not an answer for every Comune`,
		`{"comuni":[{"codice":"A074"}],"voci":[{"domanda":"spid","risposte":"DAEAAAAAAAAA"}]}`:                     `question "spid" has an answer that is none`,
		`{"comuni":[{"codice":"A074"}],"voci":[{"domanda":"spid","opzioni":["a"],"risposte":"AQIAAAAAAAAA"}]}`:     `question "spid" has an answer that is none`,
	} {
		if _, err := ReadClosed([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
