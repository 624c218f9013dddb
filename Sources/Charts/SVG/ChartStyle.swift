/// The style sheet of charts: colours for light and dark, for screens and for paper.
///
/// A page that shows many charts puts it in once; a chart as a file of its own carries it inside.
/// The colours keep a contrast of at least 4.5 to 1 against their background for text and 3 to 1 for
/// curves, and each curve differs from the others by its dashes too.
public enum ChartStyle {
  /// The style sheet. Colours are custom properties, so that a page may set its own.
  public static let sheet = """
    .chart{--ground:#fff;--ink:#1c2430;--muted:#5b6675;--grid:#e3e7ec;--frame:#aeb7c2;
    --first:#1d4ed8;--second:#9333ea;--bad:#c2410c;--good:#0f766e;--neutral:#5b6675;
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
    font-size:12px;max-width:100%;height:auto}
    .chart text{fill:var(--ink)}.chart .name{font-weight:600;font-size:13px}
    .chart .muted{fill:var(--muted);font-size:11px}
    .chart .grid{stroke:var(--grid);stroke-width:1}.chart .frame{stroke:var(--frame);stroke-width:1}
    .chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .chart .thin{stroke-width:1;opacity:.45}.chart .fine{stroke-width:1}.chart .band{stroke:none;opacity:.18}
    .chart .rule{stroke-width:1.5;stroke-dasharray:5 4}
    .chart .first{stroke:var(--first)}.chart .second{stroke:var(--second)}
    .chart .bad{stroke:var(--bad)}.chart .good{stroke:var(--good)}
    .chart .neutral{stroke:var(--neutral)}.chart .dashed{stroke-dasharray:6 3}
    .chart .dotted{stroke-dasharray:1.5 3.5}
    .chart .first-fill{fill:var(--first)}.chart .second-fill{fill:var(--second)}
    .chart .bad-fill{fill:var(--bad)}.chart .good-fill{fill:var(--good)}
    .chart .neutral-fill{fill:var(--neutral)}
    .chart text.first-fill,.chart text.second-fill,.chart text.bad-fill,.chart text.good-fill,
    .chart text.neutral-fill{font-size:11px}
    .chart .label{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
    @media(prefers-color-scheme:dark){.chart{--ground:#161a20;--ink:#e6eaf0;--muted:#a3aebb;--grid:#2b323c;
    --frame:#56606d;--first:#7aa8ff;--second:#c79bff;--bad:#ff9a5c;--good:#3fd0bd;--neutral:#a3aebb}}
    @media print{.chart{--ground:#fff;--ink:#000;--muted:#444;--grid:#ddd;--frame:#888;--first:#1d4ed8;
    --second:#9333ea;--bad:#c2410c;--good:#0f766e;--neutral:#555}}
    """

  /// What a chart as a file of its own is painted on, beside ``sheet``.
  static let paper = """
    .paper{fill:#fff}@media(prefers-color-scheme:dark){.paper{fill:#161a20}}
    """
}
