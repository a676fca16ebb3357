package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writable tells, before anything else is done, whether a file can be written at
// path: its folder is there and takes files, and path is no folder itself.
func writable(path, flag string) error {
	if i, err := os.Stat(path); err == nil && i.IsDir() {
		return usage{fmt.Errorf("%s %s is a folder: name a file in it", flag, path)}
	} else if err == nil && !i.Mode().IsRegular() {
		return nil
	}
	dir := filepath.Dir(path)
	if i, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !i.IsDir() {
		return usage{fmt.Errorf("%s %s: there is no folder %s: make it, or choose another file", flag, path, dir)}
	}
	f, err := os.CreateTemp(dir, ".tidewaiter-*")
	if err != nil {
		return usage{fmt.Errorf("%s %s: nothing can be written in %s: choose another file", flag, path, dir)}
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// another refuses to write over the file that is read.
func another(path, flag string, read *os.File) error {
	old, err := os.Stat(path)
	if err != nil {
		return nil // there is none yet
	}
	if in, err := read.Stat(); err == nil && os.SameFile(old, in) {
		return usage{fmt.Errorf("%s %s is the file that is read: choose another one, it would be lost", flag, path)}
	}
	return nil
}

// replaceTo writes a file whole or not at all: what stands at path stays until the
// new one is complete. What is no regular file is written as it is.
func replaceTo(path string, write func(io.Writer) error) error {
	if i, err := os.Stat(path); err == nil && !i.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tidewaiter-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	buffered := bufio.NewWriterSize(f, 1<<20)
	err = write(buffered)
	if err := errors.Join(err, buffered.Flush(), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// wholeTo writes a whole file or none, and over nothing.
func wholeTo(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return usage{fmt.Errorf("%s is there already: choose another --out", path)}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tidewaiter-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	buffered := bufio.NewWriterSize(f, 1<<20)
	err = write(buffered)
	if err := errors.Join(err, buffered.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) { // unlike a rename, never over another file
		return usage{fmt.Errorf("%s is there already: choose another --out", path)}
	} else if err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
