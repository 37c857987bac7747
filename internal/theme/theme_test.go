package theme

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

// italiaFiles is the theme of the site without its pages, which the package
// that fills them tests; 404 stays, it has no data of its own.
func italiaFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, "themes/italia", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "/pagine/") && filepath.Base(path) != "404.html" {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// load loads a theme that must have no fault.
func load(t testing.TB, files fs.FS, src Source) *Theme {
	t.Helper()
	var list diag.List
	th, ok := Load(files, src, &list)
	if !ok {
		for _, p := range list.Problems() {
			t.Error(p)
		}
		t.FailNow()
	}
	return th
}

func italia(t testing.TB) *Theme {
	return load(t, italiaFiles(t), Source{Dir: "themes/italia", Base: "/"})
}

func TestTheThemeLoads(t *testing.T) {
	th := italia(t)
	for _, f := range th.Files() {
		t.Log(f.Path, len(f.Data))
	}
}
