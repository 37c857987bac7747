package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Parts of an entry of git's index (gitformat-index, versions 2 to 4).
const (
	indexHead     = 12     // signature, version, number of entries
	entryStat     = 40     // times, device, inode, mode, owner, size
	entryHash     = 20     // of the object
	entryFlags    = 2      // then the name
	flagExtended  = 0x4000 // two more bytes of flags, from version 3
	extensionHead = 8      // signature and size of what follows the entries
	entryAlign    = 8      // entries are padded to it, but for version 4
)

var errIndex = errors.New("this is not an index of git that is known here")

// trackedNames are the names of an index's entries. The index of a repository
// with SHA-256 objects, and one that is split over files, is not known.
func trackedNames(raw []byte) ([]string, error) {
	if len(raw) < indexHead || string(raw[:4]) != "DIRC" {
		return nil, errIndex
	}
	version, count := binary.BigEndian.Uint32(raw[4:]), int(binary.BigEndian.Uint32(raw[8:]))
	if version < 2 || version > 4 || count > len(raw)/entryStat {
		return nil, errIndex
	}
	var names []string
	name, rest := []byte(nil), raw[indexHead:]
	for range count {
		head := entryStat + entryHash + entryFlags
		if len(rest) < head {
			return nil, errIndex
		}
		if binary.BigEndian.Uint16(rest[head-entryFlags:])&flagExtended != 0 {
			head += entryFlags
		}
		if len(rest) < head {
			return nil, errIndex
		}
		tail := rest[head:]
		if version == 4 { // so many bytes of the name before are not of this one
			drop, n := offset(tail)
			if n == 0 || drop > len(name) {
				return nil, errIndex
			}
			name, tail = name[:len(name)-drop], tail[n:]
		} else {
			name = nil
		}
		end := bytes.IndexByte(tail, 0)
		if end < 0 {
			return nil, errIndex
		}
		name = append(bytes.Clone(name), tail[:end]...)
		if len(name) == 0 {
			return nil, errIndex
		}
		names = append(names, string(name))
		if version == 4 {
			rest = tail[end+1:]
			continue
		}
		size := (head + end + entryAlign) / entryAlign * entryAlign
		if len(rest) < size {
			return nil, errIndex
		}
		rest = rest[size:]
	}
	for len(rest) >= extensionHead+entryHash {
		size := int(binary.BigEndian.Uint32(rest[4:]))
		if string(rest[:4]) == "link" || size > len(rest)-extensionHead { // split: other names stand elsewhere
			return nil, errIndex
		}
		rest = rest[extensionHead+size:]
	}
	return names, nil
}

// offset reads a number as packs write offsets, and how many bytes it took.
func offset(b []byte) (value, n int) {
	const more, bits, most = 0x80, 7, 5
	for n < len(b) && n < most {
		value = value<<bits | int(b[n]&^more)
		n++
		if b[n-1]&more == 0 {
			return value, n
		}
		value++
	}
	return 0, 0
}
