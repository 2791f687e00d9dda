"""Commands that the MathJax within Anki knows, of those that this app knows too.

Found by asking MathJax 3.2.2 with the TeX packages that Anki 26.9 loads for each of them whether it
is an undefined control sequence. To find them again after a change of Anki's, do the same.
"""

from __future__ import annotations

from typing import Final

_NAMES = """
    And Bbb Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Box Bra Braket Bumpeq Cap Colonapprox
    Coloneq Coloneqq Colonsim Cup Delta Diamond Doteq Downarrow Eqcolon Eqqcolon Finv Game Gamma
    Huge Im Join Ket LARGE LaTeX Lambda Large Leftarrow Leftrightarrow Lleftarrow Longleftarrow
    Longleftrightarrow Longrightarrow Lsh Omega Phi Pi Pr Psi Re Rightarrow Rrightarrow Rsh S
    Set Sigma Space Subset Supset TeX Theta Tiny Uparrow Updownarrow Upsilon Vdash Vert Vvdash
    Xi above abovewithdelims acute aleph alpha amalg angle approx approxeq arccos arcsin arctan
    arg array ast asymp atop atopwithdelims backepsilon backprime backsim backsimeq backslash
    bar barwedge bcancel because begin beta beth between bf big bigcap bigcirc bigcup bigg biggl
    biggm biggr bigl bigm bigodot bigoplus bigotimes bigr bigsqcup bigstar bigtimes
    bigtriangledown bigtriangleup biguplus bigvee bigwedge binom blacklozenge blacksquare
    blacktriangle blacktriangledown blacktriangleleft blacktriangleright bmod boldsymbol bot
    bowtie boxdot boxed boxminus boxplus boxtimes bra brace brack braket breve bullet bumpeq cal
    cancel cap cases cdot cdotp cdots ce centerdot cfrac check checkmark chi choose circ circeq
    circlearrowleft circlearrowright circledR circledS circledast circledcirc circleddash clap
    clubsuit colon colonapprox coloneq coloneqq colonsim color colorbox complement cong coprod
    cos cosh cot coth cr csc cup curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft
    curvearrowright dagger daleth dashleftarrow dashrightarrow dashv dbinom dblcolon ddagger
    ddddot dddot ddot ddots def deg degree delta det dfrac diagdown diagup diamond diamondsuit
    digamma dim displaylines displaystyle div divideontimes dot doteq doteqdot dotplus dots
    dotsb dotsc dotsi dotsm dotso doublebarwedge doublecap doublecup downarrow downdownarrows
    downharpoonleft downharpoonright ell emptyset end enspace epsilon eqalign eqalignno eqcirc
    eqcolon eqqcolon eqsim eqslantgtr eqslantless equiv eta eth exists exp fallingdotseq fbox
    fcolorbox flat forall frac frak frown gamma gcd ge genfrac geq geqq geqslant gets gg ggg
    gggtr gimel gnapprox gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless gtrless
    gtrsim gvertneqq hat hbar hbox hdashline heartsuit hfil hline hom hookleftarrow
    hookrightarrow hphantom href hskip hslash hspace huge idotsint iff iiiint iiint iint imath
    impliedby implies in inf infty injlim int intercal intop iota it jmath kappa ker kern ket
    lVert label lambda land langle large lbrace lbrack lceil ldotp ldots le leadsto left
    leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows leftrightarrow
    leftrightarrows leftrightharpoons leftrightsquigarrow leftroot leftthreetimes leq leqq
    leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd lim
    liminf limits limsup ll llap llcorner lll llless lmoustache ln lnapprox lneq lneqq lnot
    lnsim log longleftarrow longleftrightarrow longmapsto longrightarrow looparrowleft
    looparrowright lor lower lozenge lparen lrcorner lt ltimes lvert lvertneqq maltese mapsto
    mathbb mathbf mathbin mathcal mathchoice mathclap mathclose mathfrak mathinner mathit
    mathllap mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrlap mathrm
    mathscr mathsf mathsfit mathstrut mathtt matrix max mbox measuredangle mho mid middle min
    mit mkern mod models moveleft moveright mp mskip mspace mu multimap nLeftarrow
    nLeftrightarrow nRightarrow nVDash nVdash nabla natural ncong ne nearrow neg negmedspace
    negthickspace negthinspace neq newcommand nexists ngeq ngeqq ngeqslant ngtr ni nleftarrow
    nleftrightarrow nleq nleqq nleqslant nless nmid nobreakspace nolimits nonumber normalsize
    not notag notin nparallel nprec npreceq nrightarrow nshortmid nshortparallel nsim nsubseteq
    nsubseteqq nsucc nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright
    ntrianglerighteq nu nvDash nvdash nwarrow odot oint oldstyle omega omicron ominus
    operatorname oplus oslash otimes over overbrace overbracket overleftarrow overleftrightarrow
    overline overparen overrightarrow overset owns parallel partial perp phantom phi pi
    pitchfork pm pmatrix pmb pmod pod prec precapprox preccurlyeq preceq precnapprox precneqq
    precnsim precsim prime prod projlim propto psi pu qquad quad rVert raise rangle rbrace
    rbrack rceil renewcommand restriction rfloor rgroup rhd rho right rightarrow rightarrowtail
    rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
    rightsquigarrow rightthreetimes risingdotseq rlap rm rmoustache root rparen rtimes rule
    rvert scr scriptscriptstyle scriptsize scriptstyle searrow sec set setminus sf sharp
    shortmid shortparallel shoveleft shoveright sideset sigma sim simeq sin sinh skew small
    smallfrown smallint smallsetminus smallsmile smash smile space spadesuit sphericalangle
    sqcap sqcup sqrt sqsubset sqsubseteq sqsupset sqsupseteq square stackrel star strut subset
    subseteq subseteqq subsetneq subsetneqq substack succ succapprox succcurlyeq succeq
    succnapprox succneqq succnsim succsim sum sup supset supseteq supseteqq supsetneq supsetneqq
    surd swarrow tag tan tanh tau tbinom text textbf textcolor textit textnormal textrm textsf
    textstyle texttt textup tfrac therefore theta thickapprox thicksim thinspace tilde times
    tiny to top triangle triangledown triangleleft trianglelefteq triangleq triangleright
    trianglerighteq tt twoheadleftarrow twoheadrightarrow ulcorner underbrace underbracket
    underleftarrow underleftrightarrow underline underparen underrightarrow underset unlhd unrhd
    upalpha uparrow upbeta upchi updelta updownarrow upepsilon upeta upgamma upharpoonleft
    upharpoonright upiota upkappa uplambda uplus upmu upnu upomega upomicron upphi uppi uppsi
    uprho uproot upsigma upsilon uptau uptheta upuparrows upupsilon upvarepsilon upvarphi
    upvarpi upvarrho upvarsigma upvartheta upxi upzeta urcorner vDash varDelta varGamma
    varLambda varOmega varPhi varPi varPsi varSigma varTheta varUpsilon varXi varepsilon
    varinjlim varkappa varliminf varlimsup varnothing varphi varpi varprojlim varpropto varrho
    varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta vartriangle
    vartriangleleft vartriangleright vcenter vdash vdots vec vee veebar vert vphantom wedge
    widehat widetilde wp wr xLeftarrow xLeftrightarrow xRightarrow xcancel xhookleftarrow
    xhookrightarrow xi xleftarrow xleftharpoondown xleftharpoonup xleftrightarrow
    xleftrightharpoons xlongequal xmapsto xrightarrow xrightharpoondown xrightharpoonup
    xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow yen zeta
"""
KNOWN: Final = frozenset(f"\\{name}" for name in _NAMES.split())
"""Each with its backslash."""
