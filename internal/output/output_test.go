package output

import "testing"

func TestPathsThatCannotBeWrittenSafely(t *testing.T) {
	const long = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, test := range []struct{ name, path, want string }{
		{"absolute", "/etc/passwd", `output path "/etc/passwd" is not a relative path, or has . or .. in it`},
		{"traversal", "comuni/../../x", `output path "comuni/../../x" is not a relative path, or has . or .. in it`},
		{"dot", "./x", `output path "./x" is not a relative path, or has . or .. in it`},
		{"empty", "", `output path "" is not a relative path, or has . or .. in it`},
		{"folder", "comuni/", `output path "comuni/" is not a relative path, or has . or .. in it`},
		{"backslash", `comuni\roma`, `output path "comuni\\roma": want letters a-z and A-Z, digits and . _ - only`},
		{"accent", "comuni/forlì.html", `output path "comuni/forlì.html": want letters a-z and A-Z, digits and . _ - only`},
		{"bidi control", "a\u202eb", `output path "a\u202eb": want letters a-z and A-Z, digits and . _ - only`},
		{"zero byte", "a\x00b", `output path "a\x00b": want letters a-z and A-Z, digits and . _ - only`},
		{"dot at the end", "comuni./x", `output path "comuni./x": "comuni." is no file name on some filesystems`},
		{"too long", long + long + long + long, `output path "` + long + long + long + long + `": "` + long + long + long + long + `" is no file name on some filesystems`},
		{"device", "comuni/con/index.html", `output path "comuni/con/index.html": "con" is the name of a device on Windows`},
		{"device with an extension", "Aux.html", `output path "Aux.html": "Aux.html" is the name of a device on Windows`},
		{"the mark", ".mappa", `output path ".mappa" is reserved`},
		{"twice", "c/H501/index.html", `output path "c/H501/index.html": added twice`},
		{"case of a file", "c/H501/INDEX.html", `output path "c/H501/INDEX.html": "c/H501/INDEX.html" differs from "c/H501/index.html" only in upper and lower case`},
		{"case of a folder", "c/h501/dati.json", `output path "c/h501/dati.json": "c/h501" differs from "c/H501" only in upper and lower case`},
		{"file over folder", "c/H501", `output path "c/H501": "c/H501" would be both a file and a folder`},
		{"folder over file", "index.html/x", `output path "index.html/x": "index.html" would be both a file and a folder`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var m Memory
			m.Add("c/H501/index.html", nil)
			m.Add("index.html", nil)
			m.Add(test.path, nil)
			if err := m.Err(); err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if len(m.Paths()) != 2 {
				t.Errorf("the file was kept: %q", m.Paths())
			}
		})
	}
}

func TestPathsThatAreFine(t *testing.T) {
	var m Memory
	var v Void
	all := []string{".well-known/security.txt", "404.html", "_headers", "c/058091/index.html", "c/H501/index.html",
		"comuni/conca/index.html", "comuni/l-aquila/dati.json", "rapporti/2026/figura_1.svg"}
	for _, p := range all {
		Tee(&m, &v).Add(p, []byte("x"))
	}
	if m.Err() != nil || v.Err() != nil {
		t.Fatal(m.Err(), v.Err())
	}
	if got, _ := v.Size(); got != (Size{Files: len(all), Bytes: int64(len(all))}) {
		t.Errorf("got %v", got)
	}
	if data, ok := m.File("404.html"); !ok || string(data) != "x" {
		t.Errorf("got %q, %v", data, ok)
	}
}
