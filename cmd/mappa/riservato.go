package main

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"mappa/internal/diag"
)

// secretFolder holds real answers, relative to the site folder. Nothing of it may
// be in git or in the site.
const secretFolder = "riservato"

// guardTracked reports the files of riservato/ that git tracks in the repository
// which the site folder lies in: whoever has the repository has the answers.
func guardTracked(dir string, list *diag.List) {
	root, index, ok := workTree(dir)
	if !ok {
		return
	}
	below, err := filepath.Rel(root, absolute(dir))
	if err != nil {
		return
	}
	raw, err := os.ReadFile(index)
	if err != nil {
		return // nothing was ever added
	}
	prefix := path.Join(filepath.ToSlash(below), secretFolder) + "/"
	names, err := trackedNames(raw)
	if err != nil {
		if _, err := os.Stat(filepath.Join(dir, secretFolder)); err == nil {
			list.File(secretFolder, "nobody can say whether git tracks files of this folder: "+index+" is written in a way that is not known here", "see that `git ls-files riservato` prints nothing, and bring the index to version 2: git update-index --index-version 2")
		}
		return
	}
	for _, name := range names {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			list.File(secretFolder+"/"+rest, "git tracks this file: real answers would go wherever the repository goes", "git rm --cached "+secretFolder+"/"+rest+", keep /riservato/ in .gitignore, and if it was pushed treat the answers as known")
		}
	}
}

func absolute(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// workTree is the work tree that a folder lies in, and its index.
func workTree(dir string) (root, index string, ok bool) {
	for root = absolute(dir); ; root = filepath.Dir(root) {
		git := filepath.Join(root, ".git")
		info, err := os.Stat(git)
		switch {
		case err == nil && info.IsDir():
			return root, filepath.Join(git, "index"), true
		case err == nil: // a worktree or a submodule: "gitdir: elsewhere"
			raw, _ := os.ReadFile(git)
			to, is := strings.CutPrefix(strings.TrimSpace(string(raw)), "gitdir: ")
			if !filepath.IsAbs(to) {
				to = filepath.Join(root, to)
			}
			return root, filepath.Join(to, "index"), is
		case root == filepath.Dir(root):
			return "", "", false
		}
	}
}

// secrets is a sink that knows the files of riservato/ when it sees them.
type secrets struct {
	files map[[sha256.Size]byte]string
	sizes map[int]bool

	mu    sync.Mutex
	found []diag.Problem
}

func newSecrets(fsys fs.FS) *secrets {
	s := &secrets{files: map[[sha256.Size]byte]string{}, sizes: map[int]bool{}}
	fs.WalkDir(fsys, secretFolder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if raw, err := fs.ReadFile(fsys, name); err == nil && len(raw) > 0 {
				s.files[sha256.Sum256(raw)], s.sizes[len(raw)] = name, true
			}
		}
		return nil // a folder that cannot be read cannot be published either
	})
	return s
}

// Add takes note of a page that is a file of riservato/.
func (s *secrets) Add(path string, data []byte) {
	if !s.sizes[len(data)] {
		return
	}
	if name, ok := s.files[sha256.Sum256(data)]; ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.found = append(s.found, diag.Problem{File: name, Text: "the file would be published as " + path, Hint: "take out of content/ and themes/ what leads to it; nothing of riservato/ is for readers"})
	}
}

// Check reports what was seen.
func (s *secrets) Check(list *diag.List) {
	for _, p := range s.found {
		list.Add(p)
	}
}
