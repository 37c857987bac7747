package site

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"mappa/internal/diag"
)

// keeper is a sink that keeps the files below one folder.
type keeper struct {
	below string
	mu    sync.Mutex
	files map[string][]byte
}

func (k *keeper) Add(path string, data []byte) {
	if strings.HasPrefix(path, k.below) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.files[path] = data
	}
}

// someComuni renders every so many groups of Comuni of a site.
func someComuni(t *testing.T, in Inputs) map[string][]byte {
	t.Helper()
	k := &keeper{below: "comuni/", files: map[string][]byte{}}
	p, err := newPress(in, k, new(diag.List))
	if err != nil {
		t.Fatal(err)
	}
	const every = 8
	for i, job := range p.comuni() {
		if i%every == 0 {
			if err := job(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return k.files
}

// Whatever the Comuni answered, the pages of single Comuni stay as they are, to the
// byte: their figures, their agenda and their files.
func TestAnswersMoveNoPageOfAComune(t *testing.T) {
	in := realInputs(t)
	in.Theme = realTheme(t)
	if len(in.Before) == 0 || in.Before[0].Edition.Respondents() == in.Survey.Edition.Respondents() {
		t.Fatal("there are no other answers to put in the place of these")
	}
	other := in
	other.Survey = in.Before[0]
	want, got := someComuni(t, in), someComuni(t, other)
	if len(got) != len(want) || len(want) < 1000 {
		t.Fatalf("%d files, and %d with other answers", len(want), len(got))
	}
	for path, data := range want {
		if !bytes.Equal(got[path], data) {
			t.Errorf("%s is another with other answers", path)
		}
	}
}
