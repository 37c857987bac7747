package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// schemes a link to the outside may use.
func schemes() []string { return []string{"https", "http", "mailto"} }

// links checks that every link of the document leads somewhere.
func (r *reader) links(d *Document) {
	for _, l := range d.links {
		if file, _, _ := strings.Cut(l.dest, "#"); r.unread[path.Join(path.Dir(d.Path), file)] {
			continue // it is there
		}
		to, f := d.follow(l, r.lib)
		if f != nil {
			r.add(d.Path, *f)
			continue
		}
		d.targets[l.node] = to
	}
}

// follow finds what a link leads to. Target is zero for a link to the outside.
func (d *Document) follow(l link, lib *Library) (Target, *fault) {
	scheme, _, outside := strings.Cut(l.dest, ":")
	file, anchor, _ := strings.Cut(l.dest, "#")
	switch {
	case l.dest == "":
		return Target{}, &fault{l.at, "the link leads nowhere", ""}
	case outside && !strings.ContainsAny(scheme, "/?#"):
		if !slices.Contains(schemes(), strings.ToLower(scheme)) {
			return Target{}, &fault{l.at, fmt.Sprintf("a link cannot lead to %s, want https, http or mailto", quote(l.dest)), ""}
		}
		return Target{}, nil
	case strings.HasPrefix(l.dest, "//"):
		return Target{}, &fault{l.at, fmt.Sprintf("%s has no https:", quote(l.dest)), ""}
	case strings.HasPrefix(file, "/"):
		return Target{Path: file, Anchor: anchor}, nil
	case file == "":
		return d.anchorIn(d, l, anchor)
	}
	want := path.Join(path.Dir(d.Path), file)
	var near []string
	for _, other := range lib.Documents() {
		if other.Path == want {
			return other.anchorIn(other, l, anchor)
		}
		near = append(near, relative(path.Dir(d.Path), other.Path))
	}
	hint := ""
	if n := diag.Nearest(file, near); n != "" {
		hint = fmt.Sprintf("did you mean %q?", n)
	}
	return Target{}, &fault{l.at, fmt.Sprintf("no document is at %s; want a .md file beside this one, or an address that starts with /", quote(file)), hint}
}

func (d *Document) anchorIn(in *Document, l link, anchor string) (Target, *fault) {
	if anchor == "" && strings.HasSuffix(l.dest, "#") || anchor != "" && in.ids[anchor] == "" {
		var known []string
		for id := range in.ids {
			known = append(known, id)
		}
		slices.Sort(known)
		return Target{}, &fault{l.at, fmt.Sprintf("nothing in %s has the address %s", in.Path, quote("#"+anchor)), diag.DidYouMean(anchor, known)}
	}
	return Target{Doc: in, Anchor: anchor}, nil
}

// relative is how a link from the folder dir names file.
func relative(dir, file string) string {
	up := ""
	for dir != "." && !strings.HasPrefix(file, dir+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	if dir == "." {
		return up + file
	}
	return up + strings.TrimPrefix(file, dir+"/")
}
