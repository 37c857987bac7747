package main

import (
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/verify"
)

// build is the whole flow: read, compute, render, check, publish.
func build(f *flow) {
	var site settings.Settings
	var gates *verify.Gates

	f.Stage("read settings", func() error { site, _ = settings.Read(f.Sources, f.Problems); return nil })
	f.Sound()
	f.Stage("render", func() error {
		gates = verify.New(verify.Rules{Origin: site.Site.Address})
		out := output.Tee(f.Out, gates)
		title := site.Site.Title
		out.Add("index.html", []byte("<!doctype html>\n<html lang=\"it\"><head><meta charset=\"utf-8\"><title>"+title+"</title>"+
			"<meta name=\"description\" content=\""+title+"\"><link rel=\"canonical\" href=\""+site.Site.Address+"/\"></head>"+
			"<body><h1>"+title+"</h1></body></html>\n"))
		return f.Out.Err()
	})
	f.Stage("gates", func() error { gates.Check(f.Problems); return nil })
	f.Sound()
	f.Stage("publish", f.Publish)
}
