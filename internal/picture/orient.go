package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation tells how a picture lies, 1 to 8 as Exif 2.32 says in table 4.6.4;
// 1 where it does not say. Nothing else is read of what a camera wrote.
func orientation(kind string, b []byte) int {
	return ofTIFF(exifOf(kind, b))
}

// exifOf finds the block in which a picture of that kind has its Exif.
func exifOf(kind string, b []byte) []byte {
	switch kind {
	case JPEG:
		return ofJPEG(b)
	case PNG:
		return chunkOf(b, 8, binary.BigEndian, "eXIf", 4)
	case WebP:
		t := chunkOf(b, 12, binary.LittleEndian, "EXIF", 0)
		return bytes.TrimPrefix(t, []byte("Exif\x00\x00"))
	}
	return nil
}

// ofJPEG walks the segments before the first scan.
func ofJPEG(b []byte) []byte {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		marker := b[at+1]
		if marker == 0xff { // fill
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(b[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(b) {
			return nil
		}
		body := b[at+4 : at+2+length]
		if marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return body[6:]
		}
		at += 2 + length
	}
	return nil
}

// chunkOf finds a chunk of a PNG, whose length stands before its name and whose
// checksum of so many bytes stands after it, or of a RIFF file, where the name
// comes first and an odd length is filled up.
func chunkOf(b []byte, at int, order binary.ByteOrder, name string, checksum int) []byte {
	for at+8 <= len(b) {
		called, length := string(b[at:at+4]), uint64(order.Uint32(b[at+4:]))
		if checksum > 0 {
			called, length = string(b[at+4:at+8]), uint64(order.Uint32(b[at:]))
		}
		if length > uint64(len(b)-at-8) {
			return nil
		}
		if called == name {
			return b[at+8 : at+8+int(length)]
		}
		at += 8 + int(length) + checksum
		if checksum == 0 && length%2 == 1 {
			at++
		}
	}
	return nil
}

// ofTIFF reads the orientation from the first directory of a TIFF block.
func ofTIFF(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(t[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	for range order.Uint16(t[at:]) {
		if at += 12; at+2 > uint64(len(t)) {
			return 1
		}
		field := t[at-10 : at+2]
		if order.Uint16(field) == 0x0112 && order.Uint16(field[2:]) == 3 && order.Uint32(field[4:]) == 1 {
			if o := int(order.Uint16(field[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}

// turn lays a picture upright.
func turn(m *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			u, v := x, y
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(u, v):][:4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return out
}
