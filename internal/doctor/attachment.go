package doctor

import (
	"os"
	"path/filepath"
)

// Names of what holds attachments, as package server names it.
const (
	blobDirectory = "blobs"
	wrapDirectory = "content"
	contentKey    = "content.key"
)

// attachments: without their keys the files are lost; with the keys beside them
// whoever holds the data reads them.
func (p Patient) attachments() Finding {
	const matter = "attachments"
	files, _ := filepath.Glob(filepath.Join(p.Data, blobDirectory, "??", "*"))
	wraps, _ := filepath.Glob(filepath.Join(p.Data, keyDirectory, wrapDirectory, "*.wrap"))
	key := p.ContentKey
	if key == "" {
		key = filepath.Join(p.Data, keyDirectory, contentKey)
	}
	i, err := os.Stat(key)
	switch {
	case err == nil && i.Mode().Perm()&open != 0:
		return fail(matter, "chmod 600 "+key+"; make a new key if somebody may have read it", "%s is open to others (%04o)", key, i.Mode().Perm())
	case len(files) == 0 && p.ContentKey == "":
		return fine(matter, "none yet")
	case err != nil:
		return fail(matter, "put the key back from where keys are kept, or name it with --content-key", "%d files, and the key that wraps their keys cannot be read: %v", len(files), err)
	case len(files) > 0 && len(wraps) == 0:
		return fail(matter, "put "+filepath.Join(p.Data, keyDirectory, wrapDirectory)+" back from where keys are kept", "%d files, and the keys of their operations are not there", len(files))
	case within(p.Data, key):
		return warn(matter, "move the key out, and name it with --content-key", "%d files; the content key lies in the data directory: whoever holds that can read them", len(files))
	}
	return fine(matter, "%d files; the content key lies outside the data directory", len(files))
}
