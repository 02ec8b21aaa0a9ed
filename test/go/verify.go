// Verifies with Go's own golang.org/x/mod/sumdb/{note,tlog} what Holdfast writes: vkeys, signed notes, cosignatures,
// proofs and tiles. Foreign tooling of one test (test/public-tools.test.ts); it shares no line with the rest.
//
//	verify KEYS export DIR [OLD-CHECKPOINT CONSISTENCY-PROOF]
//	verify KEYS proof FILE...
//
// Prints one JSON object; what does not hold ends it with a sentence and exit code 1.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) < 4 {
		fail("usage: verify KEYS export DIR [OLD PROOF] | verify KEYS proof FILE...")
	}
	keys := readKeys(os.Args[1])
	var result any
	switch os.Args[2] {
	case "export":
		result = checkExport(keys, os.Args[3], os.Args[4:])
	case "proof":
		result = checkProofs(keys, os.Args[3:])
	default:
		fail("unknown verb %s", os.Args[2])
	}
	must(json.NewEncoder(os.Stdout).Encode(result))
}

// holder verifies C2SP cosignature/v1, which the note package does not know: the signature holds a time, and what is
// signed is a header, that time and the note's text.
type holder struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (h *holder) Name() string    { return h.name }
func (h *holder) KeyHash() uint32 { return h.hash }
func (h *holder) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(h.key, []byte(message), sig[8:])
}

func readKeys(file string) note.Verifiers {
	var list []note.Verifier
	for _, line := range strings.Split(string(read(file)), "\n") {
		vkey := strings.TrimSpace(strings.Split(line, "#")[0])
		if vkey == "" {
			continue
		}
		if verifier, err := note.NewVerifier(vkey); err == nil {
			list = append(list, verifier)
		} else {
			list = append(list, readHolder(vkey))
		}
	}
	return note.VerifierList(list...)
}

func readHolder(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("no vkey: %s", vkey)
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		fail("no key of type 4: %s", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if uint32(hash) != binary.BigEndian.Uint32(sum[:]) {
		fail("the key hash of %s is wrong", vkey)
	}
	return &holder{parts[0], uint32(hash), key[1:]}
}

type checkpoint struct {
	Origin  string
	Tree    tlog.Tree
	Signers []string
	Unknown int
}

func openCheckpoint(keys note.Verifiers, text []byte) checkpoint {
	opened, err := note.Open(text, keys)
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		fail("a checkpoint has three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	result := checkpoint{Origin: lines[0], Tree: tlog.Tree{N: size, Hash: root}, Unknown: len(opened.UnverifiedSigs)}
	for _, sig := range opened.Sigs {
		result.Signers = append(result.Signers, sig.Name)
	}
	return result
}

// folder reads tiles as C2SP tlog-tiles lays them out: without the height that Go's own paths carry.
type folder struct{ dir string }

func (f folder) Height() int                     { return tileHeight }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range tiles {
		data, err := os.ReadFile(f.file(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) file(tile tlog.Tile) string {
	name := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return filepath.Join(f.dir, "tile", strings.Replace(name, "data", "entries", 1))
}

func checkExport(keys note.Verifiers, dir string, more []string) any {
	now := openCheckpoint(keys, read(filepath.Join(dir, "checkpoint")))
	hashes := tlog.TileHashReader(now.Tree, folder{dir})
	root, err := tlog.TreeHash(now.Tree.N, hashes)
	must(err)
	if root != now.Tree.Hash {
		fail("the tiles have another root than the checkpoint")
	}
	entries := readEntries(dir, now.Tree.N)
	for n, entry := range entries {
		proof, err := tlog.ProveRecord(now.Tree.N, int64(n), hashes)
		must(err)
		must(tlog.CheckRecord(proof, now.Tree.N, now.Tree.Hash, int64(n), tlog.RecordHash(entry)))
	}
	result := map[string]any{
		"origin": now.Origin, "size": now.Tree.N, "entries": len(entries), "signers": now.Signers, "unknown": now.Unknown,
	}
	if len(more) == 2 {
		result["grewFrom"] = checkGrowth(keys, now, hashes, more[0], more[1])
	}
	return result
}

// checkGrowth holds an older signed checkpoint against the newer one, by the proof that we wrote and by Go's own.
func checkGrowth(keys note.Verifiers, now checkpoint, hashes tlog.HashReader, oldFile, proofFile string) int64 {
	old := openCheckpoint(keys, read(oldFile))
	must(tlog.CheckTree(readHashes(proofFile), now.Tree.N, now.Tree.Hash, old.Tree.N, old.Tree.Hash))
	proof, err := tlog.ProveTree(now.Tree.N, old.Tree.N, hashes)
	must(err)
	must(tlog.CheckTree(proof, now.Tree.N, now.Tree.Hash, old.Tree.N, old.Tree.Hash))
	return old.Tree.N
}

func readHashes(file string) (proof tlog.TreeProof) {
	for _, line := range strings.Fields(string(read(file))) {
		hash, err := tlog.ParseHash(line)
		must(err)
		proof = append(proof, hash)
	}
	return proof
}

func readEntries(dir string, size int64) (entries [][]byte) {
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data := read(folder{dir}.file(tlog.Tile{H: tileHeight, L: -1, N: n, W: int(width)}))
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail("bundle %d ends within entry %d", n, i)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) != 0 {
			fail("bundle %d holds more than its entries", n)
		}
	}
	return entries
}

func checkProofs(keys note.Verifiers, files []string) any {
	all := []any{}
	for _, file := range files {
		all = append(all, checkProof(keys, read(file)))
	}
	return all
}

func checkProof(keys note.Verifiers, text []byte) any {
	split := bytes.Index(text, []byte("\n\n"))
	if split < 0 {
		fail("no empty line in the proof")
	}
	signed := openCheckpoint(keys, text[split+2:])
	lines := bufio.NewScanner(bytes.NewReader(text[:split]))
	lines.Buffer(nil, 1<<20)
	next := func() string { lines.Scan(); return lines.Text() }
	if next() != "c2sp.org/tlog-proof@v1" {
		fail("no tlog-proof")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(next(), "extra "))
	must(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(next(), "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for lines.Scan() {
		hash, err := tlog.ParseHash(lines.Text())
		must(err)
		proof = append(proof, hash)
	}
	must(tlog.CheckRecord(proof, signed.Tree.N, signed.Tree.Hash, index, tlog.RecordHash(entry)))
	return map[string]any{"index": index, "size": signed.Tree.N, "signers": signed.Signers, "entry": string(entry)}
}

func read(file string) []byte {
	data, err := os.ReadFile(file)
	must(err)
	return data
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
