# What R's survey says of the two samples beside this file; run in this folder:
#
#   Rscript stime.R
#
# It writes stime.csv, which design_r_test.go holds the Go figures against. The strata
# and the intervals are written here a second time, from the method and not from the Go.

suppressMessages(library(survey))
options(survey.lonely.psu = "fail")

LEAST <- 5

# One row for each Comune: marks are "." not of the universe, "s" silent, "b" led past
# the question, "n" no, "y" yes.
samples <- list(
  prova = list(data = read.csv("prova.csv", check.names = FALSE, colClasses = c(comune = "character")),
    shares = c("nessuno", "tutti", "uno", "misto", "avviata"),
    pairs = list(c("avviata-prima", "avviata"), c("misto-prima", "misto")),
    neighbour = c(1, 0)),
  nazionale = list(data = read.csv(gzfile("nazionale.csv.gz"), check.names = FALSE, colClasses = c(comune = "character")),
    shares = c("atti-digitali", "velocita", "disaster-recovery", "cloud-stato", "iter-atti"),
    pairs = list(c("atti-prima", "atti-digitali"), c("cloud-prima", "cloud-stato")),
    neighbour = c(1, 0, 1, 4, 3)))

# strata gives every Comune of the universe its stratum: row (a ripartizione; one
# region) by class, the sparse ones joined.
strata <- function(row, class, sampled, neighbour) {
  key <- function(r, k) paste(r, k)
  name <- key(row, class)
  of <- setNames(unique(name), unique(name))
  exists <- function(r, k) key(r, k) %in% names(of)
  size <- function(r, k) sum(sampled[of[name] == of[[key(r, k)]]])
  for (k in sort(unique(class), decreasing = TRUE)) for (r in sort(unique(row))) {
    if (!exists(r, k)) next
    mine <- sort(unique(class[row == r]))
    order <- c(rev(mine[mine < k]), mine[mine > k])
    wanted <- list()
    if (length(order) > 0) wanted <- c(wanted, list(c(r, order[1])))
    if (!is.null(neighbour)) wanted <- c(wanted, list(c(neighbour[r + 1], k)))
    if (length(order) > 1) wanted <- c(wanted, lapply(order[-1], function(o) c(r, o)))
    for (w in wanted) {
      if (size(r, k) >= LEAST) break
      if (!exists(w[1], w[2]) || of[[key(w[1], w[2])]] == of[[key(r, k)]]) next
      of[of == of[[key(r, k)]]] <- of[[key(w[1], w[2])]]
    }
  }
  unname(of[name])
}

# design is that of a universe, a data frame with a column "sampled"; NULL where too few
# were sampled.
design <- function(u, row, neighbour) {
  if (sum(u$sampled) < LEAST) return(NULL)
  u$h <- strata(u[[row]], u$classe, u$sampled, neighbour)
  u$Nh <- as.vector(table(u$h)[u$h])
  svydesign(ids = ~1, strata = ~h, fpc = ~Nh, data = u[u$sampled, ])
}

# areas calls f with the name of every area, the design that it is estimated from and
# who lies in it.
areas <- function(u, neighbour, f) {
  d <- design(u, "rip", neighbour)
  v <- d$variables
  f("italia", d, rep(TRUE, nrow(v)))
  for (r in sort(unique(u$rip))) f(paste0("rip-", r), d, v$rip == r)
  if (length(neighbour) == 5) f("mezzogiorno", d, v$rip %in% c(3, 4))
  for (k in sort(unique(u$classe))) f(paste0("classe-", k), d, v$classe == k)
  for (r in sort(unique(u$rip))) for (k in sort(unique(u$classe)))
    f(paste0("rip-", r, "-classe-", k), d, v$rip == r & v$classe == k)
  for (g in sort(unique(u$regione))) {
    d <- design(u[u$regione == g, ], "regione", NULL)
    if (is.null(d)) next
    f(paste0("regione-", g), d, rep(TRUE, nrow(d$variables)))
    f(paste0("regione-", g, "-piccoli"), d, d$variables$classe < 2)
    f(paste0("regione-", g, "-grandi"), d, d$variables$classe >= 2)
  }
}

wilson <- function(p, n) {
  z <- qnorm(0.975)
  if (is.infinite(n)) return(c(p, p))
  m <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  h <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  pmin(1, pmax(0, c(m - h, m + h)))
}

# effective is the size for Wilson, of a share p with standard error se in a domain
# with weights w; m is what each respondent counts for.
effective <- function(p, se, w, m) {
  if (se > 1e-12) return(p * (1 - p) / se^2)
  n <- length(w)
  missing <- 1 - n / sum(w)
  if (missing < 1e-12) return(Inf)
  if (any(m != 1)) n <- sum(w * m)^2 / sum((w * m)^2)
  n / missing
}

mover <- function(p, a, q, b, r) {
  reach <- function(x, y) sqrt(max(0, x^2 + y^2 - 2 * r * x * y))
  c(q - p - reach(q - b[1], a[2] - p), q - p + reach(b[2] - q, p - a[1]))
}

rows <- list()
put <- function(sample, what, area, of, ...) {
  x <- c(...)
  x[abs(x) < 1e-12] <- 0
  rows[[length(rows) + 1]] <<- paste(c(sample, what, area, of, formatC(x, digits = 10, format = "g", width = 1)), collapse = ",")
}

# share is estimate, standard error and interval of y over the domain.
share <- function(dom, y, m) {
  dom <- update(dom, .num = m * y, .den = m)
  x <- if (all(m == 1)) svymean(~.num, dom) else svyratio(~.num, ~.den, dom)
  p <- as.vector(coef(x)); se <- as.vector(SE(x))
  n <- effective(p, se, weights(dom), m)
  list(p = p, se = se, interval = wilson(p, n), n = nrow(dom$variables), size = sum(weights(dom)))
}

measures <- list(comuni = function(v) rep(1, nrow(v)), residenti = function(v) v$residenti)

for (s in names(samples)) {
  S <- samples[[s]]
  held <- list() # of the shares that are paired, for the change between cross-sections
  for (q in unique(c(S$shares, unlist(S$pairs)))) {
    u <- S$data[S$data[[q]] != ".", ]
    u$sampled <- u[[q]] %in% c("b", "n", "y")
    areas(u, S$neighbour, function(area, d, inside) {
      dom <- subset(d, inside & d$variables[[q]] != "b")
      if (nrow(dom$variables) == 0) return()
      for (of in names(measures)) {
        x <- share(dom, dom$variables[[q]] == "y", measures[[of]](dom$variables))
        held[[paste(q, area, of)]] <<- x
        if (q %in% S$shares) put(s, q, area, of, 100 * x$p, 100 * x$se, 100 * x$interval, x$n, x$size)
      }
    })
  }
  for (pair in S$pairs) {
    b <- pair[1]; a <- pair[2]
    what <- paste(b, a, sep = ">")
    u <- S$data[S$data[[b]] != "." & S$data[[a]] != ".", ]
    u$sampled <- u[[b]] %in% c("b", "n", "y") & u[[a]] %in% c("b", "n", "y")
    areas(u, S$neighbour, function(area, d, inside) {
      dom <- subset(d, inside & d$variables[[a]] != "b" & d$variables[[b]] != "b")
      if (nrow(dom$variables) == 0) return()
      for (of in names(measures)) {
        m <- measures[[of]](dom$variables)
        dom <- update(dom, .b = m * (dom$variables[[b]] == "y"), .a = m * (dom$variables[[a]] == "y"), .m = m)
        if (of == "comuni") {
          x <- svymean(~.b + .a, dom); V <- as.matrix(vcov(x))
        } else {
          x <- svyratio(~.b + .a, ~.m, dom, covmat = TRUE); V <- as.matrix(vcov(x))
        }
        p <- as.vector(coef(x))
        se <- sqrt(max(0, V[1, 1] + V[2, 2] - 2 * V[1, 2]))
        V[abs(V) < 1e-18] <- 0
        r <- if (V[1, 1] > 0 && V[2, 2] > 0) V[1, 2] / sqrt(V[1, 1] * V[2, 2]) else 0
        I <- share(dom, dom$variables[[b]] == "y", m); J <- share(dom, dom$variables[[a]] == "y", m)
        put(s, paste0("panel:", what), area, of, 100 * (p[2] - p[1]), 100 * se,
          100 * mover(p[1], I$interval, p[2], J$interval, r), nrow(dom$variables), 1e4 * V[1, 2])
      }
    })
    for (k in grep(paste0("^", a, " "), names(held), value = TRUE)) {
      area <- strsplit(k, " ")[[1]][2]; of <- strsplit(k, " ")[[1]][3]
      x <- held[[paste(b, area, of)]]; y <- held[[k]]
      if (is.null(x)) next
      put(s, paste0("between:", what), area, of, 100 * (y$p - x$p), 100 * sqrt(x$se^2 + y$se^2),
        100 * mover(x$p, x$interval, y$p, y$interval, 0), y$n, 0)
    }
  }
  u <- S$data
  u$sampled <- !is.na(u$valore)
  areas(u, S$neighbour, function(area, d, inside) {
    dom <- subset(d, inside)
    if (nrow(dom$variables) == 0) return()
    z <- qnorm(0.975)
    for (of in names(measures)) {
      m <- measures[[of]](dom$variables)
      dom <- update(dom, .num = m * dom$variables$valore, .den = m)
      x <- if (of == "comuni") svymean(~.num, dom) else svyratio(~.num, ~.den, dom)
      p <- as.vector(coef(x)); se <- as.vector(SE(x))
      put(s, "media", area, of, p, se, p - z * se, p + z * se, nrow(dom$variables), 0)
    }
  })
}

writeLines(c(
  paste0("# ", R.version.string, ", survey ", packageVersion("survey"), ", stime.R"),
  "campione,cosa,area,di,valore,errore,da,a,n,altro",
  unlist(rows)), "stime.csv")
