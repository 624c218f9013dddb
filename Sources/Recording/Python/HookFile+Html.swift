extension HookFile {
  /// A copy of python/downhill/_html.py, made by Scripts/embed_hook.sh.
  static let html = HookFile(
    path: "downhill/_html.py",
    text: ##"""
      """The report of a recording where a notebook shows it."""

      import html as escaping
      import os
      import shutil
      import subprocess

      # A diagnosis with trials takes seconds to a few minutes.
      LONGEST = 600


      def html(recording):
          """The report in a frame of its own; without the program, how to get it."""
          program = os.environ.get("DOWNHILL") or shutil.which("downhill")
          folder = recording.folder
          if not os.path.exists(os.path.join(folder, "capture.json")):
              return "<p>Downhill: nothing is recorded yet; hand this callback to <code>fit</code>.</p>"
          if program is None:
              return _advice(folder, "the program <code>downhill</code> is not on the PATH")
          try:
              done = subprocess.run(
                  [program, "diagnose", folder, "--format", "html"], stdin=subprocess.DEVNULL,
                  capture_output=True, timeout=LONGEST)
              page = done.stdout.decode("utf-8", "replace")
              if not page.lstrip().startswith("<"):
                  said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                  return _advice(folder, escaping.escape(said[-1] if said else f"exit {done.returncode}"))
          except Exception as error:
              return _advice(folder, escaping.escape(f"{type(error).__name__}: {error}"))
          # A frame without scripts: the page needs none, and the notebook's own are out of its reach.
          return (f'<iframe sandbox="" style="width:100%;height:44em;border:0" '
                  f'srcdoc="{escaping.escape(page, quote=True)}"></iframe>')


      def _advice(folder, reason):
          return (f"<p>Downhill recorded the run, but {reason}.</p>"
                  f"<pre>downhill diagnose {escaping.escape(folder)}</pre>")

      """##)
}
