package journal

import "golang.org/x/mod/sumdb/tlog"

// Tree is a Merkle tree that grows leaf by leaf and remembers only its frontier:
// the roots of its complete subtrees, the largest first. The zero Tree is empty.
type Tree struct {
	size     int64
	frontier []tlog.Hash
}

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.size }

// Add puts in the hash of the next leaf (tlog.RecordHash). It gives the hashes
// that the leaf completes, itself first: those that stand in storage from
// tlog.StoredHashIndex(0, size) on.
func (t *Tree) Add(leaf tlog.Hash) []tlog.Hash {
	nodes := []tlog.Hash{leaf}
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.frontier) - 1
		leaf = tlog.NodeHash(t.frontier[last], leaf)
		t.frontier = t.frontier[:last]
		nodes = append(nodes, leaf)
	}
	t.frontier = append(t.frontier, leaf)
	t.size++
	return nodes
}

// Root is the root of the tree as it is now.
func (t *Tree) Root() tlog.Hash {
	if t.size == 0 {
		empty, _ := tlog.TreeHash(0, nil)
		return empty
	}
	last := len(t.frontier) - 1
	root := t.frontier[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(t.frontier[i], root)
	}
	return root
}
