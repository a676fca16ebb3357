// Package blob keeps the bytes of attachments: encrypted, under random names,
// outside the database.
//
// A Shelf holds bytes under names and knows nothing of what they are; Disk is
// the shelf in the data directory. A Vault encrypts what goes onto a shelf and
// decrypts what comes from it, with the content key of the operation to which it
// belongs. What Put has named is whole and on the disk; what was cut leaves
// nothing that anybody sees.
//
// Keys makes a content key for an operation when that first needs one, and keeps
// it wrapped by the instance's content key, which lies in a file of its own and
// belongs outside the data directory. Without the wrap of an operation none of
// its blobs can be read any more, wherever copies of them lie: that is how an
// operation is shredded. Encryption is age's, in its hybrid form (ML-KEM-768
// with X25519). Docs: decision 27.
package blob
