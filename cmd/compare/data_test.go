package main

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/stat"
)

func TestAColumnHasTheNewestValuesAsPrinted(t *testing.T) {
	const head = "catasto,data,valore\n"
	site := fstest.MapFS{
		"indicatori/peso/comuni.csv":  {Data: []byte(head + "A001,2020-01-01,9\nA001,2022-02-11,0.55\nA002,2022-02-11,\nA003,2020-01-01,3\n")},
		"indicatori/rotto/comuni.csv": {Data: []byte(head + "A001,2020-01-01,tanto\n")},
		"indicatori/altro/comuni.csv": {Data: []byte("codice,giorno,valore\nA001,2020-01-01,1\n")},
	}
	defs := []stat.Indicator{{ID: "peso", Decimals: 1, Breaks: []float64{1}}, {ID: "rotto"}, {ID: "altro"}, {ID: "manca"}}
	codes := []string{"A003", "A002", "A001"}
	col, err := readColumn(site, "peso", defs, codes)
	if err != nil {
		t.Fatal(err)
	}
	if v := col.Values; !math.IsNaN(v[0]) || !math.IsNaN(v[1]) || v[2] != 0.6 || col.Breaks[0] != 1 {
		t.Errorf("got %+v", col)
	}
	for id, want := range map[string]string{"rotto": `parsing "tanto"`, "altro": "unknown columns", "manca": "make the site first", "ignoto": `no indicator "ignoto"`} {
		if _, err := readColumn(site, id, defs, codes); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", id, err, want)
		}
	}
}

func TestTheSiteHasOnePictureOfAnIndicator(t *testing.T) {
	site := fstest.MapFS{"assets/mappa-siti-peso-GR6MQCQ5.svg": {}, "assets/mappa-siti-peso-medio-X7J3GWVA.svg": {}}
	if got, err := pictureOf(site, "siti-peso"); err != nil || got != "assets/mappa-siti-peso-GR6MQCQ5.svg" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := pictureOf(site, "siti"); err == nil {
		t.Error("a picture that is not there was found")
	}
}
