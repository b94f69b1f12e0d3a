package cli_test

import (
	"testing"
	"testing/synctest"
)

func TestVirtualRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.run("send", v.write("spring.csv", people(5)), "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
		v.truth(5, "spring.results.csv")
		t.Log(v.dials.Load())
	})
}
