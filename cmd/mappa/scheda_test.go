package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A sheet goes where nobody publishes and nobody commits, whatever way leads there.
func TestASheetGoesNowhereFromWhereItGoesOn(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"site/public", "site/riservato", "repo/.git", "repo/site/public", "repo/site/riservato", "out"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"innocent": "site/public", "out/deep": "repo"} {
		if err := os.Symlink(filepath.Join(root, to), filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		site, to string
		ok       bool
	}{
		{"site", "out", true},
		{"site", "out/not/there/yet", true},
		{"site", "site/riservato/schede", true},
		{"repo/site", "repo/site/riservato/schede", true},
		{"site", "site/public", false},
		{"site", "site/public/schede", false},
		{"site", "site/riservato/../public", false},
		{"site", "innocent/schede", false},
		{"site", "site", false},
		{"site", "site/data", false},
		{"site", "repo", false},
		{"site", "repo/schede", false},
		{"site", "out/deep/schede", false},
		{"repo/site", "repo/schede", false},
		{"site", "site/riservato-no", false},
	} {
		if reason := open(filepath.Join(root, c.site), filepath.Join(root, c.to)); (reason == "") != c.ok {
			t.Errorf("from %s to %s: %q", c.site, c.to, reason)
		}
	}
}
