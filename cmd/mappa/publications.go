package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/score"
	"mappa/internal/site"
	"mappa/internal/survey"
)

// publicationsFolder holds, of every edition with true answers, what was published of it.
// It is as secret as answers, and unlike proofs cannot be made again.
const publicationsFolder = secretFolder + "/pubblicato"

// publicationFile is where it is kept what was published of an edition.
func publicationFile(edition string) string {
	return path.Join(publicationsFolder, edition+".json.gz")
}

// publication is an edition as it stands to what was published of it.
type publication struct {
	file  string
	pub   *disclosure.Publication // nil: nothing was, as far as is known here
	cut   bool                    // it was laid down by a build that was cut off
	since survey.Since
	gone  int // areas that are no more
	publishing
}

// publishing is an edition as it is published now: with how many consents that were given
// since, and of how many questions Italy's figures follow corrections.
type publishing struct {
	now              *disclosure.Publication
	granted, renewed int
}

// read reads what was published. What a build laid down before it was cut off holds that
// and all that was published before, and may be published too; unless it was cut off
// while it wrote it, before anything went online.
func (x *publication) read(fsys fs.FS) (err error) {
	x.pub, err = readKept(fsys, x.file+aside, disclosure.ReadPublication)
	if err == nil {
		_, err = x.pub.Closed()
	}
	if x.cut = err == nil; cutShort(err) {
		x.pub, err = readKept(fsys, x.file, disclosure.ReadPublication)
	}
	return err
}

// closePublished gives the editions that were published the answers that were. Invented
// answers are nobody's: of them nothing is kept.
func (f *flow) closePublished(a *atlas.Atlas, polls []poll) ([]poll, []*publication, error) {
	out, all := append([]poll(nil), polls...), make([]*publication, len(polls))
	for i, p := range polls {
		if p.edition.Demo() {
			continue
		}
		x := &publication{file: publicationFile(p.edition.Book.Edition)}
		all[i] = x
		err := x.read(f.Sources)
		if errors.Is(err, fs.ErrNotExist) {
			f.Problems.Note(diag.Problem{File: x.file, Text: fmt.Sprintf("nothing is known here of an earlier publication of edition %s: what is built now counts as the first", p.edition.Book.Edition),
				Hint: "if it was published before, from here or from another machine, bring this file from there before anything is put online: whoever kept the old site could subtract"})
			continue
		}
		if x.cut {
			f.Problems.Note(diag.Problem{File: x.file + aside, Text: fmt.Sprintf("a build of edition %s was cut off while it published: what it was about to publish counts as published", p.edition.Book.Edition)})
		}
		same := err == nil && x.pub.Same(a, p.edition)
		if err == nil && !same {
			_, err = x.pub.Closed()
		}
		if err != nil {
			f.Problems.File(x.file, err.Error(), "bring it back from a copy; only if nobody outside can have seen what was published, delete it")
			return nil, nil, errProblems
		}
		if same {
			continue
		}
		if out[i].edition, x.since, err = x.pub.As(a, p.edition); err != nil {
			f.Problems.File(p.edition.Book.File, err.Error(), "put them back as they were, in their order: other options make another question")
			return nil, nil, errProblems
		}
	}
	return out, all, nil
}

// republish makes of an edition that was found safe to publish what is published of it
// beside what was before; consents that were given since only if they are granted.
func (x *publication) republish(a *atlas.Atlas, s disclosure.Side, granting bool) (disclosure.Side, publishing, error) {
	fault := func(leaks []disclosure.Leak) error {
		return fmt.Errorf("edition %s would give answers away to who kept what was published: %s", s.Edition.Book.Edition, disclosure.Words(leaks, s.Input))
	}
	var out publishing
	if x.pub != nil {
		if leaks := disclosure.AuditFrozen(s.Published, s.Input); len(leaks) > 0 {
			return s, out, fault(leaks)
		}
		if granting {
			s, out.granted = disclosure.Grant(s, x.since.Granted)
		}
	}
	out.now = disclosure.NewPublication(a, s.Input, s.Published, s.Proof, x.pub)
	if x.pub != nil {
		before := x.pub.Versions(a, s.Input)
		p, renewals := disclosure.Renew(s, before, x.since.Later)
		if leaks := disclosure.AuditRenewals(p, s, before, renewals); len(leaks) > 0 {
			return s, out, fault(leaks)
		}
		s.Published, out.renewed = p, len(renewals)
		out.now.Renew(a, s.Edition.Book, renewals)
	}
	return s, out, nil
}

// asked reports whether consents were given since.
func (x *publication) asked() bool { return x != nil && len(x.since.Granted) > 0 }

// beside is what is printed of answers to the survey beside tables: how they moved
// between editions, and what indices were made of them.
func beside(now site.Survey, before []site.Survey) map[string][]float64 {
	all := map[string][]float64{}
	for _, s := range append(slices.Clone(before), now) {
		maps.Copy(all, s.Published.MovedFigures())
	}
	if now.Indices != nil {
		maps.Copy(all, now.Indices.Figures(true))
	}
	return all
}

// remember notes what is kept for the next time, and what is said of it.
func (f *flow) remember(publications []*publication, printed map[string][]float64) {
	for _, x := range publications {
		if x == nil {
			continue
		}
		x.now.Remember(printed, x.pub)
		if x.pub != nil {
			x.note(f.Problems, x.now.Edition)
		}
		if x.pub == nil || x.cut || x.pub.Adds(x.now) {
			f.publications = append(f.publications, secretFile{x.file, x.now, x.cut})
		}
	}
}

// note says how an edition stays as it was published, without a name or a value.
func (x *publication) note(list *diag.List, edition string) {
	var waits, follows []string
	say := func(to *[]string, n int, one, many string) {
		if n == 1 {
			*to = append(*to, one)
		} else if n > 1 {
			*to = append(*to, fmt.Sprintf(many, grouped(n)))
		}
	}
	s := &x.since
	say(&waits, s.New, "1 Comune that answered since", "%s Comuni that answered since")
	say(&waits, s.Gone, "1 that answers no more", "%s that answer no more")
	say(&waits, s.Refilled, "1 that sent another form", "%s that sent another form")
	say(&waits, s.Corrected, "1 that corrected answers", "%s that corrected answers")
	say(&waits, len(s.Granted)-x.granted, "1 consent", "%s consents")
	say(&follows, x.renewed, "Italy's figures of 1 question follow the corrections", "Italy's figures of %s questions follow the corrections")
	say(&follows, x.granted, "1 consent given since is followed", "%s consents given since are followed")
	say(&follows, s.Revoked, "1 consent was taken back and is followed", "%s consents were taken back and are followed")
	text := ""
	if len(waits) > 0 {
		text = "its figures do not count " + strings.Join(waits, ", ") + ": whoever kept the site could tell by subtracting"
	}
	if text != "" {
		follows = append([]string{text}, follows...)
	}
	if text = strings.Join(follows, "; "); text != "" {
		list.Note(diag.Problem{File: x.file, Text: fmt.Sprintf("edition %s stays as it was published; %s", edition, text), Hint: "what waits is for the next edition; only if nobody outside can have seen what was published, delete this file and build again"})
	}
	if x.gone > 0 {
		are := "areas are no more, or have"
		if x.gone == 1 {
			are = "area is no more, or has"
		}
		list.Note(diag.Problem{File: x.file, Text: fmt.Sprintf("of what was published of edition %s, %s %s other Comuni or residents: nobody can say here what their figures tell beside the new ones", edition, grouped(x.gone), are)})
	}
	if len(x.pub.Beside) > 0 && !x.pub.SameAreas(x.now) {
		list.Note(diag.Problem{File: x.file, Text: fmt.Sprintf("edition %s has other areas than when it was published: what is shown of them was proven beside its tables, but not beside the means of indices and the changes that were printed", edition)})
	}
	if !x.pub.Holds(x.now) {
		list.Note(diag.Problem{File: x.file, Text: fmt.Sprintf("indices of edition %s, or changes since the one before, are others than were published: nobody can say here what the earlier ones tell beside them", edition), Hint: "that is so where weights, parts or points of " + score.FileName + " were changed, open data that an index reads, or answers that are public by law; put back what is not meant"})
	}
}
