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
	names, rest := make([]string, 0, count), raw[indexHead:]
	for range count {
		last := ""
		if len(names) > 0 {
			last = names[len(names)-1]
		}
		name, size, ok := indexEntry(rest, last, version)
		if !ok {
			return nil, errIndex
		}
		names, rest = append(names, name), rest[size:]
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

// indexEntry is the name of the entry that b begins with, and its size; last is
// the name before it.
func indexEntry(b []byte, last string, version uint32) (name string, size int, ok bool) {
	head := entryStat + entryHash + entryFlags
	if len(b) < head {
		return "", 0, false
	}
	if binary.BigEndian.Uint16(b[head-entryFlags:])&flagExtended != 0 {
		head += entryFlags
	}
	if len(b) < head {
		return "", 0, false
	}
	kept := ""
	if version == 4 { // so many bytes of the name before are not of this one
		drop, n := offset(b[head:])
		if n == 0 || drop > len(last) {
			return "", 0, false
		}
		kept, head = last[:len(last)-drop], head+n
	}
	end := bytes.IndexByte(b[head:], 0)
	if end < 0 || len(kept)+end == 0 {
		return "", 0, false
	}
	name, size = kept+string(b[head:head+end]), head+end+1
	if version != 4 {
		size = (head + end + entryAlign) / entryAlign * entryAlign
	}
	return name, size, size <= len(b)
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
