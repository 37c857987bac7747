package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mappa/internal/atlas"
	"mappa/internal/browsertest"
	"mappa/internal/stat"
)

const mapTip = `document.querySelector(".tip")`

// looking is the parameter of the address that brings a Comune to the middle.
func looking(p *press, i, zoom int) string {
	at := p.Maps.Country.Labels()[i]
	return fmt.Sprintf("vista=%.0f,%.0f,%d", at[0]/1000, at[1]/1000, 100*zoom)
}

// comuneAt is the index of a Comune by its slug.
func comuneAt(t *testing.T, p *press, slug string) int {
	t.Helper()
	i := slices.IndexFunc(p.Atlas.Comuni, func(c atlas.Comune) bool { return c.Slug == slug })
	if i < 0 {
		t.Fatalf("there is no Comune %s", slug)
	}
	return i
}

func plainly(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
}

func TestTheTooltipSaysNameValueAndClass(t *testing.T) {
	address := serveNation(t)
	press, _ := shippedMap(t)
	e, w := press.opening(), press.words
	known := comuneAt(t, press, "suvereto")
	silent := slices.IndexFunc(e.Last().Values, func(v stat.Value) bool { return v.Kind == stat.Failed })
	b := browsertest.Start(t)
	for _, c := range []struct {
		name    string
		query   string
		comune  int
		want    []string
		without []string
	}{
		{"a value", "", known, []string{"Suvereto", plainly(press.withUnit(e, e.Last().Values[known])), "Classe "}, nil},
		{"no value", "", silent, []string{press.Atlas.Comuni[silent].Name, w.Missing(stat.Failed).Full}, []string{"Classe", "punti"}},
		{"a share", "indicatore=siti-bootstrap-italia&", known, []string{"Suvereto"}, []string{"Classe", "%"}},
		{"a province", "livello=province&", known, []string{"Livorno", "Classe "}, []string{"Suvereto"}},
		{"left out", "classe=" + press.Atlas.Schemes[0].Classes[5].Slug + "&", known, []string{"Suvereto", "fuori dai filtri"}, nil},
		{"the survey", "indicatore=cloud-stato&", known, []string{"Toscana", "%"}, []string{"Suvereto", "Livorno"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := b.For(t).Open(address+mapPath+"?"+c.query+looking(press, c.comune, 30), browsertest.View{})
			soon(t, p, mapReady)
			middle, corner := surface(p)
			p.Hover(middle)
			soon(t, p, `!`+mapTip+`.hidden && !`+mapTip+`.textContent.includes("…")`)
			got := plainly(text(p, mapTip+`.innerText`))
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("the tooltip says %q, want %q in it", got, want)
				}
			}
			for _, no := range c.without {
				if strings.Contains(got, no) {
					t.Errorf("the tooltip says %q: no %q", got, no)
				}
			}
			p.Hover(browsertest.Point{X: corner.X, Y: corner.Y - 100})
			soon(t, p, mapTip+`.hidden`)
		})
	}
}

// While the figures of another choice are on their way, what is pointed at and what
// was chosen are those of the view that is still there.
func TestTheTooltipIsOfTheViewThatIsThere(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?scelto=comuni/suvereto", browsertest.View{})
	soon(t, p, mapReady)
	soon(t, p, `!`+mapTip+`.hidden && `+mapTip+`.textContent.includes("Suvereto")`)
	browsertest.Eval[bool](p, `(() => { const get = fetch; window.fetch = (a, ...more) => String(a).includes("/domanda-") ? new Promise((go) => setTimeout(go, 1500)).then(() => get(a, ...more)) : get(a, ...more); return true; })()`)
	set(p, `select[name="indicatore"]`, "cloud-stato")
	middle, _ := surface(p)
	p.Hover(middle)
	soon(t, p, mapTip+`.textContent.includes("punti")`)
	p.Hover(browsertest.Point{X: middle.X + 5, Y: middle.Y - 60})
	soon(t, p, `location.search.includes("cloud-stato") && document.querySelector("h1").textContent !== "Punteggio tecnico del sito"`)
	if said := p.Console(); len(said) > 0 {
		t.Errorf("the console says %q", said)
	}
}

// Nothing under the pointer says more of the survey than regions, and of a
// withheld one only that it is.
func TestTheTooltipOfTheSurveyKnowsNoComune(t *testing.T) {
	address := serveNation(t)
	id, regions := "", map[string]bool{} // of the question that is withheld in most regions: whether it is
	s, _ := shippedAnswers(t)
	for _, q := range s.mapped() {
		held, hidden := map[string]bool{}, func(at map[string]bool) (n int) {
			for _, is := range at {
				if is {
					n++
				}
			}
			return n
		}
		for _, x := range s.areas.regions {
			held[x.name] = q.focused(x.area).Value.Kind == stat.Withheld
		}
		if len(q.tables) == 1 && hidden(held) > hidden(regions) && hidden(held) < len(held)/2 {
			id, regions = q.ID, held
		}
	}
	_, _, cat := shippedCatalogue(t)
	p := browsertest.Start(t).Open(address+mapPath+"?indicatore="+id, browsertest.View{})
	soon(t, p, mapReady)
	_, corner := surface(p)
	size := browsertest.Eval[[2]float64](p, `[`+mapSurface+`.clientWidth, `+mapSurface+`.clientHeight]`)
	const steps = 14
	seen := map[bool]int{}
	for y := 0.5; y < steps; y++ {
		for x := 0.5; x < steps; x++ {
			p.Hover(browsertest.Point{X: corner.X + size[0]*x/steps, Y: corner.Y + size[1]*y/steps})
			said := browsertest.Eval[[]string](p, mapTip+`.hidden ? [] : [`+mapTip+`.querySelector("b").textContent, `+mapTip+`.innerText]`)
			if said == nil || len(said) < 2 {
				continue
			}
			name, all := said[0], plainly(said[1])
			held, is := regions[name]
			seen[held]++
			switch {
			case !is:
				t.Errorf("%q is no region", name)
			case held && strings.ContainsAny(all, "0123456789"):
				t.Errorf("of %s, which is withheld, is said %q", name, all)
			}
			if cut := browsertest.Eval[bool](p, `(() => { const a = `+mapTip+`.getBoundingClientRect(), b = `+mapSurface+`.getBoundingClientRect(); return a.left < b.left || a.right > b.right || a.top < b.top || a.bottom > b.bottom; })()`); cut {
				t.Errorf("the tooltip of %s is cut by the edge of the map", name)
			}
		}
	}
	if seen[true] < 3 || seen[false] < 10 {
		t.Errorf("only %d withheld and %d other regions were met", seen[true], seen[false])
	}
	if browsertest.Eval[bool](p, `performance.getEntriesByType("resource").some((r) => r.name.includes("`+cat.Names+`"))`) {
		t.Error("the names of the Comuni are fetched for a map that has none")
	}
}

func TestTheCartogramShowsTheChosenComune(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?forma=celle&scelto=comuni/suvereto", browsertest.View{})
	soon(t, p, mapReady)
	soon(t, p, `performance.getEntriesByType("resource").some((r) => r.name.includes("/celle-")) && document.querySelector(".scelto a")?.textContent === "Suvereto"`)
	soon(t, p, mapColours+` > 5`)
	if got := text(p, mapFault); got != "" {
		t.Errorf("the map says %q", got)
	}
}

func TestTheSmallMapsAreOnePerClassInTheSameColours(t *testing.T) {
	address := serveNation(t)
	press, _ := shippedMap(t)
	e, classes := press.opening(), press.Atlas.Schemes[0].Classes
	b := browsertest.Start(t)
	for _, v := range []browsertest.View{{}, {Width: 360, Dark: true}} {
		t.Run(v.String(), func(t *testing.T) {
			p := b.For(t).Open(address+mapPath, v)
			soon(t, p, mapReady)
			const legend = `[...document.querySelectorAll(".legenda .swatches")].map((e) => e.textContent).join()`
			soon(t, p, `document.querySelector(".legenda .hatch") !== null`) // the script's
			before := text(p, legend)
			set(p, "input[name=forma][value=multipli]", "")
			soon(t, p, `document.querySelectorAll(".multiples figure svg").length === `+fmt.Sprint(len(classes)))
			if after := text(p, legend); after != before {
				t.Errorf("the legend was %q, is %q", before, after)
			}
			for k, class := range classes {
				got := plainly(text(p, fmt.Sprintf(`document.querySelectorAll(".multiples figcaption")[%d].textContent`, k)))
				if want := plainly(class.Label + " " + press.withUnit(e, e.Now().Classes[k].Value)); got != want {
					t.Errorf("the small map is called %q, want %q", got, want)
				}
			}
			if got := browsertest.Eval[[]string](p, `[...new Set([...document.querySelectorAll(".multiples [fill]")].map((e) => e.getAttribute("fill")))].filter((f) => !/^(none|var\(--(c[1-5]|bg-soft|none-bg|none-line)\)|url\(#tratteggio-\d+\))$/.test(f))`); len(got) > 0 {
				t.Errorf("colours of no class: %q", got)
			}
			if cut := browsertest.Eval[bool](p, `(() => { const a = document.querySelector(".canvas").getBoundingClientRect(); return [...document.querySelectorAll(".multiples figure")].some((f) => f.getBoundingClientRect().bottom > a.bottom + 1); })()`); cut {
				t.Error("a small map is cut off")
			}
			browsertest.Eval[bool](p, firstRows)
			p.Clean("small maps")
			browsertest.Eval[bool](p, `document.querySelectorAll(".multiples button")[2].click(), true`)
			soon(t, p, `location.search === "?classe=`+classes[2].Slug+`" && document.querySelector(".multiples").hidden && `+mapColours+` > 3`)
		})
	}
}

func TestBackAndForwardLeadThroughEveryView(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	const state = `location.search + " | " + document.querySelector("h1").textContent + " | " + document.querySelector('[data-dice="frase"]').textContent + " | " + ` +
		`["livello", "forma"].map((n) => document.querySelector("input[name=" + n + "]:checked").value) + " " + ["indicatore", "metodo", "regione"].map((n) => document.querySelector("select[name=" + n + "]").value) + " | " + ` +
		`[...document.querySelectorAll(".legenda .swatches")].map((e) => e.textContent).join() + " | " + ` + mapSurface + `.ariaLabel`
	soon(t, p, `document.querySelector(".legenda .hatch") !== null`)
	said := func() string { // paper has all that is said of a view, at once
		browsertest.Eval[bool](p, `dispatchEvent(new Event("beforeprint")), dispatchEvent(new Event("afterprint"))`)
		return text(p, state)
	}
	states := []string{said()}
	for _, c := range []struct{ selector, value string }{
		{"input[name=livello][value=province]", "province"}, {"select[name=indicatore]", "anpr-servizi"}, {"select[name=metodo]", "quantili"}, {"select[name=regione]", "toscana"}, {"select[name=classe]", "50001-250000"},
	} {
		before, err := json.Marshal(text(p, mapSays))
		if err != nil {
			t.Fatal(err)
		}
		set(p, c.selector, c.value)
		soon(t, p, `location.search.includes("=`+c.value+`") && `+mapSays+` !== `+string(before))
		states = append(states, said())
	}
	for _, way := range []struct {
		step string
		from []int
	}{{"back", []int{4, 3, 2, 1, 0}}, {"forward", []int{1, 2, 3, 4, 5}}} {
		for _, k := range way.from {
			browsertest.Eval[bool](p, `history.`+way.step+`(), true`)
			want, err := json.Marshal(states[k])
			if err != nil {
				t.Fatal(err)
			}
			const most = 200
			for n := 0; text(p, state) != states[k]; n++ {
				if n == most {
					t.Fatalf("%s to view %d:\n got %s\nwant %s", way.step, k, text(p, state), want)
				}
				time.Sleep(25 * time.Millisecond)
			}
		}
	}
}

// In the page of others the title says what is shown, not what the page was made
// for.
func TestTheFrameHasTheTitleOfItsView(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+embedPath+"?indicatore=rtd&voce=interno&classe=piccoli", browsertest.View{Width: 600})
	soon(t, p, mapSurface+`?.role === "application" && document.querySelector("h1").textContent === "Responsabile per la transizione digitale: Sì, una figura interna all'ente"`)
	soon(t, p, `document.querySelector("[data-ritorno]").search === "?indicatore=rtd&voce=interno&classe=piccoli"`)
	p.Clean("frame")
}

// Of a question every answer that is published can be chosen, of a grid row by
// row, and the halves of the regions by size; what another indicator has not is
// given up with it.
func TestEveryPublishedAnswerIsOnTheMap(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	const (
		title  = `document.querySelector('[data-dice="titolo"]').textContent`
		field  = `document.querySelector("select[name=voce]").closest(".field")`
		halves = `[...document.querySelectorAll("select[name=classe] option")].map((o) => o.textContent).join()`
		ranges = `document.querySelector('[data-dice="didascalia"]').textContent`
	)
	p := b.For(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	if browsertest.Eval[bool](p, field+`.checkVisibility()`) {
		t.Error("an indicator that is no question offers answers")
	}
	set(p, "select[name=indicatore]", "rtd")
	soon(t, p, field+`.checkVisibility() && `+title+` === "Responsabile per la transizione digitale: RTD nominato"`)
	set(p, "select[name=voce]", "interno")
	soon(t, p, `location.search.includes("voce=interno") && `+title+`.endsWith("Sì, una figura interna all'ente")`)
	if got := text(p, halves); got != "Tutte,fino a 5.000 abitanti,oltre 5.000 abitanti" {
		t.Errorf("the classes of a question are %s", got)
	}
	set(p, "select[name=classe]", "grandi")
	soon(t, p, ranges+`.includes("oltre 5.000 abitanti") && `+ranges+`.includes("Valori da ")`)
	browsertest.Eval[bool](p, `document.querySelector("#tabella").scrollIntoView(), true`)
	soon(t, p, `document.querySelector("[data-tabella] caption").textContent.includes("oltre 5.000 abitanti") && /\d\s%/.test(document.querySelector("[data-tabella] td").textContent)`)
	set(p, "input[name=forma][value=multipli]", "")
	soon(t, p, `document.querySelectorAll(".multiples figure").length === 2`)
	set(p, "select[name=indicatore]", "siti-peso")
	soon(t, p, `!`+field+`.checkVisibility() && !/voce|classe=/.test(location.search)`)

	grid := b.For(t).Open(address+mapPath+"?indicatore=richieste-online&voce=nessuna", browsertest.View{})
	soon(t, grid, mapReady)
	soon(t, grid, mapFault+`.includes("voce=nessuna") && document.querySelectorAll("select[name=voce] optgroup").length > 5`)
	browsertest.Eval[bool](grid, `(() => { const o = [...document.querySelectorAll("select[name=voce] optgroup")].at(-1).lastElementChild; const s = o.closest("select"); s.value = o.value; return s.dispatchEvent(new Event("change", {bubbles: true})); })()`)
	soon(t, grid, title+`.endsWith(", " + document.querySelector("select[name=voce]").selectedOptions[0].textContent) && location.search.includes(".")`)
	grid.Clean("grid")
}
