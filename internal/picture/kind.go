package picture

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// The kinds of picture that are decoded. What is kept of them is a JPEG.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
)

// PDF is the one kind of document that shows at its beginning.
const PDF = "application/pdf"

const (
	ooxml = "application/vnd.openxmlformats-officedocument."
	odf   = "application/vnd.oasis.opendocument."
)

// endings are the media types that are kept, each with the end of a file's name.
var endings = map[string]string{
	JPEG: ".jpg", "application/pdf": ".pdf",
	ooxml + "wordprocessingml.document": ".docx", ooxml + "spreadsheetml.sheet": ".xlsx", ooxml + "presentationml.presentation": ".pptx",
	"application/vnd.ms-word.document.macroEnabled.12": ".docm", "application/vnd.ms-excel.sheet.macroEnabled.12": ".xlsm",
	"application/vnd.ms-powerpoint.presentation.macroEnabled.12": ".pptm",
	odf + "text": ".odt", odf + "spreadsheet": ".ods", odf + "presentation": ".odp",
	"application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
}

// Ending is how the name of a file of a media type that is kept ends.
func Ending(mediaType string) string { return endings[mediaType] }

// Accepted is what a form offers to choose, for the accept attribute of its field.
// HEIC is not named: where it is not, phones hand over a JPEG.
func Accepted() string {
	all := []string{JPEG, PNG, WebP, "application/pdf"}
	for t, ending := range endings {
		if t != JPEG && t != "application/pdf" {
			all = append(all, ending)
		}
	}
	slices.Sort(all[4:])
	return strings.Join(all, ",")
}

// IsPicture tells whether a media type is that of a picture which is decoded.
func IsPicture(mediaType string) bool {
	return mediaType == JPEG || mediaType == PNG || mediaType == WebP
}

// maxParts bounds the entries of a zip file that is looked into.
const maxParts = 10_000

// KindOf tells by its bytes what a file is, or refuses it.
func KindOf(b []byte) (string, error) {
	begins := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return JPEG, nil
	case begins("\x89PNG\r\n\x1a\n"):
		return PNG, nil
	case begins("RIFF") && len(b) >= 12 && string(b[8:12]) == "WEBP":
		return WebP, nil
	case begins("%PDF-"):
		return PDF, nil
	case begins("PK\x03\x04"):
		return packed(b)
	case begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return compound(b)
	case len(b) >= 12 && string(b[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "hevc", "mif1", "msf1", "avif"}, string(b[8:12])):
		return "", refused("attachment.heic")
	}
	return "", refused("attachment.kind")
}

func refused(key string) error { return fault.At("file", key) }

// packed looks into a zip file for what it is; nothing of it is unpacked but the
// line with which OpenDocument says its kind.
func packed(b []byte) (string, error) {
	if bytes.Count(b, []byte("PK\x01\x02")) > maxParts {
		return "", refused("attachment.kind")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", refused("attachment.kind")
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		parts[strings.ToLower(f.Name)] = f
	}
	if f := parts["mimetype"]; f != nil {
		return openDocument(f)
	}
	if parts["[content_types].xml"] == nil {
		return "", refused("attachment.kind")
	}
	for _, k := range []struct{ main, macros, plain, macro string }{
		{"word/document.xml", "word/vbaproject.bin", ooxml + "wordprocessingml.document", "application/vnd.ms-word.document.macroEnabled.12"},
		{"xl/workbook.xml", "xl/vbaproject.bin", ooxml + "spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroEnabled.12"},
		{"ppt/presentation.xml", "ppt/vbaproject.bin", ooxml + "presentationml.presentation", "application/vnd.ms-powerpoint.presentation.macroEnabled.12"},
	} {
		switch {
		case parts[k.main] == nil:
		case parts[k.macros] != nil:
			return k.macro, nil
		default:
			return k.plain, nil
		}
	}
	return "", refused("attachment.kind")
}

func openDocument(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", refused("attachment.kind")
	}
	defer r.Close()
	said, err := io.ReadAll(io.LimitReader(r, 100))
	kind := strings.TrimSpace(string(said))
	if err != nil || !strings.HasPrefix(kind, odf) || endings[kind] == "" {
		return "", refused("attachment.kind")
	}
	return kind, nil
}

// compound tells the old Office files apart by the streams that they name.
func compound(b []byte) (string, error) {
	for _, k := range []struct{ stream, kind string }{
		{"WordDocument", "application/msword"}, {"Workbook", "application/vnd.ms-excel"}, {"Book", "application/vnd.ms-excel"},
		{"PowerPoint Document", "application/vnd.ms-powerpoint"},
	} {
		var wide []byte // as the directory of such a file writes names
		for _, c := range []byte(k.stream) {
			wide = append(wide, c, 0)
		}
		if bytes.Contains(b, append(wide, 0, 0)) {
			return k.kind, nil
		}
	}
	return "", refused("attachment.kind")
}
