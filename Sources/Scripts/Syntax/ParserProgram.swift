/// The program that Python runs to parse a script: it calls `ast.parse`, which compiles nothing and
/// runs nothing, and prints the tree as JSON.
///
/// Where the whole does not parse, `print x` and `except A, e` of Python 2 are rewritten within their
/// line; where that does not help, the text is cut into top-level statements, each is parsed on its
/// own, and those that cannot be are listed.
enum ParserProgram {
  /// The deepest nesting that is dumped; programs that people write stay below 30.
  static let depth = 100
  /// Over how many pieces a statement may extend whose continuation lines stand at the margin.
  static let reach = 60

  static let text = """
    import ast, json, re, sys
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    except Exception:
        pass
    def dump(n, line, column, depth):
        if depth > \(depth):
            return {"t": "Deep"}
        if isinstance(n, list):
            return [dump(e, line, column, depth + 1) for e in n]
        if not isinstance(n, ast.AST):
            if isinstance(n, int) and not isinstance(n, bool) and abs(n) >= 1 << 63:
                return float(n) if abs(n) < 1 << 1000 else None
            return n if n is None or isinstance(n, (str, bool, int, float)) else None
        kind = type(n).__name__
        r = {"t": kind}
        if getattr(n, "lineno", None) is not None:
            r["p"] = [n.lineno + line, n.col_offset + column,
                      (getattr(n, "end_lineno", None) or -line) + line,
                      (getattr(n, "end_col_offset", None) or -column) + column]
        if kind in ("Constant", "NameConstant", "Num", "Str", "Bytes"):
            v = n.value if hasattr(n, "value") else n.n if kind == "Num" else n.s
            if v is Ellipsis:
                r["t"] = "Ellipsis"
            elif v is None or isinstance(v, (str, bool, int, float)):
                r["t"], r["v"] = "Constant", dump(v, 0, 0, depth)
            else:
                r["t"] = "Opaque"
            return r
        for f in n._fields:
            v = getattr(n, f, None)
            if v is not None and f not in ("ctx", "type_comment", "kind", "decorator_list"):
                r[f] = dump(v, line, column, depth + 1)
        return r
    def parse(text):
        try:
            return ast.parse(text).body, None
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as e:
            return None, e
    def older(text):
        text = re.sub(r"(?m)^([ \\t]*)print(?=[ \\t]+[^\\s(=.,])[^\\n]*", r"\\1pass", text)
        text = re.sub(r"(?m)^([ \\t]*)print[ \\t]*$", r"\\1pass", text)
        return re.sub(r"(?m)^([ \\t]*except[ \\t]+[\\w.]+),[ \\t]*(\\w+):", r"\\1 as \\2:", text)
    body, skipped = [], []
    def take(statements, line, column):
        body.extend(dump(s, line, column, 0) for s in statements)
    def pieces(lines, first, column, level):
        starts = [i for i, l in enumerate(lines) if l.strip() and not l[0].isspace()
                  and not re.match(r"[)\\]}#]|(else|elif|except|finally)\\b", l)]
        if not starts or starts[0] != 0:
            starts.insert(0, 0)
        starts.append(len(lines))
        i = 0
        while i + 1 < len(starts):
            for j in range(i + 1, min(i + \(reach), len(starts))):
                part = lines[starts[i]:starts[j]]
                found, error = parse("\\n".join(part) + "\\n")
                if found is not None:
                    take(found, first + starts[i], column)
                    i = j
                    break
            else:
                part = lines[starts[i]:starts[i + 1]]
                told = [l for l in part if l.strip()]
                if told:
                    skipped.append([first + starts[i] + 1, told[0].strip()[:80]])
                inner = part[1:]
                widths = [len(l) - len(l.lstrip()) for l in inner if l.strip()]
                if widths and min(widths) > 0 and level < 8:
                    w = min(widths)
                    pieces([l[w:] for l in inner], first + starts[i] + 1, column + w, level + 1)
                i += 1
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    found, error = parse(text)
    if found is None:
        text = older(text)
        found, error = parse(text)
    if found is None:
        pieces(text.split("\\n"), 0, 0, 0)
    else:
        take(found, 0, 0)
    result = {"python": ".".join(map(str, sys.version_info[:3])), "body": body, "skipped": skipped}
    sys.stdout.buffer.write(json.dumps(result).encode("ascii"))

    """
}
