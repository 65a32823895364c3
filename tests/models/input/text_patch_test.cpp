#include "models/input/text_patch.h"

#include <gtest/gtest.h>

#include <string>

namespace models::scenario {
namespace {

const std::string text = R"({
  // the rate is a guess
  "a": {"x": "1 TB", "y": 2},
  "list": [
    {"name": "one"},  /* first */
    {"name": "two"}
  ]
})";

std::string with(std::string whole, const std::string& from, const std::string& to) {
  const std::size_t at = whole.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return whole.replace(at, from.size(), to);
}

TEST(TextPatch, AValueIsReplacedAndAllElseStands) {
  EXPECT_EQ(with_value(text, "/a/x", R"("2 TB")"), with(text, "1 TB", "2 TB"));
  EXPECT_EQ(with_value(text, "/list/1/name", R"("b")"), with(text, "\"two\"", "\"b\""));
}

TEST(TextPatch, AKeyIsAddedBehindTheOthersOfItsObject) {
  EXPECT_EQ(with_value(text, "/a/z", "3"), with(text, "\"y\": 2", "\"y\": 2, \"z\": 3"));
  EXPECT_EQ(with_value(text, "/b", "3"), with(text, "  ]\n}", "  ],\n  \"b\": 3\n}"));
}

TEST(TextPatch, ObjectsOnTheWayAreMade) {
  EXPECT_EQ(with_value("{}", "/a/b/c", "1"), R"({"a": {"b": {"c": 1}}})");
}

TEST(TextPatch, AValueIsRemovedWithItsComma) {
  EXPECT_EQ(without(text, "/a/x"), with(text, "\"x\": \"1 TB\", ", ""));
  EXPECT_EQ(without(text, "/a/y"), with(text, ", \"y\": 2", ""));
  EXPECT_FALSE(places_of(without(text, "/list/1")).empty());
  EXPECT_NE(without(text, "/list/1").find("/* first */"), std::string::npos);
  EXPECT_EQ(without(text, "/nothing"), text);
}

TEST(TextPatch, APlaceOfAListIsAddedOnALineOfItsOwn) {
  EXPECT_EQ(with_value_after(text, "/list/1", "{}"),
            with(text, "{\"name\": \"two\"}", "{\"name\": \"two\"},\n    {}"));
}

TEST(TextPatch, WhatIsNoJsonStaysAsItIs) {
  for (const std::string broken : {"{", R"({"a": 1)", R"({"a" 1})", "", "[1,", R"({"a": "x)"}) {
    EXPECT_TRUE(places_of(broken).empty()) << broken;
    EXPECT_EQ(with_value(broken, "/a", "2"), broken);
  }
}

}  // namespace
}  // namespace models::scenario
