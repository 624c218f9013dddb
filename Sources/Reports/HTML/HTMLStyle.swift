/// The style sheet of the HTML report.
enum HTMLStyle {
  /// Light and dark by the reader's choice; one column on a telephone; black on white on paper.
  static let sheet = """
    :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1c2430;--soft:#5b6675;
    --edge:#dde2e8;--fault:#b42318;--fault-ground:#fdf0ee;--healthy:#0b6b53;--healthy-ground:#e9f7f2;
    --doubt:#8a5a00;--doubt-ground:#fdf5e3;--link:#1d4ed8;--code:#f1f3f6;--add:#e4f5ec;--cut:#fbe7e4;
    --add-text:#0b5a45;--cut-text:#992015}
    @media(prefers-color-scheme:dark){:root{--page:#0f1216;--card:#161a20;--text:#e6eaf0;
    --soft:#a3aebb;--edge:#2b323c;--fault:#ff9b8f;--fault-ground:#2c1715;--healthy:#5fd7b5;
    --healthy-ground:#11261f;--doubt:#f0c060;--doubt-ground:#2a2210;--link:#7aa8ff;--code:#1e242c;
    --add:#12301f;--cut:#381a17;--add-text:#86e0b5;--cut-text:#ffb3a8}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--text);line-height:1.5;font-size:16px;
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main{max-width:62rem;margin:0 auto;padding:1rem}
    section,.verdict{background:var(--card);border:1px solid var(--edge);border-radius:10px;
    padding:1rem 1.25rem;margin:0 0 1rem;overflow-wrap:anywhere}
    h1{font-size:1.35rem;line-height:1.3;margin:.2rem 0 .4rem}
    h2{font-size:1.1rem;margin:0 0 .6rem}h3{font-size:1rem;margin:1.1rem 0 .4rem}
    p{margin:.4rem 0}a{color:var(--link)}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);
    padding:.5rem;z-index:1}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .badge{display:inline-block;font-weight:700;font-size:.8rem;letter-spacing:.06em;
    border-radius:99px;padding:.1rem .7rem;border:1px solid currentColor}
    .fault{border-left:6px solid var(--fault);background:var(--fault-ground)}
    .fault .badge{color:var(--fault)}
    .healthy{border-left:6px solid var(--healthy);background:var(--healthy-ground)}
    .healthy .badge{color:var(--healthy)}
    .undetermined{border-left:6px solid var(--doubt);background:var(--doubt-ground)}
    .undetermined .badge{color:var(--doubt)}
    .soft,figcaption,caption{color:var(--soft);font-size:.9rem}
    .figures{columns:25rem;column-gap:1.2rem;margin:.6rem 0}
    figure{margin:0 0 1rem;break-inside:avoid}figure svg{width:100%;display:block}
    figcaption{margin:.2rem 0 0}
    pre{background:var(--code);border-radius:8px;padding:.7rem .9rem;overflow-x:auto;margin:.4rem 0;
    font-size:.88rem;line-height:1.45}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    pre del,pre ins,pre span{display:block;text-decoration:none;margin:0 -.9rem;padding:0 .9rem}
    pre del{background:var(--cut);color:var(--cut-text)}pre ins{background:var(--add);
    color:var(--add-text)}
    .scroll{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0;font-size:.92rem}
    caption{text-align:left;padding:0 0 .3rem}
    th,td{text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0;
    border-bottom:1px solid var(--edge);font-weight:400}
    thead th{color:var(--soft);font-size:.85rem}
    tbody th{min-width:8.5rem}.numbers tbody th{min-width:4rem}
    .numbers td{text-align:right;font-variant-numeric:tabular-nums}
    .numbers thead th+th{text-align:right}
    ul{margin:.3rem 0;padding-left:1.2rem}li{margin:.15rem 0}
    dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.25rem 1rem;margin:0}
    dt{color:var(--soft)}dd{margin:0;min-width:0}.hash{font-size:.8rem;color:var(--soft)}
    @media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--edge:#bbb;
    --fault-ground:#fff;--healthy-ground:#fff;--doubt-ground:#fff;--code:#f4f4f4;--fault:#b42318;
    --healthy:#0b6b53;--doubt:#8a5a00;--add:#e4f5ec;--cut:#fbe7e4;--add-text:#0b5a45;
    --cut-text:#992015}body{font-size:11pt}main{max-width:none;padding:0}
    figure,pre,tr{break-inside:avoid}h2,h3{break-after:avoid}
    .figures{columns:2}.skip{display:none}
    pre{white-space:pre-wrap}}
    """
}
