// Package survey is the questionnaire of an edition and what the Comuni
// answered.
//
// # Codebook
//
// data/indagini/<edition>/questionario.yaml says everything about the
// questions; changing the survey is editing that file. Its keys:
//
//	edizione        name of the edition, the folder's own name
//	titolo          title for pages
//	dimostrativa    true where the answers are fictional
//	nota            what a reader must know about the edition (optional)
//	periodo         {dal, al}: first and last day of the collection
//	soglia_breve    a Comune with up to that many residents gets the short form
//	accademia       list of {id, titolo}: areas of the Accademia
//	piano_triennale list of {id, titolo, indirizzo}: objectives of the Piano
//	                triennale on which questions bear (optional)
//	sezioni         list of {id, titolo, personale, riservata, domande}
//
// and of a question:
//
//	id              its address, for ever
//	domanda_id      its number in the long export
//	sigla           what wide exports call it; the id where there is none (optional)
//	scala           1 or 2: of a griglia whose rows stand in two scales (optional)
//	titolo, testo   short title for pages; the question as it was asked
//	forma           one of the eight shapes, see below
//	moduli          [completo, breve]: the forms it stands on
//	classe          mai, aggregato, comune or registro; no default
//	riservata       true: stricter threshold, never above aggregato
//	area            one of accademia (optional)
//	obiettivo       one of piano_triennale (optional)
//	confronto       {esito: confrontabile | interruzione | nuova, motivo, edizione, domanda}
//	se              {domanda, una_di: [codes]}: asked only after one of these answers
//	sintesi         {titolo, una_di: [codes]}: the answers that make the one strong figure
//	righe           of a shape with rows: list of {codice, voce, sigla, alias}
//	opzioni         list of {codice, voce, sigla, alias, esclusiva, non_so, altro}
//	fasce           of numbers: list of {codice, voce, fino_a}
//	unita, minimo, massimo, decimali   of numbers
//	somma, tolleranza                  of percentages
//	posti           of a ranking
//
// alias holds further spellings of a label that exports were seen to carry.
// altro is "Altro (specificare)": it is an answer, and what was specified is
// never read.
//
// # Shapes
//
// A shape says which items a question has, and what an item holds. Whatever the
// shape, an item holds a [Set] of [Question.Options], so that who counts
// answers needs to know of shapes only whether an item may hold several
// ([Question.Many]):
//
//	singola           one item, one option
//	multipla          one item, several options
//	griglia           an item a row, one option
//	griglia-multipla  an item a row, several options
//	numero            one item, or one a row: a number
//	percentuali       an item a row: numbers that add up to somma
//	graduatoria       an item a place, the option put there
//	testo             nothing; of class mai only
//
// The options of numbers are their fasce, adjoining bins in rising order: each
// holds what is above the one before it, up to fino_a, that included; the last
// has none. Beside them opzioni may hold answers that are no number (non_so).
// The number itself is [Edition.Numbers]. decimali is how many a number may
// have (0), minimo the least it may be (0), massimo the most (no bound; of
// percentages the sum), somma what the rows of percentages add up to (100),
// tolleranza how far they may be from it (0).
//
// posti is how many places a ranking has (as many as options). Its rows, "1º",
// "2º", are made here.
//
// # Publication policy
//
// Deny is the default: a question without a class stops the build. The section
// "sicurezza" must be riservata; what is riservata cannot have class comune or
// registro, and a question cannot lift what its section says. Free text and the
// personal section are of class mai: their cells are never looked at, not even
// to check them.
//
// # Answers
//
// edizione.yaml names the files:
//
//	esportazione  the answers, in any of the three forms below; .gz is allowed
//	esportazione_breve  those to the short form, where it is an export of its own;
//	              esportazione then holds those to the full one
//	rispondenti   who was invited: user_id, codice_catastale, and perhaps comune,
//	              questionario, cluster, stato_compilazione, data_invio_risposta
//	cruscotto     the collection dashboard: area, regione, comune, cluster,
//	              stato_compilazione, data_invio_risposta
//	esclusioni    invio, conta (sì, no), motivo: which submissions count, which not
//	correzioni    codice_catastale, domanda, riga, prima, dopo, motivo, data
//	consensi      codice_catastale, domanda (or *), data
//	repliche      codice_catastale, domanda or indice, testo, data
//
// and, where what is detected is wrong, how the export is written:
//
//	formato       lungo, limesurvey or largo
//	codifica      UTF-8 or Windows-1252
//	separatore    "," or ";" or tab
//	decimali      virgola or punto
//	foglio        the sheet of a workbook; the first where it is not named
//	chiave        {colonna, tipo}: the column that says whose answers a row holds;
//	              tipo is istat, catastale, ipa, utente or nome
//	ignora        list of columns that are not read
//
// Only esportazione is always wanted; the long format wants rispondenti as well.
// A path that begins with riservato/ is relative to the site folder, which is
// where real answers live and git does not look; any other is relative to the
// edition's folder. What holds real answers must lie in riservato/; consensi and
// repliche are public anyway. All files may be .xlsx: then a problem's place is
// that of the cell, Foglio1!C7.
//
// # Forms of export
//
// The long format has a row for each answer and its labels in words: the row of a
// grid in risposta_voce and the answer in risposta_valore, else the answer in
// risposta_voce; a number in risposta_valore; of a ranking the option and its
// place; of several answers a row each.
//
// LimeSurvey and plain wide tables have a row for each submission. A column is
// known by the sigla of its question (where the codebook has none, the id) and of
// its row or option (the codice): Q1, Q1[SQ001] or Q1_SQ001, Q1[SQ001_SQ002] for
// the options of a row, Q1[1] or Q1[SQ001] for the places or the options of a
// ranking, Q1[other]; text may follow after ". ". A question in two scales, as
// LimeSurvey's array dual scale, is two of the codebook, with one sigla and scala: 1
// and 2; its columns are Q1[SQ001][1] and Q1[SQ001][2], or Q1_SQ001_0 and Q1_SQ001_1.
// Else a column is known by the text, "testo [voce]" or "testo [voce][voce]", where
// no other column has it. LimeSurvey may have cut the texts ("Quali servizi s..
// [Carta d'identi.. ]"): then several columns may be headed alike. They are told
// apart by their order where as many stand there as the codebook has, and all others
// stand in the order of the form. LimeSurvey's own columns are known by their codes, or
// by their texts in English or Italian. Cells hold codes or labels. A
// column of several options holds them all with | between them. Comments, what
// was specified beside "Altro", LimeSurvey's own columns and class mai are not
// read; any other column that the codebook does not name is a problem, and so is
// one that is missing.
//
// A row is of the Comune of its codice_istat, codice_catastale or codice_ipa, of
// its token or user_id in rispondenti.csv, else of its comune and provincia. It
// counts where submitdate is not empty, or stato_compilazione is Completato.
//
// A respondent is found by what stands in that column in rispondenti.csv, then by
// code, else by its name, "Samone (TN)" where the name alone is borne by several;
// every match that is not by code is a note, and a count of each way is one. The
// export's labels are matched through the codebook without regard to case, kind
// of apostrophe, dash or white space.
//
// A number is read with a decimal comma or point, as it has it. One that can be
// read in two ways (1.234) and a file that uses both marks are problems.
//
// Of two submissions of a Comune the one completed last counts, unless
// esclusioni.csv says which. corrections.csv repairs answers without touching the
// export: prima must be what stands there, a code, a label, several with | between
// them, a number, or the cell as it is written where it is no answer at all; dopo
// is what is to hold, empty for a blank. The public register of corrections gives
// day, section and reason of each, the rest only where the answer is public
// ([Correction]).
//
// Every answer has a [stat.Kind]: Known, or why there is none. "Don't know" is
// an answer and a kind: [Answer.Options] holds it and Kind is DontKnow.
//
// All files are read whatever is wrong with one of them; answers are not held
// against what could not be read: a faulty question, a respondent in a broken row.
//
// Problems about a question of class mai or aggregato give position and kind,
// never the value.
package survey
