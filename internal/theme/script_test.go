package theme

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestScripts checks the types of every script and runs their own tests, with
// tsc and node from package.json.
func TestScripts(t *testing.T) {
	npm(t)
	cmd := exec.Command("npm", "test", "--silent")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("npm test: %v\n%s", err, out)
	}
}

// npm skips the test where there are no packages from npm; in CI that is a
// failure.
func npm(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("../../node_modules/.bin/tsc"); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no packages from npm, want: npm ci --ignore-scripts")
	}
	t.Skip("no packages from npm: npm ci --ignore-scripts")
}

func TestGoAndTheScriptFoldNamesAlike(t *testing.T) {
	npm(t)
	names := []string{"Forlì-Cesena", "L'Aquila", "Reggio nell'Emilia", "Valle d’Aosta/Vallée d’Aoste", "San Dorligo della Valle-Dolina",
		"Škofja Loka", "Straße", "Paternò", "  due  spazi ", "Ostana (CN)", "Nova Gorica №1", "ǅ", ""}
	want := make([][2]string, len(names))
	for i, n := range names {
		want[i] = [2]string{fold(n), plainSlug(n)}
	}
	in, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	module, err := filepath.Abs("../../.cache/prove/componenti/ricerca/piega.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--input-type=module", "-e",
		`import {fold, slug} from `+jsonText(module)+`; console.log(JSON.stringify(`+string(in)+`.map((n) => [fold(n), slug(fold(n))])))`)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v (npm test compiles the scripts)", err)
	}
	var got [][2]string
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for i := range names {
		if got[i] != want[i] {
			t.Errorf("%q: the script says %q, Go %q", names[i], got[i], want[i])
		}
	}
}

func jsonText(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
