package theme

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// part is one file of a theme: its real path, for messages, and what it holds.
type part struct {
	file string
	data []byte
}

// parts are the files of a theme by their path inside it, the site's own in
// place of the theme's.
type parts map[string]part

// readParts reads the theme's folder and then the site's over it.
func readParts(fsys fs.FS, src Source, list *diag.List) parts {
	p := parts{}
	for _, dir := range []string{src.Dir, src.Over} {
		if dir == "" || dir == src.Over && !exists(fsys, dir) {
			continue
		}
		if !exists(fsys, dir) {
			list.File(dir, fmt.Sprintf("there is no theme %q", path.Base(dir)), diag.DidYouMean(path.Base(dir), folders(fsys, path.Dir(dir))))
			continue
		}
		err := fs.WalkDir(fsys, dir, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, file)
			p[strings.TrimPrefix(file, dir+"/")] = part{file, data}
			return err
		})
		if err != nil {
			list.File(dir, "the theme cannot be read: "+err.Error(), "a theme is a folder under themes/")
		}
	}
	return p
}

// folders are the folders in dir.
func folders(fsys fs.FS, dir string) (out []string) {
	entries, _ := fs.ReadDir(fsys, dir) // none, where there is no such folder
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// in lists the files directly in a folder with the given ending, sorted.
func (p parts) in(dir, ext string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if path.Dir(name) == dir && strings.HasSuffix(name, ext) {
			out = append(out, name)
		}
	}
	return out
}

// under lists the files anywhere under a folder with the given ending, sorted.
func (p parts) under(dir, ext string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if strings.HasPrefix(name, dir+"/") && strings.HasSuffix(name, ext) {
			out = append(out, name)
		}
	}
	return out
}

// stem is the name of a file without folder and ending.
func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}
