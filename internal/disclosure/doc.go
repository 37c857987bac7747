// Package disclosure makes, of counts, the figures that may be shown. Whatever
// is printed of the survey comes out of here, [Published], and of nowhere else.
//
// # Rules
//
// A share is shown when at least [Policy.Least] respondents gave the answer and as
// many did not ([Policy.LeastReserved] for what is riservata), those not counted
// whose answer everybody knows because they let it be shown. So nothing is ever
// shown of fewer respondents, and no cell says that all or none did, be it by
// rounding. Answers of class registro are public by law and are not withheld, unless
// they are invented: see [Public].
//
// Shares are whole per cents where the base is below [Policy.Decimal] and have one
// decimal from there: in a base of 3,000 one respondent moves it by less than half.
// (The specification allows a decimal from 100; there it is the number itself, and
// hides nothing. With a decimal from 1,000 a half more is withheld of classes, to
// cover others, and three times as much of the panel.) Estimates, intervals and shares of residents are whole per cents, from 30
// respondents on, shares of residents only where no respondent holds over a tenth of
// them, nor more than those that gave the answer or those that did not: who holds more
// than all on one side must stand on the other. They can be withheld where the share is shown. Classes within ripartizioni
// and halves of regions have none: each is about one stratum. Counts of answers are
// not shown.
//
// An area of two criteria with fewer than [Policy.LeastArea] respondents is closed,
// for every question, and with it as many as it takes that none can be taken from a
// total. What is riservata is published by one criterion only.
//
// # Bases
//
// How many sent the form is public, so that a base is a figure too. That of a routed
// question counts those that gave an answer leading to it and is held to the rule of
// a share. Any other leaves out who left the item blank; it is withheld where it is
// below the threshold and somebody did. Where a base is withheld, so is all of its
// area. An area with respondents and a base of 0 is always withheld, and so never
// looks like one without respondents.
//
// # Giving back
//
// A withheld cell must not follow from what is shown. Rules about sums of cells
// cannot promise that: cells add up over areas of several criteria, over options, from
// question to question, and rounded figures of one cell narrow each other down. So
// nothing is reasoned about sums here. A withheld cell is safe when there is a
// witness: other answers of the respondents, each a form that could have been filled
// in, which print every figure exactly as the true ones do, and another number in
// that cell. Whoever has all that is printed cannot tell the two apart.
//
//   - The witnesses of a cell that is withheld for itself are [Policy.Width] apart
//     ([Policy.WidthReserved]), or as far as its respondents go. One that is withheld
//     so that witnesses may differ in it has one by that: [Policy.WidthCover].
//   - A respondent knows what it said. No respondent is moved by all witnesses of a
//     cell that is withheld for itself, unless the secret is its own alone.
//   - Answers that everybody knows are never moved.
//   - What is left of an area when a cohort, the panel, or its published parts are
//     taken away is printed nowhere, and is held to the same: see ground.shadows.
//
// Witnesses are looked for among answers that two respondents exchange, or four at
// the corners of a rectangle of regions and classes, so that most figures do not move
// at all. Where there is none, the cells that stand against the cheapest one are
// withheld as well: that is the secondary suppression, and it is as large as the
// proof needs it, no larger. At the end whatever the found witnesses no longer need
// is shown again. Where no witness exists at any price, fewer areas are published of
// that question. Protection is settled for a question with all that its answers lead
// to: no published figure joins the answers to two questions that are not tied so.
//
// [Audit] is a second pair of eyes: it counts everything again and finds fault with a
// figure too many, a witness too few, one decimal more. A build stops on a leak.
//
// # Means
//
// Means of indices join the answers to many questions. They are shown only as far as
// every witness prints them as well, see [Published.Means], so that what the witnesses
// keep from whoever has the tables they keep from whoever has the means beside them.
// Scores under other weights are held to the same by who makes them; [AuditMeans] goes
// over the means.
//
// # Editions
//
// Answers to two editions are different secrets; what joins them is the panel, whose
// areas are among those of both.
//
// One figure joins what a Comune said in both: how a share moved among those that
// answered both, in Italy. It is held to the witnesses of either edition beside the true
// answers to the other: see [Pair], and [AuditPair].
//
// # Publishing again
//
// Whoever kept a site has its figures for ever, and subtracts them from those of the next:
// where a base went from 7 to 8, the share tells what the eighth said. No witness is left
// to one answer more that is printed; so an edition of true answers that was published
// stays as it was. [Publication] keeps the answers that it was made of, and builds go on
// with these; and all that was printed, which is a constraint on every later build and no
// choice: [Input.Frozen], [AuditFrozen]. New areas, as the panel of a later edition, are
// proven beside it. Who answers later, no more, or with another form waits.
//
// Corrections reach the figures of Italy where they tell nobody who corrected what:
// [Renew], [AuditRenewals]. A consent given later is followed where what was printed is
// proven all the same: [Grant]; one that is taken back is followed at once, though what it
// showed stays known. Answers that are public by law follow the law.
//
// # One Comune
//
// What a Comune said to a question is published only where anybody may know it:
// [Published.Own]. The audit goes over that too.
//
// # What is not proven
//
// That a cell is withheld says that it, or one near to
// it, is small: a witness prints the same figures, but the rules might withhold other
// cells for it. Means, moves and areas that are no more are not part of what a later proof is
// held to: with other witnesses than those of the publication, which only a consent or a
// new area brings, an earlier mean is printed by the earlier ones alone. That an answer is likely the one of the year before is no secret that
// a table of shares could keep.
package disclosure
