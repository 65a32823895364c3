#include "gui/variable_inputs.h"
#include "models/sweep/sweep.h"
#include "tests/gui/window_fixture.h"

namespace gui {
namespace {

TEST(VariableInputs, AreNumbersOfTheFileWithHalfAndTwiceTheirValue) {
  const auto inputs = variable_inputs(
      R"({"hardware": {"racks_per_site": 4, "disk": {"capacity": "16 TB"}}, "strategies": []})",
      {});
  const auto racks = std::ranges::find(inputs, "/hardware/racks_per_site", &VariableInput::path);
  ASSERT_NE(racks, inputs.end());
  EXPECT_EQ(racks->low, "2");
  EXPECT_EQ(racks->high, "8");
  const auto capacity = std::ranges::find(inputs, "/hardware/disk/capacity", &VariableInput::path);
  ASSERT_NE(capacity, inputs.end());
  EXPECT_EQ(capacity->high, "32 TB");
}

TEST(ShellWord, KeepsWhatAShellWouldChange) { EXPECT_EQ(shell_word("a'b $c"), "'a'\\''b $c'"); }

TEST_F(Window, ATornadoIsDrawnOfTheCheckedInputs) {
  QWidget* sensitivity = panel("sensitivity");
  auto* inputs = find<QTreeWidget>("inputs");
  ASSERT_GT(inputs->topLevelItemCount(), 3);
  for (int i = 0; i < inputs->topLevelItemCount(); ++i) {
    inputs->topLevelItem(i)->setCheckState(0, Qt::Unchecked);
  }
  const auto found = inputs->findItems(QStringLiteral("hardware/disk/read"), Qt::MatchExactly, 0);
  ASSERT_EQ(found.size(), 1);
  found.first()->setCheckState(0, Qt::Checked);
  click("vary");
  ASSERT_TRUE(idle(sensitivity));
  EXPECT_THAT(find<QLabel>("sensitivity state")->text().toStdString(),
              ::testing::HasSubstr("Textbook figures"));
  EXPECT_FALSE(session.text.modified());
}

TEST_F(Window, TheCommandLineOfATornadoIsOneSweepForEachInput) {
  panel("sensitivity");
  click("copy varied");
  const auto lines = QGuiApplication::clipboard()->text().split(u'\n');
  for (const QString& line : lines) {
    EXPECT_TRUE(line.startsWith(QStringLiteral("holdfast sweep '"))) << line.toStdString();
    EXPECT_TRUE(line.contains(QStringLiteral("--metric durability_nines"))) << line.toStdString();
  }
}

}  // namespace
}  // namespace gui
