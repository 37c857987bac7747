// # Estimates
//
// Respondents skew large, so that beside what they said stands what all would
// have said, "if the Comuni that did not answer are like those that did". The
// counts say what was said, the estimates that follow say how far it carries.
//
// The estimator is stratified simple random sampling within response strata, equal
// to R's svydesign(ids = ~1, strata = ~h, fpc = ~Nh) of the package survey: see
// testdata/stime.R, whose output the tests hold the figures against.
//
// Universe. The Comuni whose form has the question ([Universe]).
//
// Sample. Those of them that answered, or whose answer to an earlier question led
// past this one: it is known of both whether they are in the base. Who left the item
// blank, or the question that leads to it, is as one that did not take part; the
// weights are made for each item, so that others of the same stratum stand for it.
//
// Strata. h = size class of the default scheme × ripartizione, N_h Comuni of the
// universe, n_h of the sample, weight w_h = N_h / n_h. A stratum of fewer than 5
// of the sample joins, until it has 5, the first of these that has Comuni and that
// it is not part of already:
//
//  1. the nearest smaller class of its ripartizione; without one, the nearest larger;
//  2. the same class in the neighbouring ripartizione: the other part of the
//     Mezzogiorno, else the one before in ISTAT's order (the first: the second);
//  3. the other classes of its ripartizione, smaller ones first;
//  4. any other, in ISTAT's order.
//
// The largest classes are looked at first, ripartizioni in ISTAT's order; a stratum
// that all answered is no exception. What was joined is listed, and what nobody
// answered in is listed with 0 ([Design.Collapses]): nothing is imputed in silence.
// The estimate of a region, or of part of one, is made from the strata class ×
// region, joined within the region alone; where the region has fewer than 5 it is
// not given. A set of Comuni that cuts cells of region × class, as a cohort does, is
// no sample of anything and has no estimate.
//
// Shares. x_i is 1 where Comune i is of the area and in the base of the question,
// else 0; u_i is 1 for shares of Comuni, its residents for shares of residents;
// y_i is 1 where it gave the answer. An area, and the base of a routed question, is
// a domain: who is outside counts 0 and stays in the sample. Sums are over the
// sample.
//
//	P  = Σ w u x y / Σ w u x
//	z  = u x (y - P)
//	V  = 1/(Σ w u x)² · Σ_h N_h (N_h - n_h)/n_h · s²_h(z)
//	SE = √V
//
// with s²_h the variance of z in the stratum, divisor n_h - 1. In R this is svymean
// of the subset for Comuni and svyratio for residents (linearised, Särndal, Swensson
// and Wretman, Model Assisted Survey Sampling, 1992, § 5.6 and 5.8).
//
// Interval. Wilson's score interval at 95 % (Wilson, JASA 22, 1927) on the effective
// size n* = P (1 - P) / V, which holds the finite population; it lies within 0 to 100.
// Where V is 0 (at 0 and at 100 per cent, or because answers differ only where all
// answered) n* = n / (1 - n/D): n the respondents of the base, D = Σ w x; for
// residents n is Kish's size, (Σ w u x)² / Σ w² u² x. Where nobody is missing the
// interval is a point. n* is not held below n, as some do: strata are so good here
// that the interval would be too wide (coverage_test.go: 95 in 100 hold the truth).
//
// An estimate from fewer than 30 respondents is flagged as weak.
//
// Change. Between two editions, two samples taken as independent: V = V₁ + V₂. Since
// many Comuni answer both times, and alike, this is rather too wide than too narrow.
// In the panel, the Comuni that answered both times are one sample of those whose
// form had the question both times, in the strata of the later edition: z = u x
// (y₂ - y₁ - Δ), so that V has the covariance in it. The interval is put together from
// the Wilson intervals of the two shares and their correlation (Zou and Donner,
// Statistics in Medicine 27, 2008; Newcombe 1998 for shares), which holds at 0 and
// 100 where V says nothing. It is called a change where it excludes 0.
//
// Means. As shares, with a number instead of y; the interval is normal.
//
// Sums are of whole numbers, or of floats in an order of their own: the same answers
// in another order of rows give the same bytes.
package estimate
