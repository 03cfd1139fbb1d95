// A dossier as JSON: as everywhere else, with the breaker's name, indented for people.

#include <fusebox/domain/detail_json.h>
#include <fusebox/format/dossier_text.h>

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <string>

namespace fusebox::format {

QString jsonText(const QString& breaker, const domain::Dossier& dossier) {
    std::string compact;
    domain::appendJson(compact, dossier);
    QJsonObject all = QJsonDocument::fromJson(QByteArray::fromStdString(compact)).object();
    all.insert(QStringLiteral("breaker"), breaker);
    return QString::fromUtf8(QJsonDocument(all).toJson());
}

}  // namespace fusebox::format
