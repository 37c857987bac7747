package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed follow.js
var follow string

// The phone that the pages are looked at on: the one of Lighthouse's audits.
const (
	phoneWidth, phoneHeight = 412, 823
	phonePixels             = 1.75 // device pixels a CSS pixel
)

// patience is how long a page may take for one thing.
const patience = 90 * time.Second

// settle is how long nothing may have to be drawn or fetched any more before
// a page is at rest.
const settle = 1500 * time.Millisecond

// subject is one of the pages that are compared.
type subject struct {
	name string
	path string
	// still says that it is a picture: it cannot be recoloured or moved.
	still bool
}

// sample is what one visit gave.
type sample struct {
	Transfer float64   // bytes on the wire until the page was at rest
	Paint    float64   // ms from navigation to the first picture or word
	Sight    float64   // ms from navigation to the first map of whatever detail
	First    float64   // ms from navigation to the first map of all Comuni
	Recolour []float64 // ms
	Frame    float64   // ms, the longest while the map is dragged and comes to rest
	Heap     float64   // bytes
	Stolen   float64   // share of the processors' time that the host took meanwhile
	loaded   []served
}

// bench is a browser that visits pages of a host.
type bench struct {
	ctx      context.Context
	host     *host
	slowdown float64 // of the processor
	ids      []string
}

// start starts a browser; stop ends it.
func start() (ctx context.Context, stop func(), err error) {
	name := ""
	for _, n := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if name, err = exec.LookPath(n); err == nil {
			break
		}
	}
	if err != nil {
		return nil, nil, errors.New("no Chromium is installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.IgnoreCertErrors,
		// MapLibre needs WebGL. Without a graphics card the processor does its
		// work; everything else is drawn as where there is none.
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader-webgl"), chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("disable-features", "Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "it-IT"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	allocated, stopAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocated)
	stop = func() { stopBrowser(); stopAll() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("the browser does not start: %w", err)
	}
	return ctx, stop, nil
}

// undisturbed visits a page until the host leaves the processors alone, and no more
// than so many times again.
func (b *bench) undisturbed(s subject, retakes int) (out sample, err error) {
	for range 1 + retakes {
		before := readProcessors()
		if out, err = b.visit(s); err != nil {
			return out, err
		}
		if out.Stolen = readProcessors().since(before); out.Stolen <= mostStolen {
			break
		}
	}
	return out, nil
}

// visit opens a page as somebody who was never there and measures it.
func (b *bench) visit(s subject) (out sample, err error) {
	tab, closeTab := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	defer closeTab()
	tab, stop := context.WithTimeout(tab, 4*patience)
	defer stop()
	if err := b.prepare(tab); err != nil {
		return out, err
	}
	b.host.loaded()
	b.host.link.taken()
	if _, err := chromedp.Call(tab, page.Navigate, page.NavigateParams{URL: b.host.address + s.path}); err != nil {
		return out, err
	}
	if out.First, err = ask[float64](tab, "the first map", `confronto.first`); err != nil {
		return out, err
	}
	time.Sleep(settle)
	out.Transfer, out.loaded = float64(b.host.link.taken()), b.host.loaded()
	if out.Paint, err = ask[float64](tab, "the first paint", `confronto.paint()`); err != nil {
		return out, err
	}
	if out.Sight, err = ask[float64](tab, "the first sight of a map", `confronto.sight()`); err != nil {
		return out, err
	}
	where, err := ask[box](tab, "the place of the map", `confronto.box()`)
	if err != nil {
		return out, err
	}
	before, err := picture(tab, where)
	if err != nil {
		return out, err
	}
	if before.land() < fewestLand {
		return out, fmt.Errorf("only %.0f %% of the map is drawn", 100*before.land())
	}
	if !s.still {
		if err := b.use(tab, where, before, &out); err != nil {
			return out, err
		}
	}
	out.Heap, err = heap(tab)
	return out, err
}

// prepare makes a tab the phone.
func (b *bench) prepare(tab context.Context) error {
	if err := chromedp.Do(tab, chromedp.EmulateViewport(phoneWidth, phoneHeight, chromedp.EmulateScale(phonePixels), chromedp.EmulateMobile)); err != nil {
		return err
	}
	_, err := chromedp.Call(tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: b.slowdown})
	_, err2 := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: follow})
	// What chromedp wants to be told of costs the page time.
	var errs []error
	for _, off := range []cdp.Command[cdp.Empty, cdp.Empty]{css.Disable, dom.Disable, network.Disable} {
		_, err := chromedp.Call(tab, off, cdp.Empty{})
		errs = append(errs, err)
	}
	return errors.Join(append(errs, err, err2)...)
}

// use chooses another indicator and back, and drags the map.
func (b *bench) use(tab context.Context, where box, before *view, out *sample) error {
	recolour := func(id string) (float64, error) {
		took, err := ask[float64](tab, "the colours of "+id, fmt.Sprintf("confronto.recolour(%q)", id))
		time.Sleep(settle)
		return took, err
	}
	// The first change fetches the values, and is not counted.
	if _, err := recolour(b.ids[1]); err != nil {
		return err
	}
	other, err := picture(tab, where)
	if err != nil {
		return err
	}
	if other.same(before) {
		return errors.New("another indicator changed nothing on the map")
	}
	for k := range 4 {
		took, err := recolour(b.ids[k%2])
		if err != nil {
			return err
		}
		out.Recolour = append(out.Recolour, took)
	}
	if out.Frame, err = drag(tab, where); err != nil {
		return err
	}
	moved, err := picture(tab, where)
	if err != nil {
		return err
	}
	if moved.same(other) {
		return errors.New("dragging did not move the map")
	}
	return nil
}

// drag moves the map by a sixth of its size to and fro and gives the longest
// frame from the press until it is at rest again, in milliseconds.
func drag(tab context.Context, where box) (float64, error) {
	const steps, interval = 60, 16 * time.Millisecond
	if _, err := ask[bool](tab, "frames", `(confronto.stop = confronto.frames(), true)`); err != nil {
		return 0, err
	}
	x, y := where.X+where.Width/2, where.Y+where.Height/2
	mouse := func(kind input.DispatchMouseEventType, dx, dy float64, buttons int64) error {
		_, err := chromedp.Call(tab, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: kind, X: x + dx, Y: y + dy, Button: input.MouseButtonLeft, Buttons: buttons, ClickCount: 1})
		return err
	}
	errs := []error{mouse(input.DispatchMouseEventTypeMousePressed, 0, 0, 1)}
	for k := 1; k <= steps; k++ {
		// Out by a sixth in the first half, half of it back in the second.
		way := float64(k) / (steps / 2)
		if way > 1 {
			way = 1 - (way-1)/2
		}
		next := time.Now().Add(interval)
		errs = append(errs, mouse(input.DispatchMouseEventTypeMouseMoved, way*where.Width/6, way*where.Height/6, 1))
		time.Sleep(time.Until(next))
	}
	errs = append(errs, mouse(input.DispatchMouseEventTypeMouseReleased, where.Width/12, where.Height/12, 0))
	time.Sleep(settle)
	if err := errors.Join(errs...); err != nil {
		return 0, err
	}
	return ask[float64](tab, "frames", `confronto.stop()`)
}

// heap is what the scripts of a page and its workers hold after the garbage is
// gone, buffers included.
func heap(tab context.Context) (float64, error) {
	sum, err := held(tab)
	if err != nil {
		return 0, err
	}
	targets, err := chromedp.Targets(tab)
	if err != nil {
		return 0, err
	}
	own := chromedp.FromContext(tab).BrowserContextID
	for _, t := range targets {
		if t.Type != "worker" || t.BrowserContextID != own {
			continue
		}
		worker, stop := chromedp.NewContext(tab, chromedp.WithTargetID(t.TargetID), chromedp.WithDetachOnCancel())
		n, err := held(worker)
		stop()
		if err != nil {
			return 0, fmt.Errorf("the worker %s: %w", t.URL, err)
		}
		sum += n
	}
	return sum, nil
}

// held is what one thread holds.
func held(thread context.Context) (float64, error) {
	for range 2 { // what the first collection frees may hold more
		if _, err := chromedp.Call(thread, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return 0, err
		}
	}
	use, err := chromedp.Call(thread, runtime.GetHeapUsage, cdp.Empty{})
	return use.UsedSize + use.BackingStorageSize, err
}

// ask evaluates an expression on the page and waits for its promise.
func ask[T any](tab context.Context, what, expression string) (T, error) {
	ctx, stop := context.WithTimeout(tab, patience)
	defer stop()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if errors.Is(err, context.DeadlineExceeded) {
		return out, fmt.Errorf("%s: nothing for %v", what, patience)
	}
	if err != nil {
		return out, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// box is a place on the screen, in CSS pixels.
type box struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// view is what a map looks like.
type view struct {
	image image.Image
	rect  image.Rectangle
}

// fewestLand is how much of the picture of a map Italy fills at least; a tenth
// of its box is land where the box is three times as wide as it should be.
const fewestLand = 0.1

// picture looks at the map.
func picture(tab context.Context, where box) (*view, error) {
	got, err := chromedp.Call(tab, page.CaptureScreenshot, page.CaptureScreenshotParams{})
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(bytes.NewReader(got.Data))
	if err != nil {
		return nil, err
	}
	k := float64(img.Bounds().Dx()) / phoneWidth
	rect := image.Rect(int(k*where.X), int(k*where.Y), int(k*(where.X+where.Width)), int(k*(where.Y+where.Height)))
	return &view{img, rect.Intersect(img.Bounds())}, nil
}

// land is the share of the map that has another colour than its corner.
func (v *view) land() float64 {
	n, all := 0, 0
	corner := v.image.At(v.rect.Min.X, v.rect.Min.Y)
	for y := v.rect.Min.Y; y < v.rect.Max.Y; y++ {
		for x := v.rect.Min.X; x < v.rect.Max.X; x++ {
			all++
			if v.image.At(x, y) != corner {
				n++
			}
		}
	}
	return float64(n) / float64(max(all, 1))
}

// same says whether two views are equal to the last pixel.
func (v *view) same(other *view) bool {
	if v.rect != other.rect {
		return false
	}
	for y := v.rect.Min.Y; y < v.rect.Max.Y; y++ {
		for x := v.rect.Min.X; x < v.rect.Max.X; x++ {
			if v.image.At(x, y) != other.image.At(x, y) {
				return false
			}
		}
	}
	return true
}

func (s sample) String() string {
	return fmt.Sprintf("%.0f bytes, first paint %.0f ms, sight of a map %.0f ms, first map %.0f ms, recolour %.0f ms, longest frame %.0f ms, heap %.1f MB; the host took %.0f %%",
		s.Transfer, s.Paint, s.Sight, s.First, s.Recolour, s.Frame, s.Heap/1e6, 100*s.Stolen)
}
