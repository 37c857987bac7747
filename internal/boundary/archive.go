package boundary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// readZip takes the layer of the Comuni out of a zip and reads it.
func (r *reader) readZip(data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		r.problem("", fmt.Sprintf("the zip is cut off or damaged: its directory, at the end, cannot be read (%d bytes)", len(data)), "download it again")
		return
	}
	members := r.members(z)
	shp := r.layerOf(members)
	if shp == "" {
		return
	}
	stem := strings.TrimSuffix(shp, path.Ext(shp))
	layer := path.Base(stem)
	r.layer = "layer " + layer
	var parts shapefile
	for _, p := range []struct {
		ext      string
		into     *[]byte
		optional bool
	}{{".shp", &parts.shp, false}, {".dbf", &parts.dbf, false}, {".prj", &parts.prj, false}, {".cpg", &parts.cpg, true}} {
		f := members.find(stem + p.ext)
		if f == nil {
			if !p.optional {
				r.problem(r.layer, fmt.Sprintf("%s%s is not in the zip", layer, p.ext), "a shapefile is at least .shp, .dbf and .prj; download it again as it is")
			}
			continue
		}
		*p.into, _ = r.unpack(f, len(data))
	}
	r.readShapefile(parts)
}

// members are the files of a zip whose names are proper paths. Nothing is ever
// written where a name says; a name that leads out of the archive is refused
// because an honest archive has none.
type members []*zip.File

func (r *reader) members(z *zip.Reader) members {
	var out members
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		switch {
		case strings.HasSuffix(name, "/"), strings.HasPrefix(name, "__MACOSX/"):
		case !fs.ValidPath(name):
			r.problem("", fmt.Sprintf("%q is not a path inside the zip", f.Name), "download it again from ISTAT")
		default:
			out = append(out, f)
		}
	}
	return out
}

// find is the member of that name, without regard to case, or nil.
func (m members) find(name string) *zip.File {
	for _, f := range m {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// layerOf is the name of the .shp of the Comuni: the only one, or the one whose
// name begins with Com and a date (and says WGS84 where several do).
func (r *reader) layerOf(m members) string {
	var all, comuni []string
	for _, f := range m {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if !strings.EqualFold(path.Ext(name), ".shp") {
			continue
		}
		all = append(all, name)
		base := strings.ToLower(path.Base(name))
		if strings.HasPrefix(base, "com") && vintage(base) != 0 {
			comuni = append(comuni, name)
		}
	}
	if len(comuni) > 1 {
		comuni = slices.DeleteFunc(comuni, func(s string) bool { return !strings.Contains(strings.ToLower(s), "wgs84") })
	}
	switch {
	case len(comuni) == 1:
		return comuni[0]
	case len(all) == 1:
		return all[0]
	case len(all) == 0:
		r.problem("", "there is no .shp in the zip", "want ISTAT's Com…_g.zip or Limiti…_g.zip as downloaded")
	default:
		r.problem("", fmt.Sprintf("none of the layers %s is certain to be the Comuni", strings.Join(all, ", ")), "call it Com and its date, like Com01012024_g_WGS84.shp")
	}
	return ""
}

// unpack reads a member, not more than the limits allow; packed is the size of
// the whole zip, which no member can exceed.
func (r *reader) unpack(f *zip.File, packed int) ([]byte, bool) {
	limit := unpackLimit(min(f.CompressedSize64, uint64(packed)))
	if f.UncompressedSize64 > limit {
		r.bomb(path.Base(f.Name), f.UncompressedSize64, limit)
		return nil, false
	}
	in, err := f.Open()
	if err != nil {
		r.damaged(f, err)
		return nil, false
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	switch {
	case uint64(len(data)) > limit:
		r.bomb(path.Base(f.Name), uint64(len(data)), limit)
		return nil, false
	case err != nil:
		r.damaged(f, err)
		return nil, false
	}
	return data, true
}

func (r *reader) damaged(f *zip.File, err error) {
	why := "is packed in a way that cannot be read"
	switch {
	case errors.Is(err, zip.ErrChecksum):
		why = "does not match its checksum"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrFormat):
		why = "is cut off"
	}
	r.problem(r.layer, fmt.Sprintf("%s %s", path.Base(f.Name), why), "download the zip again")
}

// unpackLimit is how much a member of a packed size may unpack to.
func unpackLimit(packed uint64) uint64 {
	return min(max(packed*maxRatio, freeUnpack), maxUnpacked)
}

func (r *reader) bomb(name string, size, limit uint64) {
	r.problem(r.layer, fmt.Sprintf("%s unpacks to %d bytes or more, want at most %d for its packed size", name, size, limit), "this is no map of Italy; download it again from its publisher")
}

// gunzip unpacks a whole gzip file.
func (r *reader) gunzip(data []byte) ([]byte, bool) {
	limit := unpackLimit(uint64(len(data)))
	in, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		var plain []byte
		plain, err = io.ReadAll(io.LimitReader(in, int64(limit)+1))
		if uint64(len(plain)) > limit {
			r.bomb(path.Base(r.file), uint64(len(plain)), limit)
			return nil, false
		}
		if err == nil {
			return plain, true
		}
	}
	why := "damaged"
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		why = "cut off"
	}
	r.problem("", "the gzip file is "+why, "download it again")
	return nil, false
}
