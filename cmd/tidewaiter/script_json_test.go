package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// json [!] PATH WANT compares a part of what was printed with JSON, or with the
// JSON in a file named @FILE. A path is names and numbers joined by dots, "." the
// whole; a * adds up what follows it over a list.
func jsonIs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH WANT")
	}
	text := args[1]
	if name, ok := strings.CutPrefix(text, "@"); ok {
		text = ts.ReadFile(name)
	}
	var all, want any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &all); err != nil {
		ts.Fatalf("what was printed is no JSON: %v", err)
	}
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		ts.Fatalf("WANT is no JSON: %v", err)
	}
	got, err := at(all, strings.FieldsFunc(args[0], func(r rune) bool { return r == '.' }))
	ts.Check(err)
	if reflect.DeepEqual(got, want) == neg {
		b, _ := json.Marshal(got)
		ts.Fatalf("%s is %s, want (not: %v) %s", args[0], b, neg, text)
	}
}

func at(v any, path []string) (any, error) {
	if len(path) == 0 {
		return v, nil
	}
	switch v := v.(type) {
	case map[string]any:
		return at(v[path[0]], path[1:])
	case []any:
		if path[0] == "*" {
			return sum(v, path[1:])
		}
		i, err := strconv.Atoi(path[0])
		if err != nil || i >= len(v) {
			return nil, fmt.Errorf("no %s among %d", path[0], len(v))
		}
		return at(v[i], path[1:])
	}
	return nil, nil
}

// sum adds numbers, and decimal numbers that are written as strings, exactly;
// what is missing counts as nothing.
func sum(list []any, path []string) (any, error) {
	total := new(big.Rat)
	for _, e := range list {
		v, err := at(e, path)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		n, ok := new(big.Rat).SetString(fmt.Sprint(v))
		if !ok {
			return nil, fmt.Errorf("%v is no number", v)
		}
		total.Add(total, n)
	}
	f, _ := total.Float64()
	return f, nil
}

// certificate CERT KEY writes a certificate for 127.0.0.1 that is good for an hour.
func newCertificate(ts *testscript.TestScript, _ bool, args []string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	made := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	cert, err := x509.CreateCertificate(rand.Reader, made, made, &key.PublicKey, key)
	ts.Check(err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}
