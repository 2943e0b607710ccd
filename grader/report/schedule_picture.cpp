// Where everything stands is computed here; how it looks stands in templates/schedule.html.mustache and page.css. The library escapes the texts.
#include "grader/report/schedule_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <set>

#include "grader/report/schedule_text.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::report {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

const char* const picture_template =
#include "grader/report/templates/schedule.html.mustache"
    ;

// In pixels, of a page at its usual size.
constexpr int margin = 14;
constexpr int row_height = 30;
constexpr int switch_height = 24;  // of the line that says why another thread runs
constexpr int head_height = 44;
constexpr int mark_radius = 11;
constexpr int bar_width = 8;
constexpr int narrowest_lane = 84;
// What a column of text takes at most in the usual fonts.
constexpr int column_of_name = 8, column_of_text = 7, column_of_place = 8, column_of_label = 7;

constexpr int longest_name = 20;  // columns
constexpr int longest_text = 80;
constexpr std::size_t rows_without_foot = 12;  // the names of the lanes need no second place then

struct Bar {  // a lock that is held
  model::ScheduleSpan span;
  int slot = 0;  // those that a thread holds at the same time stand beside each other
};

std::vector<Bar> bars_of(const model::Schedule& schedule, int first) {
  std::vector<Bar> bars;
  for (const model::ScheduleSpan& span : schedule.spans)
    if (span.what == "holds" && span.to >= first && span.from < span.to) bars.push_back({span});
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.span.from < b.span.from; });
  for (auto bar = bars.begin(); bar != bars.end(); ++bar) {
    std::set<int> taken;
    for (auto before = bars.begin(); before != bar; ++before)
      if (before->span.lane == bar->span.lane && before->span.to > bar->span.from) taken.insert(before->slot);
    while (taken.contains(bar->slot)) ++bar->slot;
  }
  return bars;
}

class Layout {
 public:
  explicit Layout(const model::Schedule& schedule) : schedule_(schedule), first_(first_row_shown(schedule)), bars_(bars_of(schedule, static_cast<int>(first_))) {
    for (const std::string& lane : schedule.lanes) spacing_ = std::max(spacing_, columns(name_of(lane)) * column_of_name + margin);
    text_ = margin + static_cast<int>(schedule.lanes.size()) * spacing_ + margin;
    for (const Bar& bar : bars_) text_ = std::max(text_, right_of(bar) + columns(bar.span.name) * column_of_label + margin);
    int y = head_height + (first_ > 0 ? row_height : 0), longest = 0;
    for (std::size_t i = first_; i < schedule.rows.size(); ++i) {
      const model::ScheduleRow& row = schedule.rows[i];
      y += row_height + (switches(i) ? switch_height : 0);
      rows_.push_back(y);
      const int text = columns(text_of(row)) * column_of_text + margin + columns(place_of(row)) * column_of_place;
      longest = std::max({longest, text, columns(reason_of(i)) * column_of_text});
    }
    bottom_ = y + row_height;
    width_ = text_ + longest + margin;
  }

  std::size_t first() const { return first_; }
  const std::vector<Bar>& bars() const { return bars_; }
  int top() const { return head_height; }
  int bottom() const { return bottom_; }
  int width() const { return width_; }
  int text() const { return text_; }
  int x(int lane) const { return margin + lane * spacing_ + spacing_ / 2; }
  int x(const Bar& bar) const { return x(bar.span.lane) + mark_radius + 3 + bar.slot * (bar_width + 3); }
  int right_of(const Bar& bar) const { return x(bar) + bar_width + 3; }
  // What began before the first row that is shown comes in from the top; what has no end goes out at the bottom.
  int y(int row) const {
    const auto index = static_cast<std::size_t>(row);
    return index < first_ ? top() : index < schedule_.rows.size() ? rows_[index - first_] : bottom();
  }

  // Does another thread run than in the row above?
  bool switches(std::size_t row) const {
    return row > first_ && !schedule_.parallel && !schedule_.rows[row].fatal && schedule_.rows[row].lane != schedule_.rows[row - 1].lane;
  }
  std::string reason_of(std::size_t row) const {
    if (!switches(row)) return {};
    const std::string& reason = schedule_.rows[row].reason;
    return (reason.empty() ? "" : reason + ": ") + schedule_.lanes[static_cast<std::size_t>(schedule_.rows[row].lane)] + " runs";
  }
  static std::string name_of(const std::string& lane) { return clip(lane, longest_name); }
  static std::string text_of(const model::ScheduleRow& row) { return (row.fatal ? "✗ " : "") + clip(row.text, longest_text); }
  static std::string place_of(const model::ScheduleRow& row) { return row.file.empty() ? "" : fmt::format("{}:{}", row.file, row.line); }

 private:
  const model::Schedule& schedule_;
  std::size_t first_;
  std::vector<Bar> bars_;
  int spacing_ = narrowest_lane;
  int text_ = 0;
  int bottom_ = 0;
  int width_ = 0;
  std::vector<int> rows_;
};

data number(int value) { return data(std::to_string(value)); }

data line(int x1, int y1, int x2, int y2) {
  data out;
  out.set("x1", number(x1));
  out.set("y1", number(y1));
  out.set("x2", number(x2));
  out.set("y2", number(y2));
  return out;
}

data lane_lines(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (std::size_t lane = 0; lane < schedule.lanes.size(); ++lane) {
    const int x = layout.x(static_cast<int>(lane));
    int from = layout.top(), to = layout.bottom();
    for (const model::ScheduleSpan& span : schedule.spans) {
      if (span.what != "exists" || span.lane != static_cast<int>(lane)) continue;
      from = span.from == 0 ? layout.top() : layout.y(span.from);
      to = layout.y(span.to);
    }
    data one = line(x, from, x, to);
    one.set("ends", to < layout.bottom());
    one.set("left", number(x - mark_radius));
    one.set("right", number(x + mark_radius));
    one.set("below", number(to + mark_radius + 3));
    list.push_back(one);
  }
  return list;
}

data waits(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (const model::ScheduleSpan& span : schedule.spans) {
    if (span.what != "waits" || layout.y(span.from) == layout.y(span.to)) continue;
    data one = line(layout.x(span.lane), layout.y(span.from), layout.x(span.lane), layout.y(span.to));
    one.set("who", schedule.lanes[static_cast<std::size_t>(span.lane)]);
    list.push_back(one);
  }
  return list;
}

data holds(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (const Bar& bar : layout.bars()) {
    const int y = layout.y(bar.span.from);
    data one;
    one.set("x", number(layout.x(bar)));
    one.set("y", number(y));
    one.set("width", number(bar_width));
    one.set("height", number(layout.y(bar.span.to) - y));
    one.set("name_x", number(layout.right_of(bar)));
    one.set("name_y", number(y + 12));
    one.set("name", bar.span.name);
    one.set("who", schedule.lanes[static_cast<std::size_t>(bar.span.lane)]);
    list.push_back(one);
  }
  return list;
}

bool waits_in(const model::Schedule& schedule, int row) {
  return std::any_of(schedule.spans.begin(), schedule.spans.end(), [&](const model::ScheduleSpan& span) {
    return span.what == "waits" && span.lane == schedule.rows[static_cast<std::size_t>(row)].lane && span.from <= row && row < span.to;
  });
}

// The way of the processor: down a lane, and over to another one where another thread runs.
std::string way(const model::Schedule& schedule, const Layout& layout) {
  std::string path;
  int before = -1;
  if (schedule.parallel) return path;
  for (int i = static_cast<int>(layout.first()); i < static_cast<int>(schedule.rows.size()); ++i) {
    const model::ScheduleRow& row = schedule.rows[static_cast<std::size_t>(i)];
    const int x = layout.x(row.lane);
    // What went wrong in the end is no step; the way leads there if it is what the running thread did.
    if (row.fatal && (before < 0 || row.lane != before || waits_in(schedule, i))) continue;
    if (before < 0)
      path = fmt::format("M{} {}", x, layout.y(i));
    else if (row.lane != before)
      path += fmt::format("V{}H{}V{}", layout.y(i) - row_height / 2 - switch_height / 2 - 3, x, layout.y(i));
    else
      path += fmt::format("V{}", layout.y(i));
    before = row.lane;
  }
  return path;
}

data arrows(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (const model::ScheduleArrow& arrow : schedule.arrows) {
    const int from_lane = schedule.rows[static_cast<std::size_t>(arrow.row)].lane;
    if (static_cast<std::size_t>(arrow.row) < layout.first() || from_lane == arrow.lane) continue;
    const int direction = arrow.lane > from_lane ? 1 : -1;
    const int from = layout.x(from_lane) + direction * mark_radius, to = layout.x(arrow.lane) - direction * 3;
    const int y = layout.y(arrow.row);
    data one = line(from, y, to - direction * 6, y);
    one.set("head", fmt::format("M{} {}l{} -5v10z", to, y, -direction * 8));
    one.set("label_x", number(to - direction * 10));
    one.set("label_y", number(y - 5));
    one.set("anchor", direction > 0 ? "end" : "start");
    one.set("what", arrow.what);
    one.set("relation", arrow.what == "waits for" || arrow.what == "races with");
    list.push_back(one);
  }
  return list;
}

std::string octagon(int x, int y) {
  constexpr int half = mark_radius + 2, corner = 6;
  return fmt::format("M{} {}h{}l{} {}v{}l-{} {}h-{}l-{} -{}v-{}z", x - corner, y - half, 2 * corner, half - corner, half - corner, 2 * corner, half - corner, half - corner,
                     2 * corner, half - corner, half - corner, 2 * corner);
}

data steps(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (std::size_t i = layout.first(); i < schedule.rows.size(); ++i) {
    const model::ScheduleRow& row = schedule.rows[i];
    const int x = layout.x(row.lane), y = layout.y(static_cast<int>(i));
    data one;
    one.set("x", number(x));
    one.set("y", number(y));
    one.set("number", std::to_string(i + 1));
    one.set("baseline", number(y + 4));
    one.set("fatal", row.fatal);
    one.set("octagon", octagon(x, y));
    one.set("band", number(y - row_height / 2));
    one.set("guide", number(x + mark_radius + 4));
    one.set("who", schedule.lanes[static_cast<std::size_t>(row.lane)]);
    one.set("text", Layout::text_of(row));
    one.set("place", Layout::place_of(row));
    const std::string reason = layout.reason_of(i);
    one.set("reason", reason.empty() ? data(false) : data(reason));
    one.set("reason_y", number(y - row_height / 2 - switch_height / 2 + 1));
    list.push_back(one);
  }
  return list;
}

data names(const model::Schedule& schedule, const Layout& layout) {
  data list(data::type::list);
  for (std::size_t lane = 0; lane < schedule.lanes.size(); ++lane) {
    data one;
    one.set("x", number(layout.x(static_cast<int>(lane))));
    one.set("name", Layout::name_of(schedule.lanes[lane]));
    list.push_back(one);
  }
  return list;
}

// What somebody hears who cannot see the picture: how it ends. The steps stand below it as text.
std::string description(const model::Schedule& schedule) {
  std::string text;
  for (const model::ScheduleRow& row : schedule.rows) {
    if (!row.fatal) continue;
    const std::string place = Layout::place_of(row);
    text += (text.empty() ? "In the end: " : "; ") + schedule.lanes[static_cast<std::size_t>(row.lane)] + " " + row.text + (place.empty() ? "" : " at " + place);
  }
  return text + (text.empty() ? "" : ". ") + "The same stands below as text.";
}

bool any_span(const model::Schedule& schedule, const std::string& what) {
  return std::any_of(schedule.spans.begin(), schedule.spans.end(), [&](const model::ScheduleSpan& span) { return span.what == what; });
}

}  // namespace

std::string render_schedule_picture(const model::Schedule& schedule) {
  if (schedule.lanes.empty()) return {};
  const Layout layout(schedule);
  const bool foot = schedule.rows.size() > rows_without_foot;
  const std::string run = way(schedule, layout);
  data picture;
  picture.set("width", number(layout.width()));
  picture.set("height", number(layout.bottom() + (foot ? head_height : 4)));
  picture.set("count", std::to_string(schedule.lanes.size()));
  picture.set("description", description(schedule));
  picture.set("names", names(schedule, layout));
  picture.set("name_y", number(head_height - 16));
  picture.set("foot", foot);
  picture.set("foot_y", number(layout.bottom() + 22));
  picture.set("left_out", layout.first() == 0 ? data(false) : data(std::to_string(layout.first())));
  picture.set("left_out_y", number(head_height + row_height / 2));
  picture.set("text_x", number(layout.text()));
  picture.set("guide_end", number(layout.text() - 6));
  picture.set("row_height", number(row_height));
  picture.set("radius", number(mark_radius));
  picture.set("lanes", lane_lines(schedule, layout));
  picture.set("waits", waits(schedule, layout));
  picture.set("holds", holds(schedule, layout));
  picture.set("way", run);
  picture.set("arrows", arrows(schedule, layout));
  picture.set("steps", steps(schedule, layout));
  picture.set("runs", run.find('V') != std::string::npos);
  picture.set("any_waits", any_span(schedule, "waits"));
  picture.set("any_holds", any_span(schedule, "holds"));
  picture.set("any_fatal", std::any_of(schedule.rows.begin(), schedule.rows.end(), [](const model::ScheduleRow& row) { return row.fatal; }));
  return mustache(picture_template).render(picture);
}

}  // namespace lockstep::report
