package output

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Mark is the file by which a published folder is known as this program's own.
// [Stage.Publish] adds it to every tree.
const Mark = ".mappa"

const markText = "mappa build replaces this folder as a whole: keep nothing of your own in it\n"

// names are the paths of a tree, which must stay distinct on filesystems that
// do not tell upper from lower case. The zero value is ready to use.
type names struct {
	mu   sync.Mutex
	seen map[string]name // by path in lower case
}

type name struct {
	path string
	dir  bool
}

// claim takes path for a file, or says why it may not have it.
func (n *names) claim(path string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = map[string]name{}
	}
	for i := range path {
		if path[i] != '/' {
			continue
		}
		if err := n.take(name{path[:i], true}); err != nil {
			return fmt.Errorf("output path %q: %w", path, err)
		}
	}
	if err := n.take(name{path, false}); err != nil {
		return fmt.Errorf("output path %q: %w", path, err)
	}
	return nil
}

// has reports whether the tree has that file or folder, spelled exactly so.
func (n *names) has(w name) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	was, taken := n.seen[strings.ToLower(w.path)]
	return taken && was == w
}

func (n *names) take(w name) error {
	key := strings.ToLower(w.path)
	was, taken := n.seen[key]
	switch {
	case !taken:
		n.seen[key] = w
	case was.path != w.path:
		return fmt.Errorf("%q differs from %q only in upper and lower case", w.path, was.path)
	case was.dir && w.dir:
	case was.dir != w.dir:
		return fmt.Errorf("%q would be both a file and a folder", w.path)
	default:
		return errors.New("added twice")
	}
	return nil
}

// maxElement is the longest file name that common filesystems take, in bytes.
const maxElement = 255

// checkPath says why a path cannot be written safely on every filesystem.
func checkPath(path string) error {
	if !fs.ValidPath(path) || path == "." {
		return fmt.Errorf("output path %q is not a relative path, or has . or .. in it", path)
	}
	if path == Mark {
		return fmt.Errorf("output path %q is reserved", path)
	}
	for el := range strings.SplitSeq(path, "/") {
		switch stem, _, _ := strings.Cut(strings.ToLower(el), "."); {
		case strings.ContainsFunc(el, unsafe):
			return fmt.Errorf("output path %q: want letters a-z and A-Z, digits and . _ - only", path)
		case strings.HasSuffix(el, "."), len(el) > maxElement:
			return fmt.Errorf("output path %q: %q is no file name on some filesystems", path, el)
		case slices.Contains(windowsDevices, stem):
			return fmt.Errorf("output path %q: %q is the name of a device on Windows", path, el)
		}
	}
	return nil
}

func unsafe(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
}

// windowsDevices cannot be file names there, with or without an extension.
var windowsDevices = []string{"con", "prn", "aux", "nul",
	"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}
