package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// peersFolder is where the peers' pages and what they take from npm are.
const peersFolder = "cmd/compare/peers"

// tree is files by path. The first fault in making them is kept.
type tree struct {
	files map[string][]byte
	err   error
}

func (t *tree) add(name string, data []byte, err error) {
	t.files[name], t.err = data, errors.Join(t.err, err)
}

func (t *tree) json(name string, value any) {
	data, err := json.Marshal(value)
	t.add(name, data, err)
}

// peerPages makes a folder for each peer, with its data, from the sources below
// root and the site made from them.
func peerPages(root string, public fs.FS, c *country) (map[string][]byte, error) {
	t := &tree{files: map[string][]byte{}}
	from := filepath.Join(root, filepath.FromSlash(peersFolder))
	picture, err := pictureOf(public, c.indicators[0].ID)
	t.page(from, "svg", err, "MAP", "/"+picture)
	t.page(from, "d3", nil)
	t.page(from, "maplibre", nil)
	known, err := json.Marshal(c.legend())
	t.err = errors.Join(t.err, err)
	for _, name := range []string{"d3", "maplibre"} {
		t.bundle(name+"/map.js", filepath.Join(from, name+".js"), map[string]string{"INDICATORS": string(known)})
		for _, col := range c.indicators {
			t.json(name+"/"+col.ID+".json", col.json())
		}
	}
	t.json("d3/italia.topojson", c.topology())
	t.json("maplibre/italia.geojson", c.features())
	parts := filepath.Join(from, "node_modules", "maplibre-gl", "dist")
	t.bundle("maplibre/worker.js", filepath.Join(parts, "maplibre-gl-worker.mjs"), nil)
	t.bundle("maplibre/maplibre-gl.css", filepath.Join(parts, "maplibre-gl.css"), nil)
	return t.files, t.err
}

// page adds a peer's page and its style sheet.
func (t *tree) page(from, name string, err error, replace ...string) {
	page, errPage := os.ReadFile(filepath.Join(from, name+".html"))
	sheet, errSheet := os.ReadFile(filepath.Join(from, "style.css"))
	t.add(name+"/index.html", []byte(strings.NewReplacer(replace...).Replace(string(page))), errors.Join(err, errPage))
	t.add(name+"/style.css", sheet, errSheet)
}

// pictureOf is the path of the site's picture of all Comuni for an indicator.
func pictureOf(public fs.FS, id string) (string, error) {
	all, err := fs.Glob(public, "assets/mappa-"+id+"-????????.svg")
	if err != nil || len(all) != 1 {
		return "", fmt.Errorf("the site has %d pictures of %s: make it first", len(all), id)
	}
	return all[0], nil
}

// legend is what the peers know of an indicator before they have its values.
type legend struct {
	ID     string
	Breaks []float64
}

func (c *country) legend() (out []legend) {
	for _, col := range c.indicators {
		out = append(out, legend{col.ID, col.Breaks})
	}
	return out
}

// bundle adds a script or style sheet with all that it imports, in one piece.
func (t *tree) bundle(name, entry string, define map[string]string) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Define: define, Format: api.FormatESModule, Target: api.ES2022,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		Loader: map[string]api.Loader{".svg": api.LoaderDataURL},
	})
	for _, m := range result.Errors {
		t.err = errors.Join(t.err, fmt.Errorf("%s: %s", entry, m.Text))
	}
	if len(result.OutputFiles) == 1 {
		t.add(name, result.OutputFiles[0].Contents, nil)
	}
}
