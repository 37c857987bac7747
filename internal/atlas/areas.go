package atlas

import (
	"maps"
	"slices"
	"strings"
)

// Codes of ISTAT's Sud and Isole, which together are the Mezzogiorno.
const (
	codeSud         = "4"
	codeIsole       = "5"
	codeMezzogiorno = "M"
)

// layAreas lays out the areas that the codes fall in. Units are in the order of
// the ISTAT codes of their Comuni, as a reader expects Torino first.
func (b *builder) layAreas(codes []string, byPrefix map[string]*Place) {
	units, regions, rips := map[string]*Place{}, map[string]*Place{}, map[string]*Place{}
	for _, code := range codes {
		if p := byPrefix[prefix(code)]; p != nil {
			units[p.Prefix], regions[p.Region], rips[p.Rip] = p, p, p
		}
	}
	ripAt, regionAt := map[string]int{}, map[string]int{}
	for _, code := range slices.Sorted(maps.Keys(rips)) {
		ripAt[code] = len(b.Ripartizioni)
		b.Ripartizioni = append(b.Ripartizioni, Ripartizione{Code: code, Name: rips[code].RipName})
	}
	for _, code := range slices.Sorted(maps.Keys(regions)) {
		regionAt[code] = len(b.Regions)
		name, other := cutNames(regions[code].RegionName)
		rip := ripAt[regions[code].Rip]
		b.Ripartizioni[rip].Regions = append(b.Ripartizioni[rip].Regions, len(b.Regions))
		b.Regions = append(b.Regions, Region{Code: code, Name: name, Other: other, Rip: rip})
	}
	b.look.unit = map[string]int{}
	for _, code := range slices.Sorted(maps.Keys(units)) {
		p := units[code]
		name, other := cutNames(p.UnitName)
		region := regionAt[p.Region]
		b.look.unit[p.Unit] = len(b.Units)
		b.Regions[region].Units = append(b.Regions[region].Units, len(b.Units))
		b.Units = append(b.Units, Unit{Code: p.Unit, Prefix: p.Prefix, Name: name, Other: other, Kind: p.Kind, Plate: p.Plate, Region: region})
	}
	b.mezzogiorno(ripAt)
}

// mezzogiorno adds Sud + Isole after ISTAT's five.
func (b *builder) mezzogiorno(at map[string]int) {
	sud, ok1 := at[codeSud]
	isole, ok2 := at[codeIsole]
	if ok1 && ok2 {
		b.Ripartizioni = append(b.Ripartizioni, Ripartizione{Code: codeMezzogiorno, Name: "Mezzogiorno", Parts: []int{sud, isole},
			Regions: slices.Concat(b.Ripartizioni[sud].Regions, b.Ripartizioni[isole].Regions)})
	}
}

// cutNames parts Bolzano/Bozen, as ISTAT writes units and regions.
func cutNames(s string) (string, []OtherName) {
	name, other, ok := strings.Cut(s, "/")
	if !ok {
		return s, nil
	}
	return name, []OtherName{{Text: other}}
}
