#pragma once

#include <QtCore/QString>
#include <QtCore/QTranslator>
#include <span>
#include <string>
#include <string_view>

class QApplication;

namespace gui {

/// A text of the windows in the language that was chosen at the start: English is the key, and what
/// is shown where there is no other.
QString say(const char* english);
QString say(const std::string& english);

/// A line of the Chinese catalogue.
struct Phrase {
  const char* english;
  const char* chinese;
};
/// The whole catalogue (chinese.cpp), sorted by nothing.
std::span<const Phrase> chinese_phrases();

/// The catalogue as Qt's translator: Qt's own mechanism, without files that can be missing.
class Catalogue final : public QTranslator {
 public:
  explicit Catalogue(std::span<const Phrase> phrases);
  QString translate(const char* context, const char* english, const char* disambiguation,
                    int number) const override;
  bool isEmpty() const override { return phrases_.isEmpty(); }

 private:
  QHash<QByteArray, QString> phrases_;
};

/// Installs the language ("en", "zh", or "" for that of the desktop) for our texts and Qt's own
/// dialogs. @return what is wrong with it: no font has its characters; empty if nothing
QString install_language(QApplication& application, const QString& language);

}  // namespace gui
