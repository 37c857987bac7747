package internal_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Files that others published are shipped as they came, fictional answers as they
// were made: their checksums are in data/SHA256SUMS, which "make checksums" writes
// again after one is replaced.
func TestPublishedFilesAreWhatTheirChecksumsSay(t *testing.T) {
	const root = "../data"
	list, err := os.Open(root + "/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	listed := map[string]bool{}
	for lines := bufio.NewScanner(list); lines.Scan(); {
		want, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok {
			t.Fatalf("line %q is not a checksum", lines.Text())
		}
		listed[name] = true
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not the file that its checksum was taken of; if it was replaced, run: make checksums", name)
		}
	}
	for _, pattern := range []string{"fonti/*/*.csv*", "territorio/*/*.csv*", "territorio/*/*.zip", "indagini/*/*.csv.gz"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, f := range files {
			if name := filepath.ToSlash(strings.TrimPrefix(f, root+"/")); !listed[name] {
				t.Errorf("%s has no checksum, run: make checksums", name)
			}
		}
	}
}
