package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// folders are those of a stage that are known to be there, so that each is
// asked for once. True are those that this build made: they hold nothing of an
// earlier one.
type folders struct {
	mu   sync.Mutex
	root string
	made map[string]bool
}

// enter makes sure of a folder, and of those above it up to the root, and tells
// whether this build made it.
func (f *folders) enter(dir string) (made bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.make(dir)
}

func (f *folders) make(dir string) (made bool, err error) {
	if made, known := f.made[dir]; known {
		return made, nil
	}
	if dir != f.root {
		if made, err = f.make(filepath.Dir(dir)); err != nil {
			return false, err
		}
	}
	if !made {
		info, err := os.Lstat(dir)
		if err == nil && info.IsDir() {
			f.made[dir] = false
			return false, nil
		}
		if err == nil {
			err = os.Remove(dir) // an earlier build had a file here
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	if err := os.Mkdir(dir, dirMode); err != nil {
		return false, err
	}
	f.made[dir] = true
	return true, nil
}
