package theme

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"bytes"

	"github.com/evanw/esbuild/pkg/api"

	"mappa/internal/diag"
)

// File is a finished file of the site: Path as [output.Sink] wants it.
type File struct {
	Path string
	Data []byte
}

// assetDir is where the assets of a theme lie; a file's name ends in the hash
// of its content, so that a browser may keep it for ever.
const assetDir = "assets"

// Hashed names data by its content: Hashed("nomi.json", …) has the path
// assets/nomi-<hash>.json.
func Hashed(name string, data []byte) File {
	const enough = 5 // bytes, 40 bits: eight letters
	sum := sha256.Sum256(data)
	hash := base32.StdEncoding.EncodeToString(sum[:enough])
	ext := path.Ext(name)
	return File{assetDir + "/" + strings.TrimSuffix(name, ext) + "-" + hash + ext, data}
}

// Files are the assets of the theme, by path.
func (t *Theme) Files() []File { return t.assets.files }

// Asset is the address of an asset by its name before hashing: sito.css,
// mappa.js, favicon.svg, titillium-web-400.woff2.
func (t *Theme) Asset(name string) (string, error) { return t.assets.address(name) }

// Icon is the address of a symbol of icone/icone.svg, for <use href>.
func (t *Theme) Icon(id string) (string, error) { return t.assets.icon(id) }

type assets struct {
	base  string
	files []File
	paths map[string]string // name before hashing → path
	icons map[string]bool   // ids of the symbols
}

func (a assets) address(name string) (string, error) {
	p, ok := a.paths[name]
	if !ok {
		return "", fmt.Errorf("there is no asset %q", name)
	}
	return a.base + p, nil
}

// spriteName is the file of the symbols.
const spriteName = "icone.svg"

func (a assets) icon(id string) (string, error) {
	if !a.icons[id] {
		return "", fmt.Errorf("there is no icon %q", id)
	}
	address, err := a.address(spriteName)
	return address + "#" + id, err
}

func (a assets) names() []string { return slices.Sorted(maps.Keys(a.paths)) }

func (a *assets) add(name string, f File) {
	a.files = append(a.files, f)
	a.paths[name] = f.Path
}

// buildAssets bundles the entries under stile and script, each with all it
// imports, and names the files under icone. It reports whether it could.
func buildAssets(p parts, base string, all *diag.List) (assets, bool) {
	list := all.Part()
	a := assets{base: base, paths: map[string]string{}, icons: map[string]bool{}}
	for _, name := range p.under("icone", "") {
		a.add(path.Base(name), Hashed(path.Base(name), p[name].data))
	}
	if sprite, ok := p["icone/"+spriteName]; ok {
		a.icons = symbols(sprite, list)
	}
	a.bundle(p, list)
	slices.SortFunc(a.files, func(x, y File) int { return strings.Compare(x.Path, y.Path) })
	return a, list.Len() == 0
}

// symbols are the ids in the file of symbols.
func symbols(sprite part, list *diag.List) map[string]bool {
	ids := map[string]bool{}
	dec := xml.NewDecoder(bytes.NewReader(sprite.data))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return ids
		}
		if err != nil {
			line, col := dec.InputPos()
			list.Add(diag.Problem{File: sprite.file, Line: line, Col: col, Text: "not valid SVG: " + err.Error()})
			return ids
		}
		if el, ok := tok.(xml.StartElement); ok && el.Name.Local == "symbol" {
			for _, attr := range el.Attr {
				if attr.Name.Local == "id" {
					ids[attr.Value] = true
				}
			}
		}
	}
}

// namespace marks paths that are a theme's parts and not files on disk.
const namespace = "tema"

// bundle runs esbuild over the parts, in memory. A script that imports another
// script does not take it in: the import stays, so that no module is fetched
// twice.
func (a *assets) bundle(p parts, list *diag.List) {
	entries := slices.Concat(p.in("stile", ".css"), p.in("script", ".ts"))
	if len(entries) == 0 {
		return
	}
	opt := api.BuildOptions{
		Bundle: true, Outdir: "/" + assetDir, PublicPath: a.base + assetDir, AbsWorkingDir: "/",
		EntryNames: "[name]", AssetNames: "[name]-[hash]",
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Format: api.FormatESModule, Target: api.ES2022, Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
		TsconfigRaw: "{}", LogLevel: api.LogLevelSilent, Plugins: []api.Plugin{partsPlugin(p)},
		Engines: []api.Engine{{Name: api.EngineChrome, Version: "111"}, {Name: api.EngineFirefox, Version: "113"}, {Name: api.EngineSafari, Version: "16.4"}},
	}
	for _, e := range entries {
		opt.EntryPointsAdvanced = append(opt.EntryPointsAdvanced, api.EntryPoint{InputPath: e, OutputPath: stem(e)})
	}
	result := api.Build(opt)
	for _, m := range append(result.Errors, result.Warnings...) {
		list.Add(bundleFault(p, m))
	}
	made := bundles{}
	for _, f := range result.OutputFiles {
		name := path.Base(f.Path)
		if _, ok := p[entryOf(name)]; ok {
			made[name] = f.Contents
		} else {
			a.add(unhashed(name), File{strings.TrimPrefix(f.Path, "/"), f.Contents})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		f, err := made.file(name, nil)
		if err != nil {
			list.Add(diag.Problem{File: p[entryOf(name)].file, Text: err.Error(), Hint: "a script's name holds the hash of all that it imports"})
			continue
		}
		a.add(name, f)
	}
}

// entryOf is the part that a bundle was made from.
func entryOf(bundle string) string {
	if stem, ok := strings.CutSuffix(bundle, ".js"); ok {
		return "script/" + stem + ".ts"
	}
	return "stile/" + bundle
}

// bundles are what esbuild made of the entries, by name before hashing: mappa.js.
type bundles map[string][]byte

// scriptMark stands before the name of a script in another's imports until its
// hash is known.
const scriptMark = namespace + ":"

// file names a bundle by its content, once those that it imports are named; way
// is who asked for whom.
func (b bundles) file(name string, way []string) (File, error) {
	if slices.Contains(way, name) {
		return File{}, fmt.Errorf("scripts import each other: %s", strings.Join(append(way, name), ", "))
	}
	data := b[name]
	for _, other := range slices.Sorted(maps.Keys(b)) {
		quoted := []byte(`"` + scriptMark + other + `"`)
		if !bytes.Contains(data, quoted) {
			continue
		}
		f, err := b.file(other, append(way, name))
		if err != nil {
			return File{}, err
		}
		data = bytes.ReplaceAll(data, quoted, []byte(`"./`+path.Base(f.Path)+`"`))
	}
	return Hashed(name, data), nil
}

// unhashed is a name before esbuild put -HASH in front of the ending.
func unhashed(name string) string {
	ext := path.Ext(name)
	s := strings.TrimSuffix(name, ext)
	return s[:strings.LastIndexByte(s, '-')] + ext
}

// partsPlugin lets esbuild read the theme's parts: a relative import stays
// inside the theme, and nothing else can be imported. A script that is imported
// stays outside, marked.
func partsPlugin(p parts) api.Plugin {
	return api.Plugin{Name: namespace, Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(in api.OnResolveArgs) (api.OnResolveResult, error) {
			name := in.Path
			if strings.HasPrefix(name, "#") { // a part of the page itself
				return api.OnResolveResult{Path: name, External: true}, nil
			}
			if strings.HasPrefix(name, ".") {
				name = path.Join(path.Dir(in.Importer), name)
			}
			for _, ext := range []string{"", ".ts"} {
				if _, ok := p[name+ext]; !ok {
					continue
				}
				if in.Kind != api.ResolveEntryPoint && path.Dir(name) == "script" {
					return api.OnResolveResult{Path: scriptMark + stem(name) + ".js", External: true}, nil
				}
				return api.OnResolveResult{Path: name + ext, Namespace: namespace}, nil
			}
			return api.OnResolveResult{Errors: []api.Message{{Text: fmt.Sprintf("there is no file %q in the theme", name)}}}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(in api.OnLoadArgs) (api.OnLoadResult, error) {
			text := string(p[in.Path].data)
			loaders := map[string]api.Loader{".css": api.LoaderCSS, ".ts": api.LoaderTS, ".json": api.LoaderJSON}
			loader, ok := loaders[path.Ext(in.Path)]
			if !ok {
				loader = api.LoaderFile
			}
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}

// bundleFault is a message of esbuild as a problem at its place.
func bundleFault(p parts, m api.Message) diag.Problem {
	out := diag.Problem{Text: m.Text}
	if m.Location == nil {
		return out
	}
	name := strings.TrimPrefix(m.Location.File, namespace+":")
	out.File, out.Line, out.Col = name, m.Location.Line, m.Location.Column+1
	if part, ok := p[name]; ok {
		out.File = part.file
	}
	if strings.Contains(m.Text, ".woff2") {
		out.Hint = "the fonts are cut to the characters of the site by: npm ci --ignore-scripts && npm run caratteri"
	}
	return out
}
