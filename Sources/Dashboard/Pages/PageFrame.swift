/// What all pages have around their body.
enum PageFrame {
  static func document(title: String, base: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(PageText.escaped(title))</title>
    <link rel="stylesheet" href="\(base)/style.css">
    <script src="\(base)/page.js" defer></script>
    </head>
    <body>
    <header class="bar"><a href="\(base)/">downhill</a>
    <span id="state" role="status" class="soft"></span></header>
    <main class="wide">
    \(body)</main>
    </body>
    </html>

    """
  }
}
