/// What the live page adds to the style of reports.
enum PageStyle {
  static let sheet = """
    .bar{display:flex;gap:1rem;align-items:baseline;padding:.6rem 1rem;background:var(--card);
    border-bottom:1px solid var(--edge)}
    .bar a{font-weight:700;text-decoration:none;color:var(--text)}
    main.wide{max-width:72rem}
    .filter{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;margin:.6rem 0}
    input,select,button{font:inherit;color:inherit;background:var(--card);
    border:1px solid var(--edge);border-radius:6px;padding:.25rem .5rem}
    button{cursor:pointer}
    .runs{width:100%;background:var(--card);border:1px solid var(--edge);border-radius:10px}
    .runs td,.runs th{padding:.3rem .6rem;white-space:nowrap}
    .runs tbody th{min-width:0}
    .runs .long{white-space:normal;overflow-wrap:anywhere;width:50%}
    .runs .number{text-align:right;font-variant-numeric:tabular-nums}
    .runs tr{content-visibility:auto;contain-intrinsic-size:auto 2.2rem}
    .pill{display:inline-block;border-radius:99px;border:1px solid currentColor;padding:0 .6rem;
    font-size:.82rem;background:none;margin:0}
    .pill.fault{color:var(--fault);border-left-width:1px}
    .pill.healthy{color:var(--healthy);border-left-width:1px}
    .pill.undetermined{color:var(--doubt);border-left-width:1px}
    .pill.under-way{color:var(--link)}
    .differs td{background:var(--doubt-ground)}
    .crumb{color:var(--soft);margin:.2rem 0 .6rem}

    """
}
