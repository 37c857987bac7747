package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mappa/internal/disclosure"
	"mappa/internal/output"
)

// trueCountry is the little country with answers that are no invention.
func trueCountry(t *testing.T) string {
	t.Helper()
	dir := countryFolder(t)
	edition := filepath.Join(dir, "data", "indagini", "2025")
	edit := func(name string, to func(string) string) {
		t.Helper()
		raw, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, []byte(to(string(raw))), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(filepath.Join(edition, "questionario.yaml"), func(s string) string { return strings.Replace(s, "dimostrativa: true", "dimostrativa: false", 1) })
	edit(filepath.Join(edition, "edizione.yaml"), func(string) string { return "esportazione: riservato/risposte.csv\n" })
	if err := os.Mkdir(filepath.Join(dir, secretFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	answers := "codice_catastale,rtd,wifi\nC337,no,piazza\nF931,si,piazza\nF417,si,piazza\nL093,si,biblioteca\nA326,si,biblioteca|piazza\nF839,si,biblioteca|piazza\nM261,si,biblioteca\nE470,si,biblioteca\n"
	if err := os.WriteFile(filepath.Join(dir, secretFolder, "risposte.csv"), []byte(answers), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A figure beside which whoever kept the last site could subtract stops the build, though
// it is proven by itself: the published site stays as it is, and so does what is kept of
// it.
func TestALeakBetweenTwoPublicationsStopsTheBuild(t *testing.T) {
	t.Parallel()
	dir := trueCountry(t)
	if _, errs, code := built(t, dir, options{}, nil); code != done {
		t.Fatal(errs)
	}
	public, file := filepath.Join(dir, publicFolder), filepath.Join(dir, filepath.FromSlash(publicationFile("2025")))
	was, err := listing(public)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	finer := func(in disclosure.Input, policy disclosure.Policy) (*disclosure.Published, *disclosure.Proof) {
		in.Frozen, policy.Decimal = nil, 1
		p, proof := disclosure.Protect(in, policy)
		if leaks := disclosure.Audit(p, in, proof); len(leaks) > 0 {
			t.Errorf("it is not proven by itself: %s", disclosure.Words(leaks, in))
		}
		return p, proof
	}
	_, errs, code := built(t, dir, options{}, finer)
	if code != problems || !strings.HasPrefix(errs, "mappa: compute survey: edition 2025 would give answers away to who kept what was published: wifi, row 0, ") || !strings.HasSuffix(errs, " in all; nothing was written\n") || strings.Contains(errs, "%") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if now, err := listing(public); err != nil || !bytes.Equal(now, was) {
		t.Errorf("the site is not as it was, %v", err)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, before) {
		t.Errorf("what is kept of it is not as it was, %v", err)
	}

	// Without its proofs the edition is proven anew, beside what was published.
	if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(proofsFolder))); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := built(t, dir, options{}, disclosure.Protect); code != done {
		t.Error(errs)
	}
	if now, err := listing(public); err != nil || !bytes.Equal(now, was) {
		t.Errorf("proven anew the site is another one, %v", err)
	}
}

// Only what was put online is kept: nothing of a check, of a build that failed, nor of
// invented answers; and nobody else may read it.
func TestWhatIsPublishedOfTrueAnswersIsKept(t *testing.T) {
	t.Parallel()
	dir := trueCountry(t)
	file := filepath.Join(dir, filepath.FromSlash(publicationFile("2025")))
	missing := func(when string) {
		t.Helper()
		if _, err := os.Stat(filepath.Dir(file)); !os.IsNotExist(err) {
			t.Errorf("%s: %v", when, err)
		}
	}
	var out, errs bytes.Buffer
	if code := runCheck(t.Context(), &call{options: options{dir: dir}, out: newPrinter(&out, &errs, func(string) string { return "" })}); code != done {
		t.Fatal(errs.String())
	}
	missing("after a check")
	broken := filepath.Join(dir, "content", "rotto.md")
	if err := os.WriteFile(broken, []byte("senza testa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, code := built(t, dir, options{}, nil); code != problems {
		t.Error("the build does not fail: the test says nothing")
	}
	missing("after a build that failed")
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := built(t, dir, options{}, nil); code != done {
		t.Fatal(errs)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if all, err := os.ReadDir(filepath.Dir(file)); err != nil || len(all) != 1 || slices.ContainsFunc(all, func(e os.DirEntry) bool { return strings.HasSuffix(e.Name(), aside) }) {
		t.Errorf("%v, %v", all, err)
	}

	fictional := countryFolder(t)
	if said, errs, code := built(t, fictional, options{}, nil); code != done || strings.Contains(said, publicationsFolder) {
		t.Errorf("of invented answers it says %s%s", said, errs)
	}
	if _, err := os.Stat(filepath.Join(fictional, filepath.FromSlash(publicationsFolder))); !os.IsNotExist(err) {
		t.Errorf("of invented answers something is kept: %v", err)
	}
}

// A build that is cut off once the site is online has not yet put what it published in
// its place: what lies beside it counts. Where nothing could be laid there, nothing is
// put online.
func TestWhatABuildWasCutOffPublishingCountsAsPublished(t *testing.T) {
	t.Parallel()
	dir := trueCountry(t)
	file := filepath.Join(dir, filepath.FromSlash(publicationFile("2025")))
	if err := os.Symlink("nowhere", filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := built(t, dir, options{}, nil); code != problems || !strings.Contains(errs, "what is published of the survey cannot be kept: ") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, publicFolder)); !os.IsNotExist(err) {
		t.Errorf("what cannot be kept is online: %v", err)
	}
	if err := os.Remove(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}

	if _, errs, code := built(t, dir, options{}, nil); code != done {
		t.Fatal(errs)
	}
	was, err := listing(filepath.Join(dir, publicFolder))
	if err != nil {
		t.Fatal(err)
	}
	again := func(said bool) {
		t.Helper()
		out, errs, code := built(t, dir, options{}, nil)
		if code != done || strings.Contains(out, "a build of edition 2025 was cut off while it published") != said || !strings.Contains(out, "edition 2025 stays as it was published") {
			t.Errorf("exit %d, %s%s", code, out, errs)
		}
		if now, err := listing(filepath.Join(dir, publicFolder)); err != nil || !bytes.Equal(now, was) {
			t.Errorf("the site is not as it was, %v", err)
		}
		if _, err := os.Stat(file + aside); !os.IsNotExist(err) {
			t.Errorf("what was laid aside is still there: %v", err)
		}
	}
	if err := os.Rename(file, file+aside); err != nil {
		t.Fatal(err)
	}
	answers := filepath.Join(dir, secretFolder, "risposte.csv")
	raw, err := os.ReadFile(answers)
	if err == nil {
		err = os.WriteFile(answers, bytes.Replace(raw, []byte("L093,si,biblioteca"), []byte("L093,si,piazza"), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(dir, publicFolder)
	block := filepath.Join(dir, "."+publicFolder+".riserva", output.Mark)
	if err := os.MkdirAll(block, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "pagine", "nuova.md"), []byte("---\ntitolo: Nuova\ndescrizione: Una pagina di più.\n---\nTesto.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := built(t, dir, options{}, nil); code != problems || !strings.Contains(errs, output.Mark) {
		t.Errorf("nothing stops it from going online: exit %d, %s", code, errs)
	}
	if now, err := listing(public); err != nil || !bytes.Equal(now, was) {
		t.Errorf("the site is not as it was, %v", err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("what is online is forgotten: %v", err)
	}
	if err := errors.Join(os.RemoveAll(filepath.Dir(block)), os.Remove(filepath.Join(dir, "content", "pagine", "nuova.md")), os.Rename(file, file+aside)); err != nil {
		t.Fatal(err)
	}
	again(true)
	again(false)

	// One that nobody can read is not one that is not there.
	if err := os.Mkdir(file+aside, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := built(t, dir, options{}, nil); code != problems || !strings.Contains(errs, "riservato/pubblicato/2025.json.gz: ") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if err := os.Remove(file + aside); err != nil {
		t.Fatal(err)
	}

	// One that was cut off while it wrote it has put nothing online.
	if err := os.WriteFile(file+aside, []byte{0x1f, 0x8b, 8}, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := built(t, dir, options{}, nil); code != done || strings.Contains(out, "cut off") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}
