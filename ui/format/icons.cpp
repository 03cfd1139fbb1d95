#include <fusebox/format/icons.h>

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

// The macro must stand outside of any namespace.
static void makeIconsKnown() {
    Q_INIT_RESOURCE(fusebox);
}

namespace fusebox::format {

namespace {

constexpr std::array kNames{"chart",    "check",  "clear", "clock",       "columns",   "copy",    "error", "events",
                            "fault",    "filter", "help",  "hold-closed", "hold-open", "info",    "lab",   "layout",
                            "lock",     "pause",  "play",  "probe",       "refresh",   "release", "reset", "search",
                            "settings", "stop",   "theme", "trip",        "warning"};

struct Tints {
    QColor normal;
    QColor disabled;
    QColor selected;
};

QString pathOf(const QString& name) {
    return QStringLiteral(":/fusebox/icons/%1.svg").arg(name);
}

std::shared_ptr<QSvgRenderer> rendererOf(const QString& name) {
    makeIconsKnown();
    return std::make_shared<QSvgRenderer>(pathOf(name));
}

/// Renders at the very size that is asked for, so that icons are sharp at any scale.
class SvgEngine final : public QIconEngine {
public:
    SvgEngine(std::shared_ptr<QSvgRenderer> renderer, std::optional<Tints> tints)
        : m_renderer(std::move(renderer)), m_tints(std::move(tints)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal scale = painter->device()->devicePixelRatio();
        QPixmap drawn = pixmap((QSizeF(rect.size()) * scale).toSize(), mode, state);
        drawn.setDevicePixelRatio(scale);
        painter->drawPixmap(rect.topLeft(), drawn);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        QPixmap canvas(size);
        canvas.fill(Qt::transparent);
        const int side = std::min(size.width(), size.height());
        if (side <= 0) return canvas;
        QPainter painter(&canvas);
        painter.setRenderHint(QPainter::Antialiasing);
        m_renderer->render(&painter, QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
        if (m_tints) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(canvas.rect(), tint(mode));
        }
        return canvas;
    }

    QIconEngine* clone() const override { return new SvgEngine(*this); }

private:
    [[nodiscard]] QColor tint(QIcon::Mode mode) const {
        if (mode == QIcon::Disabled) return m_tints->disabled;
        return mode == QIcon::Selected ? m_tints->selected : m_tints->normal;
    }

    std::shared_ptr<QSvgRenderer> m_renderer;
    std::optional<Tints> m_tints;
};

QIcon tinted(const QString& name, const Tints& tints) {
    return QIcon(new SvgEngine(rendererOf(name), tints));
}

}  // namespace

QIcon icon(const QString& name, const QPalette& palette) {
    return tinted(name, {palette.color(QPalette::Active, QPalette::ButtonText),
                         palette.color(QPalette::Disabled, QPalette::ButtonText),
                         palette.color(QPalette::Active, QPalette::HighlightedText)});
}

QIcon icon(const QString& name, const QColor& colour) {
    QColor faint = colour;
    faint.setAlphaF(0.45F);
    return tinted(name, {colour, faint, colour});
}

QIcon applicationIcon() {
    return QIcon(new SvgEngine(rendererOf(QStringLiteral("app")), std::nullopt));
}

QStringList iconNames() {
    QStringList names;
    for (const char* name : kNames) names.append(QLatin1String(name));
    return names;
}

}  // namespace fusebox::format
