package main

import (
	"bytes"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheLinkCarriesItsRateAfterTheRoundTrips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &link{rate: 10 * packet, roundTrip: 150 * time.Millisecond}
		browser, near := net.Pipe()
		server, far := net.Pipe()
		start := time.Now()
		go l.up(far, near, start.Add(l.roundTrip))
		go l.down(near, far)

		ask := []byte("get")
		go browser.Write(ask)
		got := make([]byte, len(ask))
		if _, err := io.ReadFull(server, got); err != nil || !bytes.Equal(got, ask) {
			t.Fatalf("got %q, %v", got, err)
		}
		if passed := time.Since(start); passed != 2*l.roundTrip {
			t.Errorf("the first request came after %v, want a handshake and a round trip", passed)
		}

		start = time.Now()
		answer := bytes.Repeat([]byte{7}, 5*packet)
		go server.Write(answer)
		got = make([]byte, len(answer))
		if _, err := io.ReadFull(browser, got); err != nil || !bytes.Equal(got, answer) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
		if passed := time.Since(start); passed != time.Second/2 {
			t.Errorf("five packets at ten a second took %v", passed)
		}
		if n := l.taken(); n != int64(len(answer)) {
			t.Errorf("%d bytes counted, %d sent", n, len(answer))
		}
		if n := l.taken(); n != 0 {
			t.Errorf("%d bytes counted twice", n)
		}
		browser.Close()
		server.Close()
		near.Close()
		far.Close()
	})
}

func TestConnectionsShareTheLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &link{rate: 10 * packet}
		start := time.Now()
		done := make(chan bool)
		for range 2 {
			go func() {
				l.down(io.Discard, bytes.NewReader(make([]byte, 5*packet)))
				done <- true
			}()
		}
		<-done
		<-done
		if passed := time.Since(start); passed != time.Second {
			t.Errorf("twice five packets at ten a second took %v", passed)
		}
	})
}
