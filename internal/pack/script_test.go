package pack_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"mappa/internal/geo"
	"mappa/internal/pack"
)

const atlasScripts = "../../themes/italia/componenti/atlante"

// reader decodes files from standard input, each after its length, and writes a
// line for each: a hash of what it found, or the word refused.
const reader = `
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Arriving, decodeTopology } from "./pacco.ts";
import { decodeColumn } from "./colonna.ts";

// arriving is the same file in pieces, as the network hands it on.
function arriving(b, size) {
  const to = new Arriving();
  for (let at = 0; at < b.length; at += size) to.add(b.subarray(at, at + size));
  return to.end();
}

function geometry(b) {
  const t = decodeTopology(b);
  for (const size of [1000, 16384]) {
    const u = arriving(b, size);
    for (const k in t) if (String(t[k]) !== String(u[k])) throw new Error(k + " differs in pieces of " + size);
  }
  const out = [t.order, t.x0, t.y0, t.step * 10, t.w, t.h, ...t.faces];
  for (let f = 0; f < t.faces.length; f++)
    for (let p = t.faceAt[f]; p < t.faceAt[f + 1]; p++)
      for (let r = t.polyAt[p]; r < t.polyAt[p + 1]; r++) out.push("r" + f, ...t.refs.subarray(t.ringAt[r], t.ringAt[r + 1]));
  for (let a = 0; a + 1 < t.arcAt.length; a++) out.push("a" + t.left[a] + "/" + t.right[a], ...t.xy.subarray(2 * t.arcAt[a], 2 * t.arcAt[a + 1]));
  return out;
}

function column(b) {
  const c = decodeColumn(b);
  const out = [c.order, ...c.tables];
  c.comuni.forEach((v, i) => out.push(c.kinds[i] ? "k" + c.kinds[i] : v));
  for (const x of c.cells) out.push(x.kind ? "k" + x.kind : x.value, x.base);
  return out;
}

const all = readFileSync(0);
for (let at = 0; at < all.length; ) {
  const n = all.readUInt32LE(at);
  const b = new Uint8Array(all.buffer, all.byteOffset + at + 4, n);
  at += 4 + n;
  let said = "refused";
  try {
    said = createHash("sha256").update((b[3] === 86 ? column(b) : geometry(b)).join(",")).digest("hex");
  } catch (e) {
    if (!["damaged", "truncated", "foreign"].includes(e.message)) said = e.stack;
  }
  console.log(said);
}
`

// readByScript is what the site's own decoder says of each file.
func readByScript(t *testing.T, files [][]byte) []string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("the scripts' decoder needs node: ", err)
	}
	dir, err := filepath.Abs(atlasScripts)
	if err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{Bundle: true, Format: api.FormatESModule, Platform: api.PlatformNode, TsconfigRaw: "{}",
		Stdin: &api.StdinOptions{Contents: reader, ResolveDir: dir, Loader: api.LoaderJS}})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	var in bytes.Buffer
	for _, f := range files {
		in.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(f))))
		in.Write(f)
	}
	cmd := exec.Command("node", "--input-type=module", "-e", string(built.OutputFiles[0].Contents))
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// readByGo is what this package says of it.
func readByGo(data []byte) string {
	var items []string
	add := func(v any) { items = append(items, fmt.Sprint(v)) }
	if data[3] == 'V' {
		c, err := pack.DecodeColumn(data)
		if err != nil {
			return "refused"
		}
		listColumn(c, add)
	} else {
		g, err := pack.DecodeGeometry(data)
		if err != nil {
			return "refused"
		}
		listGeometry(g, add)
	}
	sum := sha256.Sum256([]byte(strings.Join(items, ",")))
	return hex.EncodeToString(sum[:])
}

func listColumn(c pack.Column, add func(any)) {
	add(c.Order)
	for _, t := range c.Areas {
		add(len(t))
	}
	for _, v := range c.Comuni {
		add(valueText(v.N, int(v.Kind)))
	}
	for _, t := range c.Areas {
		for _, x := range t {
			add(valueText(x.Value.N, int(x.Value.Kind)))
			add(x.Base)
		}
	}
}

// valueText is a number as scripts print it, or the number of a kind in a file.
func valueText(v float64, kind int) string {
	switch kind {
	case 0:
		return "k1"
	case 1:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return "k" + strconv.Itoa(kind)
}

func listGeometry(g pack.Geometry, add func(any)) {
	for _, v := range []any{g.Order, g.Grid.X0, g.Grid.Y0, g.Grid.Step, g.Grid.W, g.Grid.H} {
		add(v)
	}
	for _, f := range g.Faces {
		add(f)
	}
	left, right := make([]int, len(g.Lines.Arcs)), make([]int, len(g.Lines.Arcs))
	for i := range right {
		right[i] = geo.Outside
	}
	for f, face := range g.Lines.Faces {
		for _, p := range face.Polygons {
			for _, r := range p {
				add("r" + strconv.Itoa(f))
				for _, ref := range r {
					add(int(ref))
					if ref < 0 {
						right[ref.Arc()] = f
					} else {
						left[ref.Arc()] = f
					}
				}
			}
		}
	}
	step := float64(g.Grid.Step) / 10
	for i, arc := range g.Lines.Arcs {
		add(fmt.Sprintf("a%d/%d", left[i], right[i]))
		for _, p := range arc {
			add(int(math.Round((p[0] - float64(g.Grid.X0)) / step)))
			add(int(math.Round((float64(g.Grid.Y0) - p[1]) / step)))
		}
	}
}

// The two decoders say the same of whole files and of damaged ones.
func TestGoAndTheScriptReadAlike(t *testing.T) {
	c := realItaly(t)
	var whole, files [][]byte
	for _, g := range []pack.Geometry{small(t), c.region(1, regionStep), c.whole(countryStep)} {
		data, err := pack.EncodeGeometry(g)
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, data)
	}
	data, err := pack.EncodeColumn(column())
	if err != nil {
		t.Fatal(err)
	}
	whole = append(whole, data)
	const tries = 300
	files = append(files, whole...)
	for seed := range uint64(tries) {
		for _, k := range []int{0, 1, 3} { // not the whole country
			files = append(files, damaged(whole[k], seed))
		}
	}
	got := readByScript(t, files)
	if len(got) != len(files) {
		t.Fatalf("%d answers to %d files", len(got), len(files))
	}
	refused := 0
	for i, f := range files {
		want := readByGo(f)
		if want == "refused" {
			refused++
			if i < len(whole) {
				t.Errorf("file %d is whole and refused", i)
			}
		}
		if got[i] != want {
			t.Errorf("file %d of %d bytes: the script says %s, Go %s", i, len(f), got[i], want)
		}
	}
	t.Logf("%d files, %d refused by both", len(files), refused)
}
