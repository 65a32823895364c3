#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/diagnostic.h"

namespace models::scenario {

/// A value of a JSON text that knows where it stood.
struct Node {
  enum class Kind { null, boolean, number, text, list, object };
  Kind kind{Kind::null};
  bool boolean{};
  double number{};
  std::string text;
  std::vector<Node> children;   ///< of a list or an object, in the order of the file
  std::string key;              ///< of a child of an object
  int line{};                   ///< 1-based; 0 for what the command line gave
  const Node* parent{};         ///< set by Document::link
  const std::string* origin{};  ///< name of the file, or the words of the command line

  /// The child of an object, or null.
  const Node* find(std::string_view child) const;
};

/// "a list", "the number 3", "the text \"abc\"": for messages.
std::string describe(const Node& node);

/// JSON pointer of a node (RFC 6901), of `child` in it if given. @pre the document is linked
std::string pointer_of(const Node& node, std::string_view child = {});

/// A parsed file: the tree and where it came from. It stays where it was made: nodes point into it.
class Document {
 public:
  explicit Document(std::string file);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Node root;
  std::string sha256;
  const std::string& file() const { return file_; }
  /// Keeps the words of an option for the nodes that it makes.
  const std::string* keep_origin(std::string words);
  /// Sets parents, and the file as the origin of nodes that have none. Call after every change.
  void link();
  /// The node of a JSON pointer, or the deepest one on the way to it.
  const Node& nearest(std::string_view pointer) const;

 private:
  std::string file_;
  std::deque<std::string> origins_;
};

/// Deepest nesting of lists and objects.
inline constexpr int max_depth = 64;

/// Parses one JSON text (comments and a byte-order mark are accepted) into `root`. Refused, each
/// with its line: NUL bytes, invalid UTF-8, control characters in texts, duplicate keys, numbers
/// beyond a double, more than max_depth levels or a million values.
Diagnostics parse_json(std::string_view text, const std::string& file, Node& root);

/// Parses `text` into a document with its SHA-256.
Checked<std::unique_ptr<Document>> parse_document(std::string_view text, std::string file);

}  // namespace models::scenario
