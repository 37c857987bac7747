package atlas

import "testing"

func TestADateIsWrittenAsTheStandardLibraryDoes(t *testing.T) {
	for at := Date(19991225); at < 20010305; at = at.AddDays(1) {
		if want := at.Time().Format("2006-01-02"); at.String() != want {
			t.Errorf("%d is written %s, want %s", int(at), at, want)
		}
	}
	if s := Date(0).String() + Forever.String(); s != "9999-12-31" {
		t.Errorf("no date and the end of what has not ended are %q", s)
	}
}
