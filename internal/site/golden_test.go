package site

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/indicator"
)

var update = flag.Bool("update", false, "rewrite the wanted readings in testdata/lettura")

// readings are the awkward places of the country, and a page of each kind, by
// the name of the file that holds what a reader gets.
var readings = map[string]string{
	"comune-none":                 "/comuni/none/",                      // a name that programs take for nothing
	"comune-napoli":               "/comuni/napoli/",                    // the plate NA, which a feed had lost
	"comune-re":                   "/comuni/re/",                        // two letters
	"comune-castro-bg":            "/comuni/castro/",                    // a name two Comuni bear
	"comune-castro-le":            "/comuni/castro-m261/",               // and an address with a code
	"comune-reggio-nell-emilia":   "/comuni/reggio-nell-emilia/",        // Reggio Emilia to many
	"comune-l-aquila":             "/comuni/l-aquila/",                  // an article in the name
	"comune-la-spezia":            "/comuni/la-spezia/",                 // and one that does not contract
	"comune-bolzano":              "/comuni/bolzano/",                   // two languages
	"comune-la-thuile":            "/comuni/la-thuile/",                 // a region that is its own province
	"comune-duino-aurisina":       "/comuni/duino-aurisina/",            // Slovene
	"comune-campione-d-italia":    "/comuni/campione-d-italia/",         // an enclave: no neighbours
	"comune-lampedusa-e-linosa":   "/comuni/lampedusa-e-linosa/",        // islands far out
	"comune-atrani":               "/comuni/atrani/",                    // the smallest
	"comune-setteville":           "/comuni/setteville/",                // born of a merger in 2024
	"comune-montalto-pavese":      "/comuni/montalto-pavese/",           // took in Lirio in 2026
	"comune-sovizzo":              "/comuni/sovizzo-m436/",              // new code, old name
	"comune-roma":                 "/comuni/roma/",                      // the largest
	"comune-tempio-pausania":      "/comuni/tempio-pausania/",           // Sardinia, renumbered in 2026
	"comune-cervatto":             "/comuni/cervatto/",                  // not in the online register
	"comune-accettura":            "/comuni/accettura/",                 // the crawl of its site failed
	"comune-maida":                "/comuni/maida/",                     // five projects given up
	"comune-arvier":               "/comuni/arvier/",                    // never asked for anything
	"cessato-sovizzo":             "/comuni/sovizzo-i879/",              // ended, and of the same name
	"scelta-castro":               "/comuni/san-teodoro/",               // which of the two
	"scelta-codice":               "/c/001005/",                         // a code that several have borne
	"regione-valle-d-aosta":       "/regioni/valle-d-aosta/",            // a region without provinces
	"unita-valle-d-aosta":         "/province/valle-d-aosta/",           // and its one unit
	"unita-udine":                 "/province/udine/",                   // a former province
	"unita-bolzano":               "/province/bolzano/",                 // autonomous
	"ripartizione-mezzogiorno":    "/ripartizioni/mezzogiorno/",         // made of two others
	"classe-oltre-250000":         "/classi/oltre-250000/",              // twelve Comuni
	"indicatore-anpr-servizi":     "/indicatori/anpr-servizi/",          // a rate
	"indicatore-bootstrap-italia": "/indicatori/siti-bootstrap-italia/", // a share, at four dates
	"indicatore-siti-peso":        "/indicatori/siti-peso/",             // a median, where less is better
	"indicatore-cloud":            "/indicatori/cloud-finanziato/",      // an old list
	"domanda-rtd":                 "/indicatori/rtd/",                   // a question of the survey
	"domanda-chi-ha-risposto":     "/indicatori/chi-ha-risposto/",       // who took part
	"domanda-edizioni":            "/indicatori/edizioni/",              // the editions, question by question
	"domanda-ostacoli":            "/indicatori/ostacoli/",              // a ranking
	"domanda-copie":               "/indicatori/copie/",                 // a series that breaks
	"indici":                      "/indici/",                           // the indices
	"indice-esterna":              "/indici/esterna/",                   // one of them
	"indici-metodo":               "/metodo/indici/",                    // their method, from the file
	"indici-sensibilita":          "/metodo/indici/sensibilita/",        // and other weights
	"rapporto-siti":               "/rapporti/2026/siti/",               // a chapter
	"gruppo-comune-full-digital":  "/gruppi/comune-full-digital/",       // before and after
	"accademia":                   "/accademia/",
	"piano-triennale":             "/piano-triennale/", // what the survey says of each objective
	"home":                        "/",
	"comuni":                      "/comuni/",
	"indicatori":                  "/indicatori/",
	"province":                    "/province/",
	"mappa":                       "/mappa/",
	"mappa-incorpora":             "/mappa/incorpora/",
}

// framed is the page whose header and footer are read too.
const framed = "/comuni/none/"

// census is a sink that looks at every file as it passes and keeps only what
// the tests ask for later: a national site is half a gigabyte.
type census struct {
	comuni map[string]int // addresses of living Comuni

	mu     sync.Mutex
	paths  map[string]bool
	links  map[string]string // address wanted: the page that wants it
	kept   map[string][]byte
	open   map[int][2][]byte // dati.json and dati.csv of each Comune
	pages  map[int][]byte    // of every sampled-th Comune and of those that are read
	sums   map[string]uint64 // of all files
	faults []string
	in     Inputs

	peers    [][]int
	security map[string]int // what the pages of Comuni advise on security: how many say it so
}

func newCensus(in Inputs) *census {
	c := &census{comuni: map[string]int{}, paths: map[string]bool{}, links: map[string]string{}, kept: map[string][]byte{}, open: map[int][2][]byte{}, pages: map[int][]byte{}, sums: map[string]uint64{}, in: in,
		peers: indicator.Peers(in.Atlas, peersShown), security: map[string]int{}}
	for i, x := range in.Atlas.Comuni {
		c.comuni[comunePath(x)] = i
	}
	for _, address := range readings {
		c.kept[file(address)] = nil
	}
	return c
}

// addresses lists the addresses of this site that a page names. It looks at
// bytes, not at elements, since half a gigabyte passes here.
func addresses(page []byte) (out []string) {
	for _, name := range []string{`href="/`, `src="/`} {
		for rest := page; ; {
			at := bytes.Index(rest, []byte(name))
			if at < 0 {
				break
			}
			rest = rest[at+len(name)-1:]
			end := bytes.IndexAny(rest, `"#`)
			out = append(out, string(rest[:end]))
			rest = rest[end:]
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *census) Add(path string, data []byte) {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, path+": "+fmt.Sprintf(format, args...)) }
	if at := bytes.Index(data, []byte("⟦")); at >= 0 {
		fault("a message lacks a word: %.60s", data[at:])
	}
	dir := "/" + strings.TrimSuffix(path, filepath.Base(path))
	i, living := c.comuni[dir]
	if living && strings.HasSuffix(path, "index.html") {
		for _, f := range c.comune(i, data) {
			fault("%s", f)
		}
	}
	var links []string
	if strings.HasSuffix(path, ".html") {
		links = addresses(data)
		if !bytes.Contains(data, []byte(`<link rel="icon" href="/`)) {
			fault("the page names no icon, so that a browser asks for /favicon.ico")
		}
	}
	advised, sum := "", summed(data)
	if living && strings.HasSuffix(path, "index.html") {
		advised = lastAdvice(data)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if advised != "" {
		c.security[advised]++
	}
	c.faults = append(c.faults, faults...)
	c.paths[path], c.sums[path] = true, sum
	if _, ok := c.kept[path]; ok {
		c.kept[path] = data
	}
	for _, l := range links {
		if _, ok := c.links[l]; !ok {
			c.links[l] = path
		}
	}
	if living {
		pair := c.open[i]
		switch filepath.Base(path) {
		case "index.html":
			if _, read := c.kept[path]; read || i%sampled == 0 {
				c.pages[i] = data
			}
		case "dati.json":
			pair[0] = data
		case "dati.csv":
			pair[1] = data
		}
		c.open[i] = pair
	}
}

// comune says what is wrong with the page of a Comune: its lead does not name
// it, it says something fictional, a missing value stands as a number.
func (c *census) comune(i int, page []byte) (faults []string) {
	place := c.in.Atlas.Comuni[i]
	between := func(from, to string) []byte {
		_, rest, ok := bytes.Cut(page, []byte(from))
		out, _, _ := bytes.Cut(rest, []byte(to))
		if !ok {
			faults = append(faults, "there is no "+from)
		}
		return out
	}
	name := strings.ReplaceAll(html.EscapeString(place.Name), "&#39;", "’")
	if lead := strings.ReplaceAll(string(between(`<p class="lead">`, "</p>")), "&#39;", "’"); !strings.Contains(strings.ToLower(lead), strings.ToLower(strings.TrimPrefix(name, "L’"))) {
		faults = append(faults, fmt.Sprintf("its lead does not name it: %.80s", lead))
	}
	before, campaign, _ := bytes.Cut(page, []byte(`id="partecipa"`))
	_, after, _ := bytes.Cut(campaign, []byte("</section>"))
	for _, part := range [][]byte{before, after} {
		if at := bytes.Index(part, []byte("imostrativ")); at >= 0 {
			faults = append(faults, fmt.Sprintf("it speaks of demonstration data outside of its place: %.60s", part[at:]))
		}
	}
	if micro := bytes.Contains(page, []byte("Microprogetto FAST")); micro && place.Residents >= c.in.Agenda.Academy.Below {
		faults = append(faults, fmt.Sprintf("%d residents have a microproject for fewer", place.Residents))
	}
	return append(faults, c.absences(i, between)...)
}

// lastAdvice is the last item of the agenda, byte by byte.
func lastAdvice(page []byte) string {
	_, list, _ := bytes.Cut(page, []byte(`<ol role="list" class="agenda">`))
	list, _, _ = bytes.Cut(list, []byte("</ol>"))
	return string(list[max(0, bytes.LastIndex(list, []byte("<li>"))):])
}

// absences compares what is known of a Comune with the cells of its page.
func (c *census) absences(i int, between func(from, to string) []byte) (faults []string) {
	const missing = `class="nv nowrap">` // of a cell; the key of short words has it with aria-hidden
	want := 0
	for _, e := range c.in.Book.Entries {
		if e.Theme != "siti" {
			continue
		}
		for _, s := range e.Series {
			if !s.Values[i].OK() {
				want++
			}
		}
	}
	if got := bytes.Count(between(`id="sito"`, "</section>"), []byte(missing)); got != want {
		faults = append(faults, fmt.Sprintf("%d measures of its site are missing, %d cells say so", want, got))
	}
	big := string(between(`<p class="big num">`, "</p>"))
	if v := c.in.Book.Find(usesID).Last().Values[i]; v.OK() != (big[0] >= '0' && big[0] <= '9') {
		faults = append(faults, fmt.Sprintf("its use of the register is %v (%s), the page says %s", v.N, v.Kind.Code(), big))
	}
	return faults
}

// shipped is the whole shipped site, rendered once for all tests.
var shipped = sync.OnceValues(func() (*census, error) {
	in, list := readShipped()
	theme, more := loadShippedTheme()
	if list.Len()+more.Len() > 0 {
		return nil, errors.New("the shipped sources have problems")
	}
	in.Theme = theme
	out, problems := newCensus(in), new(diag.List)
	err := Render(in, out, problems)
	for _, p := range problems.Problems() {
		err = errors.Join(err, errors.New(p.String()))
	}
	return out, err
})

func shippedSite(t *testing.T) *census {
	t.Helper()
	realInputs(t) // skips when the tests are to be short
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhatAReaderGets(t *testing.T) {
	c := shippedSite(t)
	for name, address := range readings {
		page := c.kept[file(address)]
		if page == nil {
			t.Errorf("there is no page %s", address)
			continue
		}
		compare(t, name, address+"\n"+reading(page))
		if address == framed {
			compare(t, "cornice", framing(page))
		}
	}
	files, err := filepath.Glob("testdata/lettura/*.txt")
	if err != nil || len(files) != len(readings)+1 {
		t.Errorf("%d readings in testdata, want %d: remove those that no page has", len(files), len(readings)+1)
	}
}

// compare holds a reading against testdata, or writes it there.
func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "lettura", name+".txt")
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("wanted output is never rewritten in CI")
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if line, a, b := firstDifference(got, string(want)); line > 0 {
		t.Errorf("%s:%d differs; read it and, if it is right, go test ./internal/site -run Reader -update\ngot  %s\nwant %s", path, line, a, b)
	}
}

func firstDifference(got, want string) (line int, a, b string) {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for k := range max(len(g), len(w)) {
		a, b = "(end)", "(end)"
		if k < len(g) {
			a = g[k]
		}
		if k < len(w) {
			b = w[k]
		}
		if a != b {
			return k + 1, a, b
		}
	}
	return 0, "", ""
}

func TestEveryPageHoldsWhatIsKnown(t *testing.T) {
	c := shippedSite(t)
	few(t, c.faults)
	pages := 0
	for address := range c.comuni {
		if c.paths[file(address)] {
			pages++
		}
	}
	if pages != len(c.in.Atlas.Comuni) {
		t.Errorf("%d pages of Comuni, want %d", pages, len(c.in.Atlas.Comuni))
	}
}

func TestAdviceOnSecurityIsTheSameForAll(t *testing.T) {
	c := shippedSite(t)
	for text, pages := range c.security {
		if pages != len(c.in.Atlas.Comuni) || !strings.Contains(text, "sicurezza") {
			t.Errorf("%d pages of %d end with %s", pages, len(c.in.Atlas.Comuni), text)
		}
	}
	if len(c.security) != 1 {
		t.Errorf("there are %d advices on security", len(c.security))
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	c := shippedSite(t)
	var dead []string
	for link, page := range c.links {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		path := strings.TrimPrefix(u.Path, "/")
		if path == "" || strings.HasSuffix(path, "/") {
			path += "index.html"
		}
		shown := u.Query().Get("indicatore") // by a view of the map
		if !c.paths[path] || shown != "" && !c.paths["indicatori/"+shown+"/index.html"] {
			dead = append(dead, fmt.Sprintf("%s leads to %s, which is not there", page, link))
		}
	}
	few(t, dead)
}

// few reports the first faults and counts the rest.
func few(t *testing.T, faults []string) {
	t.Helper()
	const shown = 12
	slices.Sort(faults)
	for _, f := range faults[:min(shown, len(faults))] {
		t.Error(f)
	}
	if len(faults) > shown {
		t.Errorf("and %d more", len(faults)-shown)
	}
}
