#pragma once
// The lab panel's hands: what the panel asks for is done to the lab behind it.
// Threads, Errors: as views::LabControl.
// Lifetime: the bench outlives it.

#include <fusebox/views/lab_control.h>
#include <fusebox/wiring/lab_bench.h>

namespace fusebox::desk {

class LabDesk final : public views::LabControl {
public:
    explicit LabDesk(wiring::LabBench& bench) : m_bench(bench) {}

    [[nodiscard]] std::vector<views::LabService> services() const override;
    void setFaults(const std::string& service, const views::LabFaults& faults) override;
    void setCallsPerSecond(const std::string& service, double callsPerSecond) override;
    void healAll() override;

    [[nodiscard]] std::vector<views::LabStory> stories() const override;
    void playStory(const std::string& name) override;
    void stopStory() override;
    [[nodiscard]] std::optional<views::LabScene> scene() const override;

private:
    wiring::LabBench& m_bench;
};

}  // namespace fusebox::desk
