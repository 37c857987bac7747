// Package locale is the words and numbers of one language: every sentence of
// the site comes from a file of strings in the theme, lingue/it.yaml, and every
// figure and date is written here as its readers write it.
//
// A file of strings is YAML, keys nested as deep as helps the reader; the key
// of a message is its path with dots, "comune.titolo". The text of a message:
//
//	{luogo}                                     a value, by name
//	{n, plural, =0{nessuno} one{# Comune} other{# Comuni}}
//	                                            by number: exact cases first, one is
//	                                            1, # is the number itself
//	{stato, select, pagato{pagata} other{…}}    by word
//	**parole**                                  strong, where markup is allowed
//	[parole]({indirizzo})                       a link, where markup is allowed
//
// The same message serves as plain text ([Language.T]: marks are dropped, links
// keep their words) and as markup ([Language.HTML]). There is no way to write a
// literal brace, bracket or double asterisk: no sentence has needed one.
//
// A message is compiled once, when its file is read; faults have line and
// column. That the keys used in templates and Go exist, and that none is left
// over, is checked by the theme when it is loaded and by a test.
package locale

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// Language is the words, the numbers and the grammar of one language. It is not
// changed after Load and may be used from several goroutines.
type Language struct {
	Code    string // BCP 47, the file's name: it, en
	Partial bool   // keys of its file could not be read, which was reported: others may be there

	messages map[string]*message
	form     format
	grammar  grammar
}

// Load reads a language from one or more files of strings; a later file says
// some messages otherwise, which is how a site changes a word of its theme. The
// language's code is the name of the first file. It reports whether the language
// can be spoken; when not, list says why, and it knows the keys that could be
// read.
func Load(fsys fs.FS, all *diag.List, paths ...string) (*Language, bool) {
	list := all.Part()
	l := &Language{messages: map[string]*message{}}
	for i, path := range paths {
		if i == 0 {
			name := path[strings.LastIndexByte(path, '/')+1:]
			l.Code = strings.TrimSuffix(name, ".yaml")
		}
		src, err := fs.ReadFile(fsys, path)
		if err != nil {
			list.File(path, "no file of strings here", "a language is a file lingue/<code>.yaml of the theme")
			l.Partial = l.Partial || i == 0
			continue
		}
		read, whole := readMessages(path, src, list)
		if i == 0 {
			l.messages, l.Partial = read, !whole
			continue
		}
		l.change(read, list)
	}
	if list.Len() > 0 {
		return l, false
	}
	l.grammar = grammarOf(l.Code)
	l.form = l.readFormat(paths[0], list)
	return l, list.Len() == 0
}

// change says some messages otherwise, each with the values it has now.
func (l *Language) change(to map[string]*message, list *diag.List) {
	for _, key := range slices.Sorted(maps.Keys(to)) {
		m, old := to[key], l.messages[key]
		if old == nil {
			if !l.Partial {
				list.Add(m.fault("there is no message "+quote(key)+" to say otherwise", diag.DidYouMean(key, l.Keys())))
			}
			continue
		}
		if !old.broken && !m.broken {
			m.mustTake(old, list)
		}
		l.messages[key] = m
	}
}

// Keys lists the keys of every message, sorted.
func (l *Language) Keys() []string { return slices.Sorted(maps.Keys(l.messages)) }

// Has reports whether there is a message with this key.
func (l *Language) Has(key string) bool { return l.messages[key] != nil }

// Wants names the values the message takes, sorted, and reports whether there
// is such a message.
func (l *Language) Wants(key string) ([]string, bool) {
	m := l.messages[key]
	if m == nil {
		return nil, false
	}
	return m.wants(), true
}

// Broken reports whether the message has a fault, so that which values it takes is
// not known.
func (l *Language) Broken(key string) bool { return l.messages[key] != nil && l.messages[key].broken }

// Source is the message as it is written in the file of strings, for a script
// that puts in the values itself; "" for an unknown key.
func (l *Language) Source(key string) string {
	if m := l.messages[key]; m != nil {
		return m.source
	}
	return ""
}

// T is the message as plain text. An unknown key or a value that is not given
// comes out as ⟦name⟧, which no test lets pass.
func (l *Language) T(key string, args ...Arg) string {
	m := l.messages[key]
	switch {
	case m == nil:
		return "⟦" + key + "⟧"
	case m.fixed:
		return m.plain
	}
	return string(m.write(make([]byte, 0, sentence), l, args, false))
}

// sentence is the room first made for a message, in bytes: most fit.
const sentence = 192

// Same reports to list the messages that one language has and the other lacks,
// and those whose values differ: one language may do without a value (English
// has no article to elide), but not each want one that the other does not know.
func Same(a, b *Language, list *diag.List) {
	for _, pair := range [2][2]*Language{{a, b}, {b, a}} {
		has, lacks := pair[0], pair[1]
		for _, key := range has.Keys() {
			m := has.messages[key]
			if other := lacks.messages[key]; other == nil {
				if !lacks.Partial {
					list.Add(m.fault("message "+quote(key)+" is missing in language "+quote(lacks.Code), ""))
				}
			} else if m.broken || other.broken {
				continue
			} else if !m.within(other) && !other.within(m) {
				m.mustTake(other, list)
			}
		}
	}
}

func quote(s string) string { return `"` + s + `"` }
