import CaseFile
import Charts

/// The loss of the user's own run, against validation where there is one.
struct CurvesPart: HTMLPart {
  func html(of report: Report) -> String {
    let figures = Figure.grid(
      [LossPicture(), MetricPicture()].compactMap { (picture: any Picture) in
        picture.figure(of: report)
      }, prefix: "curves")
    return section("curves", "The run as it is", figures)
  }
}
