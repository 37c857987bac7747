package main

import (
	"fmt"
	"io/fs"
	"path"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
)

// proofsFolder holds, of every edition, the proof that what is published gives no
// answer back. Proofs are as secret as answers.
const proofsFolder = secretFolder + "/prove"

// proofFile is where the proof of an edition is kept.
func proofFile(edition string) string { return path.Join(proofsFolder, edition+".json.gz") }

// disclose makes of an edition what may be shown, and audits it: by the proof that an
// earlier build of the same answers kept, which saves the search, or by a search. A
// leak is a fault of the program and ends the build. What was published of the edition
// before stays; x is nil where nothing is ever kept of it.
func (f *flow) disclose(a *atlas.Atlas, in disclosure.Input, x *publication) (disclosure.Side, error) {
	policy := disclosure.Default()
	name := proofFile(in.Edition.Book.Edition)
	proofs := []keptProof{}
	search := f.Disclose
	if search == nil {
		search = disclosure.Protect
		proofs = append(proofs, readProof(f.Sources, name))
	}
	if x != nil && x.pub != nil {
		x.gone = x.pub.Freeze(a, &in)
		if f.Disclose == nil {
			proofs = append(proofs, keptProof{x.file, x.pub.Proof})
		}
	}
	for _, k := range proofs {
		p, proof, ok := k.protect(in, policy)
		if !ok {
			continue
		}
		if len(disclosure.Audit(p, in, proof))+len(disclosure.AuditFrozen(p, in)) == 0 {
			return disclosure.Side{Input: in, Published: p, Proof: proof}, nil
		}
		f.Problems.Note(diag.Problem{File: k.file, Text: "this proof does not hold; another one was searched for"})
	}
	if x != nil && x.pub != nil {
		in.FrozenProof = x.pub.Witnesses(a, in)
	}
	p, proof := search(in, policy)
	if leaks := disclosure.Audit(p, in, proof); len(leaks) > 0 {
		return disclosure.Side{}, fmt.Errorf("edition %s would give answers away: %s", in.Edition.Book.Edition, disclosure.Words(leaks, in))
	}
	if f.Disclose == nil {
		f.proofs = append(f.proofs, secretFile{file: name, text: disclosure.Keep(in, p, proof)})
	}
	return disclosure.Side{Input: in, Published: p, Proof: proof}, nil
}

// keptProof is a proof that may save the search, and its file; nil where there is none.
type keptProof struct {
	file  string
	proof *disclosure.Kept
}

func (k keptProof) protect(x disclosure.Input, policy disclosure.Policy) (*disclosure.Published, *disclosure.Proof, bool) {
	if k.proof == nil {
		return nil, nil, false
	}
	return k.proof.Protect(x, policy)
}

// readProof reads a kept proof. What cannot be read is as if it was not there: it is
// written anew.
func readProof(fsys fs.FS, name string) keptProof {
	k, err := readKept(fsys, name, disclosure.ReadKept)
	if err != nil {
		return keptProof{}
	}
	return keptProof{name, k}
}
