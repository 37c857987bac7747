package site

import (
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"mappa/internal/pack"
	"mappa/internal/stat"
)

// The page on the format shows a whole file; it is the one that is written.
func TestTheExampleOfTheFormatPageIsTrue(t *testing.T) {
	text, err := os.ReadFile(siteFolder + "/content/pagine" + strings.TrimSuffix(formatPath, "/") + ".md")
	if err != nil {
		t.Fatal(err)
	}
	c := pack.Column{Order: pack.OrderOf([]string{"H501", "F205", "L219"}), Decimals: 1,
		Comuni: []stat.Value{stat.Of(12.5), stat.Of(7), stat.Missing(stat.Failed)}}
	c.Areas[cellNation] = []pack.Cell{{Value: stat.Of(9.8), Base: 2}}
	data, err := pack.EncodeColumn(c)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```testo\n")
	shown, _, _ := strings.Cut(rest, "```")
	if got := strings.Join(strings.Fields(shown), ""); got != hex.EncodeToString(data) {
		t.Errorf("the page shows\n%s\nthe file is\n% x", shown, data)
	}
}
