package source

// doubtful reports whether b may be a Comune of which a line of the territory
// could not be read: that it is not found, or that another of its name is, means
// nothing then.
func (m *matcher) doubtful(b body) bool { return m.atlas.InDoubt(b.istat, b.ipa, m.bare(b.name)) }
