package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mappa/internal/disclosure"
)

// proofOf is a proof that a build kept, with what was in its file.
func proofOf(t *testing.T, dir, name string) (*disclosure.Kept, []byte) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	k := readProof(os.DirFS(dir), name)
	if k.proof == nil {
		t.Fatal("the proof cannot be read")
	}
	return k.proof, raw
}

// A build keeps its proofs where answers are kept. The next one takes them, looks at
// them as if it had found them itself, and publishes the same.
func TestAProofIsKeptForTheNextBuild(t *testing.T) {
	t.Parallel()
	dir := countryFolder(t)
	again := func(wantNote bool) string {
		t.Helper()
		said, errs, code := built(t, dir, options{}, nil)
		if code != done || strings.Contains(said, "does not hold") != wantNote {
			t.Fatalf("exit code %d, a note that the proof does not hold: want %v\n%s%s", code, wantNote, said, errs)
		}
		now, err := listing(filepath.Join(dir, publicFolder))
		if err != nil {
			t.Fatal(err)
		}
		return string(now)
	}
	found := again(false)
	names, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(proofsFolder), "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no proof was kept: %v", err)
	}
	name := proofFile(strings.TrimSuffix(filepath.Base(names[len(names)-1]), ".json.gz"))
	if info, err := os.Stat(names[len(names)-1]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("anybody may read %s: %v, %v", name, info, err)
	}

	k, raw := proofOf(t, dir, name)
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(names[len(names)-1], long, long); err != nil {
		t.Fatal(err)
	}
	if again(false) != found {
		t.Error("with the kept proof the site is another one")
	}
	if info, err := os.Stat(names[len(names)-1]); err != nil || time.Since(info.ModTime()) < time.Minute {
		t.Error("the proof was searched for again")
	}

	// A proof that says less than it must is seen through, and put right.
	if len(k.Witnesses) == 0 {
		t.Fatal("the proof has no witness: the test says nothing")
	}
	k.Witnesses = k.Witnesses[:0]
	if err := keep(dir, []secretFile{{file: name, text: k}}); err != nil {
		t.Fatal(err)
	}
	if again(true) != found {
		t.Error("beside a proof that does not hold the site is another one")
	}
	if _, now := proofOf(t, dir, name); !bytes.Equal(now, raw) {
		t.Error("the proof was not put right")
	}

	// Whatever else lies there is no proof.
	for _, text := range []string{"", "rotto", "\x1f\x8b\x08"} {
		if err := os.WriteFile(names[len(names)-1], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if again(false) != found {
			t.Errorf("beside a file with %q the site is another one", text)
		}
	}
	if _, now := proofOf(t, dir, name); !bytes.Equal(now, raw) {
		t.Error("the proof was not put right")
	}
}
