package site

import (
	"bytes"
	"strings"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"

	"mappa/internal/cartogram"
	"mappa/internal/geo"
	"mappa/internal/pack"
	"mappa/internal/theme"
)

// mapFiles are the addresses of what the interactive map fetches besides its
// catalogue.
type mapFiles struct {
	country, cells string
	regions        []string            // by region of the atlas
	columns        map[string][]string // by indicator, by date
	questions      string              // of the survey, with * for the id
}

// drawAtlas writes the files of the interactive map: the borders of all Comuni
// and of each region's, a column for each indicator and date, and the catalogue
// that names them all.
func (p *press) drawAtlas() error {
	p.order = newMapOrder(p.Atlas)
	p.atlasScript = p.scriptPath(atlasScript)
	var files mapFiles
	var g errgroup.Group
	g.Go(func() (err error) { files.country, files.regions, err = p.packs(); return })
	g.Go(func() (err error) { files.cells, err = p.cells(); return })
	g.Go(func() (err error) { files.columns, err = p.columns(); return })
	if err := g.Wait(); err != nil {
		return err
	}
	files.questions = p.answerFiles()
	p.atlas, p.first = p.asset(p.catalogue(files)), p.opened(files)
	if p.atlasScript != "" {
		shown := files.columns[p.opening().ID]
		p.ahead = []string{files.country, shown[len(shown)-1]}
	}
	return nil
}

// asset writes a file named by its content and returns its address.
func (p *press) asset(f theme.File) string {
	p.out.Add(f.Path, f.Data)
	return "/" + f.Path
}

// packs writes the borders: of the country as a screen can show it, and of each
// region finer.
func (p *press) packs() (country string, regions []string, err error) {
	place := make([]int, len(p.order.comuni)) // in map order, by Comune
	for k, i := range p.order.comuni {
		place[i] = k
	}
	data, err := p.pack(p.Maps.Country.Dissolve(place, len(place)), everyone(p), countryStep)
	if err != nil {
		return "", nil, err
	}
	country, regions = p.asset(theme.Hashed("paese.bin", data)), make([]string, len(p.Atlas.Regions))
	for r, region := range p.Atlas.Regions {
		var faces, members []int // of the boundaries, and in map order
		for k, i := range p.order.comuni {
			if p.region[i] == r {
				faces, members = append(faces, i), append(members, k)
			}
		}
		if data, err = p.pack(p.Maps.Region.Part(faces), members, regionStep); err != nil {
			return "", nil, err
		}
		regions[r] = p.asset(theme.Hashed("regione-"+region.Slug+".bin", data))
	}
	return country, regions, nil
}

// cells writes the cartogram: every Comune as a hexagon of one size.
func (p *press) cells() (string, error) {
	labels := p.Maps.Country.Labels()
	at, group := make([]orb.Point, len(labels)), make([]int, len(labels)) // in map order
	for k, i := range p.order.comuni {
		at[k], group[k] = labels[i], p.region[i]
	}
	data, err := p.pack(cartogram.New(at, group), everyone(p), cartogram.Step)
	return p.asset(theme.Hashed("celle.bin", data)), err
}

// columns writes a file for each indicator and date.
func (p *press) columns() (map[string][]string, error) {
	columns := map[string][]string{}
	add := func(id, name string, c pack.Column) error {
		address, err := p.columnFile(name, c)
		columns[id] = append(columns[id], address)
		return err
	}
	for _, e := range p.Book.Entries {
		for t, s := range e.Series {
			if err := add(e.ID, e.ID+"-"+s.Date.String(), p.seriesColumn(e, t)); err != nil {
				return nil, err
			}
		}
	}
	return columns, nil
}

// answerFiles writes a file for each question of the survey and returns their
// address with * for the id. One hash, of them all, stands in every name: they
// change together, and a catalogue of as many hashes would be longer by a tenth.
func (p *press) answerFiles() string {
	s, ok := p.inquiry()
	if !ok {
		return ""
	}
	var ids []string
	var files [][]byte
	for _, q := range s.mapped() {
		ids, files = append(ids, q.ID), append(files, marshal(s.answersFile(q)))
	}
	all := theme.Hashed("domanda-*.json", bytes.Join(files, []byte("\n")))
	for k, id := range ids {
		p.out.Add(strings.Replace(all.Path, "*", id, 1), files[k])
	}
	return "/" + all.Path
}

func (p *press) columnFile(name string, c pack.Column) (string, error) {
	data, err := pack.EncodeColumn(c)
	if err != nil {
		return "", err
	}
	return p.asset(theme.Hashed("colonna-"+name+".bin", data)), nil
}

// The grids of the packs, in decimetres: fine enough that no Comune is lost and
// that no corner of a border moves by a pixel where its pack is shown. The
// country’s gives way to the regions’ at three times its size: there its step is a
// third of a CSS pixel on a screen 900 high.
const (
	countryStep = 1750
	regionStep  = 250
)

// pack is borders as a file; faces are their places in map order.
func (p *press) pack(t *geo.Topology, faces []int, step int) ([]byte, error) {
	return pack.EncodeGeometry(pack.Geometry{Order: p.order.hash, Grid: pack.NewGrid(t.Bounds(), step), Of: len(p.order.comuni), Faces: faces, Lines: t})
}
