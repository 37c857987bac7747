package content

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/diag"
)

// readme is the authors' guide, which is no page.
const readme = "LEGGIMI.md"

// fileName is what a document's file and folder may be called: it is an address.
var fileName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Read reads every document under dir and checks them together. It reports
// whether there was nothing wrong; the library is usable in any case and lacks
// the documents that could not be read.
func Read(fsys fs.FS, dir string, list *diag.List) (*Library, bool) {
	r := &reader{list: list, lib: &Library{}, unread: map[string]bool{}}
	fs.WalkDir(fsys, dir, func(file string, e fs.DirEntry, err error) error { // it gives back what the function does: nil
		switch {
		case err != nil && file == dir:
			r.add(dir, fault{text: "the folder of the texts is missing or cannot be read", hint: "a site folder holds data, content and themes"})
			return nil
		case err != nil:
			r.add(file, fault{text: "the folder cannot be read: " + err.Error()})
			return nil
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(file, dir), "/")
		if e.IsDir() || path.Ext(file) != ".md" || rel == readme {
			return nil
		}
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			r.unread[file] = true
			r.add(file, fault{text: "the file cannot be read: " + err.Error()})
			return nil
		}
		r.file(file, strings.TrimSuffix(rel, ".md"), src)
		return nil
	})
	orphans := r.reports()
	for _, d := range append(r.lib.Documents(), orphans...) {
		r.links(d)
	}
	return r.lib, r.problems == 0
}

type reader struct {
	list     *diag.List
	lib      *Library
	unread   map[string]bool // documents that are there and not in lib
	problems int
}

// fault is what is wrong at a place of the file being read.
type fault struct {
	at         Pos
	text, hint string
}

func (r *reader) add(file string, faults ...fault) {
	r.problems += len(faults)
	for _, f := range faults {
		r.list.Add(diag.Problem{File: file, Line: f.at.Line, Col: f.at.Col, Text: f.text, Hint: f.hint})
	}
}

// file reads one document and puts it where its path says.
func (r *reader) file(file, rel string, src []byte) {
	parts := strings.Split(rel, "/")
	kind, year := Kind(0), 0
	switch {
	case parts[0] == "pagine" && len(parts) > 1:
		kind = Page
	case parts[0] == "indicatori" && len(parts) == 2:
		kind = Indicator
	case parts[0] == "rapporti" && len(parts) == 3:
		kind = Chapter
		if parts[2] == "index" {
			kind = ReportIndex
		}
		if year, _ = strconv.Atoi(parts[1]); year < 1000 || year > 9999 {
			r.add(file, fault{text: fmt.Sprintf("%q is not a year of publication, want rapporti/2026", parts[1])})
			return
		}
	default:
		r.add(file, fault{text: "the file lies in no folder of the site, want pagine/, indicatori/ or rapporti/<year>/"})
		return
	}
	for _, p := range parts[1:] {
		if !fileName.MatchString(p) {
			r.add(file, fault{text: fmt.Sprintf("%q cannot be an address, want lower-case letters, digits and hyphens", p)})
			return
		}
	}
	slug := strings.Join(parts[1:], "/")
	if kind == Chapter {
		slug = parts[2]
	} else if kind == ReportIndex {
		slug = ""
	}
	d, faults := parse(file, kind, slug, src)
	r.add(file, faults...)
	if d == nil {
		r.unread[file] = true
		return
	}
	d.Year = year
	r.place(d)
}

func (r *reader) place(d *Document) {
	switch d.Kind {
	case Page:
		r.lib.Pages = append(r.lib.Pages, d)
		r.number(d)
	case Indicator:
		r.lib.Indicators = append(r.lib.Indicators, d)
		r.number(d)
	default:
		i := slices.IndexFunc(r.lib.Reports, func(x Report) bool { return x.Year == d.Year })
		if i < 0 {
			r.lib.Reports, i = append(r.lib.Reports, Report{Year: d.Year}), len(r.lib.Reports)
		}
		if d.Kind == ReportIndex {
			r.lib.Reports[i].Index = d
		} else {
			r.lib.Reports[i].Chapters = append(r.lib.Reports[i].Chapters, d)
		}
	}
}

// reports orders reports and chapters and numbers their figures through. Chapters
// of a report without an index are no part of the library; they are checked all
// the same.
func (r *reader) reports() (orphans []*Document) {
	slices.SortFunc(r.lib.Reports, func(a, b Report) int { return b.Year - a.Year })
	var whole []Report
	for _, rep := range r.lib.Reports {
		if rep.Index == nil {
			if !r.unread[path.Join(path.Dir(rep.Chapters[0].Path), "index.md")] {
				r.add(rep.Chapters[0].Path, fault{text: fmt.Sprintf("the report %d has no index.md", rep.Year)})
			}
			r.number(rep.Chapters...)
			for _, c := range rep.Chapters {
				r.unread[c.Path] = true
				orphans = append(orphans, c)
			}
			continue
		}
		slices.SortStableFunc(rep.Chapters, func(a, b *Document) int { return a.Front.Order - b.Front.Order })
		for i, c := range rep.Chapters {
			if i > 0 && c.Front.Order == rep.Chapters[i-1].Front.Order {
				r.add(c.Path, fault{text: fmt.Sprintf("\"ordine\" is %d, as in %s", c.Front.Order, rep.Chapters[i-1].Path)})
			}
		}
		for _, d := range rep.Documents() {
			d.Index = rep.Index
		}
		r.number(rep.Documents()...)
		whole = append(whole, rep)
	}
	r.lib.Reports = whole
	return orphans
}

// number counts the figures of documents that belong together, and checks their
// names and the references to them.
func (r *reader) number(docs ...*Document) {
	count, named := &numbering{}, map[string]Ref{}
	for _, d := range docs {
		d.named = named
		for i := range d.Figures {
			f := &d.Figures[i]
			count.number(f)
			d.ids[f.ID] = f.Label
			name := f.Arg("nome")
			if first, twice := named[name]; twice {
				r.add(d.Path, fault{f.argPos("nome"), fmt.Sprintf("a figure named %q is already in %s:%d", name, first.File, first.Pos.Line), ""})
			} else if name != "" {
				named[name] = *f
			}
		}
	}
	for _, d := range docs {
		for _, ref := range d.Refs {
			r.figureRef(d, ref, named)
			if f := ref.checkArticle(); f != nil {
				r.add(d.Path, *f)
			}
		}
	}
}

// figureRef checks {figura: nome}.
func (r *reader) figureRef(d *Document, ref Ref, named map[string]Ref) {
	if !ref.isFigure() {
		return
	}
	var names []string
	for name, f := range named {
		if f.Label != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	switch {
	case !slices.Contains(names, ref.Value):
		r.add(d.Path, fault{ref.ValuePos, fmt.Sprintf("no figure or table is named %q", ref.Value), diag.DidYouMean(ref.Value, names)})
	case len(ref.Args) > 0:
		r.add(d.Path, fault{ref.Args[0].KeyPos, fmt.Sprintf("%q means nothing to {figura: …}", ref.Args[0].Key), ""})
	case ref.Typed != "":
		r.add(d.Path, fault{ref.Pos, "a number of a figure is not typed, want {figura: " + ref.Value + "} alone", ""})
	}
}

// isFigure reports whether the reference is {figura: …}, which this package
// resolves itself.
func (r Ref) isFigure() bool { return r.Name == "figura" || r.Name == "Figura" }

func (r Ref) argPos(key string) Pos { return r.at(&Refusal{Key: key}) }
