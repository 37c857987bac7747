package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// axeFile is axe-core as npm installs it, below the repository.
const axeFile = "node_modules/axe-core/axe.min.js"

// violation is what axe reports.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		Target []any  `json:"target"`
		HTML   string `json:"html"`
	} `json:"nodes"`
}

// axeRun asks for the violations of WCAG 2.2 A and AA and of axe's best
// practices. The size of targets (2.5.8) is off in axe until told.
const axeRun = `axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then((r) => JSON.stringify(r.violations))`

// Axe lists the barriers that axe-core finds, by the rules of WCAG 2.2 A and AA
// and its best practices: rule, what it wants, where.
func (p *Page) Axe() (out []string) {
	p.t.Helper()
	source, err := os.ReadFile(filepath.Join(repository(), filepath.FromSlash(axeFile)))
	if err != nil {
		missing(p.t, "axe-core is not installed: run npm ci --ignore-scripts")
	}
	Eval[bool](p, string(source)+";\ntrue")
	found := Eval[string](p, axeRun)
	var all []violation
	if err := json.Unmarshal([]byte(found), &all); err != nil {
		p.t.Fatal(err)
	}
	for _, v := range all {
		for _, n := range v.Nodes {
			where, err := json.Marshal(n.Target)
			if err != nil {
				p.t.Fatal(err)
			}
			out = append(out, fmt.Sprintf("%s: %s at %s: %s", v.ID, strings.ToLower(v.Help[:1])+v.Help[1:], where, short(n.HTML)))
		}
	}
	return out
}

// repository is the folder of go.mod, above the package under test.
func repository() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return "."
}
