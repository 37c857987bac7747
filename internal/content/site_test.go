package content

import (
	"os"
	"testing"

	"mappa/internal/diag"
)

// TestTheShippedContentReads reads the project's own documents.
func TestTheShippedContentReads(t *testing.T) {
	var list diag.List
	lib, ok := Read(os.DirFS("../.."), "content", &list)
	for _, p := range list.Problems() {
		t.Error(p)
	}
	if !ok || len(lib.Reports) == 0 || len(lib.Pages) == 0 || len(lib.Indicators) == 0 {
		t.Fatalf("%d pages, %d indicators, %d reports", len(lib.Pages), len(lib.Indicators), len(lib.Reports))
	}
	words := 0
	for _, d := range lib.Reports[0].Documents() {
		words += d.Words
		t.Logf("%s: %d words, %d figures", d.Path, d.Words, len(d.Figures))
	}
	t.Logf("%d words", words)
}
