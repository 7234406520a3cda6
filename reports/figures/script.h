#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas::reports {

// Colours that readers with any colour vision can tell apart (after Okabe and Ito), used together with shapes.
// report.css exchanges exactly these for lighter ones on a dark page.
inline constexpr char kInk[] = "#222222";
inline constexpr char kSoft[] = "#6f6f6f";
inline constexpr char kGrid[] = "#e2e2e2";
inline constexpr char kBlue[] = "#0072b2";
inline constexpr char kVermilion[] = "#d55e00";
inline constexpr char kGreen[] = "#009e73";
inline constexpr char kPurple[] = "#aa4499";
inline constexpr char kAmber[] = "#b87a00";

/// gnuplot's point types, filled and hollow.
struct Shape {
  int filled;
  int hollow;
};
inline constexpr Shape kCircle{7, 6};
inline constexpr Shape kSquare{5, 4};
inline constexpr Shape kTriangle{9, 8};
inline constexpr Shape kTriangleDown{11, 10};
inline constexpr Shape kDiamond{13, 12};
inline constexpr int kCross = 2;
inline constexpr Shape kShapes[] = {kCircle, kDiamond, kTriangle, kSquare, kTriangleDown};

/// A gnuplot script that is put together piece by piece. The canvas is in pixels; the plot's area is fixed, so that
/// positions can be computed here.
class Script {
 public:
  Script(int width, int height);

  /// Margins of the plot's area in pixels.
  void margins(int left, int right, int top, int bottom);
  /// Of that area, in pixels; as set last.
  int plot_width() const { return plot_width_; }
  int plot_height() const { return plot_height_; }
  void line(const std::string& text) { text_ += text + "\n"; }
  /// `$name << EOD`, a row a line, NaN for what is missing.
  void data(const std::string& name, const std::vector<std::vector<double>>& rows);
  /// "x" or "y".
  void axis_title(const std::string& axis, const std::string& text);
  /// The key on one line above the plot, made from the titles of what is plotted.
  void key();
  /// `plot` of all these at once.
  void plot(const std::vector<std::string>& what);
  void label(const std::string& text, const std::string& position, const std::string& style);
  const std::string& text() const { return text_; }

  /// 'text' as gnuplot reads it back: nothing in it is a command or a variable.
  static std::string quote(std::string_view text);
  static std::string number(double value);

 private:
  int width_;
  int height_;
  int plot_width_ = 0;
  int plot_height_ = 0;
  std::string text_;
};

// What to plot from data that `Script::data` wrote. Columns: x, y, and for intervals low and high of x.
std::string points(const std::string& name, int type, double size, const char* colour, const std::string& title);
std::string x_intervals(const std::string& name, const char* colour);

/// Rows of models from top to bottom: ytics, range and light lines. Row i (from 0) is at y = rows - i.
void model_axis(Script& script, const std::vector<std::string>& titles);

/// Ticks of a log axis at 1, 10, 100, ... as "1", "10", "1,000", "1 million".
std::string log_ticks(double low, double high);

}  // namespace flnas::reports
