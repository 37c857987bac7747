package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/istat"
	"mappa/internal/sample"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// large is a survey larger than any so far: a questionnaire of so many blocks of
// blockItems items, which all Comuni answered, in so many editions.
type large struct {
	atlas    *atlas.Atlas
	blocks   int
	editions int
}

// blockItems is how many items a block has: of each shape at least two, and a free
// text that nobody reads.
const blockItems = 40

// firstYear names the first edition. It is not held before the territory's display
// date, so that all Comuni of the atlas are there to answer.
const firstYear = 2027

func (l large) name(edition int) string { return strconv.Itoa(firstYear + edition) }

// book is the codebook of an edition.
func (l large) book(edition int) []byte {
	var b bytes.Buffer
	name := l.name(edition)
	fmt.Fprintf(&b, "edizione: %q\ntitolo: Prova\ndimostrativa: true\nperiodo: {dal: %s-01-10, al: %s-03-31}\nsoglia_breve: 5000\nsezioni:\n", name, name, name)
	for block := range l.blocks {
		section, reserved := fmt.Sprintf("parte-%d", block), ""
		if block == 1 {
			section, reserved = "sicurezza", "    riservata: true\n"
		}
		fmt.Fprintf(&b, "  - id: %s\n    titolo: %q\n%s    domande:\n", section, section, reserved)
		at := 0
		question := func(id, shape, more string) {
			compare := "{esito: nuova}"
			if edition > 0 {
				compare = fmt.Sprintf("{esito: confrontabile, edizione: %q, domanda: %s}", l.name(edition-1), id)
			}
			class := "aggregato"
			if shape == "testo" {
				class = "mai"
			}
			const ids = 100 // numbers for each block
			at++
			fmt.Fprintf(&b, "      - {id: %s, domanda_id: %d, titolo: %s, testo: \"Domanda %s\", forma: %s, moduli: [completo, breve], classe: %s, confronto: %s%s}\n",
				id, ids*(block+1)+at, id, id, shape, class, compare, more)
		}
		blockQuestions(block, question)
	}
	return b.Bytes()
}

// blockQuestions gives the questions of a block.
func blockQuestions(block int, question func(id, shape, more string)) {
	id := func(s string, n int) string { return fmt.Sprintf("b%d-%s%d", block, s, n) }
	const (
		unknown                                                    = `{codice: ns, voce: "Non so", non_so: true}`
		none                                                       = `{codice: no, voce: "Nessuna", esclusiva: true}`
		bins                                                       = `, fasce: [{codice: zero, voce: "Zero", fino_a: 0}, {codice: poco, voce: "Poco", fino_a: 10}, {codice: meno, voce: "Meno", fino_a: 40}, {codice: molto, voce: "Molto"}]`
		routed                                                     = 1 // of the single choices
		singles, multiples, rows, manyRows, numbers, parts, places = 8, 4, 10, 6, 2, 5, 5
	)
	for n := range singles {
		more := ", opzioni: [" + listed("o", 4) + ", " + unknown + "]"
		if n == 0 {
			more += ", sintesi: {titolo: sintesi, una_di: [o0, o1]}"
		}
		if n == routed {
			more += fmt.Sprintf(", se: {domanda: %s, una_di: [o0, o1]}", id("s", 0))
		}
		question(id("s", n), "singola", more)
	}
	for n := range multiples {
		question(id("m", n), "multipla", ", opzioni: ["+listed("o", 5)+", "+none+"]")
	}
	question(id("g", 0), "griglia", ", righe: ["+listed("r", rows)+"], opzioni: ["+listed("o", 4)+"]")
	question(id("gm", 0), "griglia-multipla", ", righe: ["+listed("r", manyRows)+"], opzioni: ["+listed("o", 4)+", "+none+"]")
	for n := range numbers {
		question(id("n", n), "numero", ", massimo: 1000, opzioni: ["+unknown+"]"+bins)
	}
	question(id("p", 0), "percentuali", ", righe: ["+listed("r", parts)+"]"+bins)
	question(id("o", 0), "graduatoria", ", opzioni: ["+listed("o", places)+"]")
	question(id("t", 0), "testo", "")
}

// listed are n rows or options.
func listed(code string, n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("{codice: %s%d, voce: \"Voce %s%d\"}", code, i, code, i))
	}
	return strings.Join(out, ", ")
}

// tree is the indices of an edition, in which every question that can be scored is.
func (l large) tree(edition int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "edizione: %q\nindici:\n  - id: tutto\n    titolo: Tutto\n    presenza_minima: 50\n    parti:\n", l.name(edition))
	points := "{o0: 100, o1: 60, o2: 30, o3: 0}"
	methods := map[string]string{"singola": "scelta, punti: " + points + ", senza_valore: {non_sa: 0}", "multipla": "conta", "griglia": "righe, punti: " + points,
		"griglia-multipla": "matrice, punti: " + points, "numero": "media", "percentuali": "sopra-zero"}
	for block := range l.blocks {
		fmt.Fprintf(&b, "      - id: area-%d\n        titolo: Area\n        peso: 1\n        parti:\n", block)
		blockQuestions(block, func(id, shape, _ string) {
			if m := methods[shape]; m != "" {
				fmt.Fprintf(&b, "          - {id: i-%s, titolo: %s, peso: 1, domanda: %s, metodo: %s}\n", id, id, id, m)
			}
		})
	}
	return b.Bytes()
}

// turnout is the file that has every Comune answer.
func (l large) turnout() []byte {
	var b bytes.Buffer
	b.WriteString("classe,regione,quota\n")
	for _, c := range l.atlas.Schemes[0].Classes {
		fmt.Fprintf(&b, "%s,,100\n", c.Slug)
	}
	for _, r := range l.atlas.Regions {
		fmt.Fprintf(&b, ",%s,100\n", r.Code)
	}
	return b.Bytes()
}

// distinct is how many editions have answers of their own; the others repeat these.
const distinct = 2

// files are the folders of all editions, answers in the long format.
func (l large) files(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	put := func(edition int, name string, data []byte) {
		out[path.Join(survey.Dir, l.name(edition), name)] = &fstest.MapFile{Data: data}
	}
	for e := range l.editions {
		put(e, survey.BookFile, l.book(e))
		put(e, score.FileName, l.tree(e))
		put(e, survey.SettingsFile, []byte("esportazione: "+sample.ExportFile+"\nrispondenti: "+sample.RegisterFile+"\n"))
		put(e, sample.ModelFile, []byte("domanda,riga,opzione,fino_a_5000,da_5001_a_20000,oltre_20000\n"))
		put(e, sample.TurnoutFile, l.turnout())
		if e >= distinct {
			for _, name := range []string{sample.ExportFile, sample.RegisterFile} {
				put(e, name, out[path.Join(survey.Dir, l.name(e%distinct), name)].Data)
			}
			continue
		}
		var list diag.List
		book, _ := survey.ReadCodebook(out, path.Join(survey.Dir, l.name(e), survey.BookFile), &list)
		c := sample.Config{Book: book, Atlas: l.atlas, Seed: sample.Seed}
		c.Model, _ = sample.Read(out, c, &list)
		sound(t, &list)
		for _, f := range sample.Files(c) {
			out[f.Path] = &fstest.MapFile{Data: f.Data}
		}
	}
	return out
}

// sound stops at what is wrong with what the test itself made.
func sound(t testing.TB, list *diag.List) {
	t.Helper()
	if list.Len() > 0 {
		t.Fatal(list.Problems()[0])
	}
}

// read reads all editions.
func (l large) read(t testing.TB, fsys fs.FS) (out []*survey.Edition) {
	t.Helper()
	var list diag.List
	var names []string
	for e := range l.editions {
		names = append(names, l.name(e))
	}
	out = readEditions(fsys, names, l.atlas, &list)
	var books []*survey.Codebook
	for _, e := range out {
		books = append(books, e.Book)
	}
	survey.CheckSeries(books, &list)
	sound(t, &list)
	return out
}

// rate scores all editions; it gives how many scores there are.
func (l large) rate(t testing.TB, fsys fs.FS, editions []*survey.Edition) (n int) {
	t.Helper()
	var list diag.List
	for _, e := range editions {
		tree, _ := score.Read(fsys, path.Join(survey.Dir, e.Book.Edition, score.FileName), e.Book, score.Known{}, &list)
		sound(t, &list)
		s := score.New(tree, score.NewAnswers(e, nil))
		for i := range tree.Nodes {
			for _, v := range s.Of(i, score.Own) {
				if v.OK() {
					n++
				}
			}
		}
	}
	return n
}

// estimates makes every estimate of all editions, of Comuni and of residents, and
// of each change in Italy and the ripartizioni; it gives how many there are.
func (l large) estimates(editions []*survey.Edition) (n int) {
	var books []*survey.Codebook
	for _, e := range editions {
		books = append(books, e.Book)
	}
	for at, e := range editions {
		layout := estimate.Layout{Edition: e}
		if at > 0 {
			layout.Other = editions[at-1]
		}
		frame := estimate.NewFrame(l.atlas, layout)
		g := estimate.NewGrid(l.atlas, frame)
		for q := range e.Book.Questions {
			twins := survey.Twins(books, at, q)
			for row := range e.Book.Questions[q].Items() {
				if e.Answers(q, row) == nil {
					continue
				}
				c := g.Count(e, q, row)
				d := estimate.NewDesign(g, c.Universe, c.Sample)
				for area := range g.Areas {
					for _, num := range c.Num {
						if d.Comuni(area, c.Base, num).OK && d.Residents(area, c.Base, num).OK {
							n++
						}
					}
				}
				if at > 0 {
					n += changes(g, frame, g.Twice(editions[twins[0].Edition], e, q, row, twins[0]))
				}
			}
		}
	}
	return n
}

// changes estimates those of a question since the edition before.
func changes(g *estimate.Grid, frame *estimate.Frame, pairs []*estimate.Pairs) (n int) {
	var d *estimate.Design
	for _, p := range pairs {
		if p == nil {
			continue
		}
		if d == nil { // the columns of a question share it
			d = estimate.NewDesign(g, p.Universe, p.Sample)
		}
		for area := range g.Areas {
			if level := frame.Areas[area].Level; level != estimate.Italy && level != estimate.Ripartizioni {
				continue
			}
			if d.PairedComuni(area, p.Cross).Before.OK {
				n++
			}
		}
	}
	return n
}

// guarded is what may be shown of an edition, and what shows that it may.
type guarded struct {
	in    disclosure.Input
	shown *disclosure.Published
	proof *disclosure.Proof
}

// protect makes of all editions what may be shown; it gives how many shares are.
func (l large) protect(editions []*survey.Edition) (out []guarded, n int) {
	for _, in := range disclosure.Inputs(l.atlas, editions, nil) {
		p, proof := disclosure.Protect(in, disclosure.Default())
		out = append(out, guarded{in, p, proof})
		for _, t := range p.Tables {
			for _, line := range t.Lines {
				for _, c := range line.Options {
					if c.Value.OK() {
						n++
					}
				}
			}
		}
	}
	return out, n
}

// keep writes the proofs as a build does, and again is the next build of the same
// answers, which need not search.
func (l large) keep(t testing.TB, all []guarded) string {
	t.Helper()
	dir := t.TempDir()
	var proofs []secretFile
	for _, g := range all {
		proofs = append(proofs, secretFile{file: proofFile(g.in.Edition.Book.Edition), text: disclosure.Keep(g.in, g.shown, g.proof)})
	}
	if err := keep(dir, proofs); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (l large) again(t testing.TB, editions []*survey.Edition, dir string) (out []guarded) {
	t.Helper()
	for _, in := range disclosure.Inputs(l.atlas, editions, nil) {
		name := in.Edition.Book.Edition
		p, proof, ok := readProof(os.DirFS(dir), proofFile(name)).protect(in, disclosure.Default())
		if !ok {
			t.Fatalf("edition %s: the kept proof is not of its answers", name)
		}
		out = append(out, guarded{in, p, proof})
	}
	return out
}

// audit goes over it as the build does.
func audit(t testing.TB, all []guarded) {
	t.Helper()
	for _, g := range all {
		if leaks := disclosure.Audit(g.shown, g.in, g.proof); len(leaks) > 0 {
			t.Error(disclosure.Words(leaks, g.in))
		}
	}
}

// compare holds what was read to the export: every row is an answer of that Comune,
// and the Comune gave no other.
func (l large) compare(t testing.TB, fsys fs.FS, e *survey.Edition) {
	t.Helper()
	dir := path.Join(survey.Dir, e.Book.Edition)
	comune := map[string]int{}
	for cells := range rowsOf(t, fsys, path.Join(dir, sample.RegisterFile)) {
		i, _, ok := l.atlas.ByCadastral(cells[1])
		if !ok {
			t.Fatalf("%s is no Comune", cells[1])
		}
		comune[cells[0]] = i
	}
	byExport := map[string]int{}
	for q := range e.Book.Questions {
		byExport[strconv.Itoa(e.Book.Questions[q].Export)] = q
	}
	rows := 0
	for cells := range rowsOf(t, fsys, path.Join(dir, sample.ExportFile)) {
		q := byExport[cells[2]]
		if e.Book.Questions[q].Shape == survey.Text {
			continue
		}
		if rows++; !stands(e, q, comune[cells[0]], cells[3], cells[4]) {
			t.Fatalf("edition %s does not hold %q", e.Book.Edition, cells)
		}
	}
	n := 0
	for q := range e.Book.Questions {
		for row := range e.Book.Questions[q].Items() {
			for _, a := range e.Answers(q, row) {
				n += bits.OnesCount64(uint64(a.Options))
			}
		}
	}
	if n != rows || rows == 0 {
		t.Errorf("edition %s holds %d answers, its export %d", e.Book.Edition, n, rows)
	}
}

// stands reports whether a Comune gave the answer that a row of the export has, by
// a way of its own from label to option.
func stands(e *survey.Edition, q, comune int, voce, valore string) bool {
	question := &e.Book.Questions[q]
	row, label := 0, voce
	switch {
	case question.Shape == survey.Ranking:
		n, _ := strconv.Atoi(valore)
		row = n - 1
	case len(question.Rows) > 0:
		row = slices.IndexFunc(question.Rows, func(l survey.Label) bool { return l.Text == voce })
		label = valore
	case voce == "":
		label = valore
	}
	a := e.Answers(q, row)[comune]
	if n, err := strconv.ParseFloat(label, 64); err == nil && question.Numeric() {
		return a.Kind == stat.Known && e.Numbers(q, row)[comune] == n
	}
	o := slices.IndexFunc(question.Options, func(o survey.Option) bool { return o.Text == label })
	return o >= 0 && a.Options.Has(o)
}

// rowsOf are the rows of a compressed file, without its headings.
func rowsOf(t testing.TB, fsys fs.FS, name string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		file, err := fsys.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		z, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(z)
		r.ReuseRecord = true
		for n := 0; ; n++ {
			cells, err := r.Read()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if n > 0 && !yield(cells) {
				return
			}
		}
	}
}

// wide is the folder of all editions with the answers that were read in a plain
// wide table, in codes.
func (l large) wide(t testing.TB, long fstest.MapFS, editions []*survey.Edition) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for name, file := range long {
		out[name] = file
	}
	for n, e := range editions {
		put := func(name string, data []byte) {
			out[path.Join(survey.Dir, e.Book.Edition, name)] = &fstest.MapFile{Data: data}
		}
		put(survey.SettingsFile, []byte("esportazione: largo.csv.gz\nrispondenti: "+sample.RegisterFile+"\n"))
		if n >= distinct {
			put("largo.csv.gz", out[path.Join(survey.Dir, l.name(n%distinct), "largo.csv.gz")].Data)
			continue
		}
		put("largo.csv.gz", l.wideExport(t, e))
	}
	return out
}

func (l large) wideExport(t testing.TB, e *survey.Edition) []byte {
	t.Helper()
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	w := csv.NewWriter(z)
	head := []string{"codice_catastale"}
	var cells []func(i int) string
	for q := range e.Book.Questions {
		question := &e.Book.Questions[q]
		for row := range question.Items() {
			if question.Shape == survey.Text {
				continue
			}
			key := question.Key
			if len(question.Rows) > 0 {
				key += "[" + question.Rows[row].Key + "]"
			}
			head = append(head, key)
			answers, numbers := e.Answers(q, row), e.Numbers(q, row)
			cells = append(cells, func(i int) string {
				if numbers != nil && answers[i].Kind == stat.Known {
					return strconv.FormatFloat(numbers[i], 'f', -1, 64)
				}
				var said []string
				for o := range question.Options {
					if answers[i].Options.Has(o) {
						said = append(said, question.Options[o].Key)
					}
				}
				return strings.Join(said, "|")
			})
		}
	}
	rows := [][]string{append(head, "stato_compilazione", "dimostrativo")}
	for i := range e.Places {
		row := make([]string, 0, len(rows[0]))
		row = append(row, l.atlas.Comuni[i].Cadastral)
		for _, cell := range cells {
			row = append(row, cell(i))
		}
		rows = append(rows, append(row, "Completato", "sì"))
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same holds two readings of the same answers to each other.
func same(t testing.TB, a, b *survey.Edition) {
	t.Helper()
	for q := range a.Book.Questions {
		for row := range a.Book.Questions[q].Items() {
			if !slices.Equal(a.Answers(q, row), b.Answers(q, row)) || !slices.Equal(a.Numbers(q, row), b.Numbers(q, row)) {
				t.Fatalf("edition %s: the answers to row %d of question %q differ", a.Book.Edition, row, a.Book.Questions[q].ID)
			}
		}
	}
}

// landOf is the atlas of a site folder.
func landOf(t testing.TB, dir string) *atlas.Atlas {
	t.Helper()
	var list diag.List
	in, _ := istat.Read(os.DirFS(dir), territoryFolder, &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	sound(t, &list)
	return a
}

// TestALargeSurveyGoesThroughAllStages is what BenchmarkLargeSurvey measures, in a
// country of nine Comuni.
func TestALargeSurveyGoesThroughAllStages(t *testing.T) {
	l := large{atlas: landOf(t, "testdata/piccola"), blocks: 1, editions: 3}
	long := l.files(t)
	editions := l.read(t, long)
	for _, e := range editions {
		if n := e.Respondents(); n != len(l.atlas.Comuni) {
			t.Errorf("edition %s has %d respondents, want all %d", e.Book.Edition, n, len(l.atlas.Comuni))
		}
		items := 0
		for q := range e.Book.Questions {
			if e.Answers(q, 0) != nil {
				items += e.Book.Questions[q].Items()
			}
		}
		if want := l.blocks * blockItems; items != want {
			t.Errorf("edition %s has %d items, want %d", e.Book.Edition, items, want)
		}
		l.compare(t, long, e)
	}
	for i, e := range l.read(t, l.wide(t, long, editions)) {
		same(t, editions[i], e)
	}
	if l.rate(t, long, editions) == 0 || l.estimates(editions) == 0 {
		t.Error("nothing was scored or estimated")
	}
	all, n := l.protect(editions)
	if n == 0 {
		t.Error("nothing is shown")
	}
	audit(t, all)
	audit(t, l.again(t, editions, l.keep(t, all)))
}
