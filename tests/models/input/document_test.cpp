// The tree of a JSON text: lines, pointers, and texts that must not pass or must not hurt.
#include "models/input/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/overrides.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string fault_of(std::string_view text) {
  const auto document = parse_document(text, "a.json");
  if (document) return "";
  return to_string(document.diagnostics().front());
}

TEST(Document, EveryNodeKnowsItsLineAndPointer) {
  const auto parsed =
      parse_document("{\n\"a\": 1,\n\n\"b\": [\"x\", 2\n, {\"c/d\": true}]\n}", "a.json");
  ASSERT_TRUE(parsed);
  const Document& document = *parsed.value();
  EXPECT_EQ(document.root.line, 1);
  EXPECT_EQ(document.root.find("a")->line, 2);
  const Node& list = *document.root.find("b");
  EXPECT_EQ(list.line, 4);
  EXPECT_EQ(list.children.at(1).line, 4);
  EXPECT_EQ(list.children.at(2).children.at(0).line, 5);
  EXPECT_EQ(pointer_of(list.children.at(2).children.at(0)), "/b/2/c~1d");
  EXPECT_EQ(&document.nearest("/b/2/c~1d"), &list.children.at(2).children.at(0));
  EXPECT_EQ(&document.nearest("/b/7/x"), &list);
}

TEST(Document, DigestIsThatOfTheBytes) {
  const auto parsed = parse_document("{}", "a.json");
  ASSERT_TRUE(parsed);
  // printf '{}' | sha256sum
  EXPECT_EQ(parsed.value()->sha256,
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

TEST(Document, CommentsAndByteOrderMarkAreAccepted) {
  EXPECT_EQ(fault_of("\xEF\xBB\xBF{ // here\n/* and\nthere */ \"a\": 1}"), "");
}

TEST(Document, FaultsOfTheTextHaveTheirLine) {
  EXPECT_THAT(fault_of("{\n\"a\": 1,\n\"a\": 2}"),
              HasSubstr("a.json:3: the key 'a' is given twice"));
  EXPECT_THAT(fault_of("{\n\"a\" 1}"), HasSubstr("a.json:2: not valid JSON"));
  EXPECT_THAT(fault_of("{\n\"a\": 1e400}"), HasSubstr("a.json:2: not valid JSON"));
  EXPECT_THAT(fault_of("{\n\"a\": \"\xC3\x28\"}"), HasSubstr("a.json:2: not valid JSON"));
  EXPECT_THAT(fault_of("{\n\"a\": \"x\\u0007y\"}"), HasSubstr("a.json:2: the text has a control"));
  EXPECT_THAT(fault_of("{\n\"a\": \"x\xE2\x80\xAEy\"}"), HasSubstr("invisible character U+202E"));
  EXPECT_THAT(fault_of("{\n\"a\\u001b\": 1}"), HasSubstr("the key has a control"));
  EXPECT_THAT(fault_of(std::string("{}\n\0{", 5)), HasSubstr("a.json:2: has a NUL byte"));
  EXPECT_THAT(fault_of("{} {}"), HasSubstr("not valid JSON"));
  EXPECT_THAT(fault_of(""), HasSubstr("not valid JSON"));
}

TEST(Document, DuplicateKeysAreFoundPerObject) {
  EXPECT_EQ(fault_of(R"({"a": {"b": 1}, "c": {"b": 1}})"), "");
}

TEST(Document, DeepNestingIsRefusedWithoutRecursion) {
  constexpr std::size_t brackets = 200'000;
  EXPECT_THAT(fault_of(std::string(brackets, '[')), HasSubstr("deeper than 64"));
  std::string objects;
  for (std::size_t i = 0; i < brackets; ++i) objects += "{\"a\":";
  EXPECT_THAT(fault_of(objects), HasSubstr("deeper than 64"));
  EXPECT_EQ(fault_of(std::string(64, '[') + std::string(64, ']')), "");
}

TEST(Document, AMillionValuesAreEnough) {
  std::string text = "[0";
  for (int i = 0; i < 1'000'001; ++i) text += ",0";
  EXPECT_THAT(fault_of(text + "]"), HasSubstr("more than a million values"));
}

std::string set(const std::vector<std::string>& words, Document& document) {
  const Diagnostics faults = apply_overrides(words, document);
  return faults.empty() ? "" : to_string(faults.front());
}

TEST(Overrides, ALiteralIsOneAndAnythingElseIsAText) {
  const auto parsed = parse_document(R"({"a": {"b": [{"c": 1}]}})", "a.json");
  ASSERT_TRUE(parsed);
  Document& document = *parsed.value();
  EXPECT_EQ(set({"a.b.0.c=2", "/a/b/0/d=16 TB", "a.e.f={\"g\": [true]}", "h=a=b"}, document), "");
  const Node& item = document.root.find("a")->find("b")->children.at(0);
  EXPECT_EQ(item.find("c")->number, 2);
  EXPECT_EQ(item.find("d")->text, "16 TB");
  EXPECT_EQ(*item.find("d")->origin, "--set /a/b/0/d=16 TB");
  EXPECT_EQ(item.find("d")->line, 0);
  EXPECT_TRUE(document.root.find("a")->find("e")->find("f")->find("g")->children.at(0).boolean);
  EXPECT_EQ(document.root.find("h")->text, "a=b");
}

TEST(Overrides, FaultsNameTheOption) {
  const auto parsed = parse_document(R"({"a": [1], "b": "x"})", "a.json");
  ASSERT_TRUE(parsed);
  Document& document = *parsed.value();
  EXPECT_THAT(set({"a.1=2"}, document), HasSubstr("--set a.1=2: '1' is no place in a list of 1"));
  EXPECT_THAT(set({"a.-1=2"}, document), HasSubstr("no place"));
  EXPECT_THAT(set({"b.c=2"}, document), HasSubstr("has no parts"));
  EXPECT_THAT(set({"b"}, document), HasSubstr("path=value"));
  EXPECT_THAT(set({"=2"}, document), HasSubstr("path=value"));
  EXPECT_THAT(set({"c..d=2"}, document), HasSubstr("empty part"));
  EXPECT_THAT(set({"c=[1"}, document), HasSubstr("not valid JSON"));
  EXPECT_THAT(set({"c=x\x1b"}, document), HasSubstr("--set c=x"));
}

}  // namespace
}  // namespace models::scenario
