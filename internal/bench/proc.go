package bench

import (
	"os"
	"strconv"
	"strings"
)

// What follows is read from /proc; where that is missing the answers are unknown.

// tick is the unit of CPU time in /proc, in seconds, on every Linux that Go runs on.
const tick = 0.01

// cpuOf is the CPU time that a process has used, in seconds.
func cpuOf(pid int) (float64, bool) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, false
	}
	// The name in brackets may hold anything; user and system time are the 12th and
	// 13th value after it.
	at := strings.LastIndexByte(string(text), ')')
	f := strings.Fields(string(text[at+1:]))
	if len(f) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseFloat(f[11], 64)
	system, err2 := strconv.ParseFloat(f[12], 64)
	return (user + system) * tick, err1 == nil && err2 == nil
}

// cpuOfAll is the CPU time that the whole machine has used, in seconds.
func cpuOfAll() (float64, bool) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, false
	}
	line, _, _ := strings.Cut(string(text), "\n")
	f := strings.Fields(line) // cpu user nice system idle iowait irq softirq steal ...
	if len(f) < 8 {
		return 0, false
	}
	sum := 0.0
	for _, i := range []int{1, 2, 3, 6, 7} {
		n, err := strconv.ParseFloat(f[i], 64)
		if err != nil {
			return 0, false
		}
		sum += n
	}
	return sum * tick, true
}

// resident is the memory of a process in bytes, pages of the program's file
// included.
func resident(pid int) (float64, bool) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib * 1024, err == nil
		}
	}
	return 0, false
}

// loadAverages is how busy the machine has been.
func loadAverages() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	f := strings.Fields(string(text))
	return strings.Join(f[:min(3, len(f))], " ")
}
