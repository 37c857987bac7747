package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watcher tells when something below some folders changes.
type watcher struct{ *fsnotify.Watcher }

// watch begins to watch the folders and all below; one that is missing is not
// watched.
func watch(folders []string) (*watcher, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{n}
	for _, f := range folders {
		if err := w.below(f); err != nil {
			n.Close()
			return nil, err
		}
	}
	return w, nil
}

func (w *watcher) below(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || !d.IsDir() {
			return err
		}
		if path != root && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		return w.Add(path)
	})
}

// changed is closed when something has changed and then been quiet for a
// moment, since an editor writes in several steps, or when ctx ends.
func (w *watcher) changed(ctx context.Context) <-chan struct{} {
	const quiet = 80 * time.Millisecond
	out := make(chan struct{})
	go func() {
		defer close(out)
		var settled <-chan time.Time
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if e.Has(fsnotify.Create) {
					w.below(e.Name) // a folder that is new; what cannot be watched is met by the build
				}
				if !e.Has(fsnotify.Chmod) && !editorFile(filepath.Base(e.Name)) {
					settled = time.After(quiet)
				}
			case <-w.Errors:
				settled = time.After(quiet) // events were lost: look anew
			case <-settled:
				return
			}
		}
	}()
	return out
}

// editorFile reports whether a name is one that editors use for a moment.
func editorFile(name string) bool {
	return strings.HasSuffix(name, "~") || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".swp") || name == "4913" // vim tries it
}
