// Command compare measures our map of all Comuni beside others on the same
// data, as a phone on a slow line would meet them, and prints a table.
//
//	make compare
//
// The others are the picture that the site shows without script, d3-geo with
// TopoJSON on a canvas, and MapLibre GL with GeoJSON; these two are built here
// from npm (the folder peers) on the same geometry, rounded alike, with the same
// values and classes and nothing else on the page. Ours is the page as
// published, with all that is on it.
//
// Every file is served in brotli's best quality over TLS and HTTP/2 at the end
// of a slow link (see link); Chromium slows its processor down. The pages are
// visited in turn, each time by a browser that has never seen them. A round
// before the first is not counted. A visit during which the machine's host took over
// 2 % of the processors is made again, up to a limit; a row with one that was disturbed
// all the same says so. What is measured:
//
//   - transfer: bytes on the wire until the page is at rest, everything
//     included: TLS, headers, style, fonts, scripts, data.
//   - first paint: from the navigation until something stands on the screen, a word
//     as a rule.
//   - sight of a map: until that is a map of whatever detail; on our page the map of
//     the regions, which comes with the first words.
//   - first map: from the navigation until all Comuni are on the screen.
//   - recolour: from the choice of another indicator whose values are already
//     there until they are on the screen.
//   - longest frame: the longest time between two frames while the map is
//     dragged and until it is at rest again.
//   - JS heap: of page and workers after all that, garbage collected, buffers
//     included. The memory of the graphics is not in it.
//
// A page says itself when it is ready, by performance.mark("mappa-pronta") and
// performance.measure("mappa-colori"); the time runs on until the frame with it
// has been drawn. That there is a map, that another indicator changes it and
// dragging moves it is looked at on screenshots.
//
// Chromium slows the thread of the page down, not workers and the drawing of
// WebGL; both are MapLibre's. Nothing here is a test: times are reported.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What a visitor has by default: slow 4G and a phone four times slower than
// this machine, as in Lighthouse's audits.
const (
	slow4G        = 1600 // kbit/s
	slow4GTrip    = 150 * time.Millisecond
	slowProcessor = 4
)

// The indicators: one value a Comune with five classes and gaps, not a yes or
// no.
const firstIndicator, otherIndicator = "siti-punteggio", "siti-peso"

// options are the command line.
type options struct {
	root, public string
	rounds       int
	retakes      int
	rate         float64
	trip         time.Duration
	slowdown     float64
	only         string
	verbose      bool
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the `folder` with data and cmd")
	flag.StringVar(&o.public, "public", "public", "the `folder` with the site")
	flag.IntVar(&o.rounds, "rounds", 5, "how often each page is visited")
	flag.IntVar(&o.retakes, "retakes", 8, "how often a visit that the machine's host disturbed is made again")
	flag.Float64Var(&o.rate, "rate", slow4G, "kbit/s to the browser; 0 is no limit")
	flag.DurationVar(&o.trip, "trip", slow4GTrip, "round trip")
	flag.Float64Var(&o.slowdown, "slowdown", slowProcessor, "how many times slower the processor is made")
	flag.StringVar(&o.only, "only", "", "visit only pages with this `word` in their name")
	flag.BoolVar(&o.verbose, "v", false, "list what each page loads")
	flag.Parse()
	if flag.NArg() > 0 || o.rounds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := compare(o); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// ours is the name of our own map.
const ours = "ours (/mappa/)"

// subjects are the pages that are compared.
func subjects() []subject {
	return []subject{
		{name: ours, path: "/mappa/?indicatore=" + firstIndicator + "&livello=comuni"},
		{name: "d3-geo, TopoJSON, canvas", path: "/d3/"},
		{name: "MapLibre GL, GeoJSON", path: "/maplibre/"},
		{name: "picture, no script", path: "/svg/", still: true},
	}
}

func compare(o options) error {
	public := os.DirFS(o.public)
	ids := []string{firstIndicator, otherIndicator}
	visited := o.visited()
	pages, err := o.pages(visited, public, ids)
	if err != nil {
		return err
	}
	const kilobit = 1000.0 / 8
	h, err := serve(&link{rate: o.rate * kilobit, roundTrip: o.trip}, pages, public)
	if err != nil {
		return err
	}
	defer h.close()
	browser, stop, err := start()
	if err != nil {
		return err
	}
	defer stop()
	b := &bench{ctx: browser, host: h, slowdown: o.slowdown, ids: ids}
	fmt.Printf("%d rounds, %.0f kbit/s, round trip %v, processor %.0f times slower.\n\n", o.rounds, o.rate, o.trip, o.slowdown)
	print(os.Stdout, b.rounds(o, visited))
	return nil
}

// visited are the subjects that the word of the options chooses.
func (o options) visited() []subject {
	return slices.DeleteFunc(subjects(), func(s subject) bool { return !strings.Contains(s.name, o.only) })
}

// pages are those of the peers: none, and no minute to make them, where only our
// own is visited.
func (o options) pages(visited []subject, public fs.FS, ids []string) (map[string][]byte, error) {
	if !slices.ContainsFunc(visited, func(s subject) bool { return s.name != ours }) {
		return nil, nil
	}
	italy, err := readCountry(os.DirFS(o.root), public, ids)
	if err != nil {
		return nil, err
	}
	return peerPages(filepath.Clean(o.root), public, italy)
}

// rounds visits every page in turn, starting with another one each time. A page
// that fails is not visited again.
func (b *bench) rounds(o options, visited []subject) []row {
	var rows []row
	for _, s := range visited {
		rows = append(rows, row{subject: s})
	}
	for round := range o.rounds + 1 {
		for k := range rows {
			r := &rows[(k+round)%len(rows)]
			if r.fault != nil {
				continue
			}
			retakes := o.retakes
			if round == 0 { // it is not counted
				retakes = 0
			}
			s, err := b.undisturbed(r.subject, retakes)
			if err != nil {
				r.fault = err
				fmt.Fprintf(os.Stderr, "%s: %v\n", r.name, err)
				continue
			}
			fmt.Fprintf(os.Stderr, "round %d, %s: %v\n", round, r.name, s)
			if o.verbose && round == 0 {
				for _, f := range s.loaded {
					fmt.Fprintf(os.Stderr, "\t%7d %s\n", f.bytes, f.path)
				}
			}
			if round > 0 {
				r.samples = append(r.samples, s)
			}
		}
	}
	return rows
}
